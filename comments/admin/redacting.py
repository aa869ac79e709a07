"""Taking words out of a comment, at the moderators' desk, and reading what was taken out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminRadioSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from comments import marks, redaction
from comments.admin.deciding import DecisionAdmin, staff
from comments.forms import PlainTextField
from comments.models import REDACTION_REASONS, Comment, CommentState, SealedOriginal
from comments.moderation import AlreadyDecided, claimant
from publishing.sealing import Unreadable
from publishing.usertext import as_html

REDACTABLE = (CommentState.PENDING, CommentState.PUBLISHED)


class RedactionForm(forms.Form):
    """Which words go, why, and what becomes of the original."""

    text = PlainTextField(
        label=_("Text"), strip=False, widget=forms.Textarea(attrs={"rows": 16, "dir": "auto", "class": "comment-text"})
    )
    hide_name = forms.BooleanField(
        label=_("Take out the name, the organisation and how others were consulted too"), required=False
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(reason.value, reason.label) for reason in REDACTION_REASONS],
        help_text=_("Readers see it in place of the words."),
        widget=AdminRadioSelect(attrs={"class": "radiolist"}),
    )
    original = forms.ChoiceField(
        label=_("The original"),
        choices=[
            ("seal", _("Seal it: administrators can read it until it is erased with what was not published.")),
            ("destroy", _("Destroy it: nobody can ever read it again.")),
        ],
        widget=AdminRadioSelect(attrs={"class": "radiolist"}),
    )

    def __init__(self, comment: Comment, data: Any = None) -> None:
        super().__init__(data, initial={"text": redaction.to_mark(comment.body)})
        self.body = comment.body
        self.found: redaction.Spans = []
        opening, closing = redaction.brackets(comment.body)
        self.fields["text"].help_text = _("Put %(opening)s and %(closing)s around the words that must go.") % {
            "opening": opening,
            "closing": closing,
        }

    def clean_text(self) -> str:
        """Refuse whatever else was changed."""
        typed: str = self.cleaned_data["text"]
        self.found = redaction.spans(self.body, typed)
        return typed

    def clean(self) -> dict[str, Any]:
        """Ask for something that goes."""
        if "text" not in self.errors and not self.found and not self.cleaned_data.get("hide_name"):
            self.add_error("text", _("Nothing is marked."))
        return self.cleaned_data

    def preview(self) -> SafeString:
        """Return the text as readers will see it."""
        return marks.in_html(as_html(redaction.cut(self.body, self.found, self.cleaned_data["reason"])))


class RedactionPages(DecisionAdmin):
    """Redacts, and opens what was sealed."""

    def get_urls(self) -> list[URLPattern]:
        """Add the two pages."""
        redact = sensitive_post_parameters()(require_http_methods(["GET", "HEAD", "POST"])(self.redact))
        pages = [self.page("redact", redact), self.page("original", require_POST(self.original))]
        return [*pages, *super().get_urls()]

    def redact(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the text to mark, what would be left of it, and take the words out."""
        comment = self.found(request, object_id, decide=True)
        if comment.state not in REDACTABLE:
            return self.too_late(request, object_id)
        if request.method != "POST":
            return self._marking(request, comment, RedactionForm(comment))
        form = RedactionForm(comment, request.POST)
        if self.seen(request) not in (None, comment.events.count()):
            return self._marking(request, comment, form, 409)
        if not form.is_valid() or "preview" in request.POST:
            return self._marking(request, comment, form, 200 if form.is_valid() else 400)
        try:
            self._redact(request, comment, form)
        except (AlreadyDecided, ValidationError):
            # The form was right for the text of a moment ago.
            comment = self.found(request, object_id)
            if comment.state not in REDACTABLE:
                return self.too_late(request, object_id)
            return self._marking(request, comment, RedactionForm(comment, request.POST), 409)
        was_pending = comment.state == CommentState.PENDING
        return self.next(comment) if was_pending else HttpResponseRedirect(self.address("change", comment))

    def _marking(self, request: HttpRequest, comment: Comment, form: RedactionForm, status: int = 200) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Take words out"),
            "comment": comment,
            "events": list(comment.events.select_related("by")),
            "claimant": claimant(comment),
            "form": form,
            "preview": form.preview() if form.is_bound and form.is_valid() else "",
            "too_late": status == 409,
        }
        return TemplateResponse(request, "admin/comments/comment/redact.html", context, status=status)

    def _redact(self, request: HttpRequest, comment: Comment, form: RedactionForm) -> None:
        data = form.cleaned_data
        decided = redaction.redact(
            comment,
            by=staff(request),
            typed=data["text"],
            reason=data["reason"],
            hide_name=data["hide_name"],
            destroy=data["original"] == "destroy",
            seen=self.seen(request),
        )
        messages.success(request, gettext("Redacted; it stands as comment %(number)s.") % {"number": decided.number})

    def original(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what the author wrote, once, to an administrator; that it was read is on record."""
        comment = self.found(request, object_id)
        if not request.user.has_perm("comments.unseal_comment"):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "opts": self.opts, "comment": comment}
        context["title"] = _("The original")
        try:
            context["original"] = redaction.read_original(comment, by=staff(request))
        except SealedOriginal.DoesNotExist as error:
            raise Http404 from error
        except Unreadable:
            context["original"] = None
        return TemplateResponse(request, "admin/comments/comment/original.html", context)
