"""Things with a publication state: staff see them before anybody else can."""

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from publishing.admin.base import PortalAdmin
from publishing.context import language_links
from publishing.languages import Translated, reader_language
from publishing.models import Picture


class NothingToShow(Exception):
    """A preview lacks something; `advice` says what to do about it."""

    def __init__(self, advice: str | Promise) -> None:
        super().__init__(advice)
        self.advice = advice


def take_draft(thing: Any, texts: Any = None) -> None:
    """Give a thing its text for the reader, whether it is ready or not. Raises NothingToShow."""
    found = list(thing.texts.all() if texts is None else texts)
    if not found:
        raise NothingToShow(_("There is nothing to show yet: write a text first."))
    own = reader_language()
    thing.best_texts = [min(found, key=lambda text: (text.language != own, text.language != "en", text.language))]


def show_unpublished(picture: Picture | None) -> None:
    """Let a preview show a picture that nothing public shows: its public address does not serve it."""
    if picture:
        address = partial(reverse, "admin:publishing_picture_image", args=[picture.pk])
        picture.get_absolute_url = address  # type: ignore[method-assign] # of this one alone


class PublishableAdmin(PortalAdmin):
    """Things with a publication state, which staff can look at before anybody else can.

    A subclass names the public page's template, and gives it the same context as the public view does.
    """

    list_filter: ClassVar[Any] = ("state", "published_at")
    save_on_top = True
    change_form_template = "admin/publishable_form.html"
    preview_template: ClassVar[str]

    def preview_rows(self, rows: Any) -> Any:
        """Fetch with a thing what its public page shows."""
        return rows

    def preview_texts(self, thing: Any) -> Any:
        """Return all texts of a thing, with what its public page shows of them."""
        return thing.texts.all()

    def preview_context(self, thing: Any) -> dict[str, Any]:
        """Return what the public page's template reads. Raises NothingToShow."""
        return {str(self.opts.model_name): thing}

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """Ask for publication last."""
        publication = ["state", "published_at"]
        return [*(name for name in super().get_fields(request, obj) if name not in publication), *publication]

    def get_urls(self) -> list[URLPattern]:
        """Add the preview."""
        return [self.page("preview", require_safe(self.preview)), *super().get_urls()]

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a thing as its page will be, in the language that `?language=` names."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        language = request.GET.get("language", reader_language())
        if language not in dict(settings.LANGUAGES):
            raise Http404
        with override(language):
            thing = self._found(object_id)
            try:
                response = self._previewed(request, thing)
            except NothingToShow as nothing:
                messages.warning(request, str(nothing.advice))
                response = HttpResponseRedirect(self.address("change", thing))
        response["Content-Language"] = language
        return response

    def _found(self, object_id: str) -> models.Model:
        try:
            found: models.Model | None = self.preview_rows(
                self.model._default_manager.filter(pk=unquote(object_id))
            ).first()
        except ValueError as error:
            raise Http404 from error
        if found is None:
            raise Http404
        return found

    def _previewed(self, request: HttpRequest, thing: models.Model) -> HttpResponse:
        links = [replace(link, url=f"?language={link.code}") for link in language_links(request.path)]
        context: dict[str, Any] = {
            "public_template": self.preview_template,
            "change_url": self.address("change", thing),
            "language_links": links,
        }
        if isinstance(thing, Translated):
            take_draft(thing, self.preview_texts(thing))
            context["untranslated"] = thing.text.stand_in
        return render(request, "admin/preview.html", context | self.preview_context(thing))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Link the preview."""
        thing = context.get("original")
        if thing is not None:
            context["preview_url"] = self.address("preview", thing)
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, thing: Any) -> str | None:
        """Link the public page where there is one."""
        has_page = hasattr(thing, "get_absolute_url")
        is_public = has_page and self.model._default_manager.public().filter(pk=thing.pk).exists()
        return str(thing.get_absolute_url()) if is_public else None
