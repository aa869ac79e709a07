"""The reading pages: what is published, in order, page by page, safe to look at; and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Consultation
from comments.moderation import approve, refuse
from comments.submission import withdraw
from tests.comments.loop import comment_url, comments_on, form_url, page_of, page_url
from tests.factories import (
    make_answer,
    make_comment,
    make_consultation,
    make_point,
    make_published_comment,
    make_user,
    paragraph_of,
)

pytestmark = pytest.mark.django_db


# --- What is there -------------------------------------------------------------------------------------------------


def test_comment_with_all_it_has(visitor: Client) -> None:
    """Name, organisation, country, day, paragraph, language and direction, text, answers."""
    consultation = make_consultation()
    comment = make_published_comment(
        consultation,
        paragraph_key=paragraph_of(consultation, 2).key,
        name_kind="own-name",
        name="Zoë <b>",
        organisation="Sample & Co",
        place="KE",
        language="ar",
        body="أولا\n\n> اقتباس",
    )
    make_answer(comment, reason="We changed it.")
    for url in (page_url(consultation), page_url(consultation, paragraph=2), comment_url(comment)):
        shown = page_of(visitor.get(url)).one("article", class_="comment")
        head = shown.one("p", class_="comment-head").text
        for word in ("Zoë <b>", "Sample & Co", "Kenya", "on ¶ 2"):
            assert word in head
        assert shown.one("time").get("datetime") == comment.received_at.strftime("%Y-%m-%d")
        body = shown.one("div", class_="comment-body")
        assert (body.get("lang"), body.get("dir")) == ("ar", "rtl")
        assert body.one("blockquote").text == "اقتباس"
        assert shown.one("div", class_="answer").one("span", class_="is-accepted").text == "accepted"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name_kind": "none"}, "Anonymous"),
        ({"name_kind": "pseudonym", "name": "Zoë"}, "Zoë"),
        ({"name_kind": "organisation", "organisation": "Society"}, "Society"),
    ],
)
def test_name(visitor: Client, fields: dict[str, Any], name: str) -> None:
    """As its author chose to appear, once."""
    comment = make_published_comment(**fields)
    head = page_of(visitor.get(comment_url(comment))).one("p", class_="comment-head")
    assert head.one("strong").text == name
    assert head.text.count(name) == 1


@pytest.mark.parametrize("language", ["tlh", "qaa", "x-private", "sr-Latn-RS", "zz"])
def test_language_that_nobody_names(visitor: Client, language: str) -> None:
    """A comment in a language that CLDR does not know is shown like any other."""
    comment = make_published_comment(language=language, body="nuqneH")
    assert comment.language_name
    for prefix in ("en", "ar", "zh-hans"):
        response = visitor.get(comment_url(comment).replace("/en/", f"/{prefix}/"))
        assert page_of(response).one("div", class_="comment-body").get("lang") == language


def test_replies_stand_under_their_comment(visitor: Client) -> None:
    """In their order; on a reply's own page it stands alone and leads to its comment."""
    consultation = make_consultation()
    first, second = (make_published_comment(consultation) for _ in range(2))
    reply = make_published_comment(consultation, reply_to=first)
    make_published_comment(consultation, reply_to=first)
    assert comments_on(visitor, page_url(consultation)) == [1, 3, 4, 2]
    assert comments_on(visitor, comment_url(first)) == [1, 3, 4]
    assert comments_on(visitor, comment_url(second)) == [2]
    page = page_of(visitor.get(comment_url(reply)))
    assert comments_on(visitor, comment_url(reply)) == [3]
    assert comment_url(first) in [found.get("href") for found in page.one("header", class_="head").all("a")]


def test_reply_of_a_withdrawn_comment_stands_alone(visitor: Client) -> None:
    """And does not say to what it replied."""
    consultation = make_consultation()
    first = make_published_comment(consultation)
    reply = make_published_comment(consultation, reply_to=first)
    withdraw(first)
    page = page_of(visitor.get(page_url(consultation)))
    (alone,) = page.all("article")
    assert (alone.get("id"), alone.has(class_="is-reply")) == ("c2", False)
    assert form_url(consultation, reply_to=2) not in [found.get("href") for found in page.all("a")]
    assert comment_url(first) not in visitor.get(comment_url(reply)).content.decode()


