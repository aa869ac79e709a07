"""The moderators' desk for endorsements, and what was decided there."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign import endorsing
from campaign.endorsement_form import EndorsementRefusalForm
from campaign.models import Deliverable, Endorsement, EndorsementEvent, EndorsementState
from comments.admin.deciding import DecisionAdmin, ReadOnlyAdmin, StateFilter, staff

UNSHOWN = ("email", "mailed_at", "submission_key", "receipt_hash")


class EndorsementStateFilter(StateFilter):
    """Where endorsements stand."""

    states = EndorsementState


@admin.register(Endorsement)
class EndorsementAdmin(DecisionAdmin):
    """The queue, oldest first, and each endorsement's page with the two decisions."""

    moderates = "campaign.moderate_endorsement"
    refusal = EndorsementRefusalForm
    desk_template = "admin/campaign/endorsement/desk.html"

    list_display = ("received", "signatory", "capacity", "shown_as", "country", "deliverable")
    list_display_links = ("received", "signatory")
    list_filter = (EndorsementStateFilter, "deliverable", "capacity")
    list_select_related = ("deliverable",)
    search_fields = ("name", "deliverable__slug")

    @admin.display(description=_("name"), ordering="name")
    def signatory(self, endorsement: Endorsement) -> str:
        """Return the name, or a dash where none was given or none is kept."""
        return format_html("<bdi>{}</bdi>", endorsement.name or "–")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Let nobody find out by filters what no page shows."""
        return lookup.split("__")[0] not in UNSHOWN and super().lookup_allowed(lookup, value, request)

    def desk_rows(self) -> QuerySet[Endorsement]:
        """Fetch what is signed."""
        rows = Endorsement.objects.select_related("version", "organisation", "decided_by").defer("email")
        return rows.prefetch_related(Prefetch("deliverable", Deliverable.objects.for_list()))

    def publish(self, request: HttpRequest, thing: Endorsement) -> str:
        """Let it count."""
        endorsing.approve(thing, by=staff(request))
        return gettext("Published.")

    def turn_down(self, request: HttpRequest, thing: Endorsement, **fields: str) -> str:
        """Tell who signed why."""
        endorsing.refuse(thing, by=staff(request), reason=fields["reason"], note=fields["note"])
        return gettext("Refused. Who signed is told the reason.")

    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Publish it, unless the organisation stands there already."""
        try:
            return super().approve(request, object_id)
        except endorsing.AlreadySigned:
            return self.desk(request, self.found(request, object_id), status=409)

    def desk_context(self, request: HttpRequest, thing: Endorsement) -> dict[str, Any]:
        """Show it, with a warning where the organisation has signed before."""
        waits = thing.state in (EndorsementState.UNCONFIRMED, EndorsementState.PENDING)
        return {
            "title": _("Endorsement"),
            "endorsement": thing,
            "twins": waits and thing.by_organisation and endorsing.twins(thing).exists(),
        }


@admin.register(EndorsementEvent)
class EndorsementEventAdmin(ReadOnlyAdmin):
    """What was done, by whom and when."""

    list_display = ("at", "endorsement", "action", "by", "reason")
    list_filter = ("action", "reason", "endorsement__deliverable", ("by", admin.RelatedOnlyFieldListFilter), "at")
    list_select_related = ("endorsement__deliverable", "by")
    search_fields = ("endorsement__deliverable__slug", "by__username")
    ordering = ("-at", "-pk")
