"""The comment form: its ladder, and everything a clumsy or hostile hand may put into it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Deliverable, Version
from comments.models import Comment, Consultation, ConsultationText
from comments.submission import withdraw
from tests.comments.loop import (
    code_of,
    filled,
    form_url,
    kept,
    page_of,
    page_url,
    send,
    typed,
)
from tests.factories import (
    make_closed_consultation,
    make_comment,
    make_consultation,
    make_published_comment,
    paragraph_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    """An open one, with comment 1 on paragraph 2, and comment 2 in reply to it."""
    consultation = make_consultation()
    first = make_published_comment(consultation, paragraph_key=paragraph_of(consultation, 2).key)
    make_published_comment(consultation, reply_to=first, paragraph_key=first.paragraph_key)
    return consultation


# --- Works ---------------------------------------------------------------------------------------------------------

ABOUT = [{}, {"paragraph": 1}, {"reply_to": 1}, {"paragraph": 3, "reply_to": 1}, {"paragraph": "", "reply_to": ""}]


@pytest.mark.parametrize("query", ABOUT)
def test_form_opens(visitor: Client, consultation: Consultation, query: dict[str, Any]) -> None:
    """The form asks for nothing that identifies, and starts without a name, in the page's language."""
    response = visitor.get(form_url(consultation, **query))
    assert response.status_code == 200
    values = typed(page_of(response))
    assert values.pop("form_key")
    assert values.pop("stamp")
    asked = {"body": "", "name": "", "organisation": "", "email": "", "homepage": ""}
    about = {"place": "", "consulted_count": "", "consulted_how": "", "consulted_language": ""}
    assert values == {"language": "en", "name_kind": "none", **asked, **about}
    assert visitor.head(form_url(consultation, **query)).status_code == 200


def test_form_says_what_it_is_about(visitor: Client, consultation: Consultation) -> None:
    """The paragraph or the comment stands above the form."""
    paragraph = paragraph_of(consultation, 2)
    on_paragraph = page_of(visitor.get(form_url(consultation, paragraph=2)))
    assert on_paragraph.one("h1").text == "Comment on ¶ 2"
    assert paragraph.plain in on_paragraph.one("blockquote", class_="quoted").text
    in_reply = page_of(visitor.get(form_url(consultation, reply_to=1)))
    assert in_reply.one("h1").text == "Reply to comment 1"
    assert in_reply.one("article", class_="comment").get("id") == "c1"


def test_form_in_the_readers_language(visitor: Client, consultation: Consultation) -> None:
    """The language of the page is the first guess for the language of the comment."""
    response = visitor.get(f"/ar/consultations/{consultation.slug}/comments/new/")
    assert typed(page_of(response))["language"] == "ar"


def test_comment_arrives(visitor: Client, consultation: Consultation) -> None:
    """A comment waits for a moderator and is nowhere public."""
    response = send(visitor, consultation, body="What nobody has said yet.", language="pt", place="AO")
    assert code_of(response)
    comment = Comment.objects.pending().get()
    assert (comment.body, comment.language, comment.place) == ("What nobody has said yet.", "pt", "AO")
    assert (comment.number, comment.paragraph_key, comment.reply_to, comment.published_at) == (None, None, None, None)
    assert "What nobody has said yet." not in response.content.decode()
    assert "What nobody has said yet." not in visitor.get(page_url(consultation)).content.decode()


@pytest.mark.parametrize(
    ("query", "paragraph", "reply_to"),
    [
        ({"paragraph": 3}, 3, None),
        ({"reply_to": 1}, 2, 1),
        ({"paragraph": 3, "reply_to": 1}, 2, 1),
        ({"reply_to": 2}, 2, 1),
    ],
    ids=["on a paragraph", "reply", "reply, wherever asked", "reply to a reply"],
)
def test_comment_is_about(
    visitor: Client, consultation: Consultation, query: dict[str, Any], paragraph: int, reply_to: int | None
) -> None:
    """A reply belongs to its comment's paragraph; a reply to a reply goes to the comment."""
    code_of(send(visitor, consultation, query=query))
    comment = Comment.objects.pending().get()
    assert comment.paragraph_key == paragraph_of(consultation, paragraph).key
    assert (comment.reply_to.number if comment.reply_to else None) == reply_to


def paragraph_of_english(consultation: Consultation, number: int) -> Any:
    """Return a paragraph's key where there are translations."""
    return consultation.version.texts.get(language="en").paragraphs.get(number=number).key


# --- Not there -----------------------------------------------------------------------------------------------------

NO_NUMBERS = ["0", "99", "-1", "1.5", "x", "1 ", "+1", "١", "\x00", "1" * 9, "2147483648", "9" * 30, "9" * 5000]


@pytest.mark.parametrize("name", ["paragraph", "reply-to"])
@pytest.mark.parametrize("number", NO_NUMBERS, ids=range(len(NO_NUMBERS)))
def test_no_such_paragraph_or_comment(visitor: Client, consultation: Consultation, name: str, number: str) -> None:
    """A number that is none, or nobody's, is not found: never an error of ours, never a comment on something else."""
    for method in (visitor.get, visitor.head, visitor.post):
        assert method(form_url(consultation, **{name: number})).status_code == 404
    response = visitor.post(form_url(consultation, **{name: number}), filled(body="Long\r\n thought"))
    assert response.status_code == 404
    assert kept(page_of(response)) == "Long\r\n thought"
    assert not Comment.objects.pending().exists()


def test_reply_to_what_is_not_public(visitor: Client, consultation: Consultation) -> None:
    """Withdrawn comments and those of other consultations can't be replied to."""
    elsewhere = make_published_comment(number=7)
    gone = make_published_comment(consultation)
    withdraw(gone)
    for number in (elsewhere.number, gone.number):
        assert visitor.get(form_url(consultation, reply_to=number)).status_code == 404