def test_reply_link_only_while_open(visitor: Client) -> None:
    """One can reply to a comment, not to a reply, and not after closing."""
    consultation = make_consultation()
    make_published_comment(consultation, reply_to=make_published_comment(consultation))
    links = [found.get("href") for found in page_of(visitor.get(page_url(consultation))).all("a")]
    assert form_url(consultation, reply_to=1) in links
    assert form_url(consultation, reply_to=2) not in links
    Consultation.objects.update(closes_at=timezone.now())
    assert "comments/new" not in visitor.get(page_url(consultation)).content.decode()


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
def test_answer_shows_when_published(visitor: Client, state: str) -> None:
    """Not a moment earlier, on comments as on replies."""
    consultation = make_consultation()
    comment = make_published_comment(consultation)
    reply = make_published_comment(consultation, reply_to=comment)
    hidden: dict[str, Any] = {"state": state}
    if state == "scheduled":
        hidden = {"state": "published", "published_at": timezone.now() + timedelta(hours=1)}
    for about in (comment, reply):
        make_answer(about, reason="Ripe.")
        unripe = make_answer(make_published_comment(consultation), reason="Unripe.", **hidden)
        make_point(about, answer=unripe)
    for url in (page_url(consultation), comment_url(comment), comment_url(reply)):
        text = page_of(visitor.get(url)).text
        assert "Ripe." in text
        assert "Unripe." not in text


# --- What is not ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["pending", "refused", "withdrawn", "scheduled"])
def test_unpublished_comment_is_nowhere(visitor: Client, what: str) -> None:
    """No page shows it, no count counts it, its number is not found."""
    consultation = make_consultation()
    fields = {"body": "Unmistakable quixotry", "paragraph_key": paragraph_of(consultation).key}
    if what == "pending":
        comment = make_comment(consultation, **fields)
    elif what == "refused":
        comment = refuse(make_comment(consultation, **fields), by=make_user(), reason="hate", note="Quixotry")
    elif what == "withdrawn":
        comment = approve(make_comment(consultation, **fields), by=make_user())
        withdraw(comment)
    else:
        later = timezone.now() + timedelta(hours=1)
        comment = make_published_comment(consultation, published_at=later, **fields)
    version = consultation.version.get_absolute_url()
    urls = ("/en/", "/en/consultations/", version, page_url(consultation), page_url(consultation, paragraph=1))
    for url in (*urls, "/en/search/?q=quixotry", "/sitemap.xml"):
        text = visitor.get(url).content.decode()
        assert "Unmistakable" not in text
        assert "comments/1/" not in text
    assert page_of(visitor.get(page_url(consultation))).one("h2", id="comments").text == "0 comments"
    assert visitor.get(comment_url(comment)).status_code == (410 if what == "withdrawn" else 404)


@pytest.mark.parametrize("number", ["0", "2", "99", "2147483648", "9" * 19, "9" * 400])
def test_no_such_comment(visitor: Client, number: str) -> None:
    """Not found, however large."""
    consultation = make_published_comment().consultation
    assert visitor.get(f"{page_url(consultation)}comments/{number}/").status_code == 404


@pytest.mark.parametrize("number", ["-1", "x", "1.5", "١", "1a"])
def test_no_number_at_all(visitor: Client, number: str) -> None:
    """Nor what is no number."""
    consultation = make_published_comment().consultation
    assert visitor.get(f"{page_url(consultation)}comments/{number}/").status_code == 404
    assert visitor.get(page_url(consultation, page=number)).status_code == 404
    assert visitor.get(page_url(consultation, paragraph=number)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_wrong_method(visitor: Client, method: str) -> None:
    """Pages are for reading."""
    comment = make_published_comment()
    for url in ("/en/consultations/", page_url(comment.consultation), comment_url(comment)):
        assert getattr(visitor, method)(url).status_code == 405


def test_comment_of_another_consultation(visitor: Client) -> None:
    """Numbers count within their consultation."""
    make_published_comment(number=3)
    other = make_consultation()
    assert visitor.get(f"{page_url(other)}comments/3/").status_code == 404
