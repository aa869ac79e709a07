"""A figure's own page: all that is known of it, where it is used, and nothing that is not public."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from factsheets.models import Factsheet, Figure, FigureText
from tests.campaign.admin_pages import address
from tests.factories import make_case, make_factsheet, make_figure, make_population, make_section, make_source
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site_address(settings: Settings) -> None:
    """Where the portal says that it is."""
    settings.SITE_ADDRESS = "https://portal.example.org"


def page(code: str, language: str = "en") -> Element:
    """Return a figure's page."""
    response: Any = Client().get(f"/{language}/figures/{code}/")
    assert response.status_code == 200
    return parse(response.content.decode())


def facts(root: Element) -> dict[str, str]:
    """Return what the page's lists say, by their labels."""
    pairs = [div for div in root.all("div") if div.all("dt")]
    return {div.one("dt").text: div.one("dd").text for div in pairs}


def linked(root: Element) -> dict[str, Any]:
    """Return the page's linked data."""
    found: dict[str, Any] = json.loads("".join(root.one("script", type="application/ld+json").pieces()))
    return found


def head(root: Element) -> dict[str, str]:
    """Return the page's Open Graph tags."""
    return {e.get("property"): e.get("content") for e in root.all("meta") if e.get("property")}


def full() -> Figure:
    """Return a figure that has everything."""
    source = make_source(
        title="A <b>report</b>",
        author="WHO",
        quoted_from="A journal",
        date="2024-03-11",
        archived="https://archive.example.org/1",
        licence="CC BY 4.0",
        checked="2026-01-02",
    )
    people = make_population(slug="safety-at-work")
    row = make_figure(
        code="share", value="5", low="1.5", high="51", population=people, source=source, checked="2026-02-03"
    )
    row.texts.update(comparison="adults", note="Estimated.")
    return row


@pytest.mark.parametrize(
    ("fields", "loud", "quiet"),
    [
        ({"value": "50", "qualifier": "more-than"}, "more than 50", ["more than"]),
        ({"value": "9", "out_of": "35"}, "9 of 35", ["of 35"]),
        ({"value": "9"}, "9", []),
    ],
)
def test_the_words_around_a_large_number(fields: dict[str, Any], loud: str, quiet: list[str]) -> None:
    """A part is never shown without its whole."""
    make_figure(code="counted", unit="countries", **fields)
    value = page("counted").one("p", class_="figure-value")
    assert (value.text, [words.text for words in value.all("small")]) == (loud, quiet)


def test_everything_that_is_known() -> None:
    root = page(full().code)
    assert root.one("p", class_="figure-value").text == "5%"
    assert facts(root) == {
        "What it measures": "Prevalence of HIV",
        "Compared with": "adults",
        "Key population": "Title of safety-at-work",
        "Place": "World",
        "Year": "2022",
        "Value": "5%",
        "Range": "1.5%–51%",
        "Unit": "percent",
        "Note": "Estimated.",
        "Last checked": "2 January 2026",
        "Title": "A <b>report</b>",
        "Published by": "WHO",
        "Quoted from": "A journal",
        "Date": "2024-03-11",
        "Address": "https://example.org/report",
        "Archived copy": "https://archive.example.org/1",
        "Licence": "CC BY 4.0",
    }
    assert "3 February 2026" in root.text
    assert "https://portal.example.org/en/figures/share/" in root.text


def test_what_is_not_known() -> None:
    row = make_figure(year=None, value=None, low="1", high="2")
    told = facts(page(row.code))
    assert (told["Key population"], told["Year"], told["Range"]) == (
        "all of them",
        "not given by the source",
        "1%–2%",
    )
    assert told["Last checked"] == "not since it was entered"
    assert "Value" not in told


def test_neutral_title_and_preview() -> None:
    """Neither the browser's tab nor a link preview says whom a figure is about."""
    row = full()
    root = page(row.code)
    assert root.one("title").text == f"Figure {row.pk} · Nobody Left Behind"
    assert head(root) == {
        "og:site_name": "Nobody Left Behind",
        "og:type": "article",
        "og:title": f"Figure {row.pk}",
        "og:description": "Evidence with its sources, free to read and to check.",
        "og:url": "https://portal.example.org/en/figures/share/",
        "og:locale": "en",
    }


def test_linked_data() -> None:
    row = full()
    told = linked(page(row.code))
    assert (told["@type"], told["@id"], told["identifier"]) == (
        "Dataset",
        "https://portal.example.org/en/figures/share/",
        "share",
    )
    assert told["name"] == f"Figure {row.pk}"
    assert told["creator"]["name"] == "A journal"
    assert told["citation"]["name"] == "A <b>report</b>"
    assert told["isAccessibleForFree"] is True
    assert told["dateModified"][:10] == f"{timezone.now():%Y-%m-%d}"
    assert told["variableMeasured"] == {
        "@type": "PropertyValue",
        "name": "Prevalence of HIV",
        "value": 5,
        "minValue": 1.5,
        "maxValue": 51,
        "unitText": "percent",
    }


def test_zero_is_told() -> None:
    assert linked(page(make_figure(value="0").code))["variableMeasured"]["value"] == 0


