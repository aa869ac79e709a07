"""Everything that a clumsy or hostile hand may put into the comment form: a clear page, and nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comments.models import Comment, Consultation
from tests.comments.loop import code_of, errors_beside, errors_on_top, filled, form_url, page_of, page_url, send, typed
from tests.factories import make_consultation, make_published_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    """An open one."""
    return make_consultation()


UNDER_A_NAME = {"name_kind": "pseudonym", "name": "Zoë", "organisation": "Société <1>", "place": "FR"}
BAD = [
    ("body", {"body": ""}),
    ("body", {"body": " \r\n\t "}),
    ("body", {"body": "with\x00null"}),
    ("body", {"body": "x" * 30_001}),
    ("language", {"language": "xx"}),
    ("language", {"language": ""}),
    ("place", {"place": "ZZ"}),
    ("place", {"place": "zm"}),
    ("place", {"place": "\x00"}),
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
    lost = {field} & {"language", "place", "name_kind"}
    assert {name: values[name] for name in sent if name not in lost} == {
        name: value for name, value in sent.items() if name not in lost
    }
    assert not Comment.objects.pending().exists()


def test_several_errors_at_once(visitor: Client, consultation: Consultation) -> None:
    """All of them are told at once."""
    page = page_of(send(visitor, consultation, body="", name_kind="own-name", place="ZZ"))
    links = [link.get("href") for link in page.one("div", class_="errors").all("a")]
    assert links == ["#id_body", "#id_name", "#id_place"]


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


@pytest.mark.parametrize(
    "body", [b"%ED%A0%80 end", b"%FF%FE end", b"\xff\xfe end", b"%ZZ end", b"\xed\xa0\x80 end"], ids=range(5)
)
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


@pytest.mark.parametrize("name", ["body", "a file"])
def test_too_large(visitor: Client, consultation: Consultation, name: str) -> None:
    """What is over the limit is turned away unread, files too, in the reader's language; a little less is not."""
    large = SimpleUploadedFile("long.txt", b"x" * 1_100_000) if name == "a file" else "x" * 1_100_000
    response = visitor.post(form_url(consultation).replace("/en/", "/fr/"), {name: large})
    assert response.status_code == 413
    assert page_of(response).one("html").get("lang") == "fr"
    assert not Comment.objects.exists()
