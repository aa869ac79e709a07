"""What can be taken away: the feed and the files hold what the page shows, and nothing else."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from openpyxl import load_workbook

from comments.models import Comment, Consultation
from comments.submission import withdraw
from tests.comments.loop import comment_url, page_of, page_url
from tests.factories import (
    make_answer,
    make_comment,
    make_consultation,
    make_point,
    make_published_comment,
    make_translation,
    paragraph_of,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FORMS = ("atom", "csv", "xlsx", "json")


def file_url(consultation: Consultation, form: str, query: str = "") -> str:
    """Return the address of a file."""
    return f"{page_url(consultation)}comments.{form}{query}"


@pytest.fixture
def consultation() -> Consultation:
    """A comment with all that one can have, its reply, and others that are not public."""
    consultation = make_consultation()
    first = make_published_comment(
        consultation,
        paragraph_key=paragraph_of(consultation, 2).key,
        name_kind="own-name",
        name="=Zoë",
        organisation="Sample & <Co>",
        place="KE",
        language="ar",
        body="أولا \x02endangers\x03\n\n+1",
        consulted_count=12,
        consulted_how="A survey",
        consulted_language="sw",
    )
    make_answer(first, reason="We changed it.")
    make_point(first, "ثانيا")
    make_translation(first, "en", body="First.")
    make_published_comment(consultation, reply_to=first, body="=HYPERLINK(1)")
    make_comment(consultation, body="Zygomorphic")
    withdraw(make_published_comment(consultation, body="Zygomorphic", reply_to=first))
    make_answer(make_published_comment(consultation), reason="Zygomorphic", state="draft", published_at=None)
    make_published_comment(body="Zygomorphic")
    return consultation


def table(visitor: Client, consultation: Consultation, form: str, query: str = "") -> list[dict[str, str]]:
    """Return the rows of a table, by their columns."""
    response: Any = visitor.get(file_url(consultation, form, query))
    assert response.status_code == 200
    if form == "csv":
        return list(csv.DictReader(StringIO(response.content.decode())))
    (sheet,) = load_workbook(BytesIO(response.content)).worksheets
    header, *rows = [["" if c.value is None else str(c.value) for c in row] for row in sheet.iter_rows()]
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_table(visitor: Client, consultation: Consultation, form: str) -> None:
    """All that is public of each comment, in the order of the numbers; no cell is a formula."""
    first, reply, other = table(visitor, consultation, form)
    url = f"http://testserver{comment_url(consultation.comments.get(number=1))}"
    paragraph_url = f"/en/deliverables/{consultation.version.deliverable.slug}/versions/1/#p2"
    assert first == {
        "number": "1",
        "reply_to": "",
        "paragraph": "2",
        "about": "¶ 2",
        "about_url": f"http://testserver{paragraph_url}",
        "language": "ar",
        "name": "'=Zoë",
        "organisation": "Sample & <Co>",
        "place": "KE",
        "place_name": "Kenya",
        "consulted_count": "12",
        "consulted_how": "A survey",
        "consulted_language": "sw",
        "received": f"{consultation.opens_at:%Y-%m-%d}",
        "channel": "web",
        "redacted": "",
        "text": "أولا [Words taken out by a moderator. It could put someone in danger.]\n\n+1",
        "translations": "[en] First.",
        "answers": "1.1 accepted: We changed it.",
        "url": url,
    }
    assert (reply["number"], reply["reply_to"], reply["text"]) == ("2", "1", "'=HYPERLINK(1)")
    assert (other["number"], other["answers"]) == ("4", "")


def test_json(visitor: Client, consultation: Consultation) -> None:
    """The same for programs, with each point and its answer."""
    response = visitor.get(file_url(consultation, "json"))
    told = json.loads(response.content)
    assert told["version"] == 1
    assert told["made"].startswith("20")
    assert told["consultation"]["slug"] == consultation.slug
    assert [comment["number"] for comment in told["comments"]] == [1, 2, 4]
    first = told["comments"][0]
    assert first["name"] == "=Zoë"
    assert first["translations"] == [{"language": "en", "translator": "a volunteer", "text": "First."}]
    answer = {"disposition": "accepted", "reason": "We changed it.", "language": "en", "changed_version": None}
    assert first["points"] == [
        {"point": "1.1", "words": "", "answer": answer},
        {"point": "1.2", "words": "ثانيا", "answer": None},
    ]


def test_feed(visitor: Client, consultation: Consultation) -> None:
    """Well-formed Atom, the newest first, with neutral titles, days instead of hours, and each text's language."""
    response = visitor.get(file_url(consultation, "atom"))
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Comment 4", "Comment 2", "Comment 1"]
    first = entries[-1]
    summary = first.findtext(f"{ATOM}summary") or ""
    assert summary.startswith('<div lang="ar" dir="rtl">')
    assert "Words taken out by a moderator" in summary
    link = first.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://testserver{comment_url(consultation.comments.get(number=1))}"
    for name in ("published", "updated"):
        assert (first.findtext(f"{ATOM}{name}") or "").endswith("T00:00:00+00:00")
    for name in ("id", "updated", "title"):
        assert feed.findtext(f"{ATOM}{name}")


