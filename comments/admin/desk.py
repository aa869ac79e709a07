"""The moderators' desk for comments: the queue, the two decisions, and what was decided."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Left
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments import moderation
from comments.admin.consultations import subject_to_show
from comments.admin.deciding import DecisionAdmin, ReadOnlyAdmin, StateFilter
from comments.admin.points_page import PointsPage
from comments.models import Comment, CommentState, Consultation, ModerationEvent
from publishing.admin import NothingToShow
from publishing.languages import language_name

EXCERPT = 80


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


@admin.register(Comment)
class CommentAdmin(PointsPage, DecisionAdmin):
    """The queue, oldest first, and each comment's page with the two decisions."""

    # How the number of a comment's paragraph is found; set by the app that owns the texts, since it lies further left.
    paragraph_number: ClassVar[Combinable | None] = None

    moderates = "comments.moderate_comment"
    desk_template = "admin/comments/comment/desk.html"

    list_display = ("received", "first_words", "paragraph", "author", "written_in", "consultation")
    list_display_links = ("received", "first_words")
    list_filter = (StateFilter, "consultation", LanguageFilter)
    list_select_related = ("consultation",)
    search_fields = ("=number", "name", "organisation", "body", "consultation__slug")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the first words only."""
        rows = super().get_queryset(request).select_related("consultation").defer("body", "search", "shingles")
        rows = rows.annotate(excerpt=Left("body", EXCERPT + 1))
        return rows.annotate(paragraph_number=self.paragraph_number) if self.paragraph_number else rows

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Offer only published comments where one is chosen to be answered."""
        match = request.resolver_match
        if match and match.url_name == "autocomplete":
            queryset = queryset.filter(state=CommentState.PUBLISHED).order_by("consultation", "number")
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="¶")
    def paragraph(self, comment: Any) -> str:
        """Return the number of the paragraph it is about."""
        return str(getattr(comment, "paragraph_number", None) or "–")

    @admin.display(description=_("language"), ordering="language")
    def written_in(self, comment: Comment) -> str:
        """Return the language's name."""
        return comment.language_name

    @admin.display(description=_("name"))
    def author(self, comment: Comment) -> str:
        """Return the name as it will be shown."""
        return comment.shown_name

    @admin.display(description=_("first words"))
    def first_words(self, comment: Any) -> str:
        """Return the beginning, unless its author took the comment back."""
        if comment.state == CommentState.WITHDRAWN:
            return "–"
        words = comment.excerpt if len(comment.excerpt) <= EXCERPT else comment.excerpt[:EXCERPT].rstrip() + "…"
        return format_html('<span lang="{}" dir="{}">{}</span>', comment.language, comment.dir, words)

    def desk_rows(self) -> QuerySet[Comment]:
        """Fetch what the comment is about."""
        rows = Comment.objects.select_related("reply_to", "decided_by").defer("search", "shingles")
        return rows.prefetch_related(Prefetch("consultation", Consultation.objects.for_list()))

    def publish(self, thing: Comment, *, by: User) -> str:
        """Give it its number."""
        decided = moderation.approve(thing, by=by)
        return gettext("Published as comment %(number)s.") % {"number": decided.number}

    def turn_down(self, thing: Comment, *, by: User, **fields: str) -> str:
        """Tell its author why."""
        moderation.refuse(thing, by=by, **fields)
        return gettext("Refused. Its author is told the reason.")

    def desk_context(self, request: HttpRequest, thing: Comment) -> dict[str, Any]:
        """Show it with the paragraph it is about."""
        try:
            subject = subject_to_show(thing.consultation)
        except NothingToShow:
            subject = None
        return {
            "title": _("Comment %(number)s") % {"number": thing.number} if thing.number else _("Comment"),
            "comment": thing,
            "subject": subject,
            "passage": subject.by_key(thing.paragraph_key_id) if subject else None,
            **self.points_context(request, thing),
        }


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
        return rows.defer("comment__body", "comment__search")
