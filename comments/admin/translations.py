"""Admin of translations of comments."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, CommentState, CommentTranslation
from publishing.admin import PortalAdmin
from publishing.numbers import whole


class TranslationForm(forms.ModelForm[CommentTranslation]):
    """Refuses a translation of words that were taken out while somebody wrote it."""

    read_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["read_at"] = timezone.now().isoformat()

    def clean(self) -> dict[str, Any]:
        """Compare when the comment was read with when it was redacted."""
        cleaned = super().clean() or {}
        named = cleaned.get("comment") or getattr(self.instance, "comment", None)
        comment = Comment.objects.select_for_update().filter(pk=named.pk).first() if named else None
        read_at = cleaned.get("read_at")
        if comment and comment.redacted_at and (read_at is None or comment.redacted_at > read_at):
            self.data = {**dict(self.data.items()), "read_at": timezone.now().isoformat()}
            self.add_error(
                "body",
                _("Words were taken out of this comment after you opened this page. Look at it again, then save."),
            )
        return cleaned


@admin.register(CommentTranslation)
class CommentTranslationAdmin(PortalAdmin):
    """Translations of published comments, by people who are named by role; of others nothing is shown."""

    list_display = ("comment", "language", "translator", "entered_by", "entered_at")
    list_filter = ("language", "comment__consultation")
    search_fields = ("=comment__number", "comment__consultation__slug")
    ordering = ("-entered_at",)
    autocomplete_fields = ("comment",)
    form = TranslationForm
    fields = ("comment", "original", "language", "translator", "body", "entered_by", "read_at")
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"dir": "auto", "rows": 20})}}

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out those of comments that are gone."""
        rows = super().get_queryset(request).filter(comment__state=CommentState.PUBLISHED)
        return rows.select_related("comment__consultation", "entered_by").defer("comment__search", "comment__shingles")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let a translation stay with its comment."""
        return ("comment", "original", "entered_by") if obj else ("original", "entered_by")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer published comments only."""
        if db_field.name == "comment":
            kwargs["queryset"] = Comment.objects.filter(state=CommentState.PUBLISHED).select_related("consultation")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with the comment that the address names, if it is published."""
        comment = self._named(request)
        return {"comment": comment.pk} if comment else {}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Show that comment beside its new translation."""
        comment = None if context.get("original") else self._named(request)
        if comment:
            context["adminform"].form.instance.comment = comment
        return super().render_change_form(request, context, *args, **kwargs)

    def _named(self, request: HttpRequest) -> Comment | None:
        named = whole(request.GET.get("comment", ""))
        if named is None:
            return None
        return Comment.objects.filter(state=CommentState.PUBLISHED, pk=named).first()

    @admin.display(description=_("original"))
    def original(self, translation: CommentTranslation) -> SafeString | str:
        """Return the public text, as plain text."""
        comment = translation.comment if translation.comment_id else None
        if comment is None:
            return "–"
        html = '<pre class="comment-text" lang="{}" dir="{}">{}</pre>'
        return format_html(html, comment.language, comment.dir, comment.words)

    def save_model(self, request: HttpRequest, obj: CommentTranslation, form: Any, change: bool) -> None:
        """Note who entered it last."""
        obj.entered_by = request.user  # type: ignore[assignment] # staff, so a User
        super().save_model(request, obj, form, change)
