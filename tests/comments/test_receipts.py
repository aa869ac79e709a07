"""Receipts: the code is the author's alone, and shows and does what it says."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from comments.models import Comment
from comments.moderation import refuse
from comments.receipts import normalise, receipt_for, receipt_hash
from comments.submission import withdraw
from tests.comments.loop import (
    RECEIPT,
    code_of,
    errors_beside,
    errors_on_top,
    page_of,
    page_url,
    send,
)
from tests.comments.mine import CODE, KEY, make_mine, make_mine_public, shown
from tests.factories import (
    make_answer,
    make_consultation,
    make_point,
    make_published_comment,
    make_user,
)

# --- The code ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "K7QF-2M9X-WD40",
        "k7qf-2m9x-wd40",
        "K7QF2M9XWD40",
        " k7qf 2m9x  wd4o\n",
        "K7QF–2M9X—WD4O",
        "K.7.Q.F/2M9X_WD40",
        "Ｋ７ＱＦ－２Ｍ９Ｘ－ＷＤ４０",
        "K٧QF-٢M٩X-WD٤٠",
        "K۷QF-۲M۹X-WD۴۰",
        "\u200eK7QF-2M9X-WD40\u200f",
    ],
    ids=range(10),
)
def test_code_as_typed(typed: str) -> None:
    """Whichever way it was written down and typed in."""
    assert normalise(typed) == "K7QF2M9XWD40"


def test_letters_that_look_alike() -> None:
    """O is nought; I and L are one."""
    assert normalise("oO0 iI1 lL1") == "000111111"


def test_codes_are_readable() -> None:
    """Three groups of four, without I, L, O and U."""
    for _ in range(50):
        code = receipt_for(uuid4())
        assert [len(part) for part in code.split("-")] == [4, 4, 4]
        assert not set(code) & set("ILOU")
        assert normalise(code) == code.replace("-", "")


def test_codes_need_the_secret_key(settings: Any) -> None:
    """Neither code nor stored hash can be worked out from the other columns without it."""
    code, stored = receipt_for(KEY), receipt_hash(CODE)
    settings.SECRET_KEY = "another"
    assert receipt_for(KEY) != code
    assert receipt_hash(CODE) != stored


@pytest.mark.django_db
def test_code_stands_nowhere_in_the_database(visitor: Client) -> None:
    """No table, no column, no way of writing it."""
    code = code_of(send(visitor, make_consultation()))
    visitor.post(RECEIPT, {"code": code})
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert "comments_comment" in tables
        for table in tables:
            cursor.execute(f'SELECT row::text FROM "{table}" AS row')  # noqa: S608 - a table's name
            for (row,) in cursor.fetchall():
                assert normalise(code) not in normalise(row)


# --- The page: its ladder ------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestLadder:
    """Wrong and bad codes."""

    def test_opens(self, visitor: Client) -> None:
        """With an empty field."""
        page = page_of(visitor.get(RECEIPT))
        assert page.one("input", name="code").get("value") == ""
        assert errors_on_top(page) == ""
        assert visitor.head(RECEIPT).status_code == 200

    @pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
    def test_wrong_method(self, visitor: Client, method: str) -> None:
        """Only reading and sending."""
        assert getattr(visitor, method)(RECEIPT).status_code == 405

    @pytest.mark.parametrize(
        "typed",
        ["", " ", "-", "K7QF", CODE[:-1], f"{CODE}2", "x" * 10_000, "\x00", f"{CODE}\x00", "<script>", "ﷺ" * 12],
        ids=range(11),
    )
    def test_no_code(self, visitor: Client, typed: str) -> None:
        """What can't be a code says so beside the field and on top, with what was typed still there."""
        make_mine()
        response = visitor.post(RECEIPT, {"code": typed})
        assert response.status_code == 400
        page = page_of(response)
        assert errors_beside(page, "code")
        assert errors_beside(page, "code") in errors_on_top(page)
        assert page.one("input", name="code").get("value") == typed

    def test_nothing_sent(self, visitor: Client) -> None:
        """An empty request is bad input too."""
        assert visitor.post(RECEIPT).status_code == 400

    @pytest.mark.parametrize(
        "typed", ["K7QF-2M9X-WD40", "000000000000", "UUUUUUUUUUUU", "КККККККККККК", "'; DROP 12345678"], ids=range(5)
    )
    def test_unknown_code(self, visitor: Client, typed: str) -> None:
        """Said in the same words whatever there is, and nothing is withdrawn."""
        comment = make_mine()
        response = visitor.post(RECEIPT, {"code": typed, "withdraw": "1"})
        assert response.status_code == 404
        page = page_of(response)
        assert errors_beside(page, "code") == "Nothing here has this code. Please look at it again."
        assert page.one("input", name="code").get("value") == typed
        comment.refresh_from_db()
        assert comment.state == "pending"

    def test_almost_the_code(self, visitor: Client) -> None:
        """A code that differs in its last letter gets the page of any other: nothing tells how near it came."""
        make_mine()
        near = CODE[:-1] + ("2" if CODE[-1] != "2" else "3")
        pages = [visitor.post(RECEIPT, {"code": code}) for code in (near, "K7QF-2M9X-WD40")]
        first, second = (page_of(response).one("main").text for response in pages)
        assert first == second

    def test_code_in_the_address_does_nothing(self, visitor: Client) -> None:
        """Addresses end up in histories and logs."""
        make_mine()
        response = visitor.get(f"{RECEIPT}?code={CODE}&withdraw=1")
        assert response.status_code == 200
        assert CODE not in response.content.decode()
        assert visitor.post(f"{RECEIPT}?code={CODE}&withdraw=1").status_code == 400
        assert Comment.objects.get().state == "pending"


