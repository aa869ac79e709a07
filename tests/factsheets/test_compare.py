"""Populations side by side."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from factsheets.models import Factsheet
from tests.factories import add_text, make_factsheet, make_figure, make_section, make_source
from tests.publishing.html import Element, levels, parse

pytestmark = pytest.mark.django_db
BARRIERS = "/en/factsheets/compare/barriers/"


def read(address: str = BARRIERS, status: int = 200) -> Element:
    """Return a page."""
    response: Any = Client().get(address)
    assert response.status_code == status
    return parse(response.content.decode())


def columns(page: Element) -> dict[str, Element]:
    """Return the columns by the names of their populations."""
    return {column.one("h2").text: column for column in page.all("article", class_="column")}


def name(sheet: Factsheet) -> str:
    """Return a factsheet's population as columns name it."""
    return f"Title of {sheet.population.slug}"


def test_kinds_that_two_factsheets_have() -> None:
    first, second = make_factsheet(), make_factsheet()
    for kind in ("contact", "other"):
        make_section(first, kind=kind)
        make_section(second, kind=kind)
    make_section(first, kind="policy")
    make_section(make_factsheet(state="draft"), kind="policy")
    links = [e.get("href") for e in read("/en/factsheets/compare/").one("main").all("a")]
    assert links == ["/en/factsheets/compare/epidemiology/", BARRIERS]
    for kind in ("contact", "other", "policy", "none", "UPPER"):
        read(f"/en/factsheets/compare/{kind}/", 404)


def test_nothing_to_compare() -> None:
    make_factsheet()
    assert "Comparisons will be listed here" in read("/en/factsheets/compare/").text
    read(BARRIERS, 404)


def test_side_by_side() -> None:
    """Each with its name, its text and its figures of this kind; the references at the end are one list."""
    source = make_source()
    first, second = make_factsheet(position=1), make_factsheet(position=2)
    value = make_figure(population=first.population, source=source, value="22", indicator="countries-with-service")
    other = make_figure(population=first.population)
    for sheet in (first, second):
        section = sheet.sections.get(kind="barriers").texts.get()
        section.body = f"## Part\n\nOnly [[{value.code}]] of them.[^1]\n\n[^1]: Counted for {sheet.slug}."
        section.save()
    page = read()
    assert page.one("h1").text == "Compare: Barriers to services"
    assert list(columns(page)) == [name(first), name(second)]
    column = columns(page)[name(first)]
    assert column.one("h2").one("a").get("href") == first.get_absolute_url()
    assert [figure.get("id") for figure in column.all("div", class_="figure")] == [value.code]
    assert other.code not in page.ids
    assert column.one("h3").text == "About barriers"
    assert column.one("div", class_="prose").text == "Part Only 22%1 of them.2"
    assert columns(page)[name(second)].one("div", class_="prose").text == "Part Only 22%1 of them.3"
    assert len(page.one("ol", class_="references").all("li")) == 3
    assert levels(page)[:4] == [1, 2, 3, 4]


def test_a_factsheet_without_it_says_so() -> None:
    make_factsheet()
    make_factsheet()
    without = make_factsheet()
    without.sections.filter(kind="barriers").delete()
    found = columns(read())[name(without)]
    assert "has no section on this subject" in found.text
    assert not found.all("div", class_="prose")


def test_only_what_is_public() -> None:
    make_factsheet()
    make_factsheet()
    hidden = make_factsheet(state="draft")
    make_factsheet().sections.get(kind="barriers").texts.update(ready=False)
    found = columns(read())
    assert name(hidden) not in found
    assert len(found) == 3


def test_chosen_populations() -> None:
    sheets = [make_factsheet(position=n) for n in range(3)]
    chosen = [sheets[0], sheets[2]]
    page = read(BARRIERS + "?" + "&".join(f"population={sheet.population.slug}" for sheet in chosen))
    assert list(columns(page)) == [name(sheet) for sheet in chosen]
    boxes = page.all("input", type="checkbox")
    assert [box.get("value") for box in boxes if "checked" in box.attributes] == [s.population.slug for s in chosen]
    assert len(boxes) == 3


@pytest.mark.parametrize("slug", ["none", "%00", "%ff", "a" * 5000, "<b>"])
def test_no_such_population(slug: str) -> None:
    """It is told beside the field; what else was chosen stays so."""
    sheet = make_factsheet()
    make_factsheet()
    page = read(f"{BARRIERS}?population={sheet.population.slug}&population={slug}", 400)
    (error,) = page.one("fieldset").all("ul", class_="errorlist")
    assert "There is no population" in error.text
    (checked,) = [box for box in page.all("input", type="checkbox") if "checked" in box.attributes]
    assert checked.get("value") == sheet.population.slug


def test_in_another_language() -> None:
    sheet = make_factsheet()
    make_factsheet()
    add_text(sheet.population, "ar", title="اسم")
    page = read("/ar/factsheets/compare/barriers/")
    column = columns(page)["اسم"]
    assert (column.one("h3").get("lang"), column.one("h3").get("dir")) == ("en", "ltr")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_wrong_method(visitor: Client, method: str) -> None:
    for address in ("/en/factsheets/compare/", BARRIERS):
        assert getattr(visitor, method)(address).status_code == 405


def test_no_factsheet_takes_the_address() -> None:
    sheet = make_factsheet()
    sheet.slug = "compare"
    with pytest.raises(ValidationError, match="choose another slug"):
        sheet.validate_constraints()
    with pytest.raises(IntegrityError, match="factsheet_slug_free"), transaction.atomic():
        sheet.save()


@pytest.mark.parametrize("rows", [2, 5])
def test_queries(visitor: Client, rows: int, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        sheet = make_factsheet()
        make_figure(population=sheet.population, indicator="countries-with-service")
        make_section(sheet, kind="barriers")
    with django_assert_num_queries(1):
        visitor.get("/en/factsheets/compare/")
    with django_assert_num_queries(10):
        visitor.get(BARRIERS)
