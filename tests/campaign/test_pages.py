"""Home, campaign, advisory group, the pages about the portal, and the search page."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from publishing.models import PictureText
from publishing.search import MAX_QUERY, MAX_RESULTS, PAGE_SIZE
from tests.factories import (
    add_text,
    make_advisory_member,
    make_campaign,
    make_closed_consultation,
    make_consultation,
    make_factsheet,
    make_figure,
    make_news,
    make_page,
    make_picture,
    make_population,
    make_version,
)
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db


def read(client: Client, address: str, status: int = 200) -> Element:
    response = client.get(address)
    assert response.status_code == status
    return parse(response.content.decode())


def test_home_of_an_empty_portal(visitor: Client, settings: Settings) -> None:
    """Nothing is public yet, and nothing fails."""
    settings.SITE_NAME = "The portal"
    make_campaign(state="draft", published_at=None)
    make_campaign(state="withdrawn")
    root = read(visitor, "/en/")
    assert root.one("h1").text == "The portal"
    assert "News will be listed here." in root.text


def test_home(visitor: Client) -> None:
    make_campaign(slug="nobody")
    consultation = make_consultation()
    sheet = make_factsheet()
    make_figure(indicator="relative-risk", value="22", unit="times", population=sheet.population)
    news = make_news()
    root = read(visitor, "/en/")
    assert root.one("h1").text == "Title of nobody"
    now = root.one("section", class_="now")
    assert now.one("a", class_="button").get("href") == f"/en/consultations/{consultation.slug}/"
    assert len(now.one("ol", class_="stations").all("li")) == 5
    assert root.one("p", class_="figure-value").text == "22×"
    hrefs = {a.get("href") for a in root.one("main").all("a")}
    assert {f"/en/factsheets/{sheet.slug}/", f"/en/news/{news.slug}/", "/en/figures/"} <= hrefs
    assert f"/en/deliverables/{consultation.version.deliverable.slug}/" in hrefs


def test_home_shows_the_consultation_that_closes_first(visitor: Client) -> None:
    now = timezone.now()
    make_closed_consultation()
    make_consultation(closes_at=now + timedelta(days=9))
    first = make_consultation(closes_at=now + timedelta(days=3))
    make_consultation(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2))
    root = read(visitor, "/en/")
    assert root.one("section", class_="now").one("h2").one("a").get("href").endswith(f"/{first.slug}/")


def test_home_shows_what_is_newest(visitor: Client) -> None:
    people = make_population()
    for year in (2016, 2017, 2018, 2019, 2020):
        make_figure(indicator="relative-risk", unit="times", value=year - 2000, year=year, population=people)
    for days in (5, 1, 3, 2):
        make_news(slug=f"news-{days}", published_at=timezone.now() - timedelta(days=days))
    root = read(visitor, "/en/")
    assert [e.text for e in root.all("p", class_="figure-value")] == ["20×", "19×", "18×", "17×"]
    links = [a.get("href") for a in root.one("main").all("a") if "/en/news/news-" in a.get("href")]
    assert links == ["/en/news/news-1/", "/en/news/news-2/", "/en/news/news-3/"]


def test_figures_of_a_population_without_a_name_do_no_harm(visitor: Client) -> None:
    """A text can be taken back at any time."""
    people = make_population()
    make_figure(indicator="relative-risk", unit="times", value="22", population=people)
    people.texts.update(ready=False)
    for address in ("/en/", "/en/figures/"):
        assert "22×" in read(visitor, address).text


def test_campaign(visitor: Client) -> None:
    make_campaign(slug="nobody")
    version = make_version()
    root = read(visitor, "/en/campaign/")
    assert root.one("h1").text == "Title of nobody"
    assert root.one("div", class_="prose").one("h2").text == "First part"
    assert root.all("a", href="/en/campaign/advisory-group/")
    assert root.all("a", href=f"/en/deliverables/{version.deliverable.slug}/")


def test_no_campaign(visitor: Client) -> None:
    assert visitor.get("/en/campaign/").status_code == 404


def test_advisory_group(visitor: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture = make_picture(year=2019, credit="A. Photographer")
    make_advisory_member(slug="second", position=2, country="MA")
    make_advisory_member(slug="first", position=1, picture=picture)
    root = read(visitor, "/fr/campaign/advisory-group/")
    people = root.one("ul", class_="people")
    members = [li for li in people.children if isinstance(li, Element)]
    assert [li.get("id") for li in members] == ["first", "second"]
    assert [li.all("h2")[0].text for li in members] == ["Title of first", "Title of second"]
    assert members[1].one("p", class_="kind").text == "What it is about. · Maroc"
    assert members[0].one("img").get("alt") == "A red wall"
    assert "A. Photographer, 2019" in members[0].one("figcaption").text


def test_a_picture_that_nothing_describes_is_not_shown(visitor: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    make_advisory_member(picture=make_picture())
    PictureText.objects.update(ready=False)
    assert read(visitor, "/en/campaign/advisory-group/").all("img") == []


def test_nobody_in_the_advisory_group_yet(visitor: Client) -> None:
    assert "will be introduced here" in read(visitor, "/en/campaign/advisory-group/").text


def test_pages_about_the_portal(visitor: Client) -> None:
    page = make_page(slug="privacy")
    add_text(page, "fr", title="Vie privée")
    assert read(visitor, "/fr/about/privacy/").one("h1").text == "Vie privée"
    links = {a.get("href") for a in read(visitor, "/fr/about/privacy/").one("footer").all("a")}
    assert {"/fr/about/privacy/", "/fr/about/accessibility/", "/fr/about/taking-part/", "/fr/receipt/"} <= links


@pytest.mark.parametrize("address", ["/en/about/none/", "/en/about/x%00/", "/en/about/", "/en/about/privacy/more/"])
def test_no_such_page(visitor: Client, address: str) -> None:
    make_page(slug="privacy")
    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize("shown", [True, False])
def test_samples_are_called_samples(visitor: Client, settings: Settings, shown: bool) -> None:
    """On every page, where the setting says so."""
    settings.SAMPLE_CONTENT = shown
    for address in ("/en/", "/en/receipt/", "/en/nothing/"):
        assert (b"Sample content" in visitor.get(address).content) == shown


def test_the_exit_leads_where_the_setting_says(visitor: Client, settings: Settings) -> None:
    settings.EXIT_URL = "https://weather.example/"
    assert read(visitor, "/en/").one("a", class_="exit").get("href") == "https://weather.example/"


def test_the_menu_marks_where_one_is(visitor: Client) -> None:
    for address, expected in (("/en/figures/", ["/en/factsheets/"]), ("/en/events/", ["/en/news/"]), ("/en/", [])):
        menu = read(visitor, address).one("div", class_="menu").all("nav")[0]
        assert [a.get("href") for a in menu.all("a", aria_current="true")] == expected


@pytest.mark.parametrize(
    "address",
    ["/en/", "/en/campaign/", "/en/campaign/advisory-group/", "/en/about/privacy/", "/en/search/", "/en/search/?q=x"],
)
def test_reading_is_all_one_can_do(visitor: Client, address: str) -> None:
    make_campaign()
    make_page(slug="privacy")
    assert visitor.head(address).status_code == 200
    for method in (visitor.post, visitor.put, visitor.delete, visitor.patch):
        assert method(address).status_code == 405


def test_search_without_a_question(visitor: Client) -> None:
    for address in ("/en/search/", "/en/search/?q=", "/en/search/?q=+++"):
        root = read(visitor, address)
        assert root.one("form", class_="search").one("input").get("value").strip() == ""
        assert root.all("ol", class_="results") == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": "x" * (MAX_QUERY + 1)}, f"at most {MAX_QUERY} characters"),
        ({"q": "x" * 10_000}, f"at most {MAX_QUERY} characters"),
        ({"q": "a\x00b"}, "Null characters are not allowed"),
        ({"q": "x", "page": "0"}, "greater than or equal to 1"),
        ({"q": "x", "page": str(MAX_RESULTS // PAGE_SIZE + 1)}, "less than or equal to"),
        ({"q": "x", "page": "two"}, "whole number"),
        ({"q": "x", "page": "9" * 5000}, "whole number"),
    ],
)
def test_search_says_what_it_cannot_do(visitor: Client, query: dict[str, str], said: str) -> None:
    response = visitor.get("/en/search/", query)
    assert response.status_code == 400
    root = parse(response.content.decode())
    assert said in root.one("div", class_="errors").text


def test_search_keeps_what_was_typed(visitor: Client) -> None:
    root = parse(visitor.get("/en/search/", {"q": '"><script>alert(1)</script>'}).content.decode())
    assert root.one("form", class_="search").one("input").get("value") == '"><script>alert(1)</script>'
    assert [s for s in root.all("script") if not s.get("src")] == []


def test_search_says_when_nothing_is_found(visitor: Client) -> None:
    assert "Nothing was found." in read(visitor, "/en/search/?q=zygomorphic").text
