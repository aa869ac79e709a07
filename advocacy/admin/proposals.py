"""The desk for what members propose: each difference, the page as it would be, and the two decisions."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from advocacy import proposing
from advocacy.differences import differences
from advocacy.models import Organisation, Practice, Proposal, ProposalState
from advocacy.previewing import Page
from advocacy.shapes import shape_of
from comments.admin.deciding import DecisionAdmin, StateFilter, staff
from comments.forms import PlainTextField
from publishing.admin import NothingToShow
from publishing.context import language_links
from publishing.languages import reader_language
from publishing.models import Picture


class ReasonForm(forms.Form):
    """Why a proposal is refused."""

    reason = PlainTextField(
        label=_("Reason"),
        help_text=_("Who proposed it reads this by mail, and on the organisation’s page. Name nobody."),
        max_length=500,
        widget=AdminTextareaWidget(attrs={"rows": 3, "dir": "auto"}),
    )


class ProposalStateFilter(StateFilter):
    """Where proposals stand."""

    states = ProposalState


@admin.register(Proposal)
class ProposalAdmin(DecisionAdmin):
    """The queue, oldest first, and each proposal's page with the two decisions."""

    moderates = "advocacy.change_proposal"
    desk_template = "admin/advocacy/proposal/desk.html"

    list_display = ("proposed", "organisation", "about", "note", "state")
    list_display_links = ("proposed", "organisation")
    list_filter = (ProposalStateFilter,)
    list_select_related = ("organisation", "practice")
    search_fields = ("organisation__slug", "practice__slug", "organisation__texts__title")
    ordering = ("proposed_at", "pk")

    def get_urls(self) -> list[URLPattern]:
        """Add the page as it would be."""
        return [self.page("preview", require_safe(self.preview)), *super().get_urls()]

    @admin.display(description=_("proposed"), ordering="proposed_at")
    def proposed(self, proposal: Proposal) -> str:
        """Return the day."""
        return formats.date_format(timezone.localtime(proposal.proposed_at), "DATE_FORMAT")

    @admin.display(description=_("what it is about"))
    def about(self, proposal: Proposal) -> str:
        """Return the practice, or that it is the profile."""
        return str(proposal.practice or gettext("the profile"))

    def desk_rows(self) -> QuerySet[Any]:
        """Fetch what is proposed about, and who did what."""
        shown: list[Prefetch[Any]] = [
            Prefetch("organisation", Organisation.objects.for_list()),
            Prefetch("practice", Practice.objects.for_list()),
        ]
        return Proposal.objects.select_related("proposed_by", "decided_by").prefetch_related(*shown)

    def publish(self, request: HttpRequest, thing: Proposal) -> str:
        """Put it into effect."""
        proposing.approve(thing, by=staff(request), seen=self._version(request))
        return gettext("Approved: it is in effect. Who proposed it is told.")

    def turn_down(self, request: HttpRequest, thing: Proposal, **fields: str) -> str:
        """Tell who proposed it why."""
        proposing.refuse(thing, by=staff(request), reason=fields["reason"], seen=self._version(request))
        return gettext("Refused. Who proposed it is told the reason.")

    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put it into effect, unless a rule is against it by now."""
        try:
            return super().approve(request, object_id)
        except proposing.CannotApply as error:
            return self.desk(request, self.found(request, object_id), status=409, broken=error.messages)

    def refusal_form(self, data: Any = None, **more: Any) -> Any:
        """Return the form for a reason in one's own words."""
        return ReasonForm(data, **more)

    def desk(
        self, request: HttpRequest, thing: Proposal, *, form: Any = None, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Show a proposal's page."""
        waits = thing.state == ProposalState.PENDING
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Proposal"),
            "form": (form or self.refusal_form()) if waits and self.may_decide(request) else None,
            "approve_url": self.address("approve", thing),
            "refuse_url": self.address("refuse", thing),
            "preview_url": self.address("preview", thing) if waits else "",
            **self.desk_context(request, thing),
            **more,
        }
        return TemplateResponse(request, self.desk_template, context, status=status)

    def desk_context(self, request: HttpRequest, thing: Proposal) -> dict[str, Any]:
        """Return what it would change of what stands there now, and what staff changed of the same meanwhile."""
        about = thing.thing
        shape = shape_of(about)
        name = f"admin:{about._meta.app_label}_{about._meta.model_name}_change"
        context: dict[str, Any] = {
            "proposal": thing,
            "thing_url": reverse(name, args=[about.pk]),
            "version": thing.proposed_at.isoformat(),
        }
        if thing.state != ProposalState.PENDING:
            return context | {"differences": differences(shape, thing.before, thing.values)}
        now, wanted = shape.read(about), proposing.wanted(about, thing)
        own = set(shape.changed(thing.before, thing.values))
        clashes = own & set(shape.changed(thing.before, now))
        return context | {
            "differences": differences(shape, now, wanted),
            "meanwhile": differences(shape, thing.before, now, only=clashes),
            "publishes": about.state != "published" and self._publishes(about, wanted),
            "logo_url": self._logo(wanted, now),
        }

    def _publishes(self, about: Any, wanted: dict[str, Any]) -> bool:
        """Whether approving makes public what is not."""
        if isinstance(about, Organisation):
            unlisted = Organisation.Listing.UNLISTED
            return about.listing == unlisted and wanted["listing"] != unlisted
        return bool(about.state == "draft")

    def _logo(self, wanted: dict[str, Any], now: dict[str, Any]) -> str:
        slug = wanted.get("logo", "")
        picture = Picture.objects.filter(slug=slug).first() if slug and slug != now["logo"] else None
        return reverse("admin:publishing_picture_image", args=[picture.pk]) if picture else ""

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the public page as it would be, in the language that `?language=` names."""
        proposal = self.found(request, object_id)
        language = request.GET.get("language", reader_language())
        if language not in dict(settings.LANGUAGES) or proposal.state != ProposalState.PENDING:
            raise Http404

        def address(picture: Picture) -> str:
            return reverse("admin:publishing_picture_image", args=[picture.pk])

        with override(language):
            links = [replace(link, url=f"?language={link.code}") for link in language_links(request.path)]
        context = {"change_url": self.address("change", proposal), "language_links": links}
        page = Page("admin/preview.html", context, language, address)
        try:
            return page.of(request, proposal, proposal.thing)
        except proposing.CannotApply as error:
            return self.desk(request, proposal, status=409, broken=error.messages)
        except NothingToShow as nothing:
            return self.desk(request, proposal, status=409, broken=[str(nothing.advice)])

    def too_late(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what somebody else did in the meantime; what was typed is kept."""
        thing = self.found(request, object_id)
        typed = request.POST.get("reason", "")
        form = self.refusal_form(initial={"reason": typed})
        return self.desk(request, thing, form=form, status=409, too_late=True, typed=typed)

    def next(self, thing: Proposal) -> HttpResponse:
        """Go on to the next in the queue, else to the oldest, else to the empty queue."""
        queue = Proposal.objects.pending()
        later = Q(proposed_at__gt=thing.proposed_at) | Q(proposed_at=thing.proposed_at, pk__gt=thing.pk)
        following = queue.filter(later).first() or queue.first()
        queue_url = reverse("admin:advocacy_proposal_changelist")
        return HttpResponseRedirect(self.address("change", following) if following else queue_url)

    def _version(self, request: HttpRequest) -> datetime:
        """Return which proposal the page showed that somebody decides from. Raises AlreadyDecided."""
        try:
            version = parse_datetime(request.POST.get("version", ""))
        except ValueError:
            version = None
        if version is None or timezone.is_naive(version):
            raise proposing.AlreadyDecided
        return version
