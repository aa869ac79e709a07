"""The list of factsheets, and a factsheet with its figures, sections, pictures and instruments."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factsheets.models import Factsheet
from tests.factories import (
    add_text,
    make_case,
    make_factsheet,
    make_figure,
    make_instrument,
    make_picture,
    make_population,
    make_section,
    make_source,
)
from tests.publishing.html import Element, levels, parse

pytestmark = pytest.mark.django_db


def read(sheet: Factsheet, language: str = "en") -> Element:
    """Return a factsheet's page."""
    response: Any = Client().get(f"/{language}/factsheets/{sheet.slug}/")
    assert response.status_code == 200
    return parse(response.content.decode())


def part(page: Element, heading: str) -> Element:
    """Return the part of the page under this heading."""
    (found,) = [e for e in page.all("section", class_="part") if e.all("h2")[0].text == heading]
    return found


def test_shows_its_text() -> None:
    sheet = make_factsheet(reviewed=date(2026, 3, 5))
    page = read(sheet)
    assert page.one("h1").text == f"Title of {sheet.slug}"
    assert page.one("p", class_="kind").text == f"Title of {sheet.population.slug}"
    assert page.one("p", class_="lede").text == "What it is about."
    assert page.one("p", class_="meta").text == "Last reviewed: 5 March 2026"
    assert [e.text for e in page.one("div", class_="text").all("h2") if e.get("id")] == [
        "About epidemiology",
        "About barriers",
    ]
    assert part(page, "About barriers").one("div", class_="prose").one("strong").text == "strong"
    assert levels(page)[0] == 1


def test_contents_lead_to_the_sections() -> None:
    page = read(make_factsheet())
    links = {e.text: e.get("href") for e in page.all("a") if e.get("href").startswith("#section-")}
    assert list(links) == ["About epidemiology", "About barriers"]
    assert {href[1:] for href in links.values()} <= page.ids


def test_figures_stand_with_their_sources() -> None:
    sheet = make_factsheet()
    source = make_source(author="UNAIDS", date="2023", title="The Path", address="https://example.org/path")
    row = make_figure(population=sheet.population, source=source, value="10.3", low="2", high="30", place="ZM")
    row.texts.update(comparison="adults in general", note="Estimated.")
    page = read(sheet)
    found = page.one("div", class_="figure", id=row.code)
    assert found in list(part(page, "About epidemiology"))
    assert found.one("p", class_="figure-value").text == "10.3%"
    text = found.one("p", class_="figure-text").text
    assert "Prevalence of HIV, compared with adults in general" in text
    assert found.one("span", class_="figure-where").text == "Zambia, 2022"
    assert found.one("p", class_="figure-note").text == "Estimated."
    assert "from 2% to 30%" in found.one("div", class_="range").text
    link = found.one("p", class_="figure-source").all("a")[0]
    assert (link.text, link.get("href")) == ("UNAIDS, 2023", "https://example.org/path")
    mark = found.one("p", class_="figure-source").one("sup").one("a")
    (note,) = part(page, "References").all("li")
    assert (mark.text, mark.get("href")) == ("1", f"#{note.get('id')}")
    assert note.text == "UNAIDS, 2023. The Path ↩"


@pytest.mark.parametrize(
    ("indicator", "heading"),
    [
        ("prevalence", "About epidemiology"),
        ("relative-risk", "About epidemiology"),
        ("countries-with-service", "About barriers"),
    ],
)
def test_figures_stand_where_they_belong(indicator: str, heading: str) -> None:
    sheet = make_factsheet()
    row = make_figure(population=sheet.population, indicator=indicator)
    assert row.code in part(read(sheet), heading).ids


def test_figures_without_a_section_of_theirs_stand_first() -> None:
    """None is lost, and none is shown twice."""
    sheet = make_factsheet()
    law = make_figure(population=sheet.population, indicator="countries-by-law", unit="countries")
    make_section(sheet, kind="epidemiology", heading="More epidemiology")
    risk = make_figure(population=sheet.population)
    page = read(sheet)
    shown = [e.get("id") for e in page.all("div", class_="figure")]
    assert shown == [law.code, risk.code]
    assert risk.code in part(page, "About epidemiology").ids
    assert not any(law.code in e.ids for e in page.all("section", class_="part"))


