"""A factsheet's notes, figures in its texts, cases, and what machines are told of it."""

import json
from datetime import date

import pytest
from django.test import Client

from factsheets.models import Figure
from factsheets.shown import show_figure
from tests.factories import (
    add_text,
    make_case,
    make_factsheet,
    make_figure,
    make_instrument,
    make_population,
    make_section,
    make_source,
)
from tests.factsheets.test_factsheet_pages import part, read

pytestmark = pytest.mark.django_db


def test_texts_name_figures() -> None:
    """Written out in the text's language; a figure of another population may be named too."""
    sheet = make_factsheet()
    row = make_figure(value="10.3", population=make_population())
    withdrawn = make_figure(state="withdrawn")
    for language in ("en", "fr"):
        text = sheet.texts.filter(language=language).first() or add_text(sheet, language)
        text.body = f"It is [[{row.code}]], not [[{withdrawn.code}]]."
        text.save()
    prose = read(sheet).one("div", class_="text").all("div", class_="prose")[0]
    assert prose.text == "It is 10.3%1, not (figure withdrawn)."
    assert prose.one("a", class_="figure-link").get("href") == f"/en/figures/{row.code}/"
    assert "10,3 %" in read(sheet, "fr").one("div", class_="text").all("div", class_="prose")[0].text


def test_superseded_figures_are_named_alone() -> None:
    """A text may name one; where figures are set large the newer one stands in its place."""
    sheet = make_factsheet()
    new = make_figure(population=sheet.population, value="9")
    old = make_figure(population=sheet.population, value="8", superseded_by=new)
    make_section(sheet, kind="response", body=f"It was [[{old.code}]].")
    page = read(sheet)
    assert [e.get("id") for e in page.all("div", class_="figure")] == [new.code]
    assert "It was 8%" in part(page, "About response").text


def test_what_a_draft_will_supersede_stands_until_then() -> None:
    """Readers would lose the figure, and see that another is to come."""
    sheet = make_factsheet()
    draft = make_figure(population=sheet.population, value="9", state="draft", published_at=None)
    old = make_figure(population=sheet.population, value="8", superseded_by=draft)
    assert [e.get("id") for e in read(sheet).all("div", class_="figure")] == [old.code]
    assert draft.code not in str(Client().get("/en/factsheets/compare/epidemiology/").content)


def test_a_range_beyond_100_percent_stays_on_its_bar() -> None:
    sheet = make_factsheet()
    figure = make_figure(population=sheet.population, value="150", low="100", high="180")
    found = show_figure(Figure.objects.shown().get(pk=figure.pk)).range
    assert found and found.at and found.start < found.at < found.start + found.width < 100


def test_a_chain_of_notes_without_end() -> None:
    """A mark that is deeper in notes than anybody reads is left out."""
    sheet = make_factsheet()
    text = sheet.texts.get()
    chain = "\n\n".join(f"[^{n}]: Said.[^{n + 1}]" for n in range(300))
    text.body = f"Words.[^0]\n\n{chain}\n\n[^300]: End."
    text.save()
    assert "Words.1" in read(sheet).one("div", class_="text").text


def test_footnotes_count_on() -> None:
    sheet = make_factsheet()
    for text in [sheet.texts.get(), *(section.texts.get() for section in sheet.sections.all())]:
        text.body = "Words.[^1]\n\n[^1]: Said."
        text.save()
    page = read(sheet)
    assert [sup.text for sup in page.one("div", class_="text").all("sup")] == ["1", "2", "3"]
    assert not page.all("div", class_="footnote")
    assert page.one("nav", class_="contents").all("a")[-1].get("href") == "#references"


class TestCases:
    """They stand with the approaches."""

    def test_after_the_last_approach(self) -> None:
        sheet = make_factsheet()
        make_section(sheet, kind="approach", heading="One way")
        make_section(sheet, kind="approach", heading="Another way")
        make_section(sheet, kind="partners")
        source = make_source(author="WHO", date="2020", address="https://example.org/case")
        case = make_case(sheet, slug="peers", source=source, place="ZM", year=2019)
        make_case(sheet, year=None, position=1)
        make_case(make_factsheet())
        page = read(sheet)
        shown = part(page, "Another way").all("article", class_="case")
        assert len(page.all("article", class_="case")) == len(shown) == 2
        assert shown[0].one("h3", id="case-peers").text == f"Title of {case.slug}"
        assert [e.one("p", class_="meta").text for e in shown] == ["Zambia, 2019", "Zambia, undated"]
        said = shown[0].one("p", class_="figure-source")
        assert said.text == "Source: WHO, 20201"
        assert said.all("a")[0].get("href") == "https://example.org/case"
        assert "A report" in part(page, "References").all("li")[0].text

    def test_without_an_approach(self) -> None:
        """Under a heading of their own, before what is not about evidence, as are the instruments."""
        sheet = make_factsheet()
        make_section(sheet, kind="partners")
        make_case(sheet)
        make_instrument(sheet.population)
        headings = [e.text for e in read(sheet).one("div", class_="text").all("h2") if e.get("id")]
        assert headings == [
            *("About epidemiology", "About barriers", "Cases", "Policy instruments", "About partners"),
            "References",
        ]

    def test_texts_that_are_not_ready(self) -> None:
        sheet = make_factsheet()
        make_case(sheet).texts.update(ready=False)
        assert not read(sheet).all("article", class_="case")


def test_told_to_machines() -> None:
    """What is cited, and nothing that names a population; a preview elsewhere shows the title."""
    sheet = make_factsheet(reviewed=date(2026, 3, 5))
    make_figure(population=sheet.population, source=make_source(title="</script>"))
    page = read(sheet)
    told = json.loads(page.one("script", type="application/ld+json").text)
    assert (told["@type"], told["dateModified"], told["author"]["name"]) == (
        "Article",
        "2026-03-05",
        "Nobody Left Behind",
    )
    assert [cited["name"] for cited in told["citation"]] == ["</script>"]
    assert sheet.population.slug not in json.dumps(told)
    assert page.one("meta", property="og:title").get("content") == f"Title of {sheet.slug}"
