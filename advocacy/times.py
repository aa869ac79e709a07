"""When a meeting takes place, in words: by the clock of where it is, and by the reader's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from advocacy.models.agenda import AgendaItem, Item, agenda_of
from advocacy.models.events import Event
from publishing.zones import city_of, zone_name


@dataclass(frozen=True)
class Moment:
    """A moment or a day: for machines, and in words."""

    iso: str
    words: str


@dataclass(frozen=True)
class Span:
    """From when until when, by one clock. Where the clocks change in between, the start tells its own zone's name."""

    starts: Moment
    ends: Moment | None
    same_day: bool
    zone: str
    zone_at_start: str = ""


def span(starts_at: datetime, ends_at: datetime | None, zone: ZoneInfo, *, with_day: bool = True) -> Span:
    """Return a span by the clock of a zone; without the day, where what stands around it tells which."""
    starts = starts_at.astimezone(zone)
    ends = ends_at.astimezone(zone) if ends_at and ends_at > starts_at else None
    same_day = ends is None or ends.date() == starts.date()
    first = Moment(starts.isoformat(), date_format(starts, "DATETIME_FORMAT" if with_day else "TIME_FORMAT"))
    last = None
    if ends:
        last = Moment(ends.isoformat(), date_format(ends, "TIME_FORMAT" if same_day else "DATETIME_FORMAT"))
    changed = ends is not None and ends.utcoffset() != starts.utcoffset()
    return Span(first, last, same_day, zone_name(ends or starts), zone_name(starts) if changed else "")


def days(event: Event) -> Span:
    """Return the days of an event that has no hours."""
    first, last = event.first_day, event.last_day
    starts = Moment(first.isoformat(), date_format(first, "DATE_FORMAT"))
    ends = Moment(last.isoformat(), date_format(last, "DATE_FORMAT")) if last > first else None
    return Span(starts, ends, same_day=False, zone="")


@dataclass(frozen=True)
class When:
    """When an event is: by its own clock and, where the reader chose a zone, by the clock there."""

    own: Span
    all_day: bool
    there: Span | None = None
    city: str = ""


def when(event: Event, zone: ZoneInfo | None) -> When:
    """Return when an event is; whole days are the same days everywhere."""
    if event.all_day:
        return When(days(event), all_day=True)
    own = span(event.starts_at, event.ends_at, event.zone)
    if zone is None:
        return When(own, all_day=False)
    return When(own, all_day=False, there=_there(event.starts_at, event.ends_at, event, zone), city=city_of(zone.key))


def _there(starts_at: datetime, ends_at: datetime | None, event: Event, zone: ZoneInfo) -> Span:
    """Return a span by the reader's clock; the day only where it is another one there, or there are several."""
    dates = [[at.astimezone(clock).date() for at in (starts_at, ends_at) if at] for clock in (event.zone, zone)]
    return span(starts_at, ends_at, zone, with_day=dates[0] != dates[1] or len(set(dates[0])) > 1)


@dataclass(frozen=True)
class Line:
    """A line of the agenda."""

    text: AgendaItem
    own: Span | None
    there: Span | None


@dataclass(frozen=True)
class Day:
    """What is on the agenda of one day, by the event's clock; the day is not named where it is the only one."""

    name: Moment | None
    lines: list[Line]
    has_times: bool


def shown_agenda(event: Event, rows: Iterable[AgendaItem], zone: ZoneInfo | None) -> list[Day]:
    """Return the agenda day by day; an item without a time stands below the one before it."""
    found: list[tuple[datetime | None, Line]] = []
    moment: datetime | None = None
    for item in agenda_of(rows):
        moment = item.starts_at.astimezone(event.zone) if item.starts_at else moment
        found.append((moment, _line(item, event, zone)))
    shown = []
    several = event.last_day > event.first_day
    for day, group in groupby(found, key=lambda row: row[0].date() if row[0] else None):
        lines = [line for _moment, line in group]
        name = Moment(day.isoformat(), date_format(day, "DATE_FORMAT")) if day and several else None
        shown.append(Day(name, lines, any(line.own for line in lines)))
    return shown


def _line(item: Item, event: Event, zone: ZoneInfo | None) -> Line:
    if item.starts_at is None:
        return Line(item.text, None, None)
    own = span(item.starts_at, item.ends_at, event.zone, with_day=False)
    if zone is None:
        return Line(item.text, own, None)
    return Line(item.text, own, _there(item.starts_at, item.ends_at, event, zone))
