"""News, its feed, and events."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy.models import Event
from advocacy.views.news import NEWS_PER_PAGE
from tests.factories import add_text, make_event, make_news, make_picture
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    return parse(response.content.decode())


def listed(root: Element) -> list[str]:
    """Return the slugs in a list."""
    return [a.get("href").split("/")[-2] for a in root.one("main").one("ul", class_="list").all("a")]


def publish(count: int) -> list[str]:
    """Publish so many pieces of news, and return their slugs, newest first."""
    now = timezone.now()
    return [make_news(slug=f"news-{n}", published_at=now - timedelta(hours=n)).slug for n in range(count)]


def test_newest_first(visitor: Client) -> None:
    make_news(slug="old", published_at=timezone.now() - timedelta(days=9))
    make_news(slug="new", published_at=timezone.now() - timedelta(days=1))
    assert listed(read(visitor, "/en/news/")) == ["new", "old"]


def test_no_news_yet(visitor: Client) -> None:
    assert "News will be listed here." in read(visitor, "/en/news/").text


def test_pages(visitor: Client) -> None:
    """Twenty to a page, none lost, none twice."""
    slugs = publish(2 * NEWS_PER_PAGE + 1)
    found: list[str] = []
    address = "/en/news/"
    for _ in range(3):
        root = read(visitor, address)
        found += listed(root)
        following = root.all("a", rel="next")
        address = following[0].get("href") if following else ""
    assert address == ""
    assert found == slugs
    assert root.one("a", rel="prev").get("href") == "/en/news/?page=2"


def test_a_full_page_has_no_next(visitor: Client) -> None:
    publish(NEWS_PER_PAGE)
    assert read(visitor, "/en/news/").all("nav", class_="pagination") == []


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "٣", "3", "99999", "9" * 5000, "\x00", " 1"])
def test_no_such_page(visitor: Client, page: str) -> None:
    make_news()
    assert visitor.get("/en/news/", {"page": page}).status_code == 404


def test_a_piece_of_news(visitor: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    event = make_event(slug="meeting")
    picture = make_picture(credit="A. Photographer", year=2020)
    make_news(slug="news", event=event, picture=picture, published_at=datetime(2026, 3, 5, 12, tzinfo=UTC))
    root = read(visitor, "/en/news/news/")
    assert root.one("h1").text == "Title of news"
    assert root.one("p", class_="meta").one("time").text == "5 March 2026"
    assert root.one("img").get("src") == picture.get_absolute_url()
    assert root.one("figcaption").text == "The wall Picture: A. Photographer, 2020"
    assert root.one("p", class_="more").one("a").get("href") == "/en/events/meeting/"


def test_an_event_that_is_not_public_is_not_linked(visitor: Client) -> None:
    make_news(slug="news", event=make_event(slug="meeting", state="draft", published_at=None))
    root = read(visitor, "/en/news/news/")
    assert root.all("p", class_="more") == []


def test_translations_are_named_in_their_own_language(visitor: Client) -> None:
    news = make_news(slug="news")
    add_text(news, "ru", title="Новость")
    add_text(news, "fr", ready=False)
    links = read(visitor, "/en/news/news/").one("p", class_="meta").all("a")
    assert [(a.text, a.get("href"), a.get("hreflang"), a.get("lang"), a.get("dir")) for a in links] == [
        ("Русский", "/ru/news/news/", "ru", "ru", "ltr")
    ]
    root = read(visitor, "/ru/news/news/")
    assert root.one("h1").text == "Новость"
    assert [a.get("hreflang") for a in root.one("p", class_="meta").all("a")] == ["en"]


def feed(client: Client, language: str = "en") -> ElementTree.Element:
    response = client.get(f"/{language}/news.atom")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own answer


def test_the_list_names_its_feed(visitor: Client) -> None:
    (link,) = read(visitor, "/fr/news/").all("link", rel="alternate")
    assert (link.get("href"), link.get("type")) == ("/fr/news.atom", "application/atom+xml")


def test_feed(visitor: Client, settings: Settings) -> None:
    settings.SITE_NAME = "The <portal>"
    news = make_news(slug="news", published_at=datetime(2026, 3, 5, 12, tzinfo=UTC))
    text = news.texts.get()
    text.title, text.body = "A & <b>B</b>", "Words & <script>alert(1)</script> *more*."
    text.save()
    root = feed(visitor)
    assert root.findtext("a:title", "", ATOM) == "The <portal>: News"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    links = {link.get("rel"): link.get("href") for link in root.iterfind("a:link", ATOM)}
    assert links == {"alternate": "http://testserver/en/news/", "self": "http://testserver/en/news.atom"}
    entry = root.find("a:entry", ATOM)
    assert entry is not None
    assert entry.findtext("a:title", "", ATOM) == "A & <b>B</b>"
    assert entry.findtext("a:published", "", ATOM) == "2026-03-05T12:00:00+00:00"
    assert entry.findtext("a:id", "", ATOM) == "http://testserver/en/news/news/"
    summary = entry.findtext("a:summary", "", ATOM)
    assert "<em>more</em>" in summary
    assert "script" not in summary


def test_feed_is_in_the_readers_language_where_it_can(visitor: Client) -> None:
    add_text(make_news(slug="both"), "fr", title="Nouvelle")
    make_news(slug="english")
    titles = [entry.findtext("a:title", "", ATOM) for entry in feed(visitor, "fr").iterfind("a:entry", ATOM)]
    assert set(titles) == {"Nouvelle", "Title of english"}


def test_feed_holds_the_latest_twenty(visitor: Client) -> None:
    slugs = publish(23)
    ids = [entry.findtext("a:id", "", ATOM) for entry in feed(visitor).iterfind("a:entry", ATOM)]
    assert ids == [f"http://testserver/en/news/{slug}/" for slug in slugs[:20]]


def test_feed_without_news(visitor: Client) -> None:
    assert feed(visitor).findall("a:entry", ATOM) == []


def test_feed_survives_what_word_processors_leave_behind(visitor: Client) -> None:
    """A line break of theirs is a character that XML forbids."""
    news = make_news()
    text = news.texts.get()
    text.title, text.body = "One\x0btwo", "Three\x0bfour"
    text.save()
    assert len(feed(visitor).findall("a:entry", ATOM)) == 1


def test_events_in_their_own_time(visitor: Client) -> None:
    """Nine in Vienna is nine, wherever the reader is; machines get the moment."""
    starts = datetime(2020, 10, 28, 8, 0, tzinfo=UTC)
    make_event(
        slug="meeting",
        starts_at=starts,
        ends_at=datetime(2020, 10, 28, 23, 30, tzinfo=UTC),
        timezone="Europe/Vienna",
        city="Vienna",
        country="AT",
    )
    root = read(visitor, "/en/events/meeting/")
    times = root.one("dl", class_="facts").all("time")
    assert [time.text for time in times] == ["28 October 2020, 09:00", "29 October 2020, 00:30"]
    assert datetime.fromisoformat(times[0].get("datetime")) == starts
    words = {div.one("dt").text: div.one("dd").text for div in root.one("dl", class_="facts").all("div")}
    assert words["Time zone"] == "Europe/Vienna"
    assert words["Place"] == "Vienna, Austria"
    assert "Autriche" in read(visitor, "/fr/events/meeting/").text


def test_events_come_and_go(visitor: Client) -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    make_event(slug="later", starts_at=now + 9 * hour, ends_at=now + 10 * hour)
    make_event(slug="soon", starts_at=now + hour, ends_at=now + 2 * hour)
    make_event(slug="now", starts_at=now - hour, ends_at=now + hour)
    make_event(slug="gone", starts_at=now - 3 * hour, ends_at=now - 2 * hour)
    make_event(slug="long-gone", starts_at=now - 9 * hour, ends_at=now - 8 * hour)
    sections = [s for s in read(visitor, "/en/events/").all("section") if s.all("ul", class_="list")]
    found = [[a.get("href").split("/")[-2] for a in s.all("a")] for s in sections]
    assert found == [["now", "soon", "later"], ["gone", "long-gone"]]


def test_no_event_is_announced(visitor: Client) -> None:
    assert "No meeting is announced." in read(visitor, "/en/events/").text


def test_an_event_names_its_news(visitor: Client) -> None:
    event = make_event(slug="meeting")
    make_news(slug="report", event=event)
    make_news(slug="draft", event=event, state="draft", published_at=None)
    links = [a.get("href") for a in read(visitor, "/en/events/meeting/").one("main").all("a")]
    assert "/en/news/report/" in links
    assert not [link for link in links if "draft" in link]


def test_events_end_after_they_start() -> None:
    event = make_event()
    event.ends_at = event.starts_at - timedelta(minutes=1)
    with pytest.raises(ValidationError, match="ends before it starts"):
        event.full_clean()
    with pytest.raises(IntegrityError, match="event_ends_after_start"), transaction.atomic():
        event.save()


@pytest.mark.parametrize(("field", "value"), [("timezone", "Vienna"), ("timezone", "../UTC"), ("country", "XX")])
def test_events_are_somewhere(field: str, value: str) -> None:
    event = make_event()
    setattr(event, field, value)
    with pytest.raises(ValidationError) as raised:
        event.full_clean()
    assert set(raised.value.message_dict) == {field}


def test_news_outlives_its_event() -> None:
    news = make_news(event=make_event())
    Event.objects.all().delete()
    news.refresh_from_db()
    assert news.event is None


@pytest.mark.parametrize("address", ["news/", "news/{0}/", "news.atom", "events/", "events/{1}/"])
def test_reading_is_all_one_can_do(visitor: Client, address: str) -> None:
    url = "/en/" + address.format(make_news().slug, make_event().slug)
    assert visitor.head(url).status_code == 200
    for name in ("post", "put", "delete", "patch"):
        response: Any = getattr(visitor, name)(url)
        assert response.status_code == 405, name


def test_addresses_of_news_are_plain(visitor: Client) -> None:
    """No identifier, no date: an address that people can say."""
    news = make_news(slug="first-meeting")
    assert re.fullmatch(r"/\w\w/news/first-meeting/", news.get_absolute_url())
