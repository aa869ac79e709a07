"""Which language a page is in, what stands in where there is none, and how numbers and places are written."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from campaign.models import VersionText
from factsheets.models import FigureText
from tests.factories import (
    add_text,
    make_campaign,
    make_event,
    make_factsheet,
    make_figure,
    make_issue,
    make_news,
    make_organisation,
    make_page,
    make_practice,
    make_source,
    make_version,
)
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    return parse(response.content.decode())


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr"),
        ("en;q=0.5, fr;q=0.8", "fr"),
        ("de, pt;q=0.9", "en"),
        ("tlh", "en"),
        ("ar-EG", "ar"),
        ("zh-CN", "zh-hans"),
        ("zh-Hans-CN", "zh-hans"),
        ("*", "en"),
        ("fr;q=0, en", "en"),
        ("x" * 2000, "en"),
        (";q=;,,\x7f", "en"),
    ],
)
def test_the_browser_tells_the_readers_best_language(visitor: Client, accepted: str, language: str) -> None:
    response = visitor.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert response["Vary"] == "Accept-Language"


def test_the_address_says_the_language_whatever_the_browser_says(visitor: Client) -> None:
    root = parse(visitor.get("/fr/", headers={"Accept-Language": "ar"}).content.decode())
    assert root.one("html").get("lang") == "fr"


@pytest.mark.parametrize("address", ["/en/news", "/fr/deliverables", "/en/campaign/advisory-group", "/en"])
def test_a_missing_slash_is_put_right(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert (response.status_code, response["Location"]) == (301, f"{address}/")


def test_a_missing_language_is_put_right(visitor: Client) -> None:
    response = visitor.get("/figures/", headers={"Accept-Language": "fr"})
    assert (response.status_code, response["Location"]) == (302, "/fr/figures/")


def test_the_switch_leads_to_the_same_page(visitor: Client) -> None:
    news = make_news()
    for address in (f"/en/news/{news.slug}/", "/en/search/?q=a+b&page=2"):
        links = read(visitor, address).one("nav", class_="languages").all("a")
        assert {a.get("hreflang"): a.get("href") for a in links} == {
            code: address.replace("/en/", f"/{code}/") for code in ("en", "fr", "es", "ru", "ar", "zh-hans")
        }
        assert [a.get("hreflang") for a in links if a.get("aria-current")] == ["en"]
        assert [a.text for a in links if a.get("lang") == "ru"] == ["Русский"]


# Each page with a text of its own, and what it is about.
PAGES = {
    "campaign": ("campaign/", make_campaign),
    "page": ("about/{0.slug}/", make_page),
    "issue": ("issues/{0.slug}/", make_issue),
    "organisation": ("network/{0.slug}/", make_organisation),
    "practice": ("practices/{0.slug}/", make_practice),
    "event": ("events/{0.slug}/", make_event),
    "news": ("news/{0.slug}/", make_news),
    "factsheet": ("factsheets/{0.slug}/", make_factsheet),
    "version": ("deliverables/{0.deliverable.slug}/", make_version),
}


@pytest.mark.parametrize(("address", "make"), PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("reader", ["fr", "ar"])
def test_what_is_not_translated_stands_in_english(visitor: Client, address: str, make: object, reader: str) -> None:
    """At the same address, with a notice in the reader's language, and marked as English."""
    thing = make()  # type: ignore[operator] # a factory
    title = thing.texts.get().title
    root = read(visitor, f"/{reader}/{address.format(thing)}")
    with override(reader):
        notice = gettext("This page is not translated yet. The text follows in English.")
    assert root.one("p", class_="is-quiet").text == notice
    assert not notice.startswith("This page")
    heading = root.one("h1")
    assert heading.text == title
    assert (heading.inherited("lang"), heading.inherited("dir")) == ("en", "ltr")
    words = next(e for e in root.one("main") if e.tag == "p" and e.text == "One strong paragraph.")
    assert (words.inherited("lang"), words.inherited("dir")) == ("en", "ltr")


# As many paragraphs as the English text has.
MOTS = "Mots.\n\n- un\n- deux\n\n> Une citation."


