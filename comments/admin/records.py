"""Admin of what was decided, and of the words that hold a comment."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from comments.admin.deciding import ReadOnlyAdmin
from comments.models import ModerationEvent, WatchedWord
from publishing.admin import PortalAdmin


@admin.register(ModerationEvent)
class ModerationEventAdmin(ReadOnlyAdmin):
    """What was decided, by whom and when."""

    list_display = ("at", "comment", "action", "by", "reason")
    list_filter = ("action", "reason", "comment__consultation", ("by", admin.RelatedOnlyFieldListFilter), "at")
    search_fields = ("=comment__number", "comment__consultation__slug", "by__username")
    ordering = ("-at", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what names the comment, without its words."""
        rows = super().get_queryset(request).select_related("comment__consultation", "by")
        return rows.defer("comment__body", "comment__search", "comment__shingles")


@admin.register(WatchedWord)
class WatchedWordAdmin(PortalAdmin):
    """The words that hold a comment."""

    list_display = ("word", "note")
    search_fields = ("word", "note")
