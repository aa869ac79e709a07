"""Admin of consultations and of the editors' answers."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.admin.dates import MovedDates
from comments.admin.progress import ProgressPage
from comments.models import CommentState, Consultation, ConsultationText, LanguageClosing
from comments.scheduling import has_opened
from comments.subjects import Subject, subject_of
from comments.views import consultation_context
from publishing.admin import NothingToShow, PublishableAdmin, TranslatedAdmin, text_inline


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

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only before it opens; afterwards it is extended."""
        return super().has_add_permission(request, obj) and not (obj and has_opened(obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only before it opens."""
        return super().has_change_permission(request, obj) and not (obj and has_opened(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only before it opens."""
        return super().has_delete_permission(request, obj) and not (obj and has_opened(obj))


@admin.register(Consultation)
class ConsultationAdmin(MovedDates, ProgressPage, TranslatedAdmin, PublishableAdmin):
    """Consultations, with their dates and how many comments they drew."""

    list_display = ("slug", "title", "about", "state", "opens_at", "closes_at", "answer_due", "pending", "published")
    list_filter = ("about", "state", "opens_at", "closes_at", "answer_due")
    inlines = (
        LanguageClosingInline,
        text_inline(ConsultationText, "language", "ready", "title", "summary", "body", "policy"),
    )
    preview_template = "comments/consultation.html"
    change_form_template = "admin/comments/consultation/change_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let nobody move dates without a word that people have been told, nor change what it is about."""
        dates = ("opens_at", "closes_at", "timezone") if obj and has_opened(obj) else ()
        return ("about", *dates) if obj else ()

    def restore_refusal(self, thing: Any, model: Any, record: Any) -> str:
        """Nor by way of the history."""
        if model is not Consultation or not has_opened(thing):
            return ""
        moved = any(getattr(thing, name) != getattr(record, name) for name in ("opens_at", "closes_at", "timezone"))
        return gettext("Its dates have changed since; they move with a public note alone.") if moved else ""

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Link the pages that move its dates."""
        thing = context.get("original")
        if thing and has_opened(thing) and self.has_change_permission(request, thing):
            pages = {"extend": gettext("Extend")}
            if thing.takes_comments():
                pages["close-early"] = gettext("Close early")
            context["date_links"] = [{"url": self.address(name, thing), "label": pages[name]} for name in pages]
        return super().render_change_form(request, context, *args, **kwargs)

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
