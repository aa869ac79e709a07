"""The moderators' queue: what waits, oldest first, with what held each."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Left
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments import moderation
from comments.admin.deciding import DecisionAdmin, StateFilter
from comments.admin.filters import AlikeFilter, HoldFilter, LanguageFilter, group_of
from comments.excerpts import EXCERPT, first_words_of
from comments.models import Comment, CommentState, HoldReason
from comments.statistics import statistics


def hold_labels(comment: Comment) -> str:
    """Return what held a comment, in words."""
    return ", ".join(str(HoldReason(reason).label) for reason in comment.held_for)


def first_words(comment: Any) -> str:
    """Return the beginning of a comment fetched for the queue, unless nothing of it is to be shown any more."""
    if comment.state in (CommentState.WITHDRAWN, CommentState.ERASED):
        return "–"
    return first_words_of(comment.excerpt, comment)


def others_alike() -> Any:
    """Return how many other comments are much like a row's."""
    first = Coalesce(OuterRef("alike"), OuterRef("pk"))
    group = Comment.objects.order_by().filter(Q(pk=first) | Q(alike=first)).values(every=Value(1))
    return Subquery(group.annotate(count=Count("pk")).values("count")) - 1


class QueueAdmin(DecisionAdmin):
    """The list of comments; it starts with those that wait."""

    # How the number of a comment's paragraph is found; set by the app that owns the texts, since it lies further left.
    paragraph_number: ClassVar[Combinable | None] = None

    list_display = (
        *("received", "first_words", "held", "claimed", "paragraph", "author", "written_in"),
        "consultation",
    )
    list_display_links = ("received", "first_words")
    list_filter = (StateFilter, "consultation", LanguageFilter, HoldFilter, AlikeFilter)
    search_fields = ("=number", "name", "organisation", "body", "consultation__slug")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the first words only."""
        return self.queue_rows()

    def queue_rows(self) -> QuerySet[Comment]:
        """Return the comments with what a list shows of them."""
        rows = Comment.objects.order_by(*self.ordering).select_related("consultation", "claimed_by", "decided_by")
        rows = rows.defer("body", "search", "shingles")
        rows = rows.annotate(excerpt=Left("body", EXCERPT + 1), others_alike=others_alike())
        return rows.annotate(paragraph_number=self.paragraph_number) if self.paragraph_number else rows

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Offer only published comments where one is chosen to be answered."""
        match = request.resolver_match
        if match and match.url_name == "autocomplete":
            queryset = queryset.filter(state=CommentState.PUBLISHED).order_by("consultation", "number")
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="¶")
    def paragraph(self, comment: Any) -> str:
        """Return the paragraph, or the figure, it is about."""
        number = getattr(comment, "paragraph_number", None)
        return comment.consultation.passage_label(number) if number else "–"

    @admin.display(description=_("language"), ordering="language")
    def written_in(self, comment: Comment) -> str:
        """Return the language's name."""
        return comment.language_name

    @admin.display(description=_("name"))
    def author(self, comment: Comment) -> str:
        """Return the name as it will be shown."""
        return comment.shown_name

    @admin.display(description=_("held for"))
    def held(self, comment: Any) -> str:
        """Return what held it, and link the others that are much like it."""
        labels = hold_labels(comment)
        if not comment.others_alike:
            return labels or "–"
        words = ngettext("%(count)d like this", "%(count)d like this", comment.others_alike)
        link = '{}{}<a href="?state=all&amp;alike={}">{}</a>'
        count = words % {"count": comment.others_alike}
        return format_html(link, labels, ": " if labels else "", group_of(comment), count)

    @admin.display(description=_("claimed by"))
    def claimed(self, comment: Comment) -> str:
        """Return who is at work on it."""
        by = moderation.claimant(comment)
        return by.get_username() if by else "–"

    @admin.display(description=_("first words"))
    def first_words(self, comment: Any) -> str:
        """Return the beginning, unless its author took the comment back."""
        return first_words(comment)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show above the queue how the desk does, to those who may see it."""
        more = {
            "statistics": statistics() if self.has_view_permission(request) else None,
            "may_export": request.user.has_perm("comments.export_comment"),
        }
        return super().changelist_view(request, more | (extra_context or {}))