@pytest.mark.parametrize(("address", "make"), PAGES.values(), ids=PAGES)
def test_a_translation_is_shown_when_it_is_ready(visitor: Client, address: str, make: object) -> None:
    thing = make()  # type: ignore[operator] # a factory
    if isinstance(thing, type(make_version)) or hasattr(thing, "deliverable"):
        text = VersionText.objects.create(version=thing, language="fr", title="Titre", body=MOTS, ready=False)
    else:
        text = add_text(thing, "fr", title="Titre", body=MOTS, ready=False)
    there = f"/fr/{address.format(thing)}"
    root = read(visitor, there)
    assert "Titre" not in root.text
    assert root.all("p", class_="is-quiet")
    text.ready = True
    text.save()
    root = read(visitor, there)
    assert root.one("h1").text == "Titre"
    assert "Mots." in root.one("main").text
    assert root.one("h1").inherited("lang") == "fr"
    assert root.all("p", class_="is-quiet") == []
    assert "Titre" not in read(visitor, there.replace("/fr/", "/en/")).text


def test_what_exists_in_another_language_alone(visitor: Client) -> None:
    """A text is never called English that is not."""
    news = make_news()
    news.texts.all().delete()
    add_text(news, "ar", title="خبر", body="كلمات")
    root = read(visitor, f"/fr/news/{news.slug}/")
    heading = root.one("h1")
    assert (heading.text, heading.inherited("lang"), heading.inherited("dir")) == ("خبر", "ar", "rtl")
    notice = root.one("p", class_="is-quiet").text
    with override("fr"):
        assert notice != gettext("This page is not translated yet. The text follows in English.")


FIGURES = [
    ("times", {"value": "22"}, "22×", "22×"),
    ("percent", {"value": "10.3"}, "10.3%", "10,3\u202f%"),
    ("percent", {"value": "62"}, "62%", "62\u202f%"),
    ("people", {"value": "130000", "qualifier": "about"}, "about 130,000", "130\u202f000"),
    ("usd", {"value": "95000000", "qualifier": "about"}, "about US$ 95 million", "95 millions"),
    ("usd", {"value": "1500000"}, "US$ 1.5 million", "1,5 million"),
    ("countries", {"value": "57"}, "57", "57"),
    ("times", {"value": None, "low": "3", "high": "4"}, "3×–4×", "3×–4×"),
]


@pytest.mark.parametrize(("unit", "fields", "english", "french"), FIGURES, ids=[f[2] for f in FIGURES])
def test_figures_are_written_as_the_reader_writes(
    visitor: Client, unit: str, fields: dict[str, str], english: str, french: str
) -> None:
    sheet = make_factsheet()
    make_figure(unit=unit, population=sheet.population, **fields)
    for language, expected in (("en", english), ("fr", french)):
        shown = read(visitor, f"/{language}/factsheets/{sheet.slug}/").one("p", class_="figure-value").text
        listed = read(visitor, f"/{language}/figures/").all("td")[0].text
        assert shown == listed
        if language == "en":
            assert shown == expected
        else:
            assert expected.replace("\u202f", " ") in shown.replace("\xa0", " ").replace("\u202f", " ")


def test_places_are_called_as_the_reader_calls_them(visitor: Client) -> None:
    make_figure(place="202", excluding="ZA")
    assert "Sub-Saharan Africa, without South Africa" in read(visitor, "/en/figures/").text
    assert "Afrique subsaharienne" in read(visitor, "/fr/figures/").text
    make_organisation(country="ZM")
    assert "Sambia" not in read(visitor, "/fr/network/").text
    assert "Zambie" in read(visitor, "/fr/network/").text


def test_what_a_figure_compares_is_in_one_language(visitor: Client) -> None:
    """A phrase half French, half English helps nobody."""
    figure = make_figure()
    FigureText.objects.filter(figure=figure).update(label="Prevalence", comparison="adults in general")
    cell = read(visitor, "/fr/figures/").all("td")[1]
    said = next(part for part in cell.all("span", lang="en"))
    assert said.text == "Prevalence, compared with adults in general"


def test_sources_that_only_quote_say_so(visitor: Client) -> None:
    make_figure(source=make_source(author="EATG", quoted_from="UNAIDS", date="2018-06-01"))
    make_figure(source=make_source(author="WHO", date=""))
    assert "UNAIDS, quoted by EATG, 2018" in read(visitor, "/en/figures/").text
    assert "WHO, undated" in read(visitor, "/en/figures/").text


@pytest.mark.parametrize(
    ("language", "date"),
    [("en", "5 March 2026"), ("fr", "5 mars 2026"), ("ru", "5 марта 2026 г."), ("ar", "5 مارس، 2026")],
)
def test_dates_are_written_as_the_reader_writes(visitor: Client, language: str, date: str) -> None:
    make_news(published_at=datetime(2026, 3, 5, 12, tzinfo=UTC))
    time = read(visitor, f"/{language}/news/").one("time")
    assert time.get("datetime") == "2026-03-05"
    assert time.text == date