def test_feed_of_what_xml_cannot_hold(visitor: Client) -> None:
    """Control characters that came in some other way do no harm."""
    comment = make_published_comment(body="a\x0b\x1f\ufffeb", name_kind="own-name", name="N\x08")
    feed = ElementTree.fromstring(visitor.get(file_url(comment.consultation, "atom")).content)  # noqa: S314 - our own answer
    assert len(feed.findall(f"{ATOM}entry")) == 1


def test_feed_holds_the_newest_fifty(visitor: Client) -> None:
    """And no more."""
    consultation = make_consultation()
    for _ in range(51):
        make_published_comment(consultation)
    text = visitor.get(file_url(consultation, "atom")).content.decode()
    assert text.count("<entry>") == 50
    assert "comments/1/" not in text


@pytest.mark.parametrize("form", FORMS)
def test_nothing_else(visitor: Client, consultation: Consultation, form: str) -> None:
    """What waits, what was taken back, what is not answered yet in public, and what others said stays out."""
    content = visitor.get(file_url(consultation, form)).content
    if form == "xlsx":
        (sheet,) = load_workbook(BytesIO(content)).worksheets
        content = str([cell.value for row in sheet.iter_rows() for cell in row]).encode()
    assert b"zygomorphic" not in content.lower()


@pytest.mark.parametrize("form", FORMS)
def test_filters_hold_for_files(visitor: Client, consultation: Consultation, form: str) -> None:
    """Files hold what the page shows, whose links lead to them."""
    query = "?paragraph=2&language=ar"
    if form in ("csv", "xlsx"):
        assert [row["number"] for row in table(visitor, consultation, form, query)] == ["1"]
    else:
        text = visitor.get(file_url(consultation, form, query)).content.decode()
        assert "comments/1/" in text
        assert "comments/2/" not in text
    page = page_of(visitor.get(page_url(consultation) + query))
    links = [found.get("href") for found in page.one("p", class_="take-away").all("a")]
    assert file_url(consultation, form, query) in links


@pytest.mark.parametrize("form", FORMS)
def test_ladder(visitor: Client, consultation: Consultation, form: str) -> None:
    """For reading, for a short while, and only what is there."""
    url = file_url(consultation, form)
    response = visitor.get(url)
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    if form != "atom":
        assert f"{consultation.slug}-comments-20" in response["Content-Disposition"]
    assert visitor.post(url).status_code == 405
    assert visitor.get(f"{url}?paragraph=99").status_code == 404
    assert visitor.get(f"/en/consultations/none/comments.{form}").status_code == 404
    Consultation.objects.filter(pk=consultation.pk).update(state="withdrawn")
    assert visitor.get(url).status_code == 404


def test_reply_to_what_is_gone(visitor: Client, consultation: Consultation) -> None:
    """Names no number."""
    withdraw(Comment.objects.get(consultation=consultation, number=1))
    assert [row["reply_to"] for row in table(visitor, consultation, "csv")] == ["", ""]
