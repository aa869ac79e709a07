"""How the moderators' queue is filtered."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, HoldReason
from publishing.languages import language_name
from publishing.numbers import whole


class LanguageFilter(admin.SimpleListFilter):
    """The languages that comments came in, by name."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer what there is."""
        codes = Comment.objects.order_by("language").values_list("language", flat=True).distinct()
        return sorted(((code, language_name(code)) for code in codes), key=lambda row: row[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Filter by the chosen one."""
        return queryset.filter(language=self.value()) if self.value() else None


class HoldFilter(admin.SimpleListFilter):
    """What made the portal ask a moderator to look twice."""

    title = _("held for")
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer each reason."""
        return list(HoldReason.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Filter by the chosen one."""
        return queryset.filter(held_for__contains=[self.value()]) if self.value() else None


class AlikeFilter(admin.SimpleListFilter):
    """Comments that are much like others; the queue and each comment's page link to one group of them."""

    title = _("much like")
    parameter_name = "alike"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer those of every group."""
        return [("any", _("much like another"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Filter by a group, or by being in one."""
        chosen = self.value()
        if not chosen:
            return None
        if chosen == "any":
            return queryset.filter(Q(alike__isnull=False) | Q(pk__in=Comment.objects.values("alike")))
        group = whole(chosen)
        return queryset.none() if group is None else queryset.filter(in_group(group))


def group_of(comment: Comment) -> int:
    """Return the key of the first comment of those that are much like this one."""
    return comment.alike_id or comment.pk


def in_group(first: int) -> Q:
    """Return what holds for the comments of a group."""
    return Q(pk=first) | Q(alike=first)
