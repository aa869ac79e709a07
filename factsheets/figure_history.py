"""What became of a figure while readers could see it, as its page tells: no draft, and nobody's name.

The records of staff's changes tell it. A record holds until the next one; readers saw it if at some moment of that
time it was published, its time had come, and one of the figure's texts was ready.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factsheets.models import Figure, FigureText, KeyPopulation, Source
from factsheets.units import Unit
from publishing.history import RESTORED
from publishing.languages import direction

# A stretch of time: from a moment until before another.
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Change:
    """What became of one property of a figure; each text says in which language it is, if not in the page's."""

    label: Any
    old: str
    new: str


@dataclass(frozen=True)
class Correction:
    """What readers saw change at one moment, and why, if an editor said so."""

    at: datetime
    reason: str
    changes: list[Change]


@dataclass(frozen=True)
class FigureHistory:
    """When a figure was first published, and its corrections, the newest first."""

    published: datetime | None
    corrections: list[Correction]

    @property
    def modified(self) -> datetime | None:
        """When readers last saw it change."""
        return self.corrections[0].at if self.corrections else self.published


@dataclass(frozen=True)
class _State:
    """A record that readers saw, and since when."""

    at: datetime
    record: Any


def history_of(figure: Figure) -> FigureHistory:
    """Return the history of a public figure."""
    states = list(_public_states(figure))
    # Most figures were never corrected: then there is nothing to ask for.
    names = _Names(states if len(states) > 1 else [])
    corrections = []
    for before, after in pairwise(states):
        old, new = names.shown(before.record), names.shown(after.record)
        changes = [Change(LABELS[name], old[name], new[name]) for name in LABELS if old[name] != new[name]]
        if changes:
            corrections.append(Correction(after.at, _reason(after.record), changes))
    return FigureHistory(states[0].at if states else None, corrections[::-1])


def _reason(record: Any) -> str:
    reason = record.history_change_reason or ""
    return "" if reason == RESTORED else reason


def _public_states(figure: Figure) -> Iterator[_State]:
    """Yield what readers saw of a figure, the oldest first."""
    readable = list(_readable(figure))
    history: Any = Figure.history
    records = list(history.filter(id=figure.pk).order_by("history_date", "history_id"))
    ends = [*(record.history_date for record in records[1:]), timezone.now()]
    for record, end in zip(records, ends, strict=True):
        if record.state not in Figure.public_states or record.published_at is None:
            continue
        start = max(record.history_date, record.published_at)
        seen = [max(start, begin) for begin, finish in readable if max(start, begin) < min(end, finish)]
        if seen:
            yield _State(min(seen), record)


def _readable(figure: Figure) -> Iterator[Stretch]:
    """Yield the stretches of time in which one of the figure's texts was ready."""
    history: Any = FigureText.history
    ready: set[int] = set()
    since: datetime | None = None
    for record in history.filter(figure_id=figure.pk).order_by("history_date", "history_id"):
        (ready.add if record.ready and record.history_type != "-" else ready.discard)(record.id)
        if ready and since is None:
            since = record.history_date
        elif not ready and since is not None:
            yield since, record.history_date
            since = None
    if since is not None:
        yield since, timezone.now()


LABELS = {
    "value": _("Value"),
    "range": _("Range"),
    "out_of": _("Out of"),
    "unit": _("Unit"),
    "year": _("Year"),
    "place": _("Place"),
    "population": _("Key population"),
    "source": _("Source"),
}
NONE = "–"


class _Names:
    """What sources and populations of some states are called; those that readers may not see have no name."""

    def __init__(self, states: list[_State]) -> None:
        sources = {state.record.source_id for state in states}
        people = {state.record.population_id for state in states} - {None}
        self.sources = Source.objects.in_bulk(sources)
        rows = KeyPopulation.objects.public().for_list().filter(pk__in=people)
        self.populations = {row.pk: row.text for row in rows}

    def shown(self, record: Any) -> dict[str, str]:
        """Return a state as readers read it."""
        columns = ("value", "low", "high", "out_of", "unit", "qualifier", "year", "place", "excluding")
        figure = Figure(**{name: getattr(record, name) for name in columns})
        return {
            "value": figure.display if figure.value is not None else NONE,
            "range": figure.display_range or NONE,
            "out_of": figure.display_out_of or NONE,
            "unit": str(Unit(figure.unit).label),
            "year": str(figure.year or NONE),
            "place": figure.display_place,
            "population": self._population(record.population_id),
            "source": self._source(record.source_id),
        }

    def _population(self, key: int | None) -> str:
        if key is None:
            return gettext("all of them")
        text = self.populations.get(key)
        return _in_language(text.title, text.language) if text else NONE

    def _source(self, key: int) -> str:
        source = self.sources.get(key)
        # Titles of publications stand as published, most of them in English.
        return format_html("{}: {}", source.short, _in_language(source.title, "en")) if source else NONE


def _in_language(text: str, language: str) -> SafeString:
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction(language), text)
