"""Admin of events."""

from typing import Any

from django.contrib import admin

from advocacy.models import (
    Event,
    EventText,
)
from advocacy.views import events as pages
from publishing.admin import PublishableAdmin, TranslatedAdmin, text_inline


@admin.register(Event)
class EventAdmin(TranslatedAdmin, PublishableAdmin):
    """Events."""

    list_display = ("slug", "title", "starts_at", "city", "country", "state", "published_at")
    list_filter = ("state", "starts_at", "published_at")
    search_fields = ("slug", "texts__title", "city")
    inlines = (text_inline(EventText),)
    preview_template = "advocacy/event.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the news about it."""
        return pages.event_rows(rows)
