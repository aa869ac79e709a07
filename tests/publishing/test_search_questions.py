"""Search: through many results, no question breaks it, and none costs more than another."""

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.models import News
from publishing.search import MAX_QUERY, MAX_RESULTS, PAGE_SIZE
from tests.factories import (
    make_consultation,
    make_published_comment,
)
from tests.publishing.html import parse
from tests.publishing.searching import NOTHING, RESEMBLING, ask, titles, write

pytestmark = pytest.mark.django_db


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
