"""How many members face an issue, by region: counted among those that the public may know, where it may know them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext

from advocacy.models import Issue, Organisation
from factsheets.units import Unit, format_value
from publishing.charts import Chart, Row, Words
from publishing.languages import place_name
from publishing.places import continent_of

# Every bar is a share of its region's members.
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Facing:
    """The members that face an issue; without a chart where there are none to compare."""

    members: int
    of: int
    regions: int
    chart: Chart | None


def facing(issue: Issue, faced_by: Iterable[Organisation]) -> Facing:
    """Return how many of the public members of each region face an issue; `faced_by` are those that do.

    Of an organisation at risk its region is public, so it counts there and nowhere else.
    """
    members = Organisation.objects.public().order_by().values_list("region")
    totals = dict(members.annotate(total=Count("pk")))
    faced = Counter(organisation.region for organisation in faced_by)
    counted = [(region, faced[region], total) for region, total in totals.items()]
    return Facing(
        members=sum(faced.values()),
        of=sum(totals.values()),
        regions=len(faced),
        chart=_chart(issue, counted) if faced else None,
    )


def _chart(issue: Issue, counted: list[tuple[str, int, int]]) -> Chart:
    """Draw a panel for each continent, its regions by the share that faces the issue."""
    rows = [_row(*region) for region in counted]
    rows.sort(key=lambda row: (row.panel.text if row.panel else "", -(row.amount or 0), row.label))
    return Chart(
        f"members-{issue.slug}",
        gettext("Members that face it, by region"),
        (gettext("Region"), gettext("Members that face it")),
        rows,
        note=gettext("A framed bar is all members of a region. Only members that are listed publicly are counted."),
        end=WHOLE,
        ends=(format_value(Decimal(0), Unit.PERCENT), format_value(WHOLE, Unit.PERCENT)),
    )


def _row(region: str, members: int, total: int) -> Row:
    return Row(
        place_name(region),
        WHOLE * members / total,
        focus=members > 0,
        written=gettext("%(part)s of %(whole)s") % {"part": members, "whole": total},
        whole=WHOLE,
        panel=Words(place_name(continent_of(region))),
    )
