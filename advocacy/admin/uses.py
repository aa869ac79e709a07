"""The desk for what members say of the practices that they used, and who asked whom."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from advocacy import using
from advocacy.models import Organisation, Practice, PracticeQuestion, PracticeUse, UseState
from comments.admin.deciding import ReadOnlyAdmin, StateFilter, staff

TOO_LATE = 409


class UseStateFilter(StateFilter):
    """Where notes stand."""

    states = UseState


class ReasonForm(forms.Form):
    """Why a note is refused."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Its organisation reads this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField", "dir": "auto"}),
    )


@admin.register(PracticeUse)
class PracticeUseAdmin(ReadOnlyAdmin):
    """The queue, oldest first, and each note's page with the two decisions."""

    list_display = ("practice", "organisation", "year", "received_at", "state")
    list_filter = (UseStateFilter,)
    list_select_related = ("practice", "organisation")
    search_fields = ("practice__slug", "organisation__slug")
    ordering = ("received_at", "pk")
    show_facets = admin.ShowFacets.NEVER

    def get_urls(self) -> list[URLPattern]:
        """Add the decisions."""
        decisions = [self.page("approve", require_POST(self.approve)), self.page("refuse", require_POST(self.refuse))]
        return [*decisions, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the note: there is nothing to change about it."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self._desk(request, self._found(request, object_id))

    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Publish it."""
        use = self._found(request, object_id, decide=True)
        try:
            using.approve(use, by=staff(request))
        except using.AlreadyDecided:
            return self._desk(request, self._found(request, object_id), status=409)
        return self._on(request, gettext("Published."))

    def refuse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Refuse it with a reason."""
        use = self._found(request, object_id, decide=True)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._desk(request, use, form=form, status=400)
        try:
            using.refuse(use, by=staff(request), reason=form.cleaned_data["reason"])
        except using.AlreadyDecided:
            return self._desk(request, self._found(request, object_id), form=form, status=409)
        return self._on(request, gettext("Refused. Its organisation reads the reason."))

    def _found(self, request: HttpRequest, object_id: str, *, decide: bool = False) -> PracticeUse:
        if not self.has_view_permission(request) or (decide and not self._may_decide(request)):
            raise PermissionDenied
        shown: list[Prefetch[Any]] = [
            Prefetch("practice", Practice.objects.for_list()),
            Prefetch("organisation", Organisation.objects.for_list()),
        ]
        rows = PracticeUse.objects.select_related("decided_by").prefetch_related(*shown)
        try:
            use = rows.filter(pk=object_id).first()
        except ValueError:
            use = None
        if use is None:
            raise Http404
        return use

    def _may_decide(self, request: HttpRequest) -> bool:
        return request.user.has_perm("advocacy.change_practiceuse")

    def _desk(
        self, request: HttpRequest, use: PracticeUse, *, form: ReasonForm | None = None, status: int = 200
    ) -> HttpResponse:
        waits = use.state == UseState.PENDING
        published = PracticeUse.objects.filter(
            practice=use.practice_id, organisation=use.organisation_id, state=UseState.PUBLISHED
        )
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Use of a practice"),
            "use": use,
            "before": published.exclude(pk=use.pk).first(),
            "form": (form or ReasonForm()) if waits and self._may_decide(request) else None,
            "too_late": status == TOO_LATE,
            "approve_url": self.address("approve", use),
            "refuse_url": self.address("refuse", use),
        }
        return TemplateResponse(request, "admin/advocacy/practiceuse/desk.html", context, status=status)

    def _on(self, request: HttpRequest, said: str) -> HttpResponse:
        """Say what came of it, and go on to the next."""
        messages.success(request, said)
        following = PracticeUse.objects.pending().first()
        queue = reverse("admin:advocacy_practiceuse_changelist")
        return HttpResponseRedirect(self.address("change", following) if following else queue)


@admin.register(PracticeQuestion)
class PracticeQuestionAdmin(ReadOnlyAdmin):
    """Who asked about what, by the number in the mail; nobody sees what."""

    list_display = ("pk", "practice", "membership", "asked_at")
    list_select_related = ("practice", "membership__user", "membership__organisation")
    search_fields = ("pk",)
