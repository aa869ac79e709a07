"""Filters of all figures: they combine, tell what each choice leaves, and say what is wrong."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from factsheets import figure_views
from factsheets.models import Figure
from tests.factories import add_text, make_figure, make_population, make_source
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db


def page(client: Client, language: str = "en", status: int = 200, **asked: Any) -> Element:
    """Return the page with these filters."""
    response = client.get(f"/{language}/figures/?{urlencode(asked)}")
    assert response.status_code == status
    return parse(response.content.decode())


def codes(root: Element) -> list[str]:
    """Return the codes of the figures on a page, in their order."""
    return [row.get("id") for row in root.all("tr") if row.get("id")]


def options(root: Element, name: str) -> dict[str, str]:
    """Return the choices of a filter, by their values."""
    return {option.get("value"): option.text for option in root.one("select", name=name).all("option")}


@pytest.fixture
def rows() -> dict[str, Figure]:
    """Figures that differ in all that filters ask."""
    workers, prisoners = make_population(slug="workers", position=2), make_population(slug="prisoners", position=1)
    other = make_source(author="WHO", title="A bulletin")
    newer = make_figure(code="newer", population=workers, year=2024)
    return {
        "newer": newer,
        "older": make_figure(code="older", population=workers, year=2018, superseded_by=newer),
        "prison": make_figure(code="prison", population=prisoners, year=2020, place="ZM", source=other),
        "all": make_figure(code="all", indicator="people", unit="people", year=None, place="202"),
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["all", "newer", "prison"]),
        ({"population": "workers"}, ["newer"]),
        ({"population": "all"}, ["all"]),
        ({"population": "workers", "superseded": "shown"}, ["newer", "older"]),
        ({"indicator": "prevalence"}, ["newer", "prison"]),
        ({"place": "ZM"}, ["prison"]),
        ({"author": "WHO"}, ["prison"]),
        ({"since": "2020"}, ["newer", "prison"]),
        ({"until": "2020"}, ["prison"]),
        ({"since": "2020", "until": "2020"}, ["prison"]),
        ({"indicator": "prevalence", "author": "UNAIDS", "since": "2024"}, ["newer"]),
        ({"indicator": "people", "place": "ZM"}, []),
        ({"q": "prevalence"}, ["all", "newer", "prison"]),
        ({"q": "bulletin"}, ["prison"]),
        ({"q": "zygomorphic"}, []),
        ({"q": "' OR 1=1 --"}, []),
    ],
)
def test_filters_combine(visitor: Client, rows: dict[str, Figure], asked: dict[str, Any], expected: list[str]) -> None:
    assert codes(page(visitor, **asked)) == expected


def test_words_in_each_language(visitor: Client, rows: dict[str, Figure]) -> None:
    text = rows["prison"].texts.model
    text.objects.create(figure=rows["prison"], language="zh-hans", label="监狱中的艾滋病毒感染率", note="约数")
    text.objects.create(figure=rows["all"], language="fr", label="Les prisonniers", ready=False)
    assert codes(page(visitor, "zh-hans", q="感染率")) == ["prison"]
    assert codes(page(visitor, "fr", q="prisonniers")) == []


def test_counts_tell_what_each_choice_leaves(visitor: Client, rows: dict[str, Figure]) -> None:
    root = page(visitor)
    assert options(root, "population") == {
        "": "–",
        "prisoners": "Title of prisoners (1)",
        "workers": "Title of workers (1)",
        "all": "all of them (1)",
    }
    assert options(root, "indicator") == {"": "–", "prevalence": "Prevalence (2)", "people": "People (1)"}
    narrowed = page(visitor, population="workers", superseded="shown")
    assert options(narrowed, "indicator") == {"": "–", "prevalence": "Prevalence (2)"}
    assert options(narrowed, "population")["prisoners"] == "Title of prisoners (1)"
    nothing = page(visitor, population="workers", place="ZM")
    assert options(nothing, "place") == {"": "–", "001": "World (1)", "ZM": "Zambia (0)"}
    assert "No figure is like this." in nothing.text


def test_names_in_their_own_language(visitor: Client, rows: dict[str, Figure]) -> None:
    population = rows["prison"].population
    assert population
    add_text(population, "ar", title="السجناء")
    choices = page(visitor, "ar").one("select", name="population").all("option")
    assert [(e.get("value"), e.get("lang"), e.get("dir")) for e in choices[1:3]] == [
        ("prisoners", "ar", "rtl"),
        ("workers", "en", "ltr"),
    ]


def test_what_is_chosen_is_shown_and_can_be_removed(visitor: Client, rows: dict[str, Figure]) -> None:
    root = page(visitor, population="workers", since="2000", superseded="shown")
    chosen = root.one("ul", class_="chosen").all("li")
    assert [(e.text.removesuffix(e.one("a").text).strip(), e.one("a").get("href")) for e in chosen] == [
        ("Key population: Title of workers", "/en/figures/?since=2000&superseded=shown"),
        ("From the year: 2000", "/en/figures/?population=workers&superseded=shown"),
        ("Superseded figures: shown too", "/en/figures/?population=workers&since=2000"),
    ]
    assert root.one("details").attributes.keys() >= {"open"}
    links = [link.get("href") for link in root.all("a")]
    assert "/en/figures.csv?population=workers&since=2000&superseded=shown" in links
    assert "/fr/figures/?population=workers&since=2000&superseded=shown" in links
    assert not page(visitor).all("ul", class_="chosen")


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("population", "nobody", "No figure has “nobody”."),
        ("indicator", "<b>", "No figure has “<b>”."),
        ("place", "xx", "No figure has “xx”."),
        ("author", "Nobody", "No figure has “Nobody”."),
        ("since", "last year", "Enter a whole number."),
        ("since", "1066", "Ensure this value is greater than or equal to 1981."),
        ("until", "99999999999999999999", "Ensure this value is less than or equal to 2100."),
        ("superseded", "maybe", "Select a valid choice."),
        ("q", "x" * 201, "Ensure this value has at most 200 characters"),
        ("q", "\x00", "Null characters are not allowed."),
    ],
)
def test_wrong_values_are_told_beside_the_field(
    visitor: Client, rows: dict[str, Figure], name: str, value: str, error: str
) -> None:
    root = page(visitor, status=400, **{name: value})
    field = next(e for e in root.all("div", class_="field") if e.all("label", for_=f"id_{name}"))
    assert "has-errors" in field.get("class").split()
    assert error in field.one("ul", class_="errorlist").text
    assert codes(root) == []
    for form in ("csv", "json"):
        assert visitor.get(f"/en/figures.{form}", {name: value}).status_code == 400


def test_a_period_that_ends_before_it_begins(visitor: Client, rows: dict[str, Figure]) -> None:
    root = page(visitor, status=400, since="2020", until="2019", q="kept")
    assert root.one("input", name="until").parent
    assert "This year is before the first one." in root.text
    assert (root.one("input", name="q").get("value"), root.one("input", name="since").get("value")) == ("kept", "2020")


def test_what_is_not_public_is_no_choice(visitor: Client, rows: dict[str, Figure]) -> None:
    hidden = make_population(slug="hidden")
    hidden.texts.update(ready=False)
    make_figure(code="no-name", population=hidden)
    make_figure(state="draft", place="EG", source=make_source(author="A draft's author"))
    root = page(visitor)
    assert "hidden" not in options(root, "population")
    assert "EG" not in options(root, "place")
    assert "A draft's author" not in options(root, "author")
    page(visitor, status=400, population="hidden")
    page(visitor, status=400, place="EG")


def test_a_draft_supersedes_nothing_yet(visitor: Client, rows: dict[str, Figure]) -> None:
    """The figure stays in the list until the newer one is there to take its place."""
    Figure.objects.filter(code="newer").update(state="draft")
    assert codes(page(visitor)) == ["all", "older", "prison"]
    assert "Superseded by a newer figure" not in page(visitor).text


def test_pages(visitor: Client, rows: dict[str, Figure], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_views, "PAGE_SIZE", 2)
    first = page(visitor, superseded="shown")
    assert codes(first) == ["all", "newer"]
    assert first.one("a", rel="next").get("href") == "/en/figures/?superseded=shown&page=2"
    second = page(visitor, superseded="shown", page="2")
    assert codes(second) == ["older", "prison"]
    assert second.one("a", rel="prev").get("href") == "/en/figures/?superseded=shown&page=1"
    assert "4 figures" in second.text
    for wrong in ("3", "0", "-1", "x", "²", "9" * 30):
        assert visitor.get("/en/figures/", {"page": wrong}).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_queries(visitor: Client, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        make_figure(population=make_population(), superseded_by=make_figure(population=make_population()))
    with django_assert_num_queries(9):
        visitor.get("/en/figures/?q=prevalence&superseded=shown")
