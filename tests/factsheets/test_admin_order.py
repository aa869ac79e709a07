"""Sections, cases and figures in the order that an editor gives them by number."""

from typing import Any

import pytest
from django.test import Client

from factsheets.models import Factsheet
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import make_case, make_factsheet, make_figure, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet() -> Factsheet:
    """A factsheet with sections A, B and C, two cases and two figures."""
    sheet = make_factsheet()
    sheet.sections.all().delete()
    for number, heading in enumerate("ABC", start=1):
        make_section(sheet, heading=heading, position=number)
    for number in (1, 2):
        make_case(sheet, slug=f"case-{number}", position=number)
        make_figure(code=f"figure-{number}", population=sheet.population, position=number)
    return sheet


def opened(client: Client, sheet: Factsheet) -> dict[str, Any]:
    return typed(client.get(address(sheet, "order")), "order_form")


def send(client: Client, sheet: Factsheet, form: dict[str, Any], **fields: Any) -> Any:
    return client.post(address(sheet, "order"), form | fields)


def numbered(sheet: Factsheet, *headings: str) -> dict[str, str]:
    """Return the numbers that put the sections in this order."""
    rows = {row.texts.get().heading: row for row in sheet.sections.all()}
    return {f"section-{rows[heading].pk}": str(number) for number, heading in enumerate(headings, start=1)}


def headings(sheet: Factsheet) -> list[str]:
    return [row.texts.get().heading for row in sheet.sections.order_by("position")]


def test_page_lists_all_in_their_order(editor: Client, sheet: Factsheet) -> None:
    page = page_of(editor.get(address(sheet, "order")))
    assert [heading.text for heading in page.all("h2")] == ["Sections", "Cases", "Figures: Prevalence"]
    assert [label.text for label in page.all("ol")[0].all("label")] == ["A", "B", "C"]
    assert address(sheet, "order") in [a.get("href") for a in page_of(editor.get(address(sheet, "change"))).all("a")]


def test_sections_change_places(editor: Client, sheet: Factsheet) -> None:
    response = send(editor, sheet, opened(editor, sheet), **numbered(sheet, "C", "B", "A"))
    assert (response.status_code, response["Location"]) == (302, address(sheet, "order"))
    assert headings(sheet) == ["C", "B", "A"]
    moved = {row.texts.get().heading: row.history.count() for row in sheet.sections.all()}
    assert moved == {"A": 2, "B": 1, "C": 2}
    assert "2 moved." in page_of(editor.get(address(sheet, "order"))).text
    last = sheet.sections.get(position=1).history.first()
    assert last.history_user.groups.get().name == "Editor"


def test_cases_and_figures_may_share_a_number(editor: Client, sheet: Factsheet) -> None:
    case = sheet.cases.get(slug="case-2")
    figure = sheet.population.figures.get(code="figure-2")
    response = send(editor, sheet, opened(editor, sheet), **{f"case-{case.pk}": "0", f"figure-{figure.pk}": "1"})
    assert response.status_code == 302
    assert [row.slug for row in sheet.cases.all()] == ["case-2", "case-1"]
    assert [row.position for row in sheet.population.figures.all()] == [1, 1]


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("2", "“B” has this number already."),
        ("", "This field is required."),
        ("-1", "greater than or equal to 0"),
        ("1.5", "Enter a whole number."),
        ("32768", "less than or equal to 32767"),
        ("9" * 5000, "less than or equal to 32767"),
    ],
)
def test_number_that_is_not_right(editor: Client, sheet: Factsheet, number: str, wrong: str) -> None:
    section = sheet.sections.get(position=3)
    response = send(editor, sheet, opened(editor, sheet), **{f"section-{section.pk}": number})
    assert response.status_code == 400
    assert wrong in errors(response) or "Enter a whole number." in errors(response)
    assert page_of(response).one("input", name=f"section-{section.pk}").get("value") == number
    assert headings(sheet) == ["A", "B", "C"]


def test_second_editor_is_told(editor: Client, sheet: Factsheet) -> None:
    mine = opened(editor, sheet)
    send(editor, sheet, opened(editor, sheet), **numbered(sheet, "C", "A", "B"))
    response = send(editor, sheet, mine, **numbered(sheet, "B", "A", "C"))
    assert response.status_code == 409
    assert errors(response) == "Somebody else gave this the number 1. Somebody else gave this the number 3."
    assert headings(sheet) == ["C", "A", "B"]
    # What was typed is in the form, and is saved when it is sent knowingly.
    again = typed(response, "order_form")
    assert send(editor, sheet, again, **numbered(sheet, "B", "A", "C")).status_code == 302
    assert headings(sheet) == ["B", "A", "C"]


def test_what_only_another_editor_moved_is_left(editor: Client, sheet: Factsheet) -> None:
    mine = opened(editor, sheet)
    send(editor, sheet, opened(editor, sheet), **numbered(sheet, "C", "B", "A"))
    case = sheet.cases.get(slug="case-1")
    assert send(editor, sheet, mine, **{f"case-{case.pk}": "7"}).status_code == 302
    assert headings(sheet) == ["C", "B", "A"]
    case.refresh_from_db()
    assert case.position == 7


@pytest.mark.parametrize("seen", ["", "x", "[1]", "{}", '{"section-1": "x"}', "[" * 5000, '{"a": 1e999}'])
def test_form_that_does_not_say_what_it_saw(editor: Client, sheet: Factsheet, seen: str) -> None:
    form = opened(editor, sheet) | {"seen": seen}
    assert send(editor, sheet, form).status_code == 302
    assert send(editor, sheet, form, **numbered(sheet, "C", "A", "B")).status_code == 409
    assert headings(sheet) == ["A", "B", "C"]


def test_who_may_order(
    editor: Client, moderator: Client, coordinator: Client, visitor: Client, sheet: Factsheet
) -> None:
    url = address(sheet, "order")
    for client in (moderator, coordinator):
        assert client.get(url).status_code == 403
        assert client.post(url, {}).status_code == 403
    assert visitor.get(url)["Location"].startswith("/admin/login/")
    assert editor.put(url).status_code == 405
    assert editor.get(url.replace(str(sheet.pk), "999999")).status_code == 404
    assert editor.get(url.replace(str(sheet.pk), "x")).status_code == 404


def test_page_asks_no_row_by_row(editor: Client, sheet: Factsheet, django_assert_max_num_queries: Any) -> None:
    for number in range(4, 12):
        make_section(sheet, position=number)
        make_figure(population=sheet.population)
    with django_assert_max_num_queries(15):
        editor.get(address(sheet, "order"))
