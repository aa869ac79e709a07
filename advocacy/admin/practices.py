"""Admin of practices."""

from typing import Any

from django.contrib import admin

from advocacy.models import (
    Practice,
    PracticeText,
)
from advocacy.views import practices as pages
from publishing.admin import PublishableAdmin, TranslatedAdmin, text_inline


@admin.register(Practice)
class PracticeAdmin(TranslatedAdmin, PublishableAdmin):
    """Shared practices."""

    list_display = ("slug", "title", "kind", "organisation", "year", "state", "published_at")
    list_filter = ("state", "kind", "populations", "issues", "published_at")
    list_select_related = ("organisation",)
    autocomplete_fields = ("organisation",)
    filter_horizontal = ("populations", "issues")
    inlines = (text_inline(PracticeText),)
    preview_template = "advocacy/practice.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch who shares it, for whom and against what."""
        return pages.practice_rows(rows)
