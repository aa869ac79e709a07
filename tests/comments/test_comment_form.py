"""The comment form: its ladder, and everything a clumsy or hostile hand may put into it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Deliverable, Version, VersionText
from comments.models import Comment, Consultation, ConsultationText
from comments.submission import withdraw
from tests.comments.loop import (
    code_of,
    errors_beside,
    errors_on_top,
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
    assert values == {"body": "", "language": "en", "name_kind": "none", "name": "", "organisation": "", "country": ""}
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
    response = send(visitor, consultation, body="What nobody has said yet.", language="pt", country="AO")
    assert code_of(response)
    comment = Comment.objects.pending().get()
    assert (comment.body, comment.language, comment.country) == ("What nobody has said yet.", "pt", "AO")
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


def test_reply_keeps_a_paragraph_that_the_translation_lacks(visitor: Client, consultation: Consultation) -> None:
    """A shorter translation does not cut the thread."""
    VersionText.objects.create(version=consultation.version, language="fr", title="Court", body="Un seul.")
    response = visitor.post(f"/fr/consultations/{consultation.slug}/comments/new/?reply-to=1", filled())
    code_of(response)
    assert Comment.objects.pending().get().paragraph_key == paragraph_of_english(consultation, 2)


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


# --- Bad input -----------------------------------------------------------------------------------------------------

UNDER_A_NAME = {"name_kind": "pseudonym", "name": "Zoë", "organisation": "Société <1>", "country": "FR"}
BAD = [
    ("body", {"body": ""}),
    ("body", {"body": " \r\n\t "}),
    ("body", {"body": "with\x00null"}),
    ("body", {"body": "x" * 30_001}),
    ("language", {"language": "xx"}),
    ("language", {"language": ""}),
    ("country", {"country": "ZZ"}),
    ("country", {"country": "zm"}),
    ("country", {"country": "\x00"}),
    ("name_kind", {"name_kind": "moderator"}),
    ("name_kind", {"name_kind": ""}),
    ("name", {"name_kind": "pseudonym", "name": ""}),
    ("name", {"name_kind": "own-name", "name": " "}),
    ("name", {"name_kind": "own-name", "name": "N" * 101}),
    ("name", {"name_kind": "own-name", "name": "N\x00"}),
    ("organisation", {"name_kind": "organisation", "organisation": ""}),
    ("organisation", {"name_kind": "organisation", "organisation": "O" * 151}),
]


@pytest.mark.parametrize(("field", "change"), BAD, ids=range(len(BAD)))
def test_bad_input(visitor: Client, consultation: Consultation, field: str, change: dict[str, str]) -> None:
    """It is said once beside the field and once on top, and everything typed is still there."""
    sent = filled(body="My <b>text</b> & more\r\n> quoted", **UNDER_A_NAME) | change
    response = visitor.post(form_url(consultation), sent)
    assert response.status_code == 400
    assert "no-store" in response["Cache-Control"]
    page = page_of(response)
    assert errors_beside(page, field)
    assert errors_beside(page, field) in errors_on_top(page)
    assert [e.get("href") for e in page.one("div", class_="errors").all("a")] == [f"#id_{field}"]
    values = typed(page)
    # A choice that the page does not offer is the one thing that it can't show again.
    lost = {field} & {"language", "country", "name_kind"}
    assert {name: values[name] for name in sent if name not in lost} == {
        name: value for name, value in sent.items() if name not in lost
    }
    assert not Comment.objects.pending().exists()


def test_several_errors_at_once(visitor: Client, consultation: Consultation) -> None:
    """All of them are told at once."""
    page = page_of(send(visitor, consultation, body="", name_kind="own-name", country="ZZ"))
    links = [link.get("href") for link in page.one("div", class_="errors").all("a")]
    assert links == ["#id_body", "#id_name", "#id_country"]


def test_nothing_filled_in(visitor: Client, consultation: Consultation) -> None:
    """An empty request is a form with errors, and so is one that holds something else."""
    assert visitor.post(form_url(consultation)).status_code == 400
    response = visitor.post(form_url(consultation), b'{"body": "x"}', content_type="application/json")
    assert response.status_code == 400


@pytest.mark.parametrize("key", [None, "", "x", "\x00", "7c1d8b5e-3f0f", "9" * 100_000], ids=range(6))
def test_form_key_lost(visitor: Client, consultation: Consultation, key: str | None) -> None:
    """The page says so and brings a new one: sending again works."""
    sent = filled(body="Patience", form_key=key or "")
    if key is None:
        del sent["form_key"]
    response = visitor.post(form_url(consultation), sent)
    assert response.status_code == 400
    page = page_of(response)
    assert "Please send it again" in errors_on_top(page)
    again = typed(page)
    assert again["body"] == "Patience"
    assert code_of(visitor.post(form_url(consultation), again))
    assert Comment.objects.pending().count() == 1


@pytest.mark.parametrize(
    "body",
    [
        "x" * 30_000,
        "a\r\n" * 15_000,
        "👩🏾‍⚕️" * 6_000,
        "ﷺ" * 30_000,
        "supercalifragilistic" * 1_500,
        "\u202e" * 30_000,
        ">\r\n" * 15_000,
        "http://" + "." * 29_993,
        "http://a " * 3_333,
    ],
    ids=["letters", "lines", "emoji", "wide", "one word", "overrides", "quotes", "no address", "addresses"],
)
def test_longest_text(visitor: Client, consultation: Consultation, body: str) -> None:
    """What the browser counts as 30,000 characters fits, is stored whole and can be read on a page."""
    code_of(send(visitor, consultation, body=body))
    comment = Comment.objects.pending().get()
    assert comment.body == body.replace("\r\n", "\n").strip()
    Comment.objects.filter(pk=comment.pk).delete()
    make_published_comment(consultation, body=comment.body)
    assert visitor.get(page_url(consultation)).status_code == 200


def test_browser_cuts_nothing(visitor: Client, consultation: Consultation) -> None:
    """The field has no maximum length, since browsers cut what is pasted without a word."""
    page = page_of(visitor.get(form_url(consultation)))
    assert "maxlength" not in page.one("textarea", name="body").attributes


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("soft\x0bbreak\u2028and\u2029page\x0cfeed", "soft\nbreak\nand\npage\nfeed"),
        ("bell\x07 and \x1bescape\x7f \x02mark\x03 \ufffe", "bell and escape mark"),
        ("a\tb  c", "a\tb  c"),
        ("مرحبا بالعالم، هل يعمل؟", "مرحبا بالعالم، هل يعمل؟"),
        ("a\u0301 \u200d \u200f \ufeff é", "a\u0301 \u200d \u200f \ufeff é"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("%s %(body)s {body} {{ body }} '; --", "%s %(body)s {body} {{ body }} '; --"),
    ],
    ids=["line ends", "soft line ends", "controls", "spaces", "rtl", "invisible", "script", "injection"],
)
def test_what_is_stored(visitor: Client, consultation: Consultation, sent: str, stored: str) -> None:
    """Text is stored as typed, but for line ends, which come alike, and control characters, which go."""
    code_of(send(visitor, consultation, body=sent))
    assert Comment.objects.pending().get().body == stored


@pytest.mark.parametrize("body", [b"%ED%A0%80 end", b"%FF%FE end", b"\xff\xfe end", b"%ZZ end", b"\xed\xa0\x80 end"], ids=range(5))
def test_invalid_utf8(visitor: Client, consultation: Consultation, body: bytes) -> None:
    """Bytes that are no text, lone surrogates among them, become marks; the rest arrives."""
    rest = "&".join(f"{name}={value}" for name, value in filled().items() if name != "body")
    sent = b"body=" + body + b"&" + rest.encode()
    code_of(visitor.post(form_url(consultation), sent, content_type="application/x-www-form-urlencoded"))
    assert Comment.objects.pending().get().body.endswith(" end")


URLENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"body=" + b"x" * 1024 * 1024, URLENCODED),
        (b"a=1&" * 1001, URLENCODED),
        (b"body=x", f"{URLENCODED}; charset=utf-16"),
        (b"--x\r\nrubbish", "multipart/form-data; boundary=x"),
        (b"body=x", "multipart/form-data"),
        (b"", "multipart/form-data; boundary=" + "x" * 500),
        (b"body=x", f"{URLENCODED}; charset=nonsense"),
        (b"body=x", "\xff"),
    ],
    ids=["over 1 MB", "1001 fields", "utf-16", "broken parts", "no boundary", "boundary", "charset", "type"],
)
@pytest.mark.parametrize("forged", [False, True])
def test_unreadable_request(
    visitor: Client, consultation: Consultation, content: bytes, content_type: str, *, forged: bool
) -> None:
    """It ends in a page that says so: never in an error of ours."""
    client = Client(enforce_csrf_checks=forged, raise_request_exception=False)
    for url in (form_url(consultation), "/en/receipt/"):
        response = client.generic("POST", url, content, content_type)
        assert response.status_code in ({400, 403, 413} if forged else {400, 413})
        assert page_of(response).one("h1").text
    assert not Comment.objects.pending().exists()


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
    decided = {"state": "published", "number": 9, "reply_to": 1, "paragraph_key": uuid4(), "received_at": "2020-01-01"}
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
    for change in ({}, {"name_kind": "pseudonym"}, {"form_key": ""}):
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
