"""Admin of the editors' answers: written, looked at by a colleague, published."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from comments import answering
from comments.admin.answer_form import AnswerForm, points_named
from comments.admin.consultations import subject_to_show
from comments.admin.points import first_words, numbered, paragraph_label, with_excerpts
from comments.models import Answer, AnswerState, AnswerText, Comment, CommentState, Consultation, Point
from comments.shown import show
from comments.shown_answers import quote, show_answer
from publishing.admin import NothingToShow, PublishableAdmin, TranslatedAdmin, take_draft, text_inline
from publishing.numbers import whole

# So many points are shown below an answer's form.
SHOWN = 50

CHANGED = ("changed_version", "changed_paragraphs")

# The buttons below the form: what each does, and what it says then.
STEPS: dict[str, tuple[Callable[..., None], str | Promise]] = {
    "_review": (answering.send_to_review, _("A colleague can look at it now.")),
    "_publish": (answering.publish, _("Published. The authors of the comments find it with their receipts.")),
    "_withdraw": (answering.withdraw, _("Withdrawn. Its points are open again.")),
}


@admin.register(Answer)
class AnswerAdmin(TranslatedAdmin, PublishableAdmin):
    """Answers, signed by whoever gives them; each is previewed below a comment whose point it answers."""

    form = AnswerForm
    list_display = ("title", "disposition", "state", "points", "published_at", "consultation", "answered_by")
    list_filter = ("state", "disposition", "consultation", "published_at")
    search_fields = ("=points__comment__number", "consultation__slug", "texts__reason")
    text_title = "reason"
    inlines = (text_inline(AnswerText, "language", "ready", "reason"),)
    fields = ("consultation", "points", "move", "disposition", *CHANGED, "answered_by")
    readonly_fields = ("answered_by", "state", "published_at")
    actions = ("ask_for_review", "publish_all")
    change_form_template = "admin/comments/answer/change_form.html"
    preview_template = "comments/comment.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what names the consultation, and count the points."""
        own = Point.objects.filter(answer=OuterRef("pk")).order_by().values("answer")
        count = Coalesce(Subquery(own.annotate(count=Count("pk")).values("count")), 0)
        rows = super().get_queryset(request).annotate(point_count=count)
        return rows.select_related("consultation", "answered_by")

    @admin.display(description=_("points"), ordering="point_count")
    def points(self, answer: Any) -> int:
        """Return how many points it answers."""
        return int(answer.point_count)

    def form_models(self) -> list[tuple[Any, str]]:
        """Count its points to what a colleague may have changed meanwhile."""
        return [*super().form_models(), (Point, "answer_id")]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask what changed in a later version only where a version was consulted on."""
        chosen = whole(request.GET.get("consultation", ""))
        consultation = obj.consultation if obj else Consultation.objects.filter(pk=chosen or 0).first()
        fields = super().get_fields(request, obj)
        return [f for f in fields if f not in CHANGED] if consultation and consultation.is_about_figures else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep an answer in its consultation: its points are there."""
        return [*super().get_readonly_fields(request, obj), *(["consultation"] if obj else [])]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the reader may publish answers and take them back."""
        return request.user.has_perm(answering.PUBLISH)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those who may publish alone write what is public at once."""
        is_public = obj is not None and obj.state == AnswerState.PUBLISHED
        return super().has_change_permission(request, obj) and (not is_public or self.has_publish_permission(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep what was said to people."""
        is_draft = obj is None or obj.state in (AnswerState.DRAFT, AnswerState.REVIEW)
        return is_draft and super().has_delete_permission(request, obj)

    def restore_refusal(self, thing: Answer, model: Any, record: Any) -> str:
        """Let no answer become public, or cease to be, by its history."""
        if model is Answer and record.state != thing.state:
            return gettext("It stood elsewhere then: publish it, or withdraw it, with the buttons below its form.")
        return ""

    def save_model(self, request: HttpRequest, obj: Answer, form: Any, change: bool) -> None:
        """Sign a new answer."""
        if not change:
            obj.answered_by = request.user  # type: ignore[assignment] # staff, so a User
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Give it its points; the form has looked at them."""
        super().save_related(request, form, formsets, change)
        moved = [point.label for point in form.found if point.answer_id not in (None, form.instance.pk)]
        answering.assign(form.instance, form.found, by=request.user, move=form.cleaned_data["move"])  # type: ignore[arg-type] # staff
        if moved:
            messages.info(request, gettext("Taken out of other drafts: %(labels)s.") % {"labels": ", ".join(moved)})

    def response_add(self, request: HttpRequest, obj: Answer, post_url_continue: str | None = None) -> HttpResponse:
        """Take the step whose button was pressed."""
        self._step(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Answer) -> HttpResponse:
        """Take the step whose button was pressed."""
        self._step(request, obj)
        return super().response_change(request, obj)

    def _step(self, request: HttpRequest, answer: Answer) -> None:
        for name, (take, told) in STEPS.items():
            if name in request.POST:
                try:
                    take(answer, by=request.user)
                except answering.NotReady as lacks:
                    messages.error(request, str(lacks))
                else:
                    messages.success(request, str(told))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Show the words of the points, and offer the steps that can be taken."""
        answer, form = context.get("original"), context["adminform"].form
        state = answer.state if answer else AnswerState.DRAFT
        may_publish = self.has_publish_permission(request)
        context |= {
            "can_review": state in (AnswerState.DRAFT, AnswerState.WITHDRAWN),
            "can_publish": may_publish and state != AnswerState.PUBLISHED,
            "can_withdraw": may_publish and state == AnswerState.PUBLISHED,
            **_points_below(form, answer),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description=_("Send to review"), permissions=["change"])
    def ask_for_review(self, request: HttpRequest, queryset: Any) -> None:
        """Ask colleagues to look at these."""
        self._take_all(request, queryset, answering.send_to_review)

    @admin.action(description=_("Publish…"), permissions=["publish"])
    def publish_all(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Publish these, once that is confirmed."""
        if "confirmed" in request.POST:
            self._take_all(request, queryset, answering.publish)
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Publish these answers?"),
            "answers": queryset,
        }
        return TemplateResponse(request, "admin/comments/answer/publish.html", context)

    def _take_all(self, request: HttpRequest, answers: Any, take: Callable[..., None]) -> None:
        done = 0
        for answer in answers:
            try:
                take(answer, by=request.user)
            except answering.NotReady as lacks:
                messages.error(request, f"{answer}: {lacks}")
            else:
                done += 1
                self.log_change(request, answer, [{"changed": {"fields": ["state"]}}])
        if done:
            told = ngettext("Done with %(count)d answer.", "Done with %(count)d answers.", done)
            messages.success(request, told % {"count": done})

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the consultation."""
        return rows.select_related("consultation")

    def preview_context(self, thing: Answer) -> dict[str, Any]:
        """Show a comment with this answer alone. Raises NothingToShow."""
        comments = Comment.objects.filter(points__answer=thing, state=CommentState.PUBLISHED)
        comment = comments.select_related("consultation").order_by("number").first()
        if comment is None:
            raise NothingToShow(_("It answers no point of a published comment yet."))
        take_draft(comment.consultation)
        subject = subject_to_show(comment.consultation)
        points = list(comment.points.order_by("position"))
        own = [quote(point, comment) for point in points if point.answer_id == thing.pk and len(points) > 1]
        # Nobody else's answer is shown here, whether it is public or not.
        for point in points:
            point.answer = None
        comment._prefetched_objects_cache = {"points": points}  # type: ignore[attr-defined] # Django's own
        return {
            "consultation": comment.consultation,
            "subject": subject,
            "passage": subject.by_key(comment.paragraph_key_id),
            "shown": replace(show(comment, subject, is_open=False), answers=[show_answer(thing, own)]),
            "reply_to": None,
        }


def _points_below(form: Any, answer: Answer | None) -> dict[str, Any]:
    """Return the points that a form names and those that the answer has, the latter marked where they will leave."""
    labels = form["points"].value() if "points" in form.fields else None
    consultation = answer.consultation_id if answer else form["consultation"].value()
    named: list[Point] = []
    if labels and whole(str(consultation or "")) is not None:
        named, _unknown = points_named(int(consultation), str(labels)[:20_000])
    keys = {point.pk for point in named}
    own = set(answer.points.counted().values_list("pk", flat=True)) if answer else set()
    keys = keys or own if labels is None else keys
    rows = with_excerpts(numbered(Point.objects.filter(pk__in=keys | own))).order_by("comment__number", "position")
    found = [
        {
            "point": point,
            "paragraph": paragraph_label(point),
            "words": first_words(point),
            "leaves": point.pk not in keys,
        }
        for point in rows[:SHOWN]
    ]
    return {"points_below": found, "points_more": max(len(keys | own) - SHOWN, 0)}
