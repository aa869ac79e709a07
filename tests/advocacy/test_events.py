"""Meetings: when they are by whose clock, where, what they go through, what came of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy.models import AgendaItem, Event, EventDocument
from tests.campaign.admin_pages import address, errors, typed
from tests.factories import (
    add_text,
    make_agenda,
    make_event,
    make_event_document,
    make_issue,
    make_news,
    make_organisation,
    published,
)
from tests.publishing.html import Element, parse
from tests.publishing.test_designed_pdf import with_pages, written

pytestmark = pytest.mark.django_db
PAGE = "/en/events/meeting/"


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """Keep files out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def read(client: Client, url: str = PAGE, status: int = 200, **query: str) -> Element:
    response = client.get(url, query)
    assert response.status_code == status
    return parse(response.content.decode())


def facts(root: Element) -> dict[str, str]:
    """Return what stands beside each label."""
    return {div.one("dt").text: div.one("dd").text for div in root.one("dl", class_="facts").all("div")}


def meet(starts: datetime, ends: datetime, zone: str = "Europe/Vienna", **fields: Any) -> Event:
    """Return the meeting of the page, in UTC's time."""
    return make_event(slug="meeting", starts_at=starts, ends_at=ends, timezone=zone, **fields)


class TestTimes:
    """By the clock of the place, and by the reader's."""

    def test_its_own_clock(self, visitor: Client) -> None:
        """Nine in Vienna is nine, with the zone's name; machines get the moment."""
        starts = datetime(2020, 10, 28, 8, tzinfo=UTC)
        meet(starts, datetime(2020, 10, 28, 16, tzinfo=UTC), city="Vienna", country="AT")
        root = read(visitor)
        assert facts(root)["When"] == "28 October 2020, 09:00–17:00 Central European Standard Time, UTC+1"
        assert facts(root)["Place"] == "Vienna, Austria"
        times = root.one("dl", class_="facts").all("time")
        assert [time.get("datetime") for time in times] == ["2020-10-28T09:00:00+01:00", "2020-10-28T17:00:00+01:00"]
        french = facts(read(visitor, "/fr/events/meeting/"))
        assert "heure normale d’Europe centrale, UTC+1" in french["Quand"]

    def test_several_days(self, visitor: Client) -> None:
        meet(datetime(2027, 3, 24, 7, tzinfo=UTC), datetime(2027, 3, 25, 10, tzinfo=UTC), "Africa/Lusaka")
        when = facts(read(visitor))["When"]
        assert when == "24 March 2027, 09:00 – 25 March 2027, 12:00 Central Africa Time, UTC+2"

    def test_the_night_the_clocks_change(self, visitor: Client) -> None:
        """What lasts over it tells both clocks."""
        meet(datetime(2026, 10, 24, 7, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC))
        assert facts(read(visitor))["When"] == (
            "24 October 2026, 09:00 (Central European Summer Time, UTC+2) – 25 October 2026, 09:00 "
            "Central European Standard Time, UTC+1"
        )

    @pytest.mark.parametrize(
        ("zone", "told"),
        [
            ("Africa/Lusaka", "— 10:00–18:00 (Lusaka: Central Africa Time, UTC+2)"),
            ("Asia/Kolkata", "— 13:30–21:30 (Kolkata: India Standard Time, UTC+5:30)"),
            ("Pacific/Auckland", "— 28 October 2020, 21:00 – 29 October 2020, 05:00 (Auckland: New Zealand"),
            ("America/St_Johns", "— 05:30–13:30 (St. John’s: Newfoundland Daylight Time, UTC−2:30)"),
            ("UTC", "— 08:00–16:00 (UTC: UTC)"),
        ],
    )
    def test_the_readers_clock(self, visitor: Client, zone: str, told: str) -> None:
        """The day is named where it is another one; other languages keep the zone, and the script rests."""
        meet(datetime(2020, 10, 28, 8, tzinfo=UTC), datetime(2020, 10, 28, 16, tzinfo=UTC))
        root = read(visitor, zone=zone)
        assert facts(root)["When"].partition("UTC+1 ")[2].startswith(told)
        chosen = [o.get("value") for o in root.one("select", name="zone").all("option") if "selected" in o.attributes]
        assert chosen == [zone]
        assert root.one("a", hreflang="fr").get("href").endswith(f"?zone={zone.replace('/', '%2F')}")
        assert "times" not in " ".join(script.get("src") for script in root.all("script"))

    @pytest.mark.parametrize("zone", ["Mars/Olympus", "../UTC", "Europe/Vienna\x00", "x" * 5000, "Etc/GMT+1"])
    @pytest.mark.parametrize("url", [PAGE, "/en/events/"])
    def test_no_such_zone(self, visitor: Client, url: str, zone: str) -> None:
        """The error stands beside the field, and the page is there all the same."""
        make_event(slug="meeting")
        root = read(visitor, url, 400, zone=zone)
        assert "This is no time zone of the list." in root.one("div", class_="has-errors").text
        assert "UTC" in root.one("main").text

    def test_whole_days(self, visitor: Client) -> None:
        """An end at midnight is the end of the day before; the same days everywhere, so that no zone is asked for."""
        meet(
            datetime(2026, 5, 3, 22, tzinfo=UTC), datetime(2026, 5, 5, 22, tzinfo=UTC), all_day=True, attendance="both"
        )
        root = read(visitor, zone="Asia/Tokyo")
        assert facts(root)["When"] == "4 May 2026 – 5 May 2026"
        assert root.all("select", name="zone") == []

    def test_they_come_and_go(self, visitor: Client) -> None:
        now, hour = timezone.now(), timedelta(hours=1)
        make_event(slug="later", starts_at=now + 9 * hour, ends_at=now + 10 * hour)
        make_event(slug="soon", starts_at=now + hour, ends_at=now + 2 * hour)
        make_event(slug="now", starts_at=now - hour, ends_at=now + hour)
        make_event(slug="gone", starts_at=now - 3 * hour, ends_at=now - 2 * hour)
        make_event(slug="today", starts_at=now - 4 * hour, ends_at=now - 4 * hour, timezone="UTC", all_day=True)
        root = read(visitor, "/en/events/", zone="Asia/Tokyo")
        sections = [s for s in root.all("section") if s.all("ul", class_="list")]
        found = [[a.get("href").split("/")[3] for a in s.all("a")] for s in sections]
        today = ["today"] if (now - 4 * hour).date() == now.date() else []
        assert found == [[*today, "now", "soon", "later"], ["gone", *(["today"] if not today else [])]]
        assert sections[0].all("a")[-1].get("href") == "/en/events/later/?zone=Asia/Tokyo"

    def test_none_is_announced(self, visitor: Client) -> None:
        assert "No meeting is announced." in read(visitor, "/en/events/").text


