"""Admin of points: listed by what is left to answer, sorted by kind, and answered together."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Case, CharField, Count, F, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from comments.admin.deciding import ReadOnlyAdmin
from comments.excerpts import EXCERPT, first_words_of
from comments.models import AnswerState, Comment, CommentState, Consultation, Point, PointKind
from publishing.languages import language_name
from publishing.numbers import whole

# The points of an answer travel in its form's address, which must not become too long.
TOGETHER = 500
CONSULTATION = "comment__consultation__id__exact"


class StandingFilter(admin.SimpleListFilter):
    """Whether points are answered."""

    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what is left to do, and what is done."""
        return [
            ("open", _("open")),
            ("none", _("open, without a draft")),
            ("draft", AnswerState.DRAFT.label),
            ("review", AnswerState.REVIEW.label),
            ("answered", _("answered")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by it."""
        chosen = self.value()
        if chosen in ("draft", "review"):
            return queryset.filter(answer__state=chosen)
        if chosen == "answered":
            return queryset.filter(pk__in=Point.objects.answered())
        if chosen in ("open", "none"):
            waiting = queryset.exclude(pk__in=Point.objects.answered())
            has_draft = Q(answer__state__in=[AnswerState.DRAFT, AnswerState.REVIEW])
            return waiting if chosen == "open" else waiting.exclude(has_draft)
        return queryset


class ChoiceFilter(admin.SimpleListFilter):
    """A filter whose choices come from the rows, by one column."""

    column: ClassVar[str]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Filter by the chosen one."""
        if not self.value():
            return None
        try:
            return queryset.filter(**{self.column: self.value()})
        except ValueError:
            return queryset.none()


class LanguageFilter(ChoiceFilter):
    """The languages that points came in, by name."""

    title = _("language")
    parameter_name = "language"
    column = "comment__language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer what there is."""
        codes = Comment.objects.order_by("language").values_list("language", flat=True).distinct()
        return sorted(((code, language_name(code)) for code in codes), key=lambda row: row[1])


class ParagraphFilter(ChoiceFilter):
    """The paragraphs of one consultation's text, once that is chosen."""

    title = _("paragraph")
    parameter_name = "paragraph"
    column = "paragraph_number"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer those that drew comments."""
        consultation = whole(request.GET.get(CONSULTATION, ""))
        if consultation is None or not PointAdmin.paragraph_number:
            return []
        points = numbered(Point.objects.counted().filter(comment__consultation=consultation))
        numbers = points.filter(paragraph_number__isnull=False).order_by("paragraph_number")
        found = numbers.values_list("paragraph_number", flat=True).distinct()
        about = Consultation.objects.filter(pk=consultation).first()
        return [(str(number), about.passage_label(number)) for number in found] if about else []


class AlikeFilter(admin.SimpleListFilter):
    """Comments that are much like each other, the biggest groups first."""

    title = _("much alike")
    parameter_name = "alike"
    most = 20

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the groups, each by the number of its first comment."""
        rows = Comment.objects.filter(alike__isnull=False, state=CommentState.PUBLISHED).order_by()
        groups = rows.values_list("alike", "alike__number").annotate(count=Count("pk")).order_by("-count", "alike")
        like = gettext("like comment %(number)s (%(count)d)")
        return [(str(pk), like % {"number": number or "–", "count": n + 1}) for pk, number, n in groups[: self.most]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Filter by the chosen group."""
        value = self.value() or ""
        if not value:
            return None
        group = whole(value)
        return queryset.none() if group is None else queryset.filter(Q(comment__alike=group) | Q(comment=group))


class KindForm(ActionForm):
    """The actions, with the kind that one of them sets."""

    kind = forms.ChoiceField(label=_("Kind:"), required=False, choices=[("", "–"), *PointKind.choices])


def numbered(points: Any) -> Any:
    """Add the number of each point's paragraph."""
    number = PointAdmin.paragraph_number
    return points.annotate(paragraph_number=number) if number else points


def paragraph_label(point: Any) -> str:
    """Return what readers call the paragraph, or the figure, of a point fetched `numbered` and `with_excerpts`."""
    number = getattr(point, "paragraph_number", None)
    return str(point.comment.consultation.passage_label(number)) if number else ""


def with_excerpts(points: Any) -> Any:
    """Fetch the first words of points only; where a point has none, it is its whole comment."""
    words = Case(When(text="", then=F("comment__body")), default=F("text"), output_field=CharField())
    rows = points.annotate(excerpt=Left(words, EXCERPT + 1)).defer("text")
    return rows.select_related("comment__consultation", "answer").only(
        *("position", "kind", "verdict", "verdict_why", "paragraph_key", "answer", "comment"),
        *("comment__number", "comment__language", "comment__consultation__slug", "comment__consultation__about"),
        *("answer__state", "answer__disposition", "answer__consultation"),
    )


def first_words(point: Any) -> str:
    """Return the beginning of a point fetched `with_excerpts`, marked with its language."""
    return first_words_of(point.excerpt, point.comment)


@admin.register(Point)
class PointAdmin(ReadOnlyAdmin):
    """The points of published comments: each of them gets an answer."""

    # How the number of a point's paragraph is found; set by the app that owns the texts, since it lies further left.
    paragraph_number: ClassVar[Combinable | None] = None

    list_display = ("place", "first_words", "paragraph", "written_in", "kind", "answered", "consultation")
    list_display_links = None
    list_filter = (
        "comment__consultation",
        StandingFilter,
        ParagraphFilter,
        LanguageFilter,
        "kind",
        "verdict",
        AlikeFilter,
    )
    search_fields = ("=comment__number", "text", "comment__body", "comment__consultation__slug")
    ordering = ("comment__consultation", "comment__number", "position")
    fields = ("comment", "position", "text", "kind", "answer", "verdict", "verdict_why", "verdict_at")
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 100
    action_form = KindForm
    actions = ("answer_together", "set_kind")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out those of comments that are not published any more."""
        rows: Any = super().get_queryset(request)
        return with_excerpts(numbered(rows.counted()))

    def has_answer_permission(self, request: HttpRequest) -> bool:
        """Whether the reader may answer."""
        return request.user.has_perm("comments.add_answer")

    def has_sort_permission(self, request: HttpRequest) -> bool:
        """Whether the reader may say of which kind a point is."""
        return request.user.has_perm("comments.change_point")

    @admin.display(description=_("point"), ordering="comment__number")
    def place(self, point: Point) -> str:
        """Lead to the comment."""
        url = reverse("admin:comments_comment_change", args=[point.comment_id])
        return format_html('<a href="{}">{}</a>', url, point.label)

    @admin.display(description=_("first words"))
    def first_words(self, point: Point) -> str:
        """Return the beginning."""
        return first_words(point)

    @admin.display(description="¶", ordering="paragraph_number")
    def paragraph(self, point: Point) -> str:
        """Return the paragraph, or the figure, it is about."""
        return paragraph_label(point) or "–"

    @admin.display(description=_("language"), ordering="comment__language")
    def written_in(self, point: Point) -> str:
        """Return the language's name."""
        return point.comment.language_name

    @admin.display(description=_("consultation"), ordering="comment__consultation")
    def consultation(self, point: Point) -> str:
        """Name the consultation."""
        return str(point.comment.consultation)

    @admin.display(description=_("answer"))
    def answered(self, point: Point) -> str:
        """Say what the answer is and where it stands, lead to it, and tell what the author says to it."""
        if point.answer is None:
            return "–"
        url = reverse("admin:comments_answer_change", args=[point.answer_id])
        answer = point.answer
        what, where = answer.get_disposition_display(), answer.get_state_display()
        said = " – ".join(filter(None, [point.get_verdict_display(), point.verdict_why]))
        return format_html('<a href="{}">{}</a> ({})<br>{}', url, what, where, said)

    @admin.action(description=_("Answer these together"), permissions=["answer"])
    def answer_together(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Open the form of an answer to these."""
        points = list(queryset.select_related("comment").order_by("comment__number", "position")[: TOGETHER + 1])
        consultations = {point.comment.consultation_id for point in points}
        if len(points) > TOGETHER:
            told = gettext("Choose at most %(most)d points at once; more can be added to the answer later.")
            messages.error(request, told % {"most": TOGETHER})
        elif len(consultations) > 1:
            messages.error(request, gettext("One answer is about one consultation: choose points of one."))
        else:
            return HttpResponseRedirect(answer_url(consultations.pop(), points))
        return None

    @admin.action(description=_("Set the kind"), permissions=["sort"])
    def set_kind(self, request: HttpRequest, queryset: Any) -> None:
        """Say of which kind these are; none is a choice too."""
        # The form of the actions has looked at it.
        kind = request.POST.get("kind", "")
        count = Point.objects.filter(pk__in=queryset.order_by().values("pk")).update(kind=kind)
        told = ngettext("The kind of %(count)d point was set.", "The kind of %(count)d points was set.", count)
        messages.success(request, told % {"count": count})


def answer_url(consultation: int, points: Iterable[Point]) -> str:
    """Return the address of the form of a new answer to these points."""
    query = QueryDict(mutable=True)
    query["consultation"], query["points"] = str(consultation), ",".join(point.label for point in points)
    return f"{reverse('admin:comments_answer_add')}?{query.urlencode(safe=',')}"
