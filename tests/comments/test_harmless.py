"""Comments are safe to look at, for those who read them and for those who wrote them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.comments.loop import comment_url, form_url, page_of, page_url
from tests.factories import make_answer, make_consultation, make_published_comment

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>",
    "</div></article><script src=//x.example></script>",
    "<img src=x onerror=alert(1)>",
    "\" onmouseover='alert(1)' x=\"",
    "&lt;b&gt; &amp; &#60;",
    "<!-- <style>*{}</style>",
    "{{ settings.SECRET_KEY }} {% load x %} %(name)s {0}",
    'javascript:alert(1) data:text/html,<b> https://"><script>',
    "\u202edesrever \u2066 isolated",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_everything_is_escaped(visitor: Client, text: str) -> None:
    """Text is text, wherever a commenter may put it."""
    fields: dict[str, Any] = {
        "name_kind": "own-name",
        "name": text[:100],
        "organisation": text[:150],
        "body": f"{text}\n\n> {text}",
    }
    comment = make_published_comment(**fields)
    for url in (page_url(comment.consultation), comment_url(comment), form_url(comment.consultation, reply_to=1)):
        shown = page_of(visitor.get(url)).one("article", class_="comment")
        allowed = {"article", "div", "p", "a", "bdi", "span", "strong", "time", "blockquote"}
        assert {element.tag for element in shown} <= allowed
        assert " ".join(text.split()) in shown.one("blockquote").text
        assert shown.one("strong").text == " ".join(text[:100].split())
        assert not any(name.startswith("on") for element in shown for name in element.attributes)
        for found in shown.one("div", class_="comment-body").all("a"):
            assert found.get("href").startswith(("http://", "https://"))


def test_links_in_comments(visitor: Client) -> None:
    """Addresses become links that tell the other site nothing and lend it no weight."""
    comment = make_published_comment(
        body="See https://example.org/a?b=1&c=2, or http://example.org/é. ftp://no mailto:no"
    )
    body = page_of(visitor.get(comment_url(comment))).one("div", class_="comment-body")
    links = [(found.get("href"), found.get("rel"), found.text) for found in body.all("a")]
    rel = "nofollow ugc noreferrer"
    assert links == [
        ("https://example.org/a?b=1&c=2", rel, "https://example.org/a?b=1&c=2"),
        ("http://example.org/é", rel, "http://example.org/é"),
    ]


def test_no_time_of_day(visitor: Client) -> None:
    """Who was online at 23:41 is nobody's business: public pages know the day alone."""
    consultation = make_consultation(
        # The consultation's own clock is public.
        opens_at=timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=9),
        closes_at=timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=9),
        reviewed_at=timezone.now().replace(hour=7, minute=41, second=19) - timedelta(days=1),
    )
    moment = timezone.now().replace(hour=23, minute=41, second=57) - timedelta(days=3)
    comment = make_published_comment(consultation, received_at=moment, decided_at=moment, published_at=moment)
    make_answer(comment, published_at=moment)
    for url in (page_url(consultation), comment_url(comment), "/en/consultations/", "/en/search/?q=remark"):
        response = visitor.get(url)
        text = response.content.decode().replace("00:00", "")
        assert not re.search(r"\d:\d\d|\b(23|9|7)[.:h ]?(41|17)\b|[ap]\.m\.", text)
        assert moment.strftime("%Y-%m-%d") in text or "search" in url or "consultations/" in url
        assert not {"Last-Modified", "ETag"} & set(response.headers)


@pytest.mark.parametrize("change", [{}, {"language": "ar"}])
def test_neutral_titles(visitor: Client, change: dict[str, Any]) -> None:
    """A browser tab shows neither what a comment says nor who wrote it."""
    comment = make_published_comment(body="Secretive", name_kind="own-name", name="Zebulon", **change)
    for url in (comment_url(comment), form_url(comment.consultation, reply_to=1), "/en/receipt/"):
        page = page_of(visitor.get(url))
        described = [found.get("content") for found in page.all("meta")]
        assert not re.search("Secretive|Zebulon", " ".join([page.one("title").text, *described]))
