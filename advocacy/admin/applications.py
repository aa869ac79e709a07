"""The secretariat's desk for applications: each reads like a profile, with what has to be made sure of."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from advocacy import joining
from advocacy.alike import alike
from advocacy.join_form import ApplicationRefusalForm
from advocacy.models import REQUIRED_CHECKS, Application, ApplicationCheck, ApplicationState, Issue
from comments.admin.deciding import DecisionAdmin, StateFilter, staff
from comments.models import HoldReason
from comments.moderation import AlreadyDecided
from factsheets.models import KeyPopulation


class ApplicationStateFilter(StateFilter):
    """Where applications stand."""

    states = ApplicationState


@admin.register(Application)
class ApplicationAdmin(DecisionAdmin):
    """The queue, oldest first, and each application's page."""

    moderates = "advocacy.change_application"
    refusal = ApplicationRefusalForm
    desk_template = "admin/advocacy/application/desk.html"

    list_display = ("received", "applicant", "place", "state")
    list_display_links = ("received", "applicant")
    list_filter = (ApplicationStateFilter,)
    search_fields = ("name", "own_name")

    @admin.display(description=_("name"), ordering="name")
    def applicant(self, application: Application) -> str:
        """Return the name, or a dash where none is kept."""
        return format_html("<bdi>{}</bdi>", application.name or "–")

    @admin.display(description=_("country"), ordering="country")
    def place(self, application: Application) -> str:
        """Return the country's name."""
        return application.country_name if application.country else "–"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Let nobody find out by filters what no page shows."""
        return lookup == "state" and super().lookup_allowed(lookup, value, request)

    def get_urls(self) -> list[URLPattern]:
        """Add the checklist."""
        return [self.page("tick", require_POST(self.tick)), *super().get_urls()]

    def desk_rows(self) -> QuerySet[Application]:
        """Fetch who decided, and what it became."""
        return Application.objects.select_related("organisation", "decided_by")

    def publish(self, request: HttpRequest, thing: Application) -> str:
        """Take the checklist as it was sent, and accept."""
        joining.accept(thing, by=staff(request))
        return gettext("Accepted. The invitation is on its way.")

    def turn_down(self, request: HttpRequest, thing: Application, **fields: str) -> str:
        """Tell who applied why."""
        joining.refuse(thing, by=staff(request), reason=fields["reason"], note=fields["note"])
        return gettext("Not accepted. Who applied is told the reason.")

    def tick(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Save the checklist, and stay."""
        application = self.found(request, object_id, decide=True)
        try:
            joining.tick(application, items=request.POST.getlist("checked"), by=staff(request))
        except AlreadyDecided:
            return self.too_late(request, object_id)
        messages.success(request, gettext("Saved."))
        return HttpResponseRedirect(self.address("change", application))

    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Save the checklist that stands on the same form, then accept, unless something is missing in it."""
        application = self.found(request, object_id, decide=True)
        try:
            joining.tick(application, items=request.POST.getlist("checked"), by=staff(request))
            return super().approve(request, object_id)
        except AlreadyDecided:
            return self.too_late(request, object_id)
        except joining.NotChecked:
            return self.desk(request, self.found(request, object_id), status=400, not_checked=True)

    def desk_context(self, request: HttpRequest, thing: Application) -> dict[str, Any]:
        """Show all that was sent, who may be written to, and what may be the same organisation."""
        waits = thing.state == ApplicationState.PENDING
        done = joining.ticked(thing)
        return {
            "title": thing.name or _("Application"),
            "application": thing,
            "populations": _titles(KeyPopulation, thing.populations),
            "issues": _titles(Issue, thing.issues),
            "contact": joining.contact(thing) if waits and self.may_decide(request) else None,
            "checks": [(each, done.get(each.value), each in REQUIRED_CHECKS) for each in ApplicationCheck],
            "alike": alike(thing) if waits else [],
            "held_for": ", ".join(str(HoldReason(each).label) for each in thing.held_for),
            "tick_url": self.address("tick", thing),
        }


def _titles(model: Any, slugs: list[str]) -> list[Any]:
    """Return the texts of things by their slugs."""
    rows = model.objects.filter(slug__in=slugs).for_list() if slugs else []
    return [row.text for row in rows if row.text]
