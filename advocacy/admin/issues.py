"""Admin of shared issues."""

from typing import Any

from django.contrib import admin

from advocacy.models import (
    Issue,
    IssueText,
)
from advocacy.views import issues as pages
from publishing.admin import PublishableAdmin, TranslatedAdmin, text_inline


@admin.register(Issue)
class IssueAdmin(TranslatedAdmin, PublishableAdmin):
    """Issues that members share."""

    list_display = ("slug", "title", "state", "published_at", "position")
    inlines = (text_inline(IssueText),)
    preview_template = "advocacy/issue.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch members and practices."""
        return pages.issue_rows(rows)