class TestPage:
    """What stands on it, and what does not."""

    def test_link(self, visitor: Client) -> None:
        """Shown only if the event says so."""
        event = make_event(slug="meeting", attendance="online", link="https://example.org/room")
        assert "example.org/room" not in visitor.get(PAGE).content.decode()
        assert "from the secretariat" in facts(read(visitor))["Link to take part"]
        event.link_shown = True
        event.save()
        (link,) = read(visitor).all("a", href="https://example.org/room")
        assert link.get("rel") == "nofollow noreferrer"

    def test_agenda(self, visitor: Client) -> None:
        """In the order of time, in the reader's language if it can be; what has no time follows what it is after."""
        event = meet(datetime(2026, 1, 5, 8, tzinfo=UTC), datetime(2026, 1, 6, 12, tzinfo=UTC))
        rows = [
            (1, "en", datetime(2026, 1, 5, 9, tzinfo=UTC), 30, "Second", "A. Speaker"),
            (2, "en", None, None, "Stands below it", ""),
            (3, "en", datetime(2026, 1, 5, 8, tzinfo=UTC), None, "First", ""),
            (3, "fr", None, None, "Premier", ""),
            (4, "ar", datetime(2026, 1, 6, 8, tzinfo=UTC), 60, "الأخير", ""),
        ]
        for number, language, starts, minutes, title, speaker in rows:
            item = AgendaItem(event=event, number=number, language=language, starts_at=starts, minutes=minutes)
            item.title, item.speaker = title, speaker
            item.full_clean()
            item.save()
        root = read(visitor)
        days = [time.text for time in root.one("main").all("h3")[:2]]
        assert days == ["5 January 2026", "6 January 2026"]
        lists = [[li.text for li in ol.all("li")] for ol in root.all("ol", class_="agenda")]
        assert lists == [["09:00 First", "10:00–10:30 Second A. Speaker", "Stands below it"], ["09:00–10:00 الأخير"]]
        french = read(visitor, "/fr/events/meeting/").all("ol", class_="agenda")[0].all("li")[0].one("div").one("p")
        assert (french.text, french.get("lang")) == ("Premier", "fr")
        there = read(visitor, zone="Asia/Tokyo").all("ol", class_="agenda")[0].all("li")[0]
        assert there.text == "09:00 — 17:00 First"

    def test_who_takes_part(self, visitor: Client) -> None:
        """Those that are public, one at risk by its region, and the numbers that are stated."""
        event = make_event(slug="meeting", organisations_count=26, people_count=1)
        hidden = make_organisation(slug="hidden", state="draft", published_at=None)
        unlisted = make_organisation(slug="unlisted", listing="unlisted", state="draft", published_at=None)
        event.organisations.set([make_organisation(slug="open"), hidden, unlisted])
        event.organisations.add(make_organisation(slug="at-risk", country="EG", listing="region"))
        root = read(visitor)
        assert facts(root)["Participants"] == "26 organisations, 1 person"
        (section,) = [s for s in root.all("section") if s.one("h2").text == "Members of the network"]
        assert [li.text for li in section.all("li")] == ["Title of at-risk Northern Africa", "Title of open Zambia"]
        assert "Egypt" not in root.text

    def test_outcomes_and_relations(self, visitor: Client) -> None:
        """Only what is public itself is named."""
        event = make_event(slug="meeting")
        event.texts.all().delete()
        add_text(event, outcomes="We **agreed**.<script>")
        hidden = {"state": "draft", "published_at": None}
        event.issues.set([make_issue(slug="data"), make_issue(slug="other-issue", **hidden)])
        make_news(slug="report", event=event)
        make_news(slug="other-news", event=event, **hidden)
        root = read(visitor)
        assert "We agreed." in root.text
        assert root.all("script", src="") == []
        links = [a.get("href") for a in root.one("main").all("a")]
        assert {"/en/issues/data/", "/en/news/report/"} <= set(links)
        assert "other" not in " ".join(links)


