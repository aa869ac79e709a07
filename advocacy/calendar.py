"""Events as calendars (RFC 5545): what a phone or a mail program subscribes to.

Times are in UTC, so that no calendar needs to know our zones. What is withdrawn is simply not there any more.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from advocacy.models import Event

# How often those who subscribe are asked to look again.
FRESH = timedelta(hours=12)
# Everything that some program takes for the end of a line, in whatever number; and what no text may hold.
BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ufffe\uffff]")


def calendar_of(events: Iterable[Event], name: str, *, feed: bool = False) -> HttpResponse:
    """Return events as a file; a feed says what it is called, and how often to look again."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{_line(settings.SITE_NAME)}//{_host()}//EN")
    calendar.add("calscale", "GREGORIAN")
    if feed:
        title = _line(f"{settings.SITE_NAME}: {_('Events')}")
        calendar.add("name", title)
        calendar.add("x-wr-calname", title)
        calendar.add("refresh-interval", FRESH, parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", "PT12H")
    for event in events:
        calendar.add_component(_entry(event))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _entry(event: Event) -> icalendar.Event:
    text = event.text
    changed = _changed(event)
    entry = icalendar.Event()
    entry.add("uid", str(event.uid))
    # Without a method, this too tells when what stands here was last written.
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", event.sequence)
    entry.add("status", "CONFIRMED")
    if event.all_day:
        entry.add("dtstart", event.first_day)
        entry.add("dtend", event.last_day + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    else:
        entry.add("dtstart", event.starts_at.astimezone(UTC))
        if event.ends_at > event.starts_at:
            entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", _line(text.title), parameters={"language": text.language})
    address = settings.SITE_ADDRESS + event.get_absolute_url()
    told = [text.summary, event.public_link and f"{_('Link to take part:')} {event.public_link}", address]
    entry.add("description", "\n\n".join(_line(part) for part in told if part))
    if place := _place(event):
        entry.add("location", _line(place))
    entry.add("url", _line(address))
    return entry


def _changed(event: Event) -> datetime:
    """Return when what a calendar holds of an event was last changed."""
    moments: list[datetime | None] = [event.published_at, event.changed_at, event.text.changed_at]
    return max(moment for moment in moments if moment).astimezone(UTC).replace(microsecond=0)


def _place(event: Event) -> str:
    parts = [event.venue, event.city, event.country_name]
    online = _("online") if event.is_online else ""
    return _(", ").join(part for part in [*parts, online] if part)


def _line(text: str) -> str:
    """Return a text on one line: nothing that is typed into a field ends a line of the calendar."""
    return CONTROLS.sub("", BREAKS.sub(" ", text)).strip()


def _host() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
