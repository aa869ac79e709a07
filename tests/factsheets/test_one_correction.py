"""A figure is corrected once, in the admin, and is right everywhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from factsheets.models import Figure
from tests.campaign.admin_pages import address, errors, typed
from tests.factories import make_factsheet, make_figure
from tests.publishing.html import parse
from tests.publishing.pdfs import text_of

pytestmark = pytest.mark.django_db
COMPARISON = "/en/factsheets/compare/epidemiology/"


@pytest.fixture
def figure(settings: Settings, tmp_path: Path) -> Figure:
    """A figure that is drawn, set large, and named in the text of another section."""
    settings.MEDIA_ROOT = tmp_path
    sheet, other = make_factsheet(slug="evidence"), make_factsheet()
    risk = {"indicator": "relative-risk", "unit": "times", "year": 2022}
    make_figure(population=other.population, value="4", **risk)
    figure = make_figure(code="risk", population=sheet.population, value="31.7", **risk)
    text = sheet.sections.get(kind="barriers").texts.get()
    text.body = "The risk is [[risk]] as high."
    text.save()
    return figure


def get(path: str) -> bytes:
    """Return what a visitor is given."""
    response: Any = Client().get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content) if response.streaming else response.content


def words(path: str) -> str:
    """Return the words of a file or page."""
    return get(path).decode()


def prose(path: str) -> str:
    """Return the words of the texts on a page."""
    return " ".join(text.text for text in parse(words(path)).all("div", class_="prose"))


def large(path: str) -> str:
    """Return the figures that are set large on a page."""
    return " ".join(value.text for value in parse(words(path)).all("p", class_="figure-value"))


def charts(path: str) -> str:
    """Return all that the charts of a page say."""
    return " ".join(chart.text for chart in parse(words(path)).all("figure", class_="chart"))


def table(path: str) -> str:
    """Return the words of a page's main part."""
    return parse(words(path)).one("main").text


EVERYWHERE: list[tuple[Callable[[str], str], str]] = [
    (prose, "/en/factsheets/evidence/"),
    (large, "/en/factsheets/evidence/"),
    (charts, "/en/factsheets/evidence/"),
    (large, COMPARISON),
    (charts, COMPARISON),
    (prose, "/en/factsheets/compare/barriers/"),
    (table, "/en/figures/"),
    (table, "/en/figures/risk/"),
    (words, "/en/figures.csv"),
    (words, "/en/figures.json"),
    (words, "/en/factsheets/evidence.html"),
    (words, "/en/factsheets/evidence.md"),
    (lambda path: text_of(get(path)), "/en/factsheets/evidence.pdf"),
]


def test_one_correction(editor: Client, figure: Figure) -> None:
    """Texts, figures set large, charts, comparisons, lists and files, as one reader after another asks for them."""
    assert [path for read, path in EVERYWHERE if "31.7" not in read(path)] == []
    url = address(figure, "change")
    response = editor.post(url, typed(editor.get(url), "figure_form") | {"value": "47.3"})
    assert response.status_code == 302, errors(response)
    assert [path for read, path in EVERYWHERE if "47.3" not in read(path)] == []
    # The figure's own page tells its history.
    told = [path for read, path in EVERYWHERE if "31.7×" in read(path)]
    assert set(told) <= {"/en/figures/risk/"}