def test_superseded_both_ways() -> None:
    newer = make_figure(code="newer", value="7")
    make_figure(code="older", value="6", superseded_by=newer)
    assert page("older").one("p", class_="notice").one("a").get("href") == "/en/figures/newer/"
    assert "It supersedes: 6%" in page("newer").text
    newer.state = "withdrawn"
    newer.save()
    assert not page("older").all("p", class_="notice")
    Figure.objects.filter(code="newer").update(state="published")
    Figure.objects.filter(code="older").update(state="draft")
    assert "It supersedes" not in page("newer").text


def uses(code: str) -> dict[str, str]:
    """Return the links to where a figure is used, by their words."""
    parts = [part for part in page(code).all("section") if part.all("h2", id="uses")]
    return {link.get("href"): link.text for part in parts for link in part.all("a")}


def test_where_it_is_used() -> None:
    make_figure(code="risk")
    make_figure(code="risk-2")
    sheet, named = make_factsheet(slug="sheet"), "It is [[risk]]."
    text = sheet.texts.get()
    text.body = named
    text.save()
    section = make_section(sheet, heading="The section", body=named, position=7)
    section.texts.model.objects.create(section=section, language="fr", heading="La partie", body=named)
    case = make_case(sheet, slug="clinic").texts.get()
    case.body = named
    case.save()
    assert uses("risk") == {
        "/en/factsheets/sheet/": "Title of sheet",
        "/en/factsheets/sheet/#section-7": "The section",
        "/en/factsheets/sheet/#case-clinic": "Title of clinic",
    }
    assert uses("risk-2") == {}
    section.texts.update(ready=False)
    assert set(uses("risk")) == {"/en/factsheets/sheet/", "/en/factsheets/sheet/#case-clinic"}
    Factsheet.objects.update(state="draft")
    assert uses("risk") == {}


def test_related() -> None:
    people = make_population()
    make_figure(code="one", population=people)
    make_figure(code="two", population=people)
    make_figure(code="other", indicator="people", unit="people")
    make_figure(code="draft", state="draft")
    make_figure(code="old", superseded_by=Figure.objects.get(code="two"))
    (part,) = [part for part in page("one").all("section") if part.all("h2", id="related")]
    assert [link.get("href") for link in part.all("a")] == ["/en/figures/two/", "/en/figures/?indicator=prevalence"]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft", "published_at": None},
        {"state": "withdrawn"},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_is_not_public_has_no_page(visitor: Client, fields: dict[str, Any]) -> None:
    make_figure(code="hidden", **fields)
    assert visitor.get("/en/figures/hidden/").status_code == 404


def test_no_text_no_page(visitor: Client) -> None:
    make_figure(code="hidden").texts.update(ready=False)
    assert visitor.get("/en/figures/hidden/").status_code == 404


@pytest.mark.parametrize("code", ["1", "none", "x" * 300, "%00"])
def test_nothing_there(visitor: Client, code: str) -> None:
    assert visitor.get(f"/en/figures/{code}/").status_code == 404


@pytest.mark.parametrize("name", ["risk/", "dictionary/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_wrong_method(visitor: Client, method: str, name: str) -> None:
    make_figure(code="risk")
    assert getattr(visitor, method)(f"/en/figures/{name}").status_code == 405


def test_the_dictionary_has_its_address_to_itself() -> None:
    figure = make_figure()
    figure.code = "dictionary"
    with pytest.raises(ValidationError, match="the address of the data dictionary"):
        figure.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.save()


def test_preview_shows_the_page_and_nothing_to_machines(editor: Client) -> None:
    row = make_figure(state="draft", published_at=None)
    response = editor.get(address(row, "preview"))
    root = parse(response.content.decode())
    assert facts(root)["Value"] == "5%"
    assert not root.all("script", type="application/ld+json")
    assert not head(root)


def test_in_search_and_sitemap(visitor: Client) -> None:
    people = make_population(slug="safety-at-work")
    make_figure(code="found", population=people)
    make_figure(code="lost", state="draft")
    FigureText.objects.update(label="Zymotic prevalence")
    root = parse(visitor.get("/en/search/?q=zymotic").content.decode())
    links = [link for link in root.one("main").all("a") if "/figures/" in link.get("href")]
    assert [(link.get("href"), link.text) for link in links] == [("/en/figures/found/", "Zymotic prevalence, 2022")]
    assert "Title of safety-at-work" in root.text
    sitemap = visitor.get("/sitemap.xml").content.decode()
    assert "/en/figures/found/" in sitemap
    assert "lost" not in sitemap


@pytest.mark.parametrize("count", [1, 4])
def test_queries(visitor: Client, count: int, django_assert_num_queries: Any) -> None:
    people = make_population()
    sheet = make_factsheet(population=people)
    figure = make_figure(code="risk", population=people)
    for number in range(count):
        make_section(sheet, body="[[risk]]", position=10 + number)
        make_figure(population=make_population())
        make_figure(superseded_by=figure)
    with django_assert_num_queries(24):
        visitor.get("/en/figures/risk/")
