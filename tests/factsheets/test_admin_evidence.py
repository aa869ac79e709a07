"""Factsheets, sections and figures in the admin."""

from typing import Any

import pytest
from django.test import Client

from factsheets.models import Figure, Section, Source
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import make_factsheet, make_figure, make_source

pytestmark = pytest.mark.django_db


def test_factsheet_links_its_sections(editor: Client) -> None:
    factsheet = make_factsheet()
    links = page_of(editor.get(address(factsheet, "change"))).all("div", class_="field-sections")[0].all("a")
    sections = [(address(section, "change"), section.texts.get().heading) for section in factsheet.sections.all()]
    add = (f"{address(Section, 'add')}?factsheet={factsheet.pk}&position=2", "Add a section")
    order = (address(factsheet, "order"), "Put in order")
    assert [(link.get("href"), link.text) for link in links] == [*sections, add, order]


def test_section_is_written_from_the_link(editor: Client) -> None:
    factsheet = make_factsheet()
    url = f"{address(Section, 'add')}?factsheet={factsheet.pk}&position=2"
    words = {"language": "fr", "heading": "Politique", "body": "*Mots*"}
    fields = {f"texts-0-{name}": value for name, value in words.items()} | {"kind": "policy"}
    fields = typed(editor.get(url), "section_form") | fields
    response = editor.post(url, fields)
    assert response.status_code == 302, errors(response)
    text = factsheet.sections.get(position=2).texts.get()
    assert (text.language, text.body_html) == ("fr", "<p><em>Mots</em></p>")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"position": "0"}, "already exists"),
        ({"position": ""}, "This field is required."),
        ({"texts-0-heading": ""}, "This field is required."),
        ({"kind": "gossip"}, "valid choice"),
        ({"factsheet": "999999"}, "valid choice"),
        ({"picture": "999999"}, "valid choice"),
    ],
)
def test_section_that_is_not_right(editor: Client, fields: dict[str, str], wrong: str) -> None:
    section = make_factsheet().sections.get(position=1)
    url = address(section, "change")
    response = editor.post(url, {**typed(editor.get(url), "section_form"), **fields})
    assert response.status_code == 200
    assert wrong in errors(response)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"value": ""}, "Give a value, or a range."),
        ({"low": "6", "high": "7"}, "The range must hold the value."),
        ({"out_of": "1"}, "The part is larger than the whole."),
        ({"place": "ZZZ"}, "is no country or region"),
        ({"year": "1900"}, "greater than or equal to 1981"),
        ({"value": "1e40"}, "digits"),
        ({"texts-0-label": ""}, "This field is required."),
    ],
)
def test_figure_that_is_not_right(editor: Client, fields: dict[str, str], wrong: str) -> None:
    figure = make_figure()
    url = address(figure, "change")
    response = editor.post(url, {**typed(editor.get(url), "figure_form"), **fields})
    assert response.status_code == 200
    assert wrong in errors(response)


def test_figure_is_written_with_its_text(editor: Client) -> None:
    url = address(Figure, "add")
    fields: dict[str, Any] = {"code": "a-figure", "indicator": "people", "unit": "people", "value": "12"}
    text = {"texts-0-label": "People reached", "texts-0-comparison": "people in general"}
    response = editor.post(url, typed(editor.get(url), "figure_form") | fields | text | {"source": make_source().pk})
    assert response.status_code == 302, errors(response)
    assert Figure.objects.get().texts.get().label == "People reached"


def test_address_without_a_scheme_is_a_secure_one(editor: Client) -> None:
    source = make_source()
    url = address(source, "change")
    editor.post(url, {**typed(editor.get(url), "source_form"), "address": "example.org/report"})
    source.refresh_from_db()
    assert source.address == "https://example.org/report"


def test_sources_are_listed_with_their_figures(editor: Client) -> None:
    source = make_source()
    for _ in range(2):
        make_figure(source=source)
    page = page_of(editor.get(address(Source, "changelist")))
    assert [cell.text for cell in page.all("td", class_="field-figures")] == ["2"]
