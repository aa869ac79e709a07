"""How the network does, in numbers for its secretariat: unlisted members and hidden countries count here too."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, F, Func, Q
from django.db.models.fields import CharField
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from advocacy.checking import due, members, unanswered
from advocacy.models import (
    Application,
    ApplicationState,
    Invitation,
    Issue,
    Membership,
    Organisation,
    Practice,
    PracticeUse,
    Proposal,
    ProposalState,
    Role,
    UseState,
)
from comments.statistics import Percentile
from factsheets.models import KeyPopulation
from publishing.charts import Chart, Row
from publishing.languages import place_name
from publishing.publication import State

Counts = Iterable[tuple[str, int]]


def network_statistics() -> list[Chart]:
    """Return all there is to say, as charts with their tables."""
    rows = members()
    return [
        _chart("regions", gettext("Members by region"), gettext("Region"), _places(rows, "region")),
        _chart("countries", gettext("Members by country"), gettext("Country"), _places(rows, "country")),
        _chart("populations", gettext("Members by key population"), gettext("Population"), _named(KeyPopulation)),
        _chart("services", gettext("Members by service"), gettext("Service"), _services(rows)),
        _chart("issues", gettext("Members by shared issue"), gettext("Issue"), _named(Issue)),
        _chart("sizes", gettext("Members by size"), gettext("Size"), _chosen(rows, "size", Organisation.Size)),
        _chart(
            "listings",
            gettext("Members by listing"),
            gettext("Listing"),
            _chosen(rows, "listing", Organisation.Listing),
        ),
        _chart("joined", gettext("Members by the year in which they joined"), gettext("Year"), _years(rows)),
        _chart("people", gettext("People who act for members"), gettext("Role"), _people()),
        _chart("checks", gettext("Yearly checks of profiles"), gettext("State"), _checks()),
        _chart("practices", gettext("Practices"), gettext("State"), _practices()),
        _chart("proposals", gettext("Proposals of members"), gettext("State"), _proposals()),
        _applications(),
        _invitations(),
    ]


def table(charts: list[Chart]) -> tuple[list[str], list[list[Any]]]:
    """Return the same as one table to download."""
    header = [gettext("What is counted"), gettext("Of which"), gettext("Number")]
    return header, [[chart.title, row.name, int(row.amount or 0)] for chart in charts for row in chart.rows]


def _chart(key: str, title: str, head: str, counts: Counts, heads: str = "", note: str = "") -> Chart:
    rows = [Row(label, count) for label, count in counts]
    return Chart(key, title, (head, heads or gettext("Number")), rows, note=note)


def _most_first(counts: Counts) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda row: (-row[1], row[0]))


def _count(rows: Any, *columns: str) -> Any:
    return rows.order_by().values_list(*columns).annotate(count=Count("pk", distinct=True))


def _places(rows: Any, column: str) -> Counts:
    return _most_first((place_name(code), count) for code, count in _count(rows, column))


def _chosen(rows: Any, column: str, choices: Any) -> Counts:
    found = dict(_count(rows, column))
    names = [*choices.choices, *([("", gettext("not said"))] if found.get("") else [])]
    return [(str(name), found.get(code, 0)) for code, name in names]


def _services(rows: Any) -> Counts:
    unnested = rows.annotate(service=Func("services", function="unnest", output_field=CharField()))
    return _most_first((str(Organisation.Service(code).label), count) for code, count in _count(unnested, "service"))


def _named(model: Any) -> Counts:
    """Count members by what has texts of its own."""
    counted = Count("organisations", filter=Q(organisations__in=members()), distinct=True)
    things = model.objects.for_list().annotate(members=counted)
    return _most_first((thing.text.title if thing.text else str(thing), thing.members) for thing in things)


def _years(rows: Any) -> Counts:
    found = dict(_count(rows.annotate(year=ExtractYear("joined")), "year"))
    unknown = found.pop(None, 0)
    years = [(str(year), found.get(year, 0)) for year in range(min(found), max(found) + 1)] if found else []
    return [*years, *([(gettext("not known"), unknown)] if unknown else [])]


def _people() -> Counts:
    found = dict(_count(Membership.objects.current(), "role"))
    acted_for = Membership.objects.current().values("organisation")
    nobody = members().exclude(pk__in=acted_for).count()
    return [
        *((str(role.label), found.get(role, 0)) for role in Role),
        (gettext("members for whom nobody acts"), nobody),
    ]


def _checks() -> Counts:
    waiting = due().count()
    return [
        (gettext("checked within a year"), members().count() - waiting),
        (gettext("due"), waiting),
        (gettext("of these, reminded in vain"), unanswered().count()),
    ]


def _practices() -> Counts:
    found = Counter(dict(_count(Practice.objects.all(), "state")))
    only = Practice.objects.filter(state=State.PUBLISHED, audience=Practice.Audience.MEMBERS).count()
    return [
        (gettext("published"), found[State.PUBLISHED]),
        (gettext("of these, for members only"), only),
        (gettext("drafts"), found[State.DRAFT]),
        (gettext("withdrawn"), found[State.WITHDRAWN]),
        (gettext("uses by other members"), PracticeUse.objects.filter(state=UseState.PUBLISHED).count()),
    ]


def _proposals() -> Counts:
    return _chosen(Proposal.objects.all(), "state", ProposalState)


def _applications() -> Chart:
    counts = _chosen(Application.objects.all(), "state", ApplicationState)
    decided = Application.objects.filter(decided_at__isnull=False).annotate(took=F("decided_at") - F("received_at"))
    took = decided.aggregate(
        half=Percentile("took", share="0.5", output_field=DurationField()),
        most=Percentile("took", share="0.9", output_field=DurationField()),
    )
    note = ""
    if took["half"] is not None:
        half, most = (-(-took[name] // timedelta(days=1)) for name in ("half", "most"))
        note = gettext("Days to a decision: half within %(half)d, nine in ten within %(most)d.")
        note %= {"half": half, "most": most}
    return _chart("applications", gettext("Applications"), gettext("State"), counts, note=note)


def _invitations() -> Chart:
    waiting = Invitation.objects.filter(used_at=None, withdrawn_at=None)
    late = waiting.filter(expires_at__lte=timezone.now()).count()
    counts = [
        (pgettext("of an invitation", "used"), Invitation.objects.filter(used_at__isnull=False).count()),
        (pgettext("of an invitation", "waiting"), waiting.count() - late),
        (pgettext("of an invitation", "ended unused"), late),
        (pgettext("of an invitation", "withdrawn"), Invitation.objects.filter(withdrawn_at__isnull=False).count()),
    ]
    return _chart("invitations", gettext("Invitations"), gettext("State"), counts)
