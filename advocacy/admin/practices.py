"""Admin of practices."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advocacy.models import (
    Practice,
    PracticeText,
)
from advocacy.views import practices as pages
from publishing.admin import PublishableAdmin, TranslatedAdmin, text_inline

TEXT = ("language", "ready", "title", "summary", "setting", "body", "results", "evidence", "repeat")


@admin.register(Practice)
class PracticeAdmin(TranslatedAdmin, PublishableAdmin):
    """Shared practices."""

    list_display = ("slug", "title", "kind", "organisation", "audience", "licence", "year", "state", "published_at")
    list_filter = ("state", "audience", "kind", "licence", "populations", "issues", "published_at")
    list_select_related = ("organisation",)
    search_fields = ("slug", "texts__title", "texts__setting", "organisation__slug")
    autocomplete_fields = ("organisation",)
    filter_horizontal = ("populations", "issues")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("slug", "kind", "organisation", "year")}),
        (_("Who may read and use it"), {"fields": ("audience", "licence")}),
        (_("What it is about"), {"fields": ("populations", "issues")}),
        (_("Publication"), {"fields": ("state", "published_at")}),
    )
    inlines = (text_inline(PracticeText, *TEXT),)
    preview_template = "advocacy/practice.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch who shares it, for whom and against what."""
        return pages.practice_rows(rows)
