"""Django's admin, as the portal's staff see it: its front page shows what waits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.checking import due, unanswered
from advocacy.models import Application, Organisation, PracticeUse, Proposal
from advocacy.second_factor import is_safe
from campaign.endorsing import expire
from campaign.models import Endorsement, Version
from campaign.models.deliverables import VersionState
from comments.models import Comment, Consultation
from comments.progress import open_points
from comments.statistics import statistics
from factsheets.models import Figure, Source
from publishing.models import Mail
from publishing.publication import State

SOON = timedelta(days=14)
# For so long it is told that an organisation has left.
RECENT = timedelta(days=30)
# Of each kind the front page shows so many; the rest is a click away.
MOST = 20


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the person who reads the front page; `since` is a day, past or to come."""

    title: str
    note: str
    url: str
    since: date | None = None


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def waiting_comments() -> Iterator[Waiting]:
    """Say how many comments wait for a moderator, and since when."""
    queue = Comment.objects.pending().order_by().aggregate(count=Count("pk"), oldest=Min("received_at"))
    if queue["count"]:
        count = ngettext("%(count)d comment to moderate", "%(count)d comments to moderate", queue["count"])
        url = reverse("admin:comments_comment_changelist")
        yield Waiting(count % queue, _("oldest received"), url, _day(queue["oldest"]))


def waiting_endorsements() -> Iterator[Waiting]:
    """Say how many endorsements wait for a moderator; those that were not confirmed in time go, with their address."""
    expire()
    queue = Endorsement.objects.pending().order_by().aggregate(count=Count("pk"), oldest=Min("received_at"))
    if queue["count"]:
        count = ngettext("%(count)d endorsement to look at", "%(count)d endorsements to look at", queue["count"])
        url = reverse("admin:campaign_endorsement_changelist")
        yield Waiting(count % queue, _("oldest received"), url, _day(queue["oldest"]))


def waiting_uses() -> Iterator[Waiting]:
    """Say how many notes on practices wait for the secretariat, and since when."""
    queue = PracticeUse.objects.pending().order_by().aggregate(count=Count("pk"), oldest=Min("received_at"))
    if queue["count"]:
        count = ngettext("%(count)d note on a practice", "%(count)d notes on practices", queue["count"])
        url = reverse("admin:advocacy_practiceuse_changelist")
        yield Waiting(count % queue, _("oldest received"), url, _day(queue["oldest"]))


def waiting_proposals() -> Iterator[Waiting]:
    """Say how many proposals of members wait, and since when; and which members became less visible of late."""
    queue = Proposal.objects.pending().order_by().aggregate(count=Count("pk"), oldest=Min("proposed_at"))
    url = reverse("admin:advocacy_proposal_changelist")
    if queue["count"]:
        count = ngettext("%(count)d proposal of a member", "%(count)d proposals of members", queue["count"])
        yield Waiting(count % queue, _("oldest proposed"), url, _day(queue["oldest"]))
    hidden = Proposal.objects.at_once().filter(proposed_at__gte=timezone.now() - SOON)
    for row in hidden.select_related("organisation").order_by("proposed_at")[:MOST]:
        page = reverse("admin:advocacy_organisation_change", args=[row.organisation_id])
        yield Waiting(str(row.organisation), _("is less visible by its own choice since"), page, _day(row.proposed_at))


def waiting_applications() -> Iterator[Waiting]:
    """Say how many organisations ask to join the network, and since when."""
    queue = Application.objects.pending().order_by().aggregate(count=Count("pk"), oldest=Min("received_at"))
    if queue["count"]:
        count = ngettext("%(count)d application to join", "%(count)d applications to join", queue["count"])
        url = reverse("admin:advocacy_application_changelist")
        yield Waiting(count % queue, _("oldest received"), url, _day(queue["oldest"]))


def left_organisations() -> Iterator[Waiting]:
    """Name the organisations that have left the network these days."""
    since = timezone.localdate() - RECENT
    for row in Organisation.objects.filter(left__gte=since).for_list().order_by("left", "pk")[:MOST]:
        title = row.text.title if row.text else str(row)
        url = reverse("admin:advocacy_organisation_change", args=[row.pk])
        yield Waiting(title, _("left the network"), url, row.left)


def waiting_consultations() -> Iterator[Waiting]:
    """Name the consultations that close soon, and those whose answers are overdue."""
    now = timezone.now()
    closing = Q(closes_at__gt=now, closes_at__lte=now + SOON)
    overdue = Q(answer_due__lt=_day(now), answered_at=None)
    rows = Consultation.objects.filter(closing | overdue, state=State.PUBLISHED).for_list().order_by("closes_at")
    for row in rows[:MOST]:
        title = row.text.title if row.text else str(row)
        url = reverse("admin:comments_consultation_change", args=[row.pk])
        if row.closes_at > now:
            yield Waiting(title, _("consultation closes"), url, _day(row.closes_at))
        else:
            yield Waiting(title, _("answers were due"), url, row.answer_due)


