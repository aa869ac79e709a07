"""Admin of consultations and of the editors' answers."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comments.models import Answer, AnswerText, Comment, CommentState, Consultation, ConsultationText, LanguageClosing
from comments.shown import show, show_answer
from comments.subjects import Subject, subject_of
from comments.views import consultation_context
from publishing.admin import NothingToShow, PublishableAdmin, TranslatedAdmin, take_draft, text_inline


def subject_to_show(consultation: Consultation) -> Subject:
    """Return what a consultation is about. Raises NothingToShow."""
    try:
        return subject_of(consultation)
    except ObjectDoesNotExist as error:
        raise NothingToShow(_("No text is consulted on yet: name this consultation in a version.")) from error


class LanguageClosingInline(admin.TabularInline[LanguageClosing, Consultation]):
    """The languages that have a closing date of their own."""

    model = LanguageClosing
    extra = 0


@admin.register(Consultation)
class ConsultationAdmin(TranslatedAdmin, PublishableAdmin):
    """Consultations, with their dates and how many comments they drew."""

    list_display = ("slug", "title", "state", "opens_at", "closes_at", "answer_due", "pending", "published")
    list_filter = ("state", "opens_at", "closes_at", "answer_due")
    inlines = (
        LanguageClosingInline,
        text_inline(ConsultationText, "language", "ready", "title", "summary", "body", "policy"),
    )
    preview_template = "comments/consultation.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the comments."""
        states = {"pending": CommentState.PENDING, "published": CommentState.PUBLISHED}
        counts = {f"{name}_count": Count("comments", filter=Q(comments__state=s)) for name, s in states.items()}
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=_("comments waiting"), ordering="pending_count")
    def pending(self, consultation: Any) -> int:
        """Return how many comments wait for a moderator."""
        return int(consultation.pending_count)

    @admin.display(description=_("comments published"), ordering="published_count")
    def published(self, consultation: Any) -> int:
        """Return how many comments are published."""
        return int(consultation.published_count)

    def preview_context(self, thing: Consultation) -> dict[str, Any]:
        """Show it with its published comments. Raises NothingToShow."""
        return consultation_context(thing, subject_to_show(thing))


@admin.register(Answer)
class AnswerAdmin(TranslatedAdmin, PublishableAdmin):
    """Answers, signed by whoever gives them; each is previewed below a comment whose point it answers."""

    list_display = ("title", "disposition", "state", "published_at", "consultation", "answered_by")
    list_filter = ("state", "disposition", "consultation", "published_at")
    search_fields = ("=points__comment__number", "consultation__slug", "texts__reason")
    text_title = "reason"
    inlines = (text_inline(AnswerText, "language", "ready", "reason"),)
    fields = ("consultation", "disposition", "changed_version", "answered_by")
    readonly_fields = ("answered_by",)
    preview_template = "comments/comment.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what names the consultation."""
        return super().get_queryset(request).select_related("consultation", "answered_by")

    def save_model(self, request: HttpRequest, obj: Answer, form: Any, change: bool) -> None:
        """Sign a new answer."""
        if not change:
            obj.answered_by = request.user  # type: ignore[assignment] # staff, so a User
        super().save_model(request, obj, form, change)

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
        points = [point for point in comment.points.all() if point.answer_id == thing.pk]
        return {
            "consultation": comment.consultation,
            "subject": subject,
            "passage": subject.by_key(comment.paragraph_key_id),
            "shown": replace(show(comment, subject, is_open=False), answers=[show_answer(thing, points)]),
            "reply_to": None,
        }
