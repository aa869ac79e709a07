"""Deciding on many comments at once, after a page that names them; each decision is its own."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminRadioSelect
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from comments import moderation
from comments.admin.deciding import PENDING, staff
from comments.admin.filters import in_group
from comments.admin.queue import QueueAdmin, first_words
from comments.forms import RefusalForm
from comments.models import Comment
from comments.moderation import AlreadyDecided
from publishing.numbers import whole

# What a person can look over, and what a form can carry.
MOST = 200

DECISIONS = {
    "approve": _("Approve"),
    "refuse": _("Refuse"),
    "spam": _("Set aside as spam"),
    "claim": _("Claim"),
}


class BulkForm(RefusalForm):
    """One decision for many comments; only a refusal needs a reason."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=DECISIONS.items, widget=AdminRadioSelect(attrs={"class": "radiolist"})
    )
    field_order = ("decision", "reason", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason: Any = self.fields["reason"]
        reason.required = False
        reason.help_text = _("For a refusal.")
        reason.widget = AdminRadioSelect(attrs={"class": "radiolist"}, choices=reason.choices)
        self.fields["note"].widget.attrs["class"] = "vLargeTextField"

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where it is needed."""
        data = self.cleaned_data
        if data.get("decision") == "refuse" and "reason" not in self.errors and not data["reason"]:
            self.add_error("reason", self.fields["reason"].error_messages["required"])
        return data

    def decide(self, comment: Comment, *, by: User) -> None:
        """Decide on one comment as the form says. Raises AlreadyDecided."""
        data = self.cleaned_data
        match data["decision"]:
            case "approve":
                moderation.approve(comment, by=by)
            case "refuse":
                moderation.refuse(comment, by=by, reason=data["reason"], note=data["note"])
            case "spam":
                moderation.set_aside(comment, by=by)
            case "claim":
                moderation.claim(comment, by=by)


class BulkPages(QueueAdmin):
    """The queue's actions, and the page on which they are confirmed."""

    actions = ("bulk_approve", "bulk_refuse", "bulk_spam", "bulk_claim")

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.bulk))
        return [path("bulk/", view, name="comments_comment_bulk"), *super().get_urls()]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Offer the actions to moderators only."""
        return self.may_decide(request)

    @admin.action(description=_("Approve"), permissions=["decide"])
    def bulk_approve(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse | None:
        """Ask before approving."""
        return self._ask(request, queryset, "approve")

    @admin.action(description=_("Refuse"), permissions=["decide"])
    def bulk_refuse(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse | None:
        """Ask why."""
        return self._ask(request, queryset, "refuse")

    @admin.action(description=_("Set aside as spam"), permissions=["decide"])
    def bulk_spam(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse | None:
        """Ask before setting aside."""
        return self._ask(request, queryset, "spam")

    @admin.action(description=_("Claim"), permissions=["decide"])
    def bulk_claim(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse | None:
        """Ask before claiming."""
        return self._ask(request, queryset, "claim")

    def _ask(self, request: HttpRequest, queryset: QuerySet[Comment], decision: str) -> HttpResponse | None:
        chosen = self._waiting().filter(pk__in=queryset.order_by().values("pk"))
        if not 0 < chosen.count() <= MOST:
            said = _("None of these waits for a decision, or more than %(most)d do: choose fewer.")
            messages.error(request, said % {"most": MOST})
            return None
        return self._confirm(request, chosen, BulkForm(initial={"decision": decision}))

    def _waiting(self) -> QuerySet[Comment]:
        return self.queue_rows().filter(state=PENDING)

    def bulk(self, request: HttpRequest) -> HttpResponse:
        """Ask what to do with a group of comments that are much alike; decide on what was asked for."""
        if not (self.has_view_permission(request) and self.may_decide(request)):
            raise PermissionDenied
        if request.method != "POST":
            first = request.GET.get("alike", "")
            key = whole(first)
            group = self._waiting().none() if key is None else self._waiting().filter(in_group(key))[:MOST]
            if not group:
                raise Http404
            return self._confirm(request, group, BulkForm())
        sent = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME)[:MOST] if whole(key) is not None]
        chosen = self.queue_rows().filter(pk__in=sent)
        form = BulkForm(request.POST)
        if not chosen:
            form.add_error(None, _("No comment was chosen."))
        if not form.is_valid():
            return self._confirm(request, chosen, form, status=400)
        return self._decide(request, chosen, form)

    def _confirm(
        self, request: HttpRequest, chosen: QuerySet[Comment], form: BulkForm, status: int = 200
    ) -> HttpResponse:
        rows = list(chosen)
        title = ngettext("Decide on %(count)d comment", "Decide on %(count)d comments", len(rows))
        return self._page(request, title % {"count": len(rows)}, status, form=form, rows=rows)

    def _decide(self, request: HttpRequest, chosen: QuerySet[Comment], form: BulkForm) -> HttpResponse:
        """Decide on each in a transaction of its own; name those on which somebody else decided, or is at work."""
        rows, skipped = list(chosen), []
        for comment in rows:
            try:
                form.decide(comment, by=staff(request))
            except AlreadyDecided:
                skipped.append(comment.pk)
        count = len(rows) - len(skipped)
        done = ngettext("%(what)s: %(count)d comment.", "%(what)s: %(count)d comments.", count)
        said = done % {"what": DECISIONS[form.cleaned_data["decision"]], "count": count}
        if not skipped:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))
        left = list(self.queue_rows().filter(pk__in=skipped))
        return self._page(request, said, 409, rows=left, skipped=True)

    def _page(self, request: HttpRequest, title: str, status: int, rows: list[Comment], **more: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **more}
        context["rows"] = [(row, first_words(row)) for row in rows]
        context["checkbox_name"] = ACTION_CHECKBOX_NAME
        return TemplateResponse(request, "admin/comments/comment/bulk.html", context, status=status)
