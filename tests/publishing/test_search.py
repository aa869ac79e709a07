"""Search: each language by its own rules, the best first, everything escaped, and nothing unpublished."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from advocacy.models import Organisation
from tests.factories import (
    add_text,
    make_answer,
    make_campaign,
    make_consultation,
    make_event,
    make_factsheet,
    make_issue,
    make_news,
    make_organisation,
    make_page,
    make_practice,
    make_published_comment,
    make_section,
    make_version,
)
from tests.publishing.html import parse
from tests.publishing.searching import NOTHING, RESEMBLING, ask, marked, titles, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("en", "People were discriminated against.", "discrimination"),
        ("en", "Clinics close early.", "clinic closing"),
        ("fr", "Les préventions combinées.", "prévention combinée"),
        ("fr", "Des droits humains.", "droit humain"),
        ("es", "Las personas migrantes.", "persona migrante"),
        ("ru", "Права заключённых в тюрьмах.", "тюрьма право"),
        ("ar", "حقوق المهاجرين في العالم.", "مهاجرون"),
    ],
)
def test_each_language_has_its_stems(language: str, written: str, asked: str) -> None:
    write("Title", written, language)
    for reader in (language, "en"):
        page = ask(asked, language=reader)
        assert titles(page) == ["Title"]
        assert page.all("mark")


def test_stems_of_another_language_are_no_match() -> None:
    """What is one word in English is two in French."""
    write("Title", "Le run.", "fr")
    assert titles(ask("running")) == []


@pytest.mark.parametrize(
    ("written", "asked", "language"),
    [
        ("Une épidémie.", "epidemie", "fr"),
        ("Une epidemie.", "ÉPIDÉMIE", "fr"),
        ("La población clave.", "poblacion", "es"),
        ("Заключённые.", "заключенные", "ru"),
        ("In Côte d’Ivoire.", "cote ivoire", "en"),
    ],
)
def test_accents_and_capitals_do_not_matter(written: str, asked: str, language: str) -> None:
    write("Title", written, language)
    page = ask(asked, language=language)
    assert titles(page) == ["Title"]
    assert marked(page)


def test_title_before_text() -> None:
    filler = "word " * 50
    write("Other", f"{filler} harm reduction {filler}")
    write("Harm reduction", filler)
    assert titles(ask("harm reduction")) == ["Harm reduction", "Other"]


def test_own_language_before_others() -> None:
    for language in ("en", "fr", "es"):
        write(f"Stigma {language}", "stigma", language)
    for reader in ("en", "fr", "es"):
        assert titles(ask("stigma", language=reader))[0] == f"Stigma {reader}"


def test_each_result_tells_its_kind_and_language() -> None:
    write("العنوان", "كلمة needle", "ar")
    page = ask("needle")
    (row,) = page.all("ol", class_="results")[0].all("li")
    assert row.one("p", class_="kind").text == "News"
    link, words = row.one("a"), row.all("p")[1]
    assert link.get("href").startswith("/ar/news/"), "in another language the reader would not meet these words"
    assert [(e.get("lang"), e.get("dir")) for e in (link, words)] == [("ar", "rtl")] * 2


def test_everything_can_be_found() -> None:
    """By a word of its text, at an address that answers."""
    words: dict[str, Any] = {"title": "Findable", "body": "A needle."}
    for make in (make_campaign, make_page, make_issue, make_organisation, make_practice, make_event, make_news):
        thing = make()
        thing.texts.all().delete()
        add_text(thing, **words)
    make_version(body="A needle.")
    consultation = make_consultation()
    consultation.texts.all().delete()
    add_text(consultation, **words)
    make_published_comment(consultation, body="A needle.")
    sheet = make_factsheet()
    sheet.texts.all().delete()
    add_text(sheet, **words)
    make_section(sheet, position=7, heading="Findable", body="A needle.")
    page = ask("needle")
    links = [title.one("a").get("href") for title in page.one("ol", class_="results").all("h2")]
    assert len(links) == len(set(links)) == 12
    assert f"/en/factsheets/{sheet.slug}/#section-7" in links
    for link in links:
        response: Any = Client().get(link.partition("#")[0])
        assert response.status_code == 200
        assert "needle" in response.content.decode()
        assert link.partition("#")[2] in {"", *parse(response.content.decode()).ids}


def test_versions_are_found_once() -> None:
    """Of a deliverable only the text that holds now."""
    first = make_version(body="A needle.", state="superseded")
    second = make_version(first.deliverable, body="A needle.")
    (link,) = [title.one("a").get("href") for title in ask("needle").one("ol", class_="results").all("h2")]
    assert link == f"/en/deliverables/{second.deliverable.slug}/versions/2/"


def test_words_are_marked_and_all_else_is_escaped() -> None:
    """Comments hold whatever anybody typed."""
    body = "Before <script>alert(1)</script> a <i>needle</i> & <b>needles</b> </mark> 'after'"
    make_published_comment(body=body)
    response: Any = Client().get("/en/search/?q=needle")
    html = response.content.decode()
    assert "<script>alert" not in html and "<b>" not in html
    page = parse(html)
    assert marked(page) == ["needle", "needles"]
    row = page.one("ol", class_="results")
    assert {e.tag for e in row} == {"ol", "li", "p", "h2", "a", "mark"}
    assert "& " in row.text


def test_marks_are_ours_alone() -> None:
    """Control characters in a text can't open a mark that nothing closes."""
    make_published_comment(body="A \x02\x02 needle \x03\x03 \x02 here")
    assert marked(ask("needle")) == ["needle"]


