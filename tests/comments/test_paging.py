"""Comments page by page and paragraph by paragraph."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Deliverable
from comments.models import Comment
from comments.moderation import approve
from comments.submission import withdraw
from publishing.models import ParagraphKey
from tests.comments.loop import comment_url, comments_on, form_url, page_of, page_url
from tests.factories import (
    make_closed_consultation,
    make_comment,
    make_consultation,
    make_published_comment,
    make_user,
    paragraph_of,
)
from tests.publishing.html import Element

pytestmark = pytest.mark.django_db


def link(page: Element, rel: str) -> str:
    """Return the address of the next or the previous page, or nothing."""
    return next((found.get("href") for found in page.all("a") if found.get("rel") == rel), "")


def walk(visitor: Client, url: str, rel: str = "next") -> list[list[int]]:
    """Return the numbers page by page, following the links."""
    found = []
    while url:
        found.append(comments_on(visitor, url))
        url = link(page_of(visitor.get(url)), rel)
        assert url.endswith("#comments") or not url
        url = url.removesuffix("#comments")
    return found


def numbers(first: int, last: int) -> list[int]:
    """Return the numbers from first to last."""
    return list(range(first, last + 1))


@pytest.mark.parametrize(
    ("count", "pages"),
    [
        (0, [[]]),
        (25, [numbers(1, 25)]),
        (26, [numbers(1, 25), [26]]),
        (50, [numbers(1, 25), numbers(26, 50)]),
        (60, [numbers(1, 25), numbers(26, 50), numbers(51, 60)]),
    ],
)
def test_pages(visitor: Client, count: int, pages: list[list[int]]) -> None:
    """Every comment once, in the order of the numbers, forwards and back."""
    consultation = make_consultation()
    for _ in range(count):
        make_published_comment(consultation)
    assert walk(visitor, page_url(consultation)) == pages
    last = page_url(consultation, page=25 * (len(pages) - 1)) if len(pages) > 1 else page_url(consultation)
    assert walk(visitor, last, "prev") == pages[::-1]


def test_pages_of_one_paragraph(visitor: Client) -> None:
    """The filter holds from page to page; replies go with their comments and take no place of their own."""
    consultation = make_consultation()
    keys = [paragraph_of(consultation, number).key for number in (1, 2)]
    for number in range(60):
        make_published_comment(consultation, paragraph_key=keys[number % 2])
    odd = numbers(1, 60)[::2]
    first = Comment.objects.get(number=1)
    make_published_comment(consultation, reply_to=first, paragraph_key=keys[0])
    url = page_url(consultation, paragraph=1)
    assert walk(visitor, url) == [[1, 61, *odd[1:25]], odd[25:]]
    assert walk(visitor, f"{url}&page=49", "prev") == [odd[25:], [1, 61, *odd[1:25]]]
    page = page_of(visitor.get(f"{url}&page=49"))
    assert "Comments on ¶ 1 only." in page.text
    assert page.one("h2", id="comments").text == "31 comments"
    assert comments_on(visitor, page_url(consultation, paragraph=3)) == []


def test_pages_stay_while_others_publish(visitor: Client) -> None:
    """Somebody reading page 2 misses nothing and meets nothing twice when comments appear or go."""
    consultation, moderator = make_consultation(), make_user()
    comments = [make_published_comment(consultation) for _ in range(30)]
    first = page_of(visitor.get(page_url(consultation)))
    for _ in range(5):
        approve(make_comment(consultation), by=moderator)
    withdraw(comments[2])
    withdraw(comments[24])
    after = link(first, "next").removesuffix("#comments")
    assert comments_on(visitor, after) == numbers(26, 35)


def test_page_past_the_end(visitor: Client) -> None:
    """Where the last comments were withdrawn, the page is empty, says nothing wrong, and leads back."""
    consultation = make_consultation()
    comments = [make_published_comment(consultation) for _ in range(26)]
    withdraw(comments[25])
    page = page_of(visitor.get(page_url(consultation, page=25)))
    assert page.all("article") == []
    assert "Comments appear here when a moderator has read them." not in page.text
    assert link(page, "prev") == f"{page_url(consultation)}#comments"
    assert page_of(visitor.get(page_url(consultation, page=999_999_999))).one("h1").text


def test_nothing_yet(visitor: Client) -> None:
    """An empty consultation says when comments will appear."""
    assert (
        "Comments appear here when a moderator has read them."
        in page_of(visitor.get(page_url(make_consultation()))).text
    )


def test_paragraph_that_the_text_no_longer_has(visitor: Client) -> None:
    """Its comments stay, without a paragraph that would lead nowhere."""
    consultation = make_consultation()
    comment = make_published_comment(consultation, paragraph_key=ParagraphKey.objects.create(id=uuid4()))
    for url in (page_url(consultation), comment_url(comment), form_url(consultation, reply_to=1)):
        page = page_of(visitor.get(url))
        assert page.one("article", class_="comment").get("id") == "c1"
        assert "¶" not in page.one("article", class_="comment").text


def test_comments_stay_with_their_version(visitor: Client) -> None:
    """When the next version is out, the consultation still shows the text that was commented on."""
    consultation = make_closed_consultation()
    make_published_comment(consultation, paragraph_key=paragraph_of(consultation, 1).key)
    version = consultation.version
    version.state = "superseded"
    version.save()
    Deliverable.objects.get(pk=version.deliverable_id).versions.create(
        number=2, state="final", published_at=timezone.now() - timedelta(hours=1)
    )
    page = page_of(visitor.get(page_url(consultation, paragraph=1)))
    assert [found.get("id") for found in page.all("article")] == ["c1"]
    quoted = page.one("blockquote", class_="quoted").one("a").get("href")
    assert quoted == f"{version.get_absolute_url()}#p1"
