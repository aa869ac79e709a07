"""Which charts the figures make, what they compare, and where they stand."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from factsheets.charts import charts
from factsheets.models import Figure, KeyPopulation
from factsheets.page import figures_for
from publishing.charts import Chart, Row
from tests.factories import make_factsheet, make_figure, make_population, make_source
from tests.publishing.html import Element, parse
from tests.publishing.pdfs import squeezed, text_of

pytestmark = pytest.mark.django_db


def drawn(focus: KeyPopulation | None = None) -> dict[str, Chart]:
    """Return all charts that the figures make, by their keys."""
    found = charts(figures_for().values(), focus=focus.pk if focus else None)
    return {chart.key: chart for some in found.values() for chart in some}


def said(chart: Chart) -> list[tuple[str, str]]:
    """Return what a chart's rows are called, and their values."""
    return [(row.name, row.value) for row in chart.rows]


def risk(population: KeyPopulation, year: int, value: int, **fields: Any) -> Figure:
    """Return a relative risk."""
    shown = {"indicator": "relative-risk", "unit": "times", "year": year, "value": value}
    return make_figure(population=population, **shown | fields)


def test_a_risk_of_all_stands_under_what_it_measures() -> None:
    """It is nobody's alone."""
    for year in (2017, 2018):
        make_figure(indicator="relative-risk", unit="times", year=year, value=20)
    panels = {row.panel and row.panel.text for row in drawn()["relative-risk"].rows}
    assert panels == {"Prevalence of HIV"}


@pytest.fixture
def people() -> list[KeyPopulation]:
    """Two populations, the second of which comes first."""
    return [make_population(slug="workers", position=2), make_population(slug="women", position=1)]


def test_risk_stands_in_a_panel_for_each_population(people: list[KeyPopulation]) -> None:
    """By year, each with its own comparison group; nothing joins them."""
    workers, women = people
    risk(workers, 2018, 21).texts.update(comparison="adults")
    risk(workers, 2017, 13).texts.update(comparison="women")
    risk(women, 2017, 13)
    chart = drawn()["relative-risk"]
    assert [(row.panel and row.panel.text, row.name, row.value) for row in chart.rows] == [
        ("Title of women", "2017", "13×"),
        ("Title of workers", "2017, compared with women", "13×"),
        ("Title of workers", "2018, compared with adults", "21×"),
    ]
    assert (chart.end, chart.ends, chart.line) == (25, ("0×", "25×"), 1)


def test_prevalence_stands_against_adults(people: list[KeyPopulation]) -> None:
    """With its range; the highest first; what bears no date says so."""
    workers, women = people
    make_figure(population=workers, value="3", year=None)
    make_figure(population=women, value="5", low="0", high="51")
    make_figure(value="0.7").texts.update(label="Adults")
    chart = drawn()["prevalence"]
    assert said(chart) == [
        ("Adults, 2022", "0.7%"),
        ("Title of women, 2022, from 0% to 51%", "5%"),
        ("Title of workers, undated", "3%"),
    ]
    assert (chart.ends, str(chart.line)) == (("0%", "60%"), "0.700")


def test_parts_of_a_population_are_not_mixed_with_the_whole(people: list[KeyPopulation]) -> None:
    """The first by its place in the order stands for the whole; another place is no whole either."""
    workers, women = people
    make_figure(value="0.7")
    make_figure(population=workers, code="a-men", value="9", position=2).texts.update(label="Men")
    make_figure(population=workers, code="b-all", value="5", position=1)
    make_figure(population=women, value="4", place="ZM").texts.update(label="Women in one country")
    found = drawn()
    assert said(found["prevalence"]) == [("Prevalence of HIV, 2022", "0.7%"), ("Title of workers, 2022", "5%")]
    assert [row.name for row in found["prevalence-parts"].rows] == [
        "Women in one country, Zambia, 2022",
        "Men, 2022",
    ]


def test_wholes_that_measure_different_things_say_what(people: list[KeyPopulation]) -> None:
    workers, women = people
    make_figure(population=workers, value="5")
    make_figure(population=women, value="4").texts.update(label="Young women living with HIV")
    assert said(drawn()["prevalence"]) == [
        ("Title of workers, Prevalence of HIV, 2022", "5%"),
        ("Title of women, Young women living with HIV, 2022", "4%"),
    ]


def test_shares_of_different_things_stand_apart() -> None:
    """By year within a panel, each with its place; every bar is part of 100 percent."""
    share = {"indicator": "share-of-new-infections", "unit": "percent"}
    make_figure(**share, value="62", year=2019).texts.update(label="Of adults")
    make_figure(**share, value="47", year=2017, qualifier="about").texts.update(label="Of all")
    make_figure(**share, value="80", year=2016, excluding="202").texts.update(label="Of all")
    chart = drawn()["share-of-new-infections"]
    assert [(row.panel and row.panel.text, row.name, row.value, row.whole) for row in chart.rows] == [
        ("Of all", "World, without Sub-Saharan Africa, 2016", "80%", 100),
        ("Of all", "World, 2017", "about 47%", 100),
        ("Of adults", "World, 2019", "62%", 100),
    ]
    assert chart.ends == ("0%", "100%")


def laws(population: KeyPopulation, value: int, **fields: Any) -> Figure:
    """Return a number of countries with a law."""
    figure = make_figure(population=population, indicator="countries-by-law", unit="countries", value=value, **fields)
    figure.texts.update(label=f"Countries with {value}")
    return figure