class TestDocuments:
    """Papers: an address, or a file that lies here."""

    def test_listed(self, visitor: Client, media: Path) -> None:
        event = make_event(slug="meeting")
        make_event_document(event, slug="minutes")
        make_event_document(event, slug="report", address="https://example.org/report", language="ru", position=1)
        make_event_document(event, slug="draft", state="draft", published_at=None)
        root = read(visitor)
        (section,) = [s for s in root.all("section") if s.one("h2").text == "Documents"]
        assert [li.text for li in section.all("li")] == ["Title of minutes PDF", "Title of report Russian"]
        assert [(a.get("href"), a.get("hreflang")) for a in section.all("a")] == [
            ("/en/events/meeting/minutes.pdf", "en"),
            ("https://example.org/report", "ru"),
        ]
        response: Any = visitor.get("/en/events/meeting/minutes.pdf")
        assert response["Content-Type"] == "application/pdf"
        assert b"".join(response.streaming_content).startswith(b"%PDF")

    @pytest.mark.parametrize(
        "change",
        [
            {"state": "withdrawn"},
            {"published_at": timezone.now() + timedelta(days=1)},
            {"file": "", "address": "https://x.org"},
        ],
    )
    def test_no_file_for_anybody(self, visitor: Client, media: Path, change: dict[str, Any]) -> None:
        """Not published, not yet, or none."""
        document = make_event_document(make_event(slug="meeting"), slug="minutes")
        EventDocument.objects.filter(pk=document.pk).update(**change)
        assert visitor.get("/en/events/meeting/minutes.pdf").status_code == 404

    def test_none_of_a_meeting_that_is_not_public(self, visitor: Client, media: Path) -> None:
        """Nor at another meeting's address, nor where the file is lost."""
        document = make_event_document(make_event(slug="meeting", state="draft", published_at=None), slug="minutes")
        make_event(slug="other")
        assert visitor.get("/en/events/meeting/minutes.pdf").status_code == 404
        assert visitor.get("/en/events/other/minutes.pdf").status_code == 404
        Event.objects.update(**published())
        document.file.storage.delete(str(document.file.name))
        assert visitor.get("/en/events/meeting/minutes.pdf").status_code == 404

    def test_either_file_or_address(self, media: Path) -> None:
        event = make_event()
        for fields in ({"address": "https://example.org/", "file": "designed/x.pdf"}, {"address": "", "file": ""}):
            with pytest.raises(IntegrityError, match="eventdocument_file_or_address"), transaction.atomic():
                EventDocument.objects.create(event=event, slug="paper", **fields)

    def test_staff_attach_only_what_is_harmless(self, editor: Client, media: Path) -> None:
        """What is no PDF is refused beside the field; a PDF is written anew."""
        event = make_event()
        form = typed(editor.get(address(EventDocument, "add")), "eventdocument_form")
        form |= {"slug": "paper", "event": event.pk, "texts-0-title": "Minutes", "state": "draft"}
        refused = editor.post(address(EventDocument, "add"), form | {"file": SimpleUploadedFile("a.pdf", b"MZ")})
        assert "This is not a PDF." in errors(refused)
        upload = SimpleUploadedFile("from-zebulon.pdf", written(with_pages()))
        assert editor.post(address(EventDocument, "add"), form | {"file": upload}).status_code == 302
        stored = EventDocument.objects.get()
        assert "zebulon" not in str(stored.file.name)
        with stored.file.open() as file:
            assert file.read().startswith(b"%PDF")


