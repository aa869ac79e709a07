"""All figures as files, and the dictionary that tells what their columns mean."""

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from factsheets.dictionary import COLUMNS
from factsheets.models import Figure, FigureText
from tests.factories import add_text, make_figure, make_population, make_source
from tests.publishing.html import parse

pytestmark = pytest.mark.django_db
NAMES = [column.name for column in COLUMNS]


@pytest.fixture(autouse=True)
def site_address(settings: Settings) -> None:
    """Where the portal says that it is."""
    settings.SITE_ADDRESS = "https://portal.example.org"


def table(client: Client, address: str = "/en/figures.csv") -> list[dict[str, str]]:
    """Return the rows of the CSV file."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response["Content-Disposition"].startswith('attachment; filename="figures-')
    return list(csv.DictReader(StringIO(response.content.decode())))


def told(client: Client, address: str = "/en/figures.json") -> dict[str, Any]:
    """Return what the JSON file tells."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    found: dict[str, Any] = json.loads(response.content)
    return found


def full() -> Figure:
    """Return a figure that has everything."""
    source = make_source(
        code="report",
        title="A report",
        author="WHO",
        quoted_from="A journal",
        date="2024-03",
        archived="https://archive.example.org/1",
        licence="CC BY 4.0",
        checked="2026-01-02",
    )
    fields = {"value": "7.5", "low": "7", "high": "8.125", "out_of": "100", "qualifier": "about", "excluding": "ZA"}
    row = make_figure(
        code="share",
        place="202",
        source=source,
        population=make_population(slug="people"),
        checked="2026-02-03",
        superseded_by=make_figure(code="newer"),
        **fields,
    )
    row.texts.update(comparison="adults", note="Estimated.")
    return row


ROW = {
    "code": "share",
    "url": "https://portal.example.org/en/figures/share/",
    "indicator": "prevalence",
    "label": "Prevalence of HIV",
    "comparison": "adults",
    "note": "Estimated.",
    "language": "en",
    "population": "people",
    "population_name": "Title of people",
    "place": "202",
    "place_name": "Sub-Saharan Africa",
    "excluding": "ZA",
    "year": 2022,
    "value": 7.5,
    "low": 7,
    "high": 8.125,
    "out_of": 100,
    "unit": "percent",
    "qualifier": "about",
    "checked": "2026-02-03",
    "superseded_by": "newer",
    "source": "report",
    "source_author": "WHO",
    "source_quoted_from": "A journal",
    "source_title": "A report",
    "source_date": "2024-03",
    "source_address": "https://example.org/report",
    "source_archived": "https://archive.example.org/1",
    "source_licence": "CC BY 4.0",
    "source_checked": "2026-01-02",
}


def test_both_files_tell_the_same(visitor: Client) -> None:
    full()
    rows = {row["code"]: row for row in told(visitor, "/en/figures.json?superseded=shown")["figures"]}
    assert rows["share"] == ROW
    lines = {row["code"]: row for row in table(visitor, "/en/figures.csv?superseded=shown")}
    assert lines["share"] == {name: str(value) for name, value in ROW.items()}
    assert set(rows) == set(lines) == {"share", "newer"}
    assert (rows["newer"]["population"], rows["newer"]["low"], rows["newer"]["checked"]) == ("", None, "")
    assert (lines["newer"]["value"], lines["newer"]["low"]) == ("5", "")


def test_numbers_are_plain_in_every_language(visitor: Client) -> None:
    row = make_figure(value="1234567.5", low="0", high="95000000", unit="usd", indicator="money")
    FigureText.objects.create(figure=row, language="fr", label="Dépenses")
    for language, label in (("fr", "Dépenses"), ("ar", "Prevalence of HIV")):
        (line,) = table(visitor, f"/{language}/figures.csv")
        assert (line["value"], line["low"], line["high"], line["year"]) == ("1234567.5", "0", "95000000", "2022")
        assert line["label"] == label
        assert line["url"] == f"https://portal.example.org/{language}/figures/{row.code}/"


def test_names_in_the_language_of_the_address(visitor: Client) -> None:
    people = make_population()
    add_text(people, "fr", title="Détenus")
    make_figure(population=people, place="ZM")
    (line,) = table(visitor, "/fr/figures.csv")
    assert (line["population_name"], line["place_name"], line["language"]) == ("Détenus", "Zambie", "en")


def test_filters_of_the_page(visitor: Client) -> None:
    make_figure(code="zambia", place="ZM")
    make_figure(code="world")
    assert [row["code"] for row in table(visitor, "/en/figures.csv?place=ZM")] == ["zambia"]
    assert [row["code"] for row in told(visitor, "/en/figures.json?place=ZM")["figures"]] == ["zambia"]


def test_formulas_are_disarmed(visitor: Client) -> None:
    make_figure().texts.update(label="=HYPERLINK(1)", note="@cmd")
    (line,) = table(visitor)
    assert (line["label"], line["note"]) == ("'=HYPERLINK(1)", "'@cmd")


def test_only_what_is_public(visitor: Client) -> None:
    hidden = make_population(slug="zygomorphic")
    hidden.texts.update(ready=False)
    make_figure(code="shown", population=hidden, superseded_by=make_figure(code="zygomorphic-draft", state="draft"))
    make_figure(code="zygomorphic-later", published_at=timezone.now() + timedelta(days=1))
    make_figure(code="zygomorphic-gone", state="withdrawn")
    for form in ("csv", "json"):
        content = visitor.get(f"/en/figures.{form}?superseded=shown").content.decode()
        assert "zygomorphic" not in content
        assert "shown" in content


def test_the_dictionary_is_one(visitor: Client) -> None:
    """The page, the head of the table and the JSON file have the same columns, in the same order."""
    full()
    root = parse(visitor.get("/en/figures/dictionary/").content.decode())
    assert [row.get("id") for row in root.all("tr") if row.get("id")] == NAMES
    content = told(visitor)
    assert [field["name"] for field in content["fields"]] == NAMES
    assert list(content["figures"][0]) == NAMES
    assert list(table(visitor)[0]) == NAMES
    units = next(field for field in content["fields"] if field["name"] == "unit")
    assert {"value": "times", "meaning": "times"} in units["values"]
    assert content["terms"] in root.text
    assert (content["version"], content["language"]) == (1, "en")


def test_columns_hold_what_the_dictionary_says(visitor: Client) -> None:
    full()
    types = {"number": int | float, "year": int}
    for row in told(visitor, "/en/figures.json?superseded=shown")["figures"]:
        for column in COLUMNS:
            value = row[column.name]
            assert value is None or isinstance(value, types.get(column.kind, str)), column.name
            assert not column.values or value in column.values.values


def test_the_list_describes_its_files(visitor: Client) -> None:
    root = parse(visitor.get("/en/figures/").content.decode())
    data = json.loads("".join(root.one("script", type="application/ld+json").pieces()))
    assert data["@type"] == "Dataset"
    assert [row["name"] for row in data["variableMeasured"]] == NAMES
    assert [row["contentUrl"] for row in data["distribution"]] == [
        "https://portal.example.org/en/figures.csv",
        "https://portal.example.org/en/figures.json",
    ]


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_wrong_method(visitor: Client, method: str, form: str) -> None:
    assert getattr(visitor, method)(f"/en/figures.{form}").status_code == 405


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("form", ["csv", "json"])
def test_queries(visitor: Client, form: str, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        make_figure(population=make_population())
    with django_assert_num_queries(7):
        visitor.get(f"/en/figures.{form}")