# --- What it shows -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestStates:
    """What became of the comment, in the author's words and the moderators'."""

    def test_pending(self, visitor: Client) -> None:
        """Waiting, with the text as sent."""
        make_mine(body="<b>Mine</b>\n\n> quoted", language="ar")
        page = page_of(shown(visitor))
        assert page.one("span", class_="is-pending").text == "waiting for a moderator"
        body = page.one("div", class_="comment-body")
        assert (body.get("lang"), body.get("dir")) == ("ar", "rtl")
        assert "<b>Mine</b>" in body.text
        assert body.one("blockquote").text == "quoted"

    def test_published(self, visitor: Client) -> None:
        """With its number, which leads to it, and its answers in the order of its points, once they are public."""
        comment = make_mine_public(number=5)
        other = make_published_comment(comment.consultation)
        make_answer(comment, reason="The first answer.", disposition="in-part")
        make_point(comment, "Also.", answer=make_answer(other, reason="The second answer."))
        make_point(comment, "And.", answer=make_answer(other, reason="Not yet said.", state="draft"))
        page = page_of(shown(visitor))
        assert page.one("span", class_="is-published").text == "published"
        link = page.one("dl").one("a")
        assert (link.text, link.get("href")) == ("5", f"{page_url(comment.consultation)}comments/5/")
        assert [found.text for found in page.all("div", class_="answer-body")] == [
            "The first answer.",
            "The second answer.",
        ]
        assert "Not yet said." not in page.text

    def test_refused(self, visitor: Client) -> None:
        """With the reason and the moderator's note."""
        refuse(make_mine(), by=make_user(), reason="endangers", note="Line <1>\nLine 2")
        page = page_of(shown(visitor))
        assert page.one("span", class_="is-refused").text == "refused"
        assert "It could put someone in danger." in page.one("dl").text
        assert "Line <1>" in page.one("dl").text
        assert "published" not in page.one("dl").text.lower().replace("not published", "")

    def test_withdrawn(self, visitor: Client) -> None:
        """No text, no number; what is left to do is to erase it."""
        comment = make_mine_public(body="What I took back")
        withdraw(comment)
        page = page_of(shown(visitor))
        assert page.one("span", class_="is-withdrawn").text == "withdrawn"
        assert "What I took back" not in page.text
        assert [button.get("name") for button in page.one("main").all("button")] == ["erase"]
        assert page_url(comment.consultation) not in [link.get("href") for link in page.one("main").all("a")]

    def test_moderators_stay_unnamed(self, visitor: Client) -> None:
        """Authors learn what was decided, not by whom; nor does the page tell the hour."""
        moderator = make_user(first_name="Nomvula", last_name="Dlamini", email="nomvula@example.org")
        refuse(make_mine(), by=moderator, reason="hate")
        text = shown(visitor).content.decode()
        for secret in (moderator.username, "Nomvula", "Dlamini", "nomvula@example.org"):
            assert secret not in text