def waiting_points() -> Iterator[Waiting]:
    """Name the consultations some of whose points wait for an answer, with the day on which it is due."""
    for row, count in open_points()[:MOST]:
        open_ones = ngettext("%(count)d open point", "%(count)d open points", count) % {"count": count}
        title = f"{open_ones}: {row.text.title if row.text else row}"
        url = reverse("admin:comments_consultation_progress", args=[row.pk])
        yield Waiting(title, _("answer due"), url, row.answer_due)


def waiting_drafts() -> Iterator[Waiting]:
    """Name the versions that are drafts."""
    rows = Version.objects.filter(state=VersionState.DRAFT).select_related("deliverable").for_list().order_by("pk")
    for row in rows[:MOST]:
        title = row.text.title if row.text else str(row.deliverable)
        note = _("draft of version %(number)d") % {"number": row.number}
        yield Waiting(title, note, reverse("admin:campaign_version_change", args=[row.pk]))


def waiting_figures() -> Iterator[Waiting]:
    """Say how many public figures nobody compared with their source for a year, or ever."""
    queue = Figure.objects.public().to_check().order_by().aggregate(count=Count("pk"), oldest=Min("checked"))
    if queue["count"]:
        count = ngettext("%(count)d figure to check again", "%(count)d figures to check again", queue["count"])
        url = reverse("admin:factsheets_figure_changelist")
        yield Waiting(
            count % queue, _("oldest checked") if queue["oldest"] else "", f"{url}?waits=check", queue["oldest"]
        )


def waiting_sources() -> Iterator[Waiting]:
    """Say how many sources no longer answer, and since when that is known."""
    queue = Source.objects.troubled().order_by().aggregate(count=Count("pk"), oldest=Min("answered_at"))
    if queue["count"]:
        count = ngettext("%(count)d source does not answer", "%(count)d sources do not answer", queue["count"])
        url = reverse("admin:factsheets_source_changelist")
        since = _day(queue["oldest"]) if queue["oldest"] else None
        yield Waiting(count % queue, _("last answered") if since else "", f"{url}?answers=no", since)


def waiting_mails() -> Iterator[Waiting]:
    """Say how many mails could not be delivered."""
    queue = Mail.objects.set_aside().order_by().aggregate(count=Count("pk"), oldest=Min("set_aside_at"))
    if queue["count"]:
        count = ngettext("%(count)d mail not delivered", "%(count)d mails not delivered", queue["count"])
        url = reverse("admin:publishing_mail_changelist") + "?standing=set-aside"
        yield Waiting(count % queue, _("set aside"), url, _day(queue["oldest"]))


def waiting_checks() -> Iterator[Waiting]:
    """Say how many members are due for their yearly check, and how many of them were reminded in vain."""
    url = reverse("admin:advocacy_organisation_changelist")
    queue = due().order_by().aggregate(count=Count("pk"), oldest=Min("last_check"))
    if queue["count"]:
        count = ngettext(
            "%(count)d member to check its profile", "%(count)d members to check their profile", queue["count"]
        )
        note = _("oldest checked") if queue["oldest"] else ""
        yield Waiting(count % queue, note, f"{url}?check=due", queue["oldest"])
    if in_vain := unanswered().count():
        count = ngettext("%(count)d member reminded in vain", "%(count)d members reminded in vain", in_vain)
        yield Waiting(count % {"count": in_vain}, "", f"{url}?check=unanswered")


# What is shown to those who may see it.
DESKS: list[tuple[str, Callable[[], Iterator[Waiting]]]] = [
    ("comments.view_comment", waiting_comments),
    ("campaign.view_endorsement", waiting_endorsements),
    ("advocacy.view_practiceuse", waiting_uses),
    ("advocacy.view_proposal", waiting_proposals),
    ("advocacy.view_application", waiting_applications),
    ("advocacy.view_organisation", left_organisations),
    ("comments.view_consultation", waiting_consultations),
    ("comments.view_point", waiting_points),
    ("campaign.view_version", waiting_drafts),
    ("advocacy.view_organisation", waiting_checks),
    ("factsheets.view_figure", waiting_figures),
    ("factsheets.view_source", waiting_sources),
    ("publishing.view_mail", waiting_mails),
]


class PortalAdminSite(AdminSite):
    """The admin, under the portal's name."""

    site_header = site_title = settings.SITE_NAME
    index_title = gettext_lazy("Overview")

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in staff who have a second factor, and nobody else."""
        return super().has_permission(request) and is_safe(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Leave signing in to the accounts' own page, and lead staff without a second factor to set one up."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if not request.user.is_authenticated:
            wanted = {REDIRECT_FIELD_NAME: request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")}
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(wanted)}")
        if super().has_permission(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        raise PermissionDenied

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Let the admin's scripts ask the admin for the choices of a field; public pages may ask nobody."""
        return csp_update({"connect-src": [SELF]})(super().admin_view(view, cacheable))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show what waits, oldest first and the undated last, above the list of all there is."""
        found = [row for permission, rows in DESKS if request.user.has_perm(permission) for row in rows()]
        found.sort(key=lambda row: row.since or date.max)
        desk = statistics() if request.user.has_perm("comments.view_comment") else None
        return super().index(request, {"waiting": found, "statistics": desk, **(extra_context or {})})
