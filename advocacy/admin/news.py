"""Admin of news."""

from typing import Any

from django.contrib import admin

from advocacy.models import (
    News,
    NewsText,
)
from advocacy.views import news as pages
from publishing.admin import PublishableAdmin, TranslatedAdmin, show_unpublished, text_inline


@admin.register(News)
class NewsAdmin(TranslatedAdmin, PublishableAdmin):
    """News."""

    list_display = ("slug", "title", "event", "state", "published_at")
    list_select_related = ("event",)
    autocomplete_fields = ("event", "picture")
    inlines = (text_inline(NewsText),)
    preview_template = "advocacy/news.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch event and picture."""
        return pages.news_rows(rows)

    def preview_context(self, thing: Any) -> dict[str, Any]:
        """Show the picture; the preview has its own links to the other languages."""
        thing.languages = []
        show_unpublished(thing.picture)
        return super().preview_context(thing)