def test_laws_stand_out_of_their_whole(people: list[KeyPopulation]) -> None:
    laws(people[0], 20)
    laws(people[1], 129, out_of=194)
    (chart,) = charts(figures_for().values())["human-rights"]
    assert said(chart) == [("Countries with 129, 2022", "129 of 194"), ("Countries with 20, 2022", "20")]
    assert ([row.whole for row in chart.rows], chart.end) == ([194, None], 194)


def test_the_axis_holds_what_is_longer_than_a_whole(people: list[KeyPopulation]) -> None:
    laws(people[0], 9, out_of=35)
    laws(people[1], 67)
    assert drawn()["laws"].end == 80


def test_a_range_alone_is_drawn_without_a_bar(people: list[KeyPopulation]) -> None:
    ratio: dict[str, Any] = {"indicator": "prevalence-ratio", "unit": "times"}
    make_figure(population=people[0], **ratio, value=None, low="3", high="4", place="UG")
    make_figure(population=people[1], **ratio, value="15", qualifier="up-to")
    one, two = drawn()["prevalence-ratio"].bars
    assert (one.row.value, one.percent, one.range) == ("up to 15×", 100, None)
    assert (two.row.value, two.percent, two.range and two.range.start) == ("3×–4×", 0, 20)


def test_one_value_makes_no_chart(people: list[KeyPopulation]) -> None:
    risk(people[0], 2017, 13)
    make_figure(value="0.7")
    assert drawn() == {}


def test_other_units_are_not_on_the_scale(people: list[KeyPopulation]) -> None:
    risk(people[0], 2017, 13)
    risk(people[1], 2017, 13, unit="percent")
    assert drawn() == {}


class TestFocus:
    """A chart on the page of one population."""

    def test_it_is_set_apart(self, people: list[KeyPopulation]) -> None:
        for person in people:
            risk(person, 2017, 13)
        rows: list[Row] = drawn(people[1])["relative-risk"].rows
        assert [row.focus for row in rows] == [True, False]
        assert not any(row.focus for row in drawn()["relative-risk"].rows)

    def test_charts_without_it_are_left_out(self, people: list[KeyPopulation]) -> None:
        for person in people:
            risk(person, 2017, 13)
        make_figure(value="0.7")
        make_figure(population=people[0], value="5")
        for year in (2016, 2017):
            make_figure(indicator="share-of-new-infections", value="60", year=year)
        assert list(drawn(make_population())) == ["share-of-new-infections"]
        assert list(drawn(people[1])) == ["relative-risk", "share-of-new-infections"]


def page_charts(address: str) -> list[Element]:
    """Return the charts on a page."""
    response: Any = Client().get(address)
    assert response.status_code == 200
    return parse(response.content.decode()).all("figure", class_="is-drawn")


def test_what_is_hidden_or_superseded_is_never_drawn() -> None:
    sheet = make_factsheet()
    other = make_population()
    newer = risk(sheet.population, 2019, 23)
    risk(sheet.population, 2018, 21)
    risk(sheet.population, 2017, 91, superseded_by=newer)
    risk(other, 2017, 92, state="draft")
    risk(other, 2017, 93, published_at=timezone.now() + timedelta(days=1))
    (chart,) = page_charts(sheet.get_absolute_url())
    values = [td.text for td in chart.all("td")]
    assert values == ["21×", "23×"]
    assert not {"91×", "92×", "93×"} & {e.text for e in chart.all("text")}


def test_a_hidden_population_takes_its_figures_with_it(people: list[KeyPopulation]) -> None:
    for year in (2017, 2018):
        risk(people[0], year, 13)
    people[0].texts.update(ready=False)
    assert drawn() == {}


def test_it_stands_in_its_section_with_its_source_and_in_all_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    sheet = make_factsheet()
    source = make_source(author="UNAIDS", date="2019", address="https://example.org/gap")
    for year in (2017, 2018):
        risk(sheet.population, year, 20 + year % 2000, source=source)
    (chart,) = page_charts(sheet.get_absolute_url())
    assert [a.text for a in chart.all("p", class_="figure-source")[-1].all("a")] == ["UNAIDS, 2019"]
    title = chart.one("figcaption").text
    files = {}
    for form in ("pdf", "html", "md"):
        response: Any = Client().get(f"{sheet.get_absolute_url()[:-1]}.{form}")
        assert response.status_code == 200
        files[form] = b"".join(response.streaming_content) if response.streaming else response.content
    assert squeezed(title) in text_of(files["pdf"])
    assert squeezed("37×UNAIDS, 2019") in text_of(files["pdf"])
    for form in ("html", "md"):
        assert title in files[form].decode()
        assert files[form].decode().count("37×") > 1


@pytest.mark.parametrize("language", [code for code, _name in django_settings.LANGUAGES])
def test_each_language(people: list[KeyPopulation], language: str) -> None:
    """Words that are not translated say in which language they are, on the whole row."""
    for person in people:
        risk(person, 2017, 13).texts.update(comparison="adults")
    with override(language):
        for row in drawn()["relative-risk"].rows:
            foreign = "" if language == "en" else "en"
            assert (row.language, row.panel and row.panel.language) == (foreign, foreign)
            assert row.name == "2017, compared with adults"


def test_a_line_of_reference_beyond_all_values_is_on_the_axis(people: list[KeyPopulation]) -> None:
    for person in people:
        make_figure(population=person, indicator="prevalence-ratio", unit="times", value="0.2")
    chart = drawn()["prevalence-ratio"]
    assert chart.end == 1
    assert chart.marked and chart.marked.start == 100