def test_figures_of_others_are_not_shown() -> None:
    sheet = make_factsheet()
    make_figure(population=make_population())
    make_figure()
    make_figure(population=sheet.population, state="draft")
    make_figure(population=sheet.population, published_at=timezone.now() + timedelta(days=1))
    make_figure(population=sheet.population).texts.update(ready=False)
    page = read(sheet)
    assert not page.all("div", class_="figure")
    assert not page.all("ol", class_="references")


def test_a_source_is_listed_once() -> None:
    """In the order in which it is first met; the ways back are as many as its marks."""
    sheet = make_factsheet()
    source = make_source(title="Shared")
    for _ in range(3):
        make_figure(population=sheet.population, source=source)
    other = make_source(title="Another", author="ILGA")
    make_figure(population=sheet.population, source=other, indicator="countries-with-service")
    lines = part(read(sheet), "References").all("li")
    assert [line.all("a")[0].text for line in lines] == ["Shared", "Another"]
    assert [len(line.all("a", class_="footnote-backref")) for line in lines] == [3, 1]


def test_sections_show_their_pictures(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    sheet = make_factsheet()
    picture = make_picture(year=2019)
    sheet.sections.filter(position=1).update(picture=picture)
    shown = part(read(sheet), "About barriers").one("figure", class_="picture")
    image = shown.one("img")
    assert image.get("alt") == "A red wall"
    assert (image.get("width"), image.get("height")) == ("80", "60")
    assert image.get("src") == picture.get_absolute_url()
    assert shown.one("figcaption").text == "The wall Picture: A. Photographer, 2019"
    assert read(sheet).all("figure") != []
    picture.texts.update(ready=False)
    assert not read(sheet).all("figure")


def test_instruments_stand_in_groups() -> None:
    sheet = make_factsheet()
    rows = [("labour", "a", 3), ("un-general-assembly", "b", 1), ("labour", "c", 4), ("un-general-assembly", "d", 2)]
    for group, title, position in rows:
        row = make_instrument(sheet.population, group=group, position=position, address=f"https://example.org/{title}")
        row.texts.update(title=title)
    make_instrument(make_population())
    make_instrument(sheet.population, state="draft")
    found = part(read(sheet), "Policy instruments")
    assert [e.text for e in found.all("h3")] == ["United Nations General Assembly", "Labour protection"]
    assert [
        [li.one("a").text for li in e.children if isinstance(li, Element)]
        for e in found.all("ul", class_="instruments")
    ] == [
        ["b", "d"],
        ["a", "c"],
    ]
    first = found.all("ul", class_="instruments")[0].all("li")[0]
    assert first.one("a").get("href") == "https://example.org/b"
    assert [e.text for e in first.all("span")] == ["ILO", "1958-1985", "global"]


def test_groups_stay_whole_in_any_order() -> None:
    """A group has one heading, however its instruments are placed."""
    sheet = make_factsheet()
    for position, group in enumerate(("labour", "regional", "labour")):
        make_instrument(sheet.population, group=group, position=position)
    headings = [e.text for e in part(read(sheet), "Policy instruments").all("h3")]
    assert sorted(headings) == ["Labour protection", "Regional strategies and plans"]


def test_an_instrument_without_address() -> None:
    sheet = make_factsheet()
    make_instrument(sheet.population, years="")
    (row,) = part(read(sheet), "Policy instruments").one("ul", class_="instruments").children[1:2]
    assert isinstance(row, Element)
    assert row.one("strong", lang="en").text.startswith("Title of instrument")
    assert not row.all("a")


def test_in_the_readers_language() -> None:
    sheet = make_factsheet()
    add_text(sheet, "fr", title="Fiche", summary="Résumé")
    row = make_figure(population=sheet.population, value="10.3")
    row.texts.create(language="fr", label="Prévalence du VIH", comparison="les adultes")
    page = read(sheet, "fr")
    assert page.one("h1").text == "Fiche"
    found = page.one("div", class_="figure")
    assert found.one("p", class_="figure-value").text == "10,3 %"
    assert "Prévalence du VIH" in found.text
    assert "compared" not in found.text


def test_english_stands_in_and_says_so() -> None:
    page = read(make_factsheet(), "ar")
    title = page.one("h1")
    assert (title.get("lang"), title.get("dir")) == ("en", "ltr")
    assert page.one("html").get("lang") == "ar"
    assert page.one("p", class_="is-quiet").text


def test_list(visitor: Client) -> None:
    first, second = make_factsheet(position=2), make_factsheet(position=1)
    make_factsheet(state="draft")
    page = parse(visitor.get("/en/factsheets/").content.decode())
    rows = [e for e in page.one("main").one("ul", class_="list").children if isinstance(e, Element)]
    assert [row.one("h2").one("a").get("href") for row in rows] == [
        f"/en/factsheets/{sheet.slug}/" for sheet in (second, first)
    ]
    assert rows[0].one("p", class_="kind").text == f"Title of {second.population.slug}"


def test_empty_list(visitor: Client) -> None:
    assert "Factsheets will be listed here." in visitor.get("/en/factsheets/").content.decode()


class TestLadder:
    """Works; nothing there; wrong method."""

    @pytest.mark.parametrize(
        "path", ["factsheets/none/", "factsheets/UPPER/", "factsheets/a%00b/", "factsheets/..%2f/"]
    )
    def test_nothing_there(self, visitor: Client, path: str) -> None:
        assert visitor.get(f"/en/{path}").status_code == 404

    @pytest.mark.parametrize("hidden", [{"state": "draft"}, {"published_at": timezone.now() + timedelta(days=9)}])
    def test_not_public(self, visitor: Client, editor: Client, hidden: dict[str, Any]) -> None:
        """Nor to staff at this address: what they see here is what readers see."""
        sheet = make_factsheet(**hidden)
        for client in (visitor, editor):
            assert client.get(sheet.get_absolute_url()).status_code == 404

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    def test_wrong_method(self, visitor: Client, method: str) -> None:
        for address in ("/en/factsheets/", make_factsheet().get_absolute_url()):
            assert getattr(visitor, method)(address).status_code == 405

    def test_head(self, visitor: Client) -> None:
        for address in ("/en/factsheets/", make_factsheet().get_absolute_url()):
            response = visitor.head(address)
            assert (response.status_code, response.content) == (200, b"")

    @pytest.mark.parametrize("query", ["?x=1", "?page=%00", "?%ff"])
    def test_needless_queries(self, visitor: Client, query: str) -> None:
        assert visitor.get(make_factsheet().get_absolute_url() + query).status_code == 200


class TestQueries:
    """A fixed number, however many rows there are."""

    @pytest.mark.parametrize("rows", [1, 4])
    def test_factsheet(
        self, visitor: Client, rows: int, settings: Any, tmp_path: Path, django_assert_num_queries: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        sheet = make_factsheet()
        for position in range(10, 10 + rows):
            make_figure(population=sheet.population, low="1", high="9")
            make_instrument(sheet.population)
            make_section(sheet, position=position, picture=make_picture())
            make_case(sheet)
            make_factsheet()
        for language in ("en", "fr"):
            with django_assert_num_queries(17):
                assert visitor.get(f"/{language}/factsheets/{sheet.slug}/").status_code == 200

    @pytest.mark.parametrize("rows", [1, 4])
    def test_list(self, visitor: Client, rows: int, django_assert_num_queries: Any) -> None:
        for _ in range(rows):
            add_text(make_factsheet(), "fr")
        for language in ("en", "fr"):
            with django_assert_num_queries(4):
                assert len(parse(visitor.get(f"/{language}/factsheets/").content.decode()).all("h2")) >= rows

    def test_nothing_there(self, visitor: Client, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            assert visitor.get("/en/factsheets/none/").status_code == 404
