"""All figures: each with its value, what it measures, whom it is about, its place, its year and its source."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_figure, make_population, make_source
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db


def table(language: str = "en") -> Element:
    """Return the page."""
    response: Any = Client().get(f"/{language}/figures/")
    assert response.status_code == 200
    return parse(response.content.decode())


def cells(row: Element) -> list[str]:
    """Return the words of a row."""
    return [cell.text.replace("\u200e", "").replace("\u200f", "") for cell in row.all("td")]


@pytest.mark.parametrize(
    ("fields", "english", "french"),
    [
        ({"value": "22", "unit": "times"}, "22×", "22×"),
        ({"value": "10.3", "unit": "percent"}, "10.3%", "10,3 %"),
        ({"value": "130000", "unit": "people", "qualifier": "about"}, "about 130,000", "environ 130 000"),
        ({"value": "95000000", "unit": "usd"}, "US$ 95 million", "95 millions"),
        ({"value": None, "low": "0", "high": "51"}, "0%–51%", "0 %–51 %"),
        ({"value": "5", "low": "1.5", "high": "51"}, "5% (1.5%–51%)", "5 % (1,5 %–51 %)"),
        ({"value": "64", "unit": "countries", "out_of": "195"}, "64 of 195", "64 sur 195"),
    ],
)
def test_values_as_the_reader_writes_them(fields: dict[str, Any], english: str, french: str) -> None:
    row = make_figure(**fields)
    assert cells(table().one("tr", id=row.code))[0] == english
    assert french in cells(table("fr").one("tr", id=row.code))[0]


def test_a_row() -> None:
    population = make_population()
    source = make_source(author="UNAIDS", date="2024-07-01", address="https://example.org/update")
    row = make_figure(population=population, source=source, place="202", excluding="ZA", year=2022)
    row.texts.update(comparison="adults", note="Estimated.")
    found = table().one("tr", id=row.code)
    assert cells(found) == [
        "5%",
        "Prevalence of HIV, compared with adults Estimated.",
        f"Title of {population.slug}",
        "Sub-Saharan Africa, without South Africa",
        "2022",
        "UNAIDS, 2024",
    ]
    assert [(link.get("href"), link.get("rel")) for link in found.all("a")] == [
        (f"/en/figures/{row.code}/", ""),
        ("https://example.org/update", "noreferrer"),
    ]


def test_what_is_not_known() -> None:
    row = make_figure(year=None)
    found = cells(table().one("tr", id=row.code))
    assert (found[2], found[4], found[5]) == ("–", "–", "UNAIDS, undated")


def test_grouped_by_what_they_measure() -> None:
    first = make_figure(indicator="prevalence", position=2)
    second = make_figure(indicator="prevalence", position=1)
    other = make_figure(indicator="countries-by-law", unit="countries")
    page = table()
    sections = [e for e in page.all("section", class_="part") if e.all("table")]
    parts = {e.one("h2").text: [r.get("id") for r in e.all("tr") if r.get("id")] for e in sections}
    assert parts == {"Countries by law": [other.code], "Prevalence": [second.code, first.code]}
    for heading in page.all("h2"):
        assert heading.get("id") in ("", "filters") or page.one(
            "div", role="region", aria_labelledby=heading.get("id")
        )


def test_texts_in_their_own_language() -> None:
    row = make_figure(population=make_population(), indicator="relative-risk")
    found = table("ar").one("tr", id=row.code)
    assert [(e.get("lang"), e.get("dir")) for e in found if e.get("lang")] == [("en", "ltr")] * 2


def test_only_what_is_public() -> None:
    population = make_population()
    shown = make_figure(population=population)
    make_figure(state="draft")
    make_figure(state="withdrawn")
    make_figure(published_at=timezone.now() + timedelta(days=1))
    make_figure().texts.update(ready=False)
    population.texts.update(ready=False)
    page = table()
    assert [e.get("id") for e in page.all("tr") if e.get("id")] == [shown.code]
    assert cells(page.one("tr", id=shown.code))[2] == "–"


def test_none(visitor: Client) -> None:
    assert "Figures will be listed here." in table().text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_wrong_method(visitor: Client, method: str) -> None:
    assert getattr(visitor, method)("/en/figures/").status_code == 405


def test_head(visitor: Client) -> None:
    response = visitor.head("/en/figures/")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_queries(visitor: Client, rows: int, language: str, django_assert_num_queries: Any) -> None:
    for indicator in ("prevalence", "people", "money"):
        for _ in range(rows):
            make_figure(indicator=indicator, population=make_population())
            make_figure(indicator=indicator)
    with django_assert_num_queries(7):
        assert visitor.get(f"/{language}/figures/").status_code == 200