def test_comment_withdrawn_while_replying(visitor: Client, consultation: Consultation) -> None:
    """Whoever was writing a reply gets the text back, and the answer stays in no cache."""
    assert visitor.get(form_url(consultation, reply_to=1)).status_code == 200
    withdraw(Comment.objects.get(number=1))
    response = send(visitor, consultation, query={"reply_to": 1}, body="<b>What I typed")
    assert response.status_code == 404
    assert kept(page_of(response)) == "<b>What I typed"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Consultation, {"state": "draft"}),
        (Consultation, {"state": "withdrawn"}),
        (Consultation, {"published_at": timezone.now() + timedelta(days=1)}),
        (Version, {"state": "draft"}),
        (Version, {"published_at": timezone.now() + timedelta(days=1)}),
        (Deliverable, {"state": "withdrawn"}),
        (ConsultationText, {"ready": False}),
    ],
    ids=[
        *("draft", "withdrawn", "scheduled", "draft version", "scheduled version"),
        *("withdrawn deliverable", "no text ready"),
    ],
)
def test_consultation_that_is_not_public(
    visitor: Client, consultation: Consultation, model: Any, change: dict[str, Any]
) -> None:
    """Nothing of it answers, at any of its addresses."""
    assert model.objects.update(**change) == 1
    comment = f"/en/consultations/{consultation.slug}/comments/1/"
    for url in (page_url(consultation), form_url(consultation), form_url(consultation, reply_to=1), comment):
        assert visitor.get(url).status_code == 404
    assert send(visitor, consultation).status_code == 404
    assert consultation.slug not in visitor.get("/en/consultations/").content.decode()
    assert not Comment.objects.pending().exists()


def test_unknown_consultation(visitor: Client) -> None:
    """No such slug."""
    assert visitor.get("/en/consultations/nothing/comments/new/").status_code == 404
    assert visitor.post("/en/consultations/nothing/comments/new/").status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_wrong_method(visitor: Client, consultation: Consultation, method: str) -> None:
    """Only reading and sending."""
    assert getattr(visitor, method)(form_url(consultation)).status_code == 405


# --- Names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "organisation"),
    [
        ("none", "", ""),
        ("pseudonym", "Zoë", "Société"),
        ("own-name", "Zoë", "Société"),
        ("organisation", "", "Société"),
    ],
)
def test_only_the_chosen_name_is_kept(
    visitor: Client, consultation: Consultation, kind: str, name: str, organisation: str
) -> None:
    """What somebody typed and then chose not to show never reaches the database."""
    code_of(send(visitor, consultation, name_kind=kind, name=" Zoë ", organisation="Société"))
    comment = Comment.objects.pending().get()
    assert (comment.name_kind, comment.name, comment.organisation) == (kind, name, organisation)


def test_form_sends_nothing_else(visitor: Client, consultation: Consultation) -> None:
    """Columns that are no field of the form can't be set through it."""
    decided: dict[str, Any] = {
        "state": "published",
        "number": 9,
        "reply_to": 1,
        "paragraph_key": uuid4(),
        "received_at": "2020-01-01",
    }
    code_of(send(visitor, consultation, **decided))
    comment = Comment.objects.pending().get()
    assert (comment.number, comment.reply_to, comment.paragraph_key) == (None, None, None)
    assert comment.received_at > timezone.now() - timedelta(minutes=5)


# --- Closed --------------------------------------------------------------------------------------------------------


def not_yet_open() -> Consultation:
    """Return a consultation that opens tomorrow."""
    return make_consultation(opens_at=timezone.now() + timedelta(days=1))


@pytest.mark.parametrize("make", [make_closed_consultation, not_yet_open])
def test_not_open(visitor: Client, make: Any) -> None:
    """The page says from when to when; what was typed comes back, even where the form has errors as well."""
    consultation = make()
    assert visitor.get(form_url(consultation)).status_code == 409
    assert visitor.head(form_url(consultation)).status_code == 409
    changes: list[dict[str, Any]] = [{}, {"name_kind": "pseudonym"}, {"form_key": ""}]
    for change in changes:
        response = send(visitor, consultation, body="\r\nToo late &amp; lost?", **change)
        assert response.status_code == 409
        assert "no-store" in response["Cache-Control"]
        assert kept(page_of(response)) == "\r\nToo late &amp; lost?"
    assert not Comment.objects.exists()
    assert "comments/new" not in visitor.get(page_url(consultation)).content.decode()


def test_closes_while_somebody_writes(visitor: Client, consultation: Consultation) -> None:
    """Too late, and nothing is lost."""
    assert visitor.get(form_url(consultation)).status_code == 200
    Consultation.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    response = send(visitor, consultation, body="A long thought")
    assert response.status_code == 409
    assert kept(page_of(response)) == "A long thought"


def test_sent_again_after_closing(visitor: Client, consultation: Consultation) -> None:
    """Whoever was in time and reloads the page later sees the receipt again."""
    sent = filled()
    code = code_of(visitor.post(form_url(consultation), sent))
    Consultation.objects.update(closes_at=timezone.now())
    assert code_of(visitor.post(form_url(consultation), sent)) == code
    response = visitor.post(form_url(consultation), sent | {"body": "Something else"})
    assert response.status_code == 409


def test_pending_comment_is_nobodys_to_reply_to(visitor: Client, consultation: Consultation) -> None:
    """A comment without a number has no address."""
    make_comment(consultation)
    assert visitor.get(form_url(consultation, reply_to="None")).status_code == 404
