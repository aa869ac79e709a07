"""What the parts of the portal's admin pages stand on."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db import models
from django.urls import URLPattern, path, reverse


class AdminPart(admin.ModelAdmin[Any]):
    """Addresses of pages about one thing."""

    def address(self, name: str, thing: models.Model) -> str:
        """Return the address of one of the admin's pages about `thing`."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=[quote(thing.pk)])

    def page(self, name: str, view: Any) -> URLPattern:
        """Return the route of one more page about a thing, which staff alone can open and nothing stores."""
        route_name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        route: URLPattern = path(f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=route_name)
        return route
