"""The reading pages: what is published, in order, page by page, safe to look at; and nothing else."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Deliverable, VersionText
from comments.models import Comment, Consultation
from comments.moderation import approve, refuse
from comments.submission import withdraw
from publishing.models import ParagraphKey
from tests.comments.loop import form_url, page_of, page_url
from tests.factories import (
    make_answer,
    make_closed_consultation,
    make_comment,
    make_consultation,
    make_published_comment,
    make_user,
    paragraph_of,
)
from tests.publishing.html import Element

pytestmark = pytest.mark.django_db


def comments_on(visitor: Client, url: str) -> list[int]:
    """Return the numbers on a page, replies included, in order."""
    return [int(found.get("id").removeprefix("c")) for found in page_of(visitor.get(url)).all("article")]


def link(page: Element, rel: str) -> str:
    """Return the address of the next or the previous page, or nothing."""
    return next((found.get("href") for found in page.all("a") if found.get("rel") == rel), "")


def comment_url(comment: Comment) -> str:
    """Return a comment's own address, whether it answers or not."""
    return f"/en/consultations/{comment.consultation.slug}/comments/{comment.number or 1}/"


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
        country="KE",
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
def test_name(visitor: Client, fields: dict[str, str], name: str) -> None:
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
    hidden = {"state": state}
    if state == "scheduled":
        hidden = {"state": "published", "published_at": timezone.now() + timedelta(hours=1)}
    for about in (comment, reply):
        make_answer(about, reason="Ripe.")
        make_answer(about, reason="Unripe.", **hidden)
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
    assert visitor.get(comment_url(comment)).status_code == 404


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


# --- Pages and paragraphs ------------------------------------------------------------------------------------------


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
    assert "Comments appear here when a moderator has read them." in page_of(
        visitor.get(page_url(make_consultation()))
    ).text


def test_paragraph_that_the_text_no_longer_has(visitor: Client) -> None:
    """Its comments stay, without a paragraph that would lead nowhere."""
    consultation = make_consultation()
    comment = make_published_comment(consultation, paragraph_key=ParagraphKey.objects.create(id=uuid4()))
    for url in (page_url(consultation), comment_url(comment), form_url(consultation, reply_to=1)):
        page = page_of(visitor.get(url))
        assert page.one("article", class_="comment").get("id") == "c1"
        assert "¶" not in page.one("article", class_="comment").text


def test_paragraph_that_a_translation_lacks(visitor: Client) -> None:
    """A shorter translation hides no comment."""
    consultation = make_consultation()
    make_published_comment(consultation, paragraph_key=paragraph_of(consultation, 3).key)
    VersionText.objects.create(version=consultation.version, language="fr", title="Court", body="Un seul.")
    assert comments_on(visitor, page_url(consultation).replace("/en/", "/fr/")) == [1]
    assert visitor.get(page_url(consultation, paragraph=3).replace("/en/", "/fr/")).status_code == 404


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


# --- Safe to look at -----------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "</div></article><script src=//x.example></script>",
    "<img src=x onerror=alert(1)>",
    "\" onmouseover='alert(1)' x=\"",
    "&lt;b&gt; &amp; &#60;",
    "<!-- <style>*{}</style>",
    "{{ settings.SECRET_KEY }} {% load x %} %(name)s {0}",
    "javascript:alert(1) data:text/html,<b> https://\"><script>",
    "\u202edesrever \u2066 isolated",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_everything_is_escaped(visitor: Client, text: str) -> None:
    """Text is text, wherever a commenter may put it."""
    fields = {"name_kind": "own-name", "name": text[:100], "organisation": text[:150], "body": f"{text}\n\n> {text}"}
    comment = make_published_comment(**fields)
    for url in (page_url(comment.consultation), comment_url(comment), form_url(comment.consultation, reply_to=1)):
        shown = page_of(visitor.get(url)).one("article", class_="comment")
        allowed = {"article", "div", "p", "a", "span", "strong", "time", "blockquote"}
        assert {element.tag for element in shown} <= allowed
        assert " ".join(text.split()) in shown.one("blockquote").text
        assert shown.one("strong").text == " ".join(text[:100].split())
        assert not any(name.startswith("on") for element in shown for name in element.attributes)
        for found in shown.one("div", class_="comment-body").all("a"):
            assert found.get("href").startswith(("http://", "https://"))


def test_links_in_comments(visitor: Client) -> None:
    """Addresses become links that tell the other site nothing and lend it no weight."""
    comment = make_published_comment(body="See https://example.org/a?b=1&c=2, or http://example.org/é. ftp://no mailto:no")
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
        opens_at=timezone.now().replace(hour=9, minute=17, second=33) - timedelta(days=9),
        reviewed_at=timezone.now().replace(hour=7, minute=41, second=19) - timedelta(days=1),
    )
    moment = timezone.now().replace(hour=23, minute=41, second=57) - timedelta(days=3)
    comment = make_published_comment(consultation, received_at=moment, decided_at=moment, published_at=moment)
    make_answer(comment, published_at=moment)
    for url in (page_url(consultation), comment_url(comment), "/en/consultations/", "/en/search/?q=remark"):
        response = visitor.get(url)
        text = response.content.decode()
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
