"""Figures in texts while staff write: previewed with their values; what is not right is refused or told."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from campaign.models import Page
from factsheets.models import Case, Factsheet, Section
from factsheets.writing import problems
from publishing.markdown import render
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import add_text, make_case, make_factsheet, make_figure, make_page
from tests.publishing.html import Element, fragment

pytestmark = pytest.mark.django_db


def save(client: Client, thing: Any, body: str) -> Any:
    """Save a thing's text."""
    url = address(thing, "change")
    form = typed(client.get(url), f"{thing._meta.model_name}_form")
    return client.post(url, {**form, "texts-0-body": body}, follow=True)


def things() -> list[Any]:
    """Return one thing of each kind whose texts may name figures."""
    sheet = make_factsheet()
    return [sheet, sheet.sections.first(), make_case(sheet)]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_unknown_code_is_named_beside_the_text(editor: Client, number: int) -> None:
    make_figure(code="prevalence-2024")
    thing = things()[number]
    before = thing.texts.get().body
    response = save(editor, thing, "It is [[prevalence-2042]] of them.")
    assert response.status_code == 200
    row = page_of(response).one("div", class_="errors")
    told = row.one("ul", class_="errorlist").text
    assert told == "There is no figure “prevalence-2042”. Did you mean one of these? “prevalence-2024”"
    assert row.one("textarea").text == "It is [[prevalence-2042]] of them."
    assert thing.texts.get().body == before


def test_every_unknown_code_is_named_once() -> None:
    make_figure(code="known")
    html = render("[[known]] [[one]] [[two]] [[one]] [[No Code]] `[[spanned]]`\n\n    [[indented]]\n", references=True)
    assert [problem.split(".")[0] for problem in problems(html)] == [
        f"There is no figure “{code}”" for code in ("one", "two", "No Code")
    ]


def test_code_in_a_code_span_is_no_reference(editor: Client) -> None:
    section = make_factsheet().sections.get(position=1)
    save(editor, section, "Write `[[no-such-figure]]`.")
    assert "no-such-figure" in section.texts.get().body


def test_text_without_references_may_hold_brackets(editor: Client) -> None:
    page = make_page()
    save(editor, page, "Look at [[this]].")
    assert page.texts.get().body == "Look at [[this]]."


@pytest.mark.parametrize(("number", "field"), [(0, "title"), (0, "summary"), (1, "heading"), (2, "title")])
def test_code_in_a_title_is_refused_beside_it(editor: Client, number: int, field: str) -> None:
    """No page puts anything in its place there."""
    make_figure(code="known")
    thing = things()[number]
    url = address(thing, "change")
    form = typed(editor.get(url), f"{thing._meta.model_name}_form")
    response = editor.post(url, {**form, f"texts-0-{field}": "It is [[known]]"})
    assert response.status_code == 200
    assert "Codes stand for figures in the text below only" in errors(response)


def test_model_refuses_too() -> None:
    text = make_factsheet().texts.get()
    text.body = "[[no-such-figure]]"
    with pytest.raises(ValidationError, match="no-such-figure"):
        text.full_clean()


def test_figures_that_readers_do_not_see_are_told(editor: Client) -> None:
    new = make_figure(code="new-figure")
    make_figure(code="old-figure", superseded_by=new)
    make_figure(code="hidden-figure", state="draft", published_at=None)
    section = make_factsheet().sections.get(position=1)
    response = save(editor, section, "[[old-figure]], [[hidden-figure]], [[new-figure]]")
    told = page_of(response).one("ul", class_="messagelist").text
    assert "English: “hidden-figure” is not public: readers see “(figure withdrawn)” in its place." in told
    assert "“old-figure” is superseded by “new-figure”." in told
    assert "“new-figure” is not public" not in told
    assert "[[hidden-figure]]" in section.texts.get().body


def preview(client: Client, model: Any, body: str, language: str = "en") -> Element:
    response = client.post(address(model, "markdown"), {"body": body, "language": language})
    assert response.status_code == 200
    return fragment(response.content.decode())


@pytest.mark.parametrize("model", [Factsheet, Section, Case])
def test_preview_has_the_figures_values(editor: Client, model: Any) -> None:
    make_figure(code="prevalence", value="7.7")
    assert "It is 7.7%." in preview(editor, model, "It is [[prevalence]].").text
    french = preview(editor, model, "C’est [[prevalence]].", "fr").text
    assert "7,7" in french
    assert "[[prevalence]]" in preview(editor, Page, "[[prevalence]]").text


def test_preview_marks_what_is_not_there(editor: Client) -> None:
    make_figure(code="hidden-figure", state="draft", published_at=None)
    found = preview(editor, Section, "[[no-such-figure]]\n\n[[hidden-figure]]\n\n`[[spanned]]`")
    assert found.one("mark").text == "[[no-such-figure]] There is no such figure."
    assert "(figure withdrawn)" in found.text
    assert found.one("code").text == "[[spanned]]"


def test_preview_asks_once(editor: Client, django_assert_max_num_queries: Any) -> None:
    codes = [make_figure().code for _ in range(12)]
    preview(editor, Section, "x")
    with django_assert_max_num_queries(10):
        preview(editor, Section, "\n\n".join(f"[[{code}]]" for code in codes))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_form_lists_the_codes(editor: Client, number: int) -> None:
    thing = things()[number]
    population = getattr(thing, "factsheet", thing).population
    make_figure(code="its-own", population=population, value="7.7")
    make_figure(code="about-all")
    make_figure(code="hidden", population=population, state="draft", published_at=None)
    make_figure(code="another", population=make_factsheet().population)
    make_figure(code="old", population=population, superseded_by=make_figure(code="newer", population=population))
    rows = page_of(editor.get(address(thing, "change"))).one("details", class_="codes").all("tr")[1:]
    cells = {row.all("td")[0].text: [cell.text for cell in row.all("td")[1:]] for row in rows}
    assert set(cells) == {"[[its-own]]", "[[about-all]]", "[[hidden]]", "[[newer]]"}
    assert cells["[[its-own]]"] == ["7.7%", "Prevalence of HIV"]
    assert cells["[[hidden]]"] == ["5%", "Prevalence of HIV draft"]


def test_form_of_a_new_thing_says_where_the_codes_will_be(editor: Client) -> None:
    make_figure(code="about-all")
    page = page_of(editor.get(address(Section, "add")))
    assert page.all("details", class_="codes") == []
    assert "errorlist" not in page.text
    response = editor.post(address(Section, "add"), {})
    assert "This field is required." in errors(response)


def test_french_text_is_refused_beside_the_french(editor: Client) -> None:
    sheet = make_factsheet()
    add_text(sheet, "fr")
    url = address(sheet, "change")
    form = typed(editor.get(url), "factsheet_form")
    number = next(n for n in (0, 1) if form[f"texts-{n}-language"] == "fr")
    response = editor.post(url, {**form, f"texts-{number}-body": "[[rien]]"})
    assert page_of(response).one("div", class_="errors").one("textarea").get("name") == f"texts-{number}-body"
