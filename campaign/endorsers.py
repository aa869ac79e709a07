"""Who has signed a deliverable, as far as they agreed to be seen."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from campaign.models import ORGANISATIONS, Capacity, Deliverable, Endorsement, EndorsementQuerySet, ShownAs
from publishing.languages import place_name

# A country from where fewer have signed is not told: it could tell who.
FEW = 3
# So many are named on the deliverable's own page.
FIRST = 12


@dataclass(frozen=True)
class Bar:
    """A count as `parts/bars.html` draws it, beside the longest of its chart."""

    label: str
    value: int
    percent: int
    focus: bool = False


@dataclass(frozen=True)
class Counts:
    """How many have signed, by kind and by country."""

    total: int
    organisations: int
    kinds: list[Bar]
    # Empty where no country may be told; else those that may, and at the end all others together.
    countries: list[Bar]

    @property
    def persons(self) -> int:
        """How many of them are persons."""
        return self.total - self.organisations


def public_endorsements(deliverable: Deliverable) -> EndorsementQuerySet:
    """Return what is public of those who signed."""
    rows: EndorsementQuerySet = Endorsement.objects.public().filter(deliverable=deliverable)
    return rows


def count_endorsements(deliverable: Deliverable) -> Counts:
    """Count them, the most frequent first."""
    kinds: Counter[str] = Counter()
    named: Counter[str] = Counter()
    others: Counter[str] = Counter()
    rows = public_endorsements(deliverable).order_by().values_list("capacity", "country", "shown_as")
    for capacity, country, shown_as in rows:
        kinds[capacity] += 1
        (named if shown_as == ShownAs.NAME else others)[country] += 1
    # The list tells the country of those who are named: the difference must not tell that of one or two others.
    counts = {code: named[code] + (others[code] if others[code] >= FEW else 0) for code in named | others if code}
    told = [(place_name(code), count) for code, count in counts.items() if count >= FEW]
    told.sort(key=lambda row: (-row[1], row[0]))
    if told and (elsewhere := kinds.total() - sum(count for _, count in told)):
        told.append((gettext("Other countries, or none told"), elsewhere))
    return Counts(
        total=kinds.total(),
        organisations=sum(kinds[capacity] for capacity in ORGANISATIONS),
        kinds=_bars([(str(capfirst(capacity.label)), kinds[capacity]) for capacity in Capacity if kinds[capacity]]),
        countries=_bars(told),
    )


def _bars(rows: list[tuple[str, int]]) -> list[Bar]:
    longest = max((count for _, count in rows), default=1)
    return [Bar(label, count, round(100 * count / longest)) for label, count in rows]


def endorsers_context(deliverable: Deliverable) -> dict[str, Any]:
    """Return what a deliverable's page shows of those who signed."""
    named = list(public_endorsements(deliverable).named()[: FIRST + 1])
    return {
        "endorsements": count_endorsements(deliverable),
        "endorsers": named[:FIRST],
        "more_endorsers": len(named) > FIRST,
    }
