"""The moderators' desk: the queue of comments, the two decisions, and what was decided."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminRadioSelect
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from comments import moderation
from comments.admin.consultations import subject_to_show
from comments.forms import RefusalForm
from comments.models import Comment, CommentState, Consultation, ModerationEvent, RefusalReason
from publishing.admin import NothingToShow, PortalAdmin
from publishing.languages import language_name

EXCERPT = 80


class StateFilter(admin.SimpleListFilter):
    """Where comments stand; those that wait unless told otherwise."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer each state, and all of them."""
        return [*CommentState.choices, ("all", _("all"))]

    def chosen(self) -> str:
        """Return the state asked for."""
        return self.value() or CommentState.PENDING

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by it."""
        return queryset if self.chosen() == "all" else queryset.filter(state=self.chosen())

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Link each choice."""
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self.chosen() == value, "query_string": query, "display": label}


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


class ReadOnlyAdmin(PortalAdmin):
    """Rows that nobody adds, edits or deletes by hand."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False


def refusal_form(data: Any = None) -> RefusalForm:
    """Return the form as the admin shows it, with no reason chosen: its author will be told the one that is."""
    form = RefusalForm(data)
    form.fields["reason"].widget = AdminRadioSelect(attrs={"class": "radiolist"}, choices=RefusalReason.choices)
    form.fields["note"].widget.attrs["class"] = "vLargeTextField"
    return form


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """The queue, oldest first, and each comment's page with the two decisions."""

    # How the number of a comment's paragraph is found; set by the app that owns the texts, since it lies further left.
    paragraph_number: ClassVar[Combinable | None] = None

    list_display = ("received", "first_words", "paragraph", "author", "written_in", "consultation")
    list_display_links = ("received", "first_words")
    list_filter = (StateFilter, "consultation", LanguageFilter)
    list_select_related = ("consultation",)
    search_fields = ("=number", "name", "organisation", "body", "consultation__slug")
    ordering = ("received_at", "pk")
    show_facets = admin.ShowFacets.NEVER

    def get_urls(self) -> list[URLPattern]:
        """Add the decisions."""
        decisions = [self.page("approve", require_POST(self.approve)), self.page("refuse", require_POST(self.refuse))]
        return [*decisions, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the first words only."""
        rows = super().get_queryset(request).select_related("consultation").defer("body", "search")
        rows = rows.annotate(excerpt=Left("body", EXCERPT + 1))
        return rows.annotate(paragraph_number=self.paragraph_number) if self.paragraph_number else rows

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Offer only published comments where one is chosen to be answered."""
        match = request.resolver_match
        if match and match.url_name == "autocomplete":
            queryset = queryset.filter(state=CommentState.PUBLISHED).order_by("consultation", "number")
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("received"), ordering="received_at")
    def received(self, comment: Comment) -> str:
        """Return the day; the minute is nobody's business."""
        return formats.date_format(timezone.localtime(comment.received_at), "DATE_FORMAT")

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

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the comment: there is nothing to change about it."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self._page(request, self._comment(request, object_id))

    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Publish the comment, and go on to the next."""
        comment = self._comment(request, object_id, decide=True)
        try:
            decided = moderation.approve(comment, by=request.user)  # type: ignore[arg-type] # staff, so a User
        except moderation.AlreadyDecided:
            return self._too_late(request, object_id)
        messages.success(request, gettext("Published as comment %(number)s.") % {"number": decided.number})
        return self._next(comment)

    def refuse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Refuse the comment with a reason, and go on to the next."""
        comment = self._comment(request, object_id, decide=True)
        form = refusal_form(request.POST)
        if comment.state != CommentState.PENDING:
            return self._too_late(request, object_id)
        if not form.is_valid():
            return self._page(request, comment, form=form, status=400)
        try:
            moderation.refuse(comment, by=request.user, **form.cleaned_data)  # type: ignore[arg-type] # as above
        except moderation.AlreadyDecided:
            return self._too_late(request, object_id)
        messages.success(request, gettext("Refused. Its author is told the reason."))
        return self._next(comment)

    def _comment(self, request: HttpRequest, object_id: str, *, decide: bool = False) -> Comment:
        may = self.has_view_permission(request) and (not decide or self._may_decide(request))
        if not may:
            raise PermissionDenied
        rows = Comment.objects.select_related("reply_to", "decided_by").defer("search")
        rows = rows.prefetch_related(Prefetch("consultation", Consultation.objects.for_list()))
        try:
            found = rows.filter(pk=unquote(object_id)).first()
        except ValueError:
            found = None
        if found is None:
            raise Http404
        return found

    def _may_decide(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.moderate_comment")

    def _page(
        self,
        request: HttpRequest,
        comment: Comment,
        *,
        form: RefusalForm | None = None,
        too_late: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        try:
            subject = subject_to_show(comment.consultation)
        except NothingToShow:
            subject = None
        decidable = comment.state == CommentState.PENDING and self._may_decide(request)
        answer = f"{reverse('admin:comments_answer_add')}?comment={comment.pk}"
        may_answer = comment.state == CommentState.PUBLISHED and request.user.has_perm("comments.add_answer")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Comment %(number)s") % {"number": comment.number} if comment.number else _("Comment"),
            "opts": self.opts,
            "comment": comment,
            "subject": subject,
            "passage": subject.by_key(comment.paragraph_key_id) if subject else None,
            "events": list(comment.events.select_related("by")),
            "too_late": too_late,
            "form": (form or refusal_form()) if decidable else None,
            "approve_url": self.address("approve", comment),
            "refuse_url": self.address("refuse", comment),
            "answer_url": answer if may_answer else "",
        }
        return TemplateResponse(request, "admin/comments/comment/desk.html", context, status=status)

    def _too_late(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what somebody else decided in the meantime."""
        return self._page(request, self._comment(request, object_id), too_late=True, status=409)

    def _next(self, comment: Comment) -> HttpResponse:
        """Go on to the next in the queue, else to the oldest, else to the empty queue."""
        queue = Comment.objects.pending()
        later = Q(received_at__gt=comment.received_at) | Q(received_at=comment.received_at, pk__gt=comment.pk)
        following = queue.filter(later).first() or queue.first()
        queue_url = reverse("admin:comments_comment_changelist")
        return HttpResponseRedirect(self.address("change", following) if following else queue_url)


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
