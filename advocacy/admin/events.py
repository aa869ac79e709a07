"""Admin of events, their agenda and their papers."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from advocacy.models import AgendaItem, Event, EventDocument, EventDocumentText, EventText
from advocacy.views import events as pages
from publishing.admin import (
    OnceFormSet,
    PublishableAdmin,
    TranslatedAdmin,
    take_draft,
    text_inline,
)
from publishing.places import validate_timezone


class AgendaInline(admin.TabularInline[Any, Any]):
    """What a meeting goes through; one row per language."""

    model = AgendaItem
    formset = OnceFormSet
    fields = ("number", "language", "starts_at", "minutes", "title", "speaker")
    extra = 0
    # One line for each item: an agenda is read down.
    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        },
        models.CharField: {"widget": AdminTextInputWidget({"dir": "auto"})},
    }


@admin.register(Event)
class EventAdmin(TranslatedAdmin, PublishableAdmin):
    """Events, whose times are read and written by their own clock."""

    list_display = ("slug", "title", "starts_at", "city", "country", "state", "published_at")
    list_filter = ("state", "attendance", "starts_at", "published_at")
    search_fields = ("slug", "texts__title", "city", "venue")
    filter_horizontal = ("organisations", "issues")
    fields = (
        *("slug", "timezone", "starts_at", "ends_at", "all_day"),
        *("attendance", "venue", "city", "country", "link", "link_shown"),
        *("organisations", "organisations_count", "people_count", "issues"),
        *("state", "published_at"),
    )
    inlines = (text_inline(EventText, "language", "ready", "title", "summary", "body", "outcomes"), AgendaInline)
    preview_template = "advocacy/event.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Take all times on the page for those of the event's zone, and show them so."""
        with timezone.override(self._zone(request, object_id)):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if isinstance(response, TemplateResponse) else response

    def _zone(self, request: HttpRequest, object_id: str | None) -> ZoneInfo:
        """Return the zone that is typed, or else the one that stands."""
        pk = unquote(object_id or "")
        rows = Event.objects.filter(pk=pk) if pk.isdecimal() else Event.objects.none()
        name = request.POST.get("timezone", "").strip() or rows.values_list("timezone", flat=True).first() or "UTC"
        try:
            validate_timezone(name)
        except ValidationError:
            return ZoneInfo("UTC")
        return ZoneInfo(name)

    def preview_rows(self, rows: Any) -> Any:
        """Fetch what stands on its page."""
        return pages.event_rows(rows)

    def preview_context(self, thing: Any) -> dict[str, Any]:
        """Tell its times."""
        return super().preview_context(pages.present(thing))


@admin.register(EventDocument)
class EventDocumentAdmin(TranslatedAdmin, PublishableAdmin):
    """The papers of meetings; each is previewed on its meeting's page, as if it were the only one."""

    list_display = ("slug", "title", "event", "language", "state", "published_at", "position")
    list_filter = ("state", "published_at")
    list_select_related = ("event",)
    autocomplete_fields = ("event",)
    inlines = (text_inline(EventDocumentText, "language", "ready", "title"),)
    preview_template = "advocacy/event.html"

    def preview_context(self, thing: Any) -> dict[str, Any]:
        """Show its meeting with it. Raises NothingToShow."""
        event = pages.present(pages.event_rows(Event.objects.filter(pk=thing.event_id)).get())
        take_draft(event)
        event.public_documents = [thing]
        return {"event": event, "untranslated": event.text.stand_in}
