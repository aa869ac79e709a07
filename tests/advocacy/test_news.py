"""News, and its feed."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy.models import Event
from advocacy.views.news import NEWS_PER_PAGE
from tests.factories import add_text, make_event, make_issue, make_news, make_picture
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
    assert root.one("main").all("a", href="/en/events/meeting/")


def test_an_event_that_is_not_public_is_not_linked(visitor: Client) -> None:
    make_news(slug="news", event=make_event(slug="meeting", state="draft", published_at=None))
    assert "meeting" not in read(visitor, "/en/news/news/").one("main").text.lower()


def test_translations_name_each_other(visitor: Client) -> None:
    """By the language's own name, and by what the reader calls the version; machines are told too."""
    news = make_news(slug="news")
    add_text(news, "ru", title="Новость")
    add_text(news, "fr", ready=False)
    root = read(visitor, "/en/news/news/")
    (link,) = root.one("p", class_="also").all("a")
    assert (link.text, link.get("href"), link.get("hreflang")) == ("Русский (Russian version)", "/ru/news/news/", "ru")
    assert (link.one("bdi").get("lang"), link.one("bdi").get("dir")) == ("ru", "ltr")
    assert [(e.get("hreflang"), e.get("href")) for e in root.all("link", rel="alternate")] == [
        ("ru", "/ru/news/news/")
    ]
    root = read(visitor, "/ru/news/news/")
    assert root.one("h1").text == "Новость"
    assert [a.get("hreflang") for a in root.one("p", class_="also").all("a")] == ["en"]


def test_one_language_names_no_other(visitor: Client) -> None:
    make_news(slug="news")
    assert read(visitor, "/fr/news/news/").all("p", class_="also") != []
    assert read(visitor, "/en/news/news/").all("p", class_="also") == []


def test_related_issues(visitor: Client) -> None:
    """Only those that are public."""
    news = make_news(slug="news")
    news.issues.set([make_issue(slug="data"), make_issue(slug="hidden", state="draft", published_at=None)])
    links = [a.get("href") for a in read(visitor, "/en/news/news/").one("main").all("a")]
    assert "/en/issues/data/" in links
    assert "/en/issues/hidden/" not in links


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


def test_feed_tells_of_corrections(visitor: Client) -> None:
    """An entry keeps its identity and its day; what was changed, and when, its readers' programs see."""
    at = timezone.now() - timedelta(days=9)
    text = make_news(slug="news", published_at=at).texts.get()
    before = feed(visitor).find("a:entry", ATOM)
    text.save()
    text.ready = True
    text.save()
    same = feed(visitor).find("a:entry", ATOM)
    text.body = "Corrected."
    text.save()
    after = feed(visitor).find("a:entry", ATOM)
    assert before is not None and same is not None and after is not None
    told = [
        [e.findtext(f"a:{name}", "", ATOM) for name in ("id", "published", "updated")] for e in (before, same, after)
    ]
    assert told[0] == told[1]
    assert told[2][:2] == told[0][:2]
    assert told[2][2] > told[0][2]
    assert feed(visitor).findtext("a:updated", "", ATOM) == told[2][2]


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


def test_news_outlives_its_event() -> None:
    news = make_news(event=make_event())
    Event.objects.all().delete()
    news.refresh_from_db()
    assert news.event is None


@pytest.mark.parametrize("address", ["news/", "news/{0}/", "news.atom"])
def test_reading_is_all_one_can_do(visitor: Client, address: str) -> None:
    url = "/en/" + address.format(make_news().slug)
    assert visitor.head(url).status_code == 200
    for name in ("post", "put", "delete", "patch"):
        response: Any = getattr(visitor, name)(url)
        assert response.status_code == 405, name


def test_addresses_of_news_are_plain(visitor: Client) -> None:
    """No identifier, no date: an address that people can say."""
    news = make_news(slug="first-meeting")
    assert re.fullmatch(r"/\w\w/news/first-meeting/", news.get_absolute_url())


def test_an_address_that_is_taken() -> None:
    """The digest's page stands there."""
    with pytest.raises(IntegrityError, match="news_slug_is_free"), transaction.atomic():
        make_news(slug="digest")
