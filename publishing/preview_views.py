"""What a link for reviewers shows: the preview that staff see, read only, until the link ends."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from publishing.admin.publishable import NothingToShow, PublishableAdmin, picture_address
from publishing.models import Picture
from publishing.preview_links import PreviewLink, token_hash


class Ended(Exception):
    """The link was one once."""


def secret(view: Callable[..., HttpResponse | FileResponse]) -> Callable[..., HttpResponse | FileResponse]:
    """Let what a link opens be stored and found by nobody; say so where it ended."""

    @require_safe
    def guarded(request: HttpRequest, token: str, **rest: str) -> HttpResponse | FileResponse:
        response: HttpResponse | FileResponse
        try:
            link = _live(token)
            response = view(request, link, token, **rest)
        except Ended:
            response = render(request, "publishing/preview_ended.html", status=410)
        except NothingToShow as nothing:
            raise Http404 from nothing
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return guarded


def _live(token: str) -> PreviewLink:
    link = PreviewLink.objects.filter(token_hash=token_hash(token)).select_related("content_type").first()
    if link is None:
        raise Http404
    if not link.is_live:
        raise Ended
    return link


def _found(link: PreviewLink) -> tuple[PublishableAdmin, Any]:
    """Return the admin that previews the link's thing, and the thing."""
    model_admin = admin.site._registry.get(link.content_type.model_class())  # type: ignore[arg-type] # or no model
    if not isinstance(model_admin, PublishableAdmin):
        raise Http404
    return model_admin, model_admin.to_preview(str(link.object_id))


@contextmanager
def _pictures_at(address: Callable[[Picture], str]) -> Any:
    undo = picture_address.set(address)
    try:
        yield
    finally:
        picture_address.reset(undo)


@secret
def shown(request: HttpRequest, link: PreviewLink, token: str) -> HttpResponse:
    """Show the thing as its page will be."""

    def address(picture: Picture) -> str:
        return reverse("preview-picture", args=[token, (picture.file.name or "").rpartition("/")[2]])

    model_admin, thing = _found(link)
    with _pictures_at(address):
        context = model_admin.previewed(thing) | {"link": link}
        return render(request, "publishing/preview_link.html", context)


@secret
def picture(request: HttpRequest, link: PreviewLink, token: str, name: str) -> FileResponse:
    """Serve a picture that the link's page shows, and no other."""
    found: dict[str, Picture] = {}

    def collect(picture: Picture) -> str:
        found[picture.file.name or ""] = picture
        return ""

    model_admin, thing = _found(link)
    with _pictures_at(collect):
        model_admin.previewed(thing)
    there = found.get(f"pictures/{name}")
    if there is None or not there.file.storage.exists(str(there.file.name)):
        raise Http404
    return FileResponse(there.file.open("rb"), content_type="image/webp")
