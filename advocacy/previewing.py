"""A public page as it would be, were a proposal approved: rendered from rows that are taken back at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from advocacy.models import Proposal
from advocacy.proposing import as_if
from publishing.admin.publishable import PublishableAdmin, picture_address
from publishing.models import Picture


@dataclass(frozen=True)
class Page:
    """A template that frames the public page, in a language; `address` is where its reader finds unseen pictures."""

    template: str
    context: dict[str, Any]
    language: str
    address: Callable[[Picture], str]

    def of(self, request: HttpRequest, proposal: Proposal, thing: Any) -> HttpResponse:
        """Return the page. Raises CannotApply, and NothingToShow where there is no text yet."""
        model_admin = admin.site._registry.get(type(thing))
        if not isinstance(model_admin, PublishableAdmin):
            raise Http404
        undo = picture_address.set(self.address)
        try:
            with override(self.language), as_if(proposal, thing) as fresh:
                shown = model_admin.previewed(model_admin.to_preview(str(fresh.pk)))
                response = render(request, self.template, {"language_links": [], **shown, **self.context})
        finally:
            picture_address.reset(undo)
        response["Content-Language"] = self.language
        return response
