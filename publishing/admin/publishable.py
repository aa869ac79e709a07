"""Things with a publication state: staff see them before anybody else can."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from publishing.admin.links import LinkedAdmin
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


def _for_staff(picture: Picture) -> str:
    return reverse("admin:publishing_picture_image", args=[picture.pk])


# Where the reader of the present preview finds pictures that nothing public shows.
picture_address: ContextVar[Callable[[Picture], str]] = ContextVar("picture_address", default=_for_staff)


def show_unpublished(picture: Picture | None) -> None:
    """Let a preview show a picture that nothing public shows: its public addresses do not serve it."""
    if picture:
        picture.preview_url = picture_address.get()(picture)


def scheduled_for(thing: Any) -> datetime | None:
    """Return the moment at which a thing becomes public by itself, if that is still to come."""
    at: datetime | None = thing.published_at
    return at if at and thing.state in thing.public_states and at > timezone.now() else None


class PublishableAdmin(LinkedAdmin):
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

    def get_list_display(self, request: HttpRequest) -> Any:
        """Say of what is scheduled that it is."""
        return ["standing" if name == "state" else name for name in super().get_list_display(request)]

    @admin.display(description=_("state"), ordering="state")
    def standing(self, thing: Any) -> str:
        """Return the state, and that its time has not come."""
        at = scheduled_for(thing)
        name = str(thing.get_state_display())
        if at is None:
            return name
        when = formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
        return gettext("%(state)s, scheduled for %(when)s") % {"state": name, "when": when}

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
            thing = self.to_preview(object_id)
            links = [replace(link, url=f"?language={link.code}") for link in language_links(request.path)]
            own = {"change_url": self.address("change", thing), "language_links": links}
            try:
                response = render(request, "admin/preview.html", self.previewed(thing) | own)
            except NothingToShow as nothing:
                messages.warning(request, str(nothing.advice))
                response = HttpResponseRedirect(self.address("change", thing))
        response["Content-Language"] = language
        return response

    def to_preview(self, object_id: str) -> models.Model:
        """Return a thing with what its preview shows. Raises Http404."""
        try:
            found: models.Model | None = self.preview_rows(
                self.model._default_manager.filter(pk=unquote(object_id))
            ).first()
        except ValueError as error:
            raise Http404 from error
        if found is None:
            raise Http404
        return found

    def previewed(self, thing: models.Model) -> dict[str, Any]:
        """Return all that a preview's template reads. Raises NothingToShow."""
        context: dict[str, Any] = {"public_template": self.preview_template}
        if isinstance(thing, Translated):
            take_draft(thing, self.preview_texts(thing))
            context["untranslated"] = thing.text.stand_in
        return context | self.preview_context(thing)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Link the preview and the links for reviewers; say when a thing becomes public by itself."""
        thing = context.get("original")
        if thing is not None:
            context["preview_url"] = self.address("preview", thing)
            if self.has_change_permission(request, thing):
                context["links_url"] = self.address("links", thing)
            context["scheduled_for"] = scheduled_for(thing)
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, thing: Any) -> str | None:
        """Link the public page where there is one."""
        has_page = hasattr(thing, "get_absolute_url")
        is_public = has_page and self.model._default_manager.public().filter(pk=thing.pk).exists()
        return str(thing.get_absolute_url()) if is_public else None
