"""Links for reviewers, made and ended on a page of the thing that they show."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from publishing.admin.base import PortalAdmin
from publishing.preview_links import LASTS, PreviewLink, make_link, revoke
from publishing.publication import State


class LinkedAdmin(PortalAdmin):
    """Things that people without an account can be shown before they are public."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page of links."""
        view = require_http_methods(["GET", "HEAD", "POST"])(self.links_view)
        return [self.page("links", view), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """End the links to what is withdrawn: whoever withdraws it may be protecting somebody."""
        super().save_model(request, obj, form, change)
        if "state" in form.changed_data and obj.state == State.WITHDRAWN:
            PreviewLink.objects.of(obj).live().update(revoked_at=timezone.now())

    def links_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """List the links to a thing, make one more, or end one. A new one's address is shown this once."""
        thing = self._thing(request, object_id)
        if not self.has_change_permission(request, thing):
            raise PermissionDenied
        links = PreviewLink.objects.of(thing)
        new_address = ""
        if request.method == "POST" and "revoke" in request.POST:
            number = request.POST["revoke"]
            link = links.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
            if link is None:
                raise Http404
            revoke(link)
            messages.success(request, _("The link no longer opens."))
            return HttpResponseRedirect(self.address("links", thing))
        if request.method == "POST":
            token = make_link(thing, by=request.user)
            new_address = request.build_absolute_uri(reverse("preview-link", args=[token]))
        context: dict[str, Any] = self._context(request, thing, _("Links for reviewers")) | {
            "links": links.select_related("made_by"),
            "new_address": new_address,
            "days": LASTS.days,
        }
        return TemplateResponse(request, "admin/preview_links.html", context)