class TestRules:
    """What no meeting can be."""

    def test_ends_after_it_starts(self) -> None:
        event = make_event()
        event.ends_at = event.starts_at - timedelta(minutes=1)
        with pytest.raises(ValidationError, match="ends before it starts"):
            event.full_clean()
        with pytest.raises(IntegrityError, match="event_ends_after_start"), transaction.atomic():
            event.save()

    @pytest.mark.parametrize(
        ("field", "value"),
        [("timezone", "Vienna"), ("timezone", "../UTC"), ("country", "XX"), ("link", "javascript:alert(1)")],
    )
    def test_somewhere(self, field: str, value: str) -> None:
        event = make_event()
        setattr(event, field, value)
        with pytest.raises(ValidationError) as raised:
            event.full_clean()
        assert set(raised.value.message_dict) == {field}

    def test_no_public_link_without_a_link(self) -> None:
        with pytest.raises(IntegrityError, match="event_shown_link_is_there"), transaction.atomic():
            make_event(link_shown=True)

    def test_agenda_within_the_meeting(self) -> None:
        """Neither before nor after it; minutes need a start."""
        event = make_event()
        (item,) = make_agenda(event, 1)
        for moment in (event.starts_at - timedelta(minutes=1), event.ends_at + timedelta(minutes=1)):
            item.starts_at = moment
            with pytest.raises(ValidationError, match="does not take place at that time"):
                item.full_clean()
        with pytest.raises(IntegrityError, match="agendaitem_minutes"), transaction.atomic():
            AgendaItem.objects.filter(pk=item.pk).update(starts_at=None)
        with pytest.raises(IntegrityError, match="agendaitem_language"), transaction.atomic():
            make_agenda(event, 1)

    @pytest.mark.parametrize("url", ["events/", "events/meeting/", "events.ics", "events/meeting.ics"])
    def test_reading_is_all_one_can_do(self, visitor: Client, url: str) -> None:
        make_event(slug="meeting")
        assert visitor.head(f"/en/{url}").status_code == 200
        for name in ("post", "put", "delete", "patch"):
            assert getattr(visitor, name)(f"/en/{url}").status_code == 405, name


class TestAdmin:
    """Staff read and write an event's times by its own clock."""

    def test_its_clock(self, editor: Client) -> None:
        event = meet(datetime(2026, 7, 1, 7, tzinfo=UTC), datetime(2026, 7, 1, 15, tzinfo=UTC))
        form = typed(editor.get(address(event, "change")), "event_form")
        assert (form["starts_at_0"], form["starts_at_1"]) == ("2026-07-01", "09:00:00")
        form |= {"timezone": "Africa/Lagos", "starts_at_1": "10:30"}
        form |= {
            "agenda-TOTAL_FORMS": "1",
            "agenda-0-number": "1",
            "agenda-0-language": "en",
            "agenda-0-title": "Hello",
        }
        form |= {"agenda-0-starts_at": "2026-07-01T11:00", "agenda-0-event": event.pk}
        assert editor.post(address(event, "change"), form).status_code == 302
        event.refresh_from_db()
        assert event.starts_at == datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
        assert event.agenda.get().starts_at == datetime(2026, 7, 1, 10, tzinfo=UTC)

    def test_bad_zone(self, editor: Client) -> None:
        """It is said beside the field; an hour that the clocks leave out is, too."""
        event = meet(datetime(2026, 7, 1, 7, tzinfo=UTC), datetime(2026, 7, 1, 15, tzinfo=UTC))
        form = typed(editor.get(address(event, "change")), "event_form")
        response = editor.post(address(event, "change"), form | {"timezone": "Vienna"})
        assert "is no time zone" in errors(response)
        missing = {"starts_at_0": "2026-03-29", "starts_at_1": "02:30"}
        assert "Europe/Vienna" in errors(editor.post(address(event, "change"), form | missing))

    def test_preview(self, editor: Client, media: Path) -> None:
        """A draft and its paper, with its times."""
        event = make_event(state="draft", published_at=None)
        document = make_event_document(event, state="draft", published_at=None)
        make_agenda(event)
        for thing in (event, document):
            page = editor.get(address(thing, "preview")).content.decode()
            assert "Central European" in page
            assert "Item 1" in page
        assert f"Title of {document.slug}" in page
