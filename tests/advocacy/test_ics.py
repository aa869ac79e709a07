"""Events as calendars: programs read there what stands here, and nothing that anybody typed is more than text."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from advocacy.calendar import calendar_of
from advocacy.models import Event, EventText
from tests.factories import add_text, make_event

pytestmark = pytest.mark.django_db
EVERY = "/en/events.ics"
# All that some program takes for the end of a line.
BREAKS = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
NASTY = st.text(st.one_of(st.sampled_from(BREAKS + ",;:\\\"'\t\x00\x07é文😀ع"), st.characters()), max_size=90)


def lines(content: bytes) -> list[str]:
    """Return the lines of a calendar, put together again as RFC 5545 says, and nothing else."""
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical)
    whole: list[str] = []
    for line in physical:
        text = line.decode()  # no fold cuts a sign in two
        if text.startswith(" "):
            whole[-1] += text[1:]
        else:
            whole.append(text)
    return whole


def entries(client: Client, url: str = EVERY) -> list[Any]:
    """Return the events of a calendar, as a parser reads them."""
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines(response.content)
    return list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))


def test_an_event(visitor: Client, settings: Settings) -> None:
    """Times are in UTC, so that no zone need be known."""
    settings.SITE_ADDRESS = "https://portal.example"
    event = make_event(
        slug="meeting",
        starts_at=datetime(2026, 10, 28, 8, tzinfo=UTC),
        ends_at=datetime(2026, 10, 28, 16, tzinfo=UTC),
        published_at=datetime(2026, 2, 1, 12, tzinfo=UTC),
        attendance="both",
        venue="Room 5",
        city="Vienna",
        country="AT",
        link="https://example.org/room",
    )
    (entry,) = entries(visitor, "/en/events/meeting.ics")
    assert entry["UID"] == str(event.uid)
    assert entry["DTSTART"].to_ical() == b"20261028T080000Z"
    assert entry["DTEND"].to_ical() == b"20261028T160000Z"
    assert entry["DTSTAMP"].to_ical() == entry["LAST-MODIFIED"].to_ical() == b"20260201T120000Z"
    assert (entry["SEQUENCE"], entry["STATUS"]) == (0, "CONFIRMED")
    assert entry["SUMMARY"] == "Title of meeting"
    assert entry["SUMMARY"].params["LANGUAGE"] == "en"
    assert entry["LOCATION"] == "Room 5, Vienna, Austria, online"
    assert entry["URL"] == "https://portal.example/en/events/meeting/"
    assert "example.org/room" not in entry["DESCRIPTION"]
    event.link_shown = True
    event.save()
    assert "https://example.org/room" in entries(visitor, "/en/events/meeting.ics")[0]["DESCRIPTION"]


def test_whole_days_and_no_length(visitor: Client) -> None:
    """Days end before the next begins; what has no length has no end."""
    midnight = datetime(2026, 5, 3, 22, tzinfo=UTC)
    make_event(slug="days", starts_at=midnight, ends_at=midnight + timedelta(days=2), all_day=True)
    make_event(slug="point", starts_at=midnight, ends_at=midnight)
    (entry,) = entries(visitor, "/en/events/days.ics")
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2026, 5, 4), date(2026, 5, 6))
    assert "DTEND" not in entries(visitor, "/en/events/point.ics")[0]


def test_changes_are_told(visitor: Client) -> None:
    """A moved event is a new revision of the same one, in every language; saving it as it is changes nothing."""
    event = make_event(slug="meeting")
    (before,) = entries(visitor)
    event.save()
    assert entries(visitor)[0]["SEQUENCE"] == 0
    event.ends_at += timedelta(hours=1)
    event.save()
    (after,) = entries(visitor, "/fr/events.ics")
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], 1)
    assert after.decoded("LAST-MODIFIED") > before.decoded("LAST-MODIFIED")
    text = event.texts.get()
    EventText.objects.update(changed_at=None)
    text.title = "Another title"
    text.save()
    assert EventText.objects.get().changed_at is not None


def test_which(visitor: Client) -> None:
    """Coming ones and those of the past year that are public; in the reader's language where it can be."""
    now, day = timezone.now(), timedelta(days=1)
    add_text(make_event(slug="coming"), "fr", title="Réunion")
    make_event(slug="last-month", starts_at=now - 30 * day, ends_at=now - 29 * day)
    make_event(slug="long-ago", starts_at=now - 400 * day, ends_at=now - 399 * day)
    for hidden in ({"state": "draft", "published_at": None}, {"state": "withdrawn"}, {"published_at": now + day}):
        make_event(**hidden)
    assert {str(e["SUMMARY"]) for e in entries(visitor, "/fr/events.ics")} == {"Réunion", "Title of last-month"}


def test_none(visitor: Client) -> None:
    """An empty calendar is one still; no calendar of what nobody may see."""
    assert entries(visitor) == []
    make_event(slug="draft", state="draft", published_at=None)
    assert visitor.get("/en/events/draft.ics").status_code == 404
    assert visitor.get("/en/events/none.ics").status_code == 404


# The database is as it was after each example: nothing is saved.
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=NASTY, summary=NASTY, venue=NASTY, link=NASTY, name=NASTY)
def test_nothing_typed_ends_a_line(
    settings: Settings, title: str, summary: str, venue: str, link: str, name: str
) -> None:
    """Whatever stands in any field, the calendar has the same lines, and reads back as one event."""
    settings.SITE_NAME = name
    evil = "\r\nEND:VEVENT\rBEGIN:VALARM\nATTENDEE:mailto:zebulon@x.example"
    now = timezone.now()
    event: Any = Event(
        slug="meeting", starts_at=now, ends_at=now, published_at=now, venue=venue + evil, city=evil, link=link + evil
    )
    event.link_shown = True
    event.best_texts = [EventText(title=title + evil, summary=summary + evil, language="en")]
    content = calendar_of([event], "meeting.ics", feed=True).content
    assert not any(sign in content.decode().replace("\r\n", "") for sign in BREAKS + "\x00\x07")
    names = [line.partition(":")[0].partition(";")[0] for line in lines(content)]
    assert sorted(names) == sorted(
        [
            *("BEGIN", "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"),
            *("BEGIN", "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS", "DTSTART", "SUMMARY", "DESCRIPTION"),
            *("LOCATION", "URL", "END", "END"),
        ]
    )
    (entry,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert "BEGIN:VALARM ATTENDEE:mailto:zebulon@x.example" in str(entry["SUMMARY"])
    assert entry.subcomponents == []