def test_an_excerpt_shows_the_place() -> None:
    write("Long", f"{'before ' * 500} the needle {'after ' * 500} another needle {'end ' * 500}")
    page = ask("needle")
    text = page.one("ol", class_="results").all("p")[1].text
    assert marked(page) == ["needle", "needle"]
    assert "the needle after" in text
    assert " … " in text
    assert len(text) < 600


def test_what_is_asked_is_shown_again_escaped() -> None:
    response: Any = Client().get("/en/search/", {"q": '"><script>alert(1)</script>'})
    html = response.content.decode()
    assert "<script>alert" not in html
    assert parse(html).one("input", name="q").get("value") == '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("syringe", {"Needle and syringe programmes"}),
        ('"syringe programmes"', {"Needle and syringe programmes"}),
        ('"programmes syringe"', set()),
        ("programmes -syringe", {"Housing programmes"}),
        ("syringe or housing", {"Needle and syringe programmes", "Housing programmes"}),
        ("syringe housing", set()),
    ],
)
def test_operators(asked: str, found: set[str]) -> None:
    for title in ("Needle and syringe programmes", "Housing programmes"):
        write(title, "Nothing else.")
    page = ask(asked)
    assert RESEMBLING in page.text if not found and titles(page) else set(titles(page)) == found


@pytest.mark.parametrize(
    ("title", "language", "asked"),
    [
        ("Criminalisation of sex work", "en", "criminalizatoin"),
        ("Discrimination", "en", "discrimnation"),
        ("Réduction des risques", "fr", "redution"),
        ("Криминализация", "ru", "криминалзация"),
    ],
)
def test_slips_of_the_pen(title: str, language: str, asked: str) -> None:
    write(title, "Other words.", language)
    page = ask(asked)
    assert RESEMBLING in page.text
    assert titles(page) == [title]


def test_what_resembles_nothing() -> None:
    write("Discrimination", "Other words.")
    page = ask("xylophone")
    assert titles(page) == []
    assert NOTHING in page.text


def test_what_is_exact_comes_without_what_resembles() -> None:
    write("Discrimination", "Words.")
    write("Discriminatory", "discriminants")
    page = ask("discrimination")
    assert RESEMBLING not in page.text


@pytest.mark.parametrize("asked", ["艾滋病", "预防", "指南", "性工作者"])
def test_chinese(asked: str) -> None:
    """PostgreSQL does not cut Chinese into words: any piece of it finds the text, in the title too."""
    write("艾滋病预防指南", "本指南面向性工作者和移民，介绍艾滋病预防服务。", "zh-hans")
    for reader in ("zh-hans", "en"):
        assert titles(ask(asked, language=reader)) == ["艾滋病预防指南"]
    assert titles(ask("监狱", language="zh-hans")) == []


def test_a_piece_of_a_title() -> None:
    write("艾滋病预防指南", "正文。", "zh-hans")
    assert titles(ask("预防", language="zh-hans")) == ["艾滋病预防指南"]


@pytest.mark.parametrize("asked", ["%", "_", "100%_", "\\", "\\%"])
def test_wildcards_are_letters(asked: str) -> None:
    write("Title", "Words.")
    assert titles(ask(asked)) == []


@pytest.mark.parametrize("reader", ["en", "fr"])
def test_comments_in_languages_that_the_portal_does_not_speak(reader: str) -> None:
    comment = make_published_comment(body="O acolhimento nos serviços é fundamental.", language="pt")
    page = ask("servicos", language=reader)
    (row,) = page.one("ol", class_="results").all("li")
    assert row.one("a").get("href") == f"/{reader}/consultations/{comment.consultation.slug}/comments/1/"
    assert row.all("p")[1].get("lang") == "pt"
    assert marked(page) == ["serviços"]


def test_comments_are_found_by_who_wrote_them() -> None:
    """By the name they chose to appear under, and by no other."""
    make_published_comment(name_kind="pseudonym", name="Kestrel", body="One.")
    make_published_comment(name_kind="organisation", organisation="Sample organisation", body="Two.")
    assert len(titles(ask("kestrel"))) == 1
    assert titles(ask("sample organisation")) == ["Sample organisation"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "draft"},
        {"state": "withdrawn"},
        {"published_at": timezone.now() + timedelta(days=9)},
        {"ready": False},
    ],
)
@pytest.mark.parametrize("asked", ["needle", "Unfindable", "Unfindabel", "eedl"])
def test_what_is_not_public_is_not_found(hidden: dict[str, Any], asked: str) -> None:
    """Neither by its words nor by what resembles them, nor is what stands below it."""
    organisation = make_organisation()
    words: dict[str, Any] = {"title": "Unfindable", "body": "A needle."}
    for thing in (organisation, make_practice(organisation)):
        thing.texts.all().delete()
        add_text(thing, **words)
    assert titles(ask(asked)) == ["Unfindable"] * 2
    if "ready" in hidden:
        organisation.texts.update(**hidden)
    else:
        Organisation.objects.update(**hidden)
    assert titles(ask(asked)) == []


@pytest.mark.parametrize("state", ["pending", "refused", "withdrawn"])
def test_comments_that_are_not_public(state: str) -> None:
    comment = make_published_comment(body="A needle.")
    make_answer(comment, reason="A needle.")
    undecided: dict[str, Any] = {"number": None, "decided_at": None, "decided_by": None}
    fields = {"pending": undecided, "refused": {"number": None, "refusal_reason": "hate"}, "withdrawn": {}}
    type(comment).objects.update(state=state, **fields[state])
    assert titles(ask("needle")) == titles(ask("eedl")) == []
