"""Admin of the editors' answers."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comments.admin.consultations import subject_to_show
from comments.models import Answer, AnswerText, Comment, CommentState
from comments.shown import show, show_answer
from publishing.admin import NothingToShow, PublishableAdmin, TranslatedAdmin, take_draft, text_inline


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
