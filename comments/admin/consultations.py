"""Admin of consultations and of the editors' answers."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comments.models import Answer, Comment, CommentState, Consultation, ConsultationText
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


@admin.register(Consultation)
class ConsultationAdmin(TranslatedAdmin, PublishableAdmin):
    """Consultations, with their dates and how many comments they drew."""

    list_display = ("slug", "title", "state", "opens_at", "closes_at", "answer_due", "pending", "published")
    list_filter = ("state", "opens_at", "closes_at", "answer_due")
    inlines = (text_inline(ConsultationText),)
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
class AnswerAdmin(PublishableAdmin):
    """Answers, signed by whoever gives them; each is previewed below its comment."""

    list_display = ("comment", "disposition", "state", "published_at", "language", "answered_by")
    list_filter = ("state", "disposition", "comment__consultation", "language", "published_at")
    search_fields = ("=comment__number", "comment__consultation__slug", "reason")
    ordering = ("comment__consultation", "comment__number", "pk")
    autocomplete_fields = ("comment",)
    readonly_fields = ("answered_by",)
    preview_template = "comments/comment.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what names the comment, without its words."""
        rows = super().get_queryset(request).select_related("comment__consultation", "answered_by")
        return rows.defer("comment__body", "comment__search")

    def get_readonly_fields(self, request: HttpRequest, obj: Answer | None = None) -> Any:
        """Keep an answer at its comment."""
        return (*self.readonly_fields, "comment") if obj else self.readonly_fields

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer published comments: nobody could read an answer to any other."""
        if db_field.name == "comment":
            kwargs["queryset"] = Comment.objects.filter(state=CommentState.PUBLISHED).select_related("consultation")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Answer, form: Any, change: bool) -> None:
        """Sign a new answer."""
        if not change:
            obj.answered_by = request.user  # type: ignore[assignment] # staff, so a User
        super().save_model(request, obj, form, change)

    def preview_rows(self, rows: Any) -> Any:
        """Fetch comment and consultation."""
        return rows.select_related("comment__consultation")

    def preview_context(self, thing: Answer) -> dict[str, Any]:
        """Show the comment with this answer alone. Raises NothingToShow."""
        comment = thing.comment
        if comment.state != CommentState.PUBLISHED:
            raise NothingToShow(_("The comment is not published, so its answer cannot be shown."))
        take_draft(comment.consultation)
        subject = subject_to_show(comment.consultation)
        return {
            "consultation": comment.consultation,
            "subject": subject,
            "passage": subject.by_key(comment.paragraph_key_id),
            "shown": replace(show(comment, subject, is_open=False), answers=[show_answer(thing)]),
            "reply_to": None,
        }
