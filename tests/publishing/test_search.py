"""Search: each language by its own rules, the best first, nothing unpublished, and no question that breaks it."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.models import News, Organisation
from factsheets.models import Section
from publishing.search import MAX_QUERY, MAX_RESULTS, PAGE_SIZE
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
    make_version,
    published,
    slug,
)
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db
RESEMBLING = "Nothing has exactly these words. This resembles them:"
NOTHING = "Nothing was found. Other words, or fewer, may help."


def ask(q: str, *, language: str = "en", status: int = 200, **more: Any) -> Element:
    """Return the page that answers a question."""
    response: Any = Client().get(f"/{language}/search/?{urlencode({'q': q, **more})}")
    assert response.status_code == status
    return parse(response.content.decode())


def titles(page: Element) -> list[str]:
    """Return the titles of what was found, in order."""
    lists = page.all("ol", class_="results")
    return [title.text for title in lists[0].all("h2")] if lists else []


def marked(page: Element) -> list[str]:
    """Return the words that are marked."""
    return [mark.text for mark in page.all("mark")]


def write(title: str, body: str, language: str = "en") -> News:
    """Publish news in one language."""
    news = News.objects.create(**published(slug=slug("news")))
    add_text(news, language, title=title, summary="", body=body)
    return news


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
    assert link.get("href").startswith("/en/news/")
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
    Section.objects.create(
        text=add_text(sheet, **words), kind="policy", position=7, heading="Findable", body="A needle."
    )
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
    fields: dict[str, Any] = {
        "pending": {"number": None, "decided_at": None, "decided_by": None},
        "refused": {"number": None, "refusal_reason": "hate"},
        "withdrawn": {},
    }[state]
    type(comment).objects.update(state=state, **fields)
    assert titles(ask("needle")) == titles(ask("eedl")) == []


class TestPages:
    """More than fits on one page."""

    @pytest.mark.parametrize(("asked", "resembling"), [("needle", False), ("nedle", True), ("eedl", True)])
    def test_through_all(self, asked: str, resembling: bool) -> None:
        """Every result once, and a way there and back; also of what only resembles what was asked."""
        for number in range(2 * PAGE_SIZE + 5):
            write(f"Needle {number:02}", "needle")
        found, page, address = [], ask(asked), ""
        for number in (1, 2, 3):
            assert (RESEMBLING in page.text) == resembling
            found.append(titles(page))
            links = {e.get("rel"): e.get("href") for e in page.all("a") if e.get("rel") in ("next", "prev")}
            assert set(links) == {1: {"next"}, 2: {"prev", "next"}, 3: {"prev"}}[number]
            if number < 3:
                address = links["next"]
                response: Any = Client().get(address)
                page = parse(response.content.decode())
        assert [len(titles) for titles in found] == [PAGE_SIZE, PAGE_SIZE, 5]
        assert len({title for part in found for title in part}) == 2 * PAGE_SIZE + 5

    def test_just_one_page(self) -> None:
        for number in range(PAGE_SIZE):
            write(f"Needle {number:02}", "needle")
        page = ask("needle")
        assert len(titles(page)) == PAGE_SIZE
        assert not page.all("nav", class_="pagination")

    def test_beyond_the_last(self) -> None:
        write("Needle", "needle")
        assert NOTHING in ask("needle", page=2).text
        assert NOTHING in ask("needle", page=MAX_RESULTS // PAGE_SIZE).text

    @pytest.mark.parametrize(
        "number", ["0", "-1", "x", "1.5", "99999999999999999999", str(MAX_RESULTS // PAGE_SIZE + 1), "\0"]
    )
    def test_no_page(self, number: str) -> None:
        ask("needle", page=number, status=400)


class TestWhatBreaksThings:
    """A question is answered or refused."""

    @pytest.mark.parametrize("asked", ["\0", "needle\0", "x" * 10_000, "语" * (MAX_QUERY + 1)])
    def test_refused(self, asked: str) -> None:
        page = ask(asked, status=400)
        assert page.one("input", name="q").get("value") == asked.replace("\0", "\ufffd") or "\0" in asked

    @pytest.mark.parametrize(
        "asked",
        [
            *(
                '"',
                '"" or - "',
                "-",
                "- -",
                "or",
                "OR or",
                "!",
                "& | !",
                "<->",
                "(((",
                ")",
                "a:*",
                "'",
                "''",
                "\\",
                ":*",
            ),
            *(
                "-needle",
                '-"needle',
                "the",
                "the or a",
                "needle" + " or needle" * 19,
                *(dashes * 40 for dashes in ("-", "- ", "-!", "-(", '-"', '-""', "-a", "-²", "-'")),
                '"' * MAX_QUERY,
            ),
            *("a " * 100, "\x02\x03", "\u202e", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")),
            *(
                "x" * MAX_QUERY,
                "语" * MAX_QUERY,
                "%00",
                "${7*7}{{7*7}}",
                "1; DROP TABLE x",
                "needle\nnews\ttab",
                "\ufeff",
            ),
        ],
    )
    def test_answered(self, asked: str) -> None:
        write("Needle", "The needle.")
        ask(asked)

    @pytest.mark.parametrize("query", ["", "?q=", "?q=%20%20", "?page=2", "?q", "?x=1", "?q=a&q="])
    def test_nothing_asked(self, visitor: Client, query: str, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            response = visitor.get(f"/en/search/{query}")
        assert response.status_code == 200
        page = parse(response.content.decode())
        assert not page.all("ol", class_="results") and NOTHING not in page.text

    @pytest.mark.parametrize("query", ["?q=%ff%fe", "?q=%ED%A0%80", "?q=%", "?q=%zz", "?q[]=x", "?q=a&q=b"])
    def test_bytes_that_are_no_text(self, visitor: Client, query: str) -> None:
        assert visitor.get(f"/en/search/{query}").status_code == 200

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    def test_wrong_method(self, visitor: Client, method: str) -> None:
        assert getattr(visitor, method)("/en/search/?q=x").status_code == 405

    def test_head(self, visitor: Client) -> None:
        response = visitor.head("/en/search/?q=x")
        assert (response.status_code, response.content) == (200, b"")


OPERATORS = [
    '"',
    "-",
    "or",
    "OR",
    "!",
    "&",
    "|",
    "<->",
    "(",
    ")",
    ":*",
    ":A",
    "'",
    "\\",
    "%",
    "_",
    " ",
    "needle",
    "the",
]


@settings(deadline=None, max_examples=20)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(OPERATORS), max_size=12).map("".join)))
def test_no_question_breaks_it(asked: str) -> None:
    """Whatever is typed gets an answer that is well formed."""
    if not News.objects.exists():
        write("Needle", "The needle.")
    response: Any = Client().get("/en/search/", {"q": asked})
    assert response.status_code == (400 if "\0" in asked else 200)
    parse(re.sub("[\x00-\x08]", "", response.content.decode()))


@pytest.mark.parametrize(
    ("asked", "number", "queries"),
    [("needle", 1, 2), ("needle", 2, 2), ("nedle", 1, 3), ("nedle", 2, 4), ("xylophone", 1, 2), ("xylophone", 2, 3)],
)
@pytest.mark.parametrize("rows", [PAGE_SIZE + 1, 2 * PAGE_SIZE])
def test_queries(asked: str, number: int, queries: int, rows: int, django_assert_num_queries: Any) -> None:
    """As many as before, however many rows there are."""
    for _ in range(rows):
        write("Needle", "needle")
    consultation = make_consultation()
    for _ in range(rows // 10):
        make_published_comment(consultation, body="needle")
    with django_assert_num_queries(queries):
        ask(asked, page=number)
