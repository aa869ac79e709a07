"""Filters, search and order of a consultation's comments."""

from typing import Any

import pytest
from django.test import Client

from comments.erasure import erase
from comments.models import Comment, Consultation
from comments.submission import withdraw
from tests.comments.loop import comment_url, comments_on, errors_beside, page_of, page_url
from tests.comments.test_paging import link, numbers, walk
from tests.factories import (
    make_answer,
    make_comment,
    make_consultation,
    make_point,
    make_published_comment,
    make_translation,
    make_user,
    paragraph_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    """Comments of many kinds."""
    consultation = make_consultation()
    keys = [paragraph_of(consultation, number).key for number in (1, 2)]
    first = make_published_comment(consultation, body="Naloxone is missing.", paragraph_key=keys[1])
    make_published_comment(consultation, language="fr", body="Les prisonniers sont oubliés.", paragraph_key=keys[0])
    make_published_comment(consultation, name_kind="organisation", organisation="Society of Lusaka", body="Agreed.")
    make_published_comment(consultation, language="zh-hans", body="请增加关于监狱的内容。", paragraph_key=keys[1])
    make_published_comment(consultation, reply_to=first, language="fr", body="Oui.", paragraph_key=keys[1])
    make_answer(first)
    make_answer(consultation.comments.get(number=3), state="draft", published_at=None)
    make_comment(consultation, body="Naloxone in a comment that waits.", language="ru")
    return consultation


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"language": "fr"}, [2, 5]),
        ({"language": "en", "from": "person"}, [1]),
        ({"from": "organisation"}, [3]),
        ({"from": "person"}, [1, 5, 2, 4]),
        ({"answers": "yes"}, [1]),
        ({"answers": "no"}, [2, 3, 4, 5]),
        ({"q": "naloxone"}, [1]),
        ({"q": "prisonnier"}, [2]),
        ({"q": "监狱"}, [4]),
        ({"q": "Lusaka"}, [3]),
        ({"q": "aloxo"}, [1]),
        ({"q": "naloxone", "language": "fr"}, []),
        ({"q": "waits"}, []),
        ({"q": "-"}, []),
        ({"q": "%"}, []),
        ({"language": "ru"}, []),
        ({"paragraph": "2", "language": "fr"}, [5]),
        ({"order": "newest"}, [4, 3, 2, 1, 5]),
        ({"order": "paragraph"}, [3, 2, 1, 5, 4]),
        ({"q": "", "paragraph": "", "language": "", "from": "", "answers": "", "order": ""}, [1, 5, 2, 3, 4]),
    ],
)
def test_what_is_found(visitor: Client, consultation: Consultation, query: dict[str, Any], found: list[int]) -> None:
    """A reply that is found stands alone where its comment is not; the count says how many are found."""
    url = page_url(consultation, **query)
    assert comments_on(visitor, url) == found
    page = page_of(visitor.get(url))
    assert page.one("h2", id="comments").text.split()[0] == str(len(found))
    if not found:
        assert "No comment is like this." in page.text
        assert "Show all comments" in page.text


def test_answered_means_every_point(visitor: Client, consultation: Consultation) -> None:
    """A comment with a point left open is not answered."""
    make_point(consultation.comments.get(number=1), "Another point.")
    assert comments_on(visitor, page_url(consultation, answers="yes")) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "zzzz"),
        ("language", "x" * 500),
        ("from", "nobody"),
        ("answers", "maybe"),
        ("order", "random"),
        ("q", "x" * 201),
        ("q", "a\x00b"),
    ],
)
def test_wrong_filter(visitor: Client, consultation: Consultation, name: str, value: str) -> None:
    """The page says which one is wrong; files and feed are not there."""
    response = visitor.get(page_url(consultation), {name: value})
    assert response.status_code == 400
    page = page_of(response)
    assert errors_beside(page, name)
    assert page.all("article") == []
    for form in ("csv", "xlsx", "json", "atom"):
        assert visitor.get(f"{page_url(consultation)}comments.{form}", {name: value}).status_code == 400


@pytest.mark.parametrize("page", ["x", "-1", "1-2-3", "1-2", "1" * 10, "1.5"])
def test_wrong_page(visitor: Client, consultation: Consultation, page: str) -> None:
    """No such page, also where it would be one of another order."""
    assert visitor.get(page_url(consultation, page=page)).status_code == 404


def test_form_keeps_what_was_asked(visitor: Client, consultation: Consultation) -> None:
    """The fields stand as the address says, and offer the languages that there are."""
    page = page_of(visitor.get(page_url(consultation, q='"a <b>', language="fr", order="newest")))
    form = page.one("form", class_="filters")
    assert form.get("method") == "get"
    assert form.one("input", id="id_q").get("value") == '"a <b>'
    (chosen,) = [option for option in form.one("select", id="id_language") if "selected" in option.attributes]
    assert chosen.text == "French"
    offered = [option.get("value") for option in form.one("select", id="id_language").all("option")]
    assert sorted(offered) == ["", "en", "fr", "zh-hans"]
    assert not visitor.get(page_url(consultation)).cookies


def test_filters_hold_from_page_to_page(visitor: Client) -> None:
    """Whatever the order, every comment comes once, forwards and back."""
    consultation = make_consultation()
    keys = [paragraph_of(consultation, number).key for number in (1, 2)]
    for number in range(60):
        key = keys[number % 2] if number % 3 else None
        make_published_comment(consultation, paragraph_key=key, language=("en", "fr")[number % 5 == 0])
    for order, expected in {
        "newest": numbers(1, 60)[::-1],
        "paragraph": numbers(1, 60)[::3]
        + [n for n in numbers(1, 60) if n % 3 != 1 and n % 2]
        + [n for n in numbers(1, 60) if n % 3 != 1 and not n % 2],
    }.items():
        pages = walk(visitor, page_url(consultation, order=order))
        assert [number for page in pages for number in page] == expected
        last = page_url(consultation, order=order)
        for _ in pages[1:]:
            last = link(page_of(visitor.get(last)), "next").removesuffix("#comments")
        assert walk(visitor, last, "prev") == pages[::-1]
    first = page_of(visitor.get(page_url(consultation, language="en", order="newest")))
    assert link(first, "next").startswith(f"{page_url(consultation)}?language=en&order=newest&page=")


def test_paragraphs_have_headings(visitor: Client, consultation: Consultation) -> None:
    """Where comments stand by paragraph."""
    page = page_of(visitor.get(page_url(consultation, order="paragraph")))
    assert [found.text for found in page.one("div", class_="comments").all("h3")] == [
        "On the whole text",
        "On ¶ 1",
        "On ¶ 2",
    ]


def test_many_replies(visitor: Client) -> None:
    """Below a comment stand the first twenty; its own page goes on from page to page."""
    consultation = make_consultation()
    first = make_published_comment(consultation)
    for _ in range(45):
        make_published_comment(consultation, reply_to=first)
    page = page_of(visitor.get(page_url(consultation)))
    assert comments_on(visitor, page_url(consultation)) == numbers(1, 21)
    assert page.one("h2", id="comments").text == "46 comments"
    assert "All replies" in page.text
    pages = walk(visitor, comment_url(first))
    assert [found[1:] for found in pages] == [numbers(2, 21), numbers(22, 41), numbers(42, 46)]
    assert "All replies" not in page_of(visitor.get(comment_url(first))).text


def test_translations_of_comments(visitor: Client) -> None:
    """The reader's own comes before the original; the others can be opened; each says who made it, by role."""
    comment = make_published_comment(language="ar", body="تعليق")
    make_translation(comment, "en", body="A remark, <b>translated</b>.", translator="a volunteer of the network")
    make_translation(comment, "fr", body="Une remarque.")
    for url in (comment_url(comment), page_url(comment.consultation)):
        article = page_of(visitor.get(url)).one("article")
        bodies = article.all("div", class_="comment-body")
        assert [(b.get("lang"), b.get("dir")) for b in bodies] == [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr")]
        assert bodies[0].text == "A remark, <b>translated</b>."
        assert "Translated by a volunteer of the network" in article.text
        assert "Original in Arabic" in article.text
        assert article.one("details").one("summary").text == "Translation into French"
    article = page_of(visitor.get(comment_url(comment).replace("/en/", "/es/"))).one("article")
    assert [b.get("lang") for b in article.all("div", class_="comment-body")] == ["ar", "en", "fr"]


def test_translation_that_may_hold_what_was_taken_out(visitor: Client) -> None:
    """One made before words were taken out of the comment is not shown."""
    comment = make_published_comment(body="They meet at \x02endangers\x03.")
    translation = make_translation(comment, "fr", body="Ils se retrouvent au café.")
    Comment.objects.filter(pk=comment.pk).update(redacted_at=translation.entered_at)
    for url in (comment_url(comment), f"{page_url(comment.consultation)}comments.json"):
        assert "café" not in visitor.get(url).content.decode()
    assert "Words were taken out by a moderator on" in visitor.get(comment_url(comment)).content.decode()


def test_whom_it_speaks_for_and_how_it_came(visitor: Client) -> None:
    """As far as its author said."""
    comment = make_published_comment(
        consulted_count=40,
        consulted_how="Two evening meetings",
        consulted_language="ne",
        channel="letter",
        entered_by=make_user(),
    )
    text = page_of(visitor.get(comment_url(comment))).one("article").text
    assert "40 people were consulted Nepali Two evening meetings" in " ".join(text.split())
    assert "came by letter" in text


def test_number_of_what_is_gone(visitor: Client) -> None:
    """Whatever happened, the page is the same: it says that it is not there, and nothing of why."""
    consultation = make_consultation()
    withdrawn, erased, refused = (make_published_comment(consultation, body="Zygomorphic") for _ in range(3))
    withdraw(withdrawn)
    erase(erased)
    Comment.objects.filter(pk=refused.pk).update(state="refused", refusal_reason="hate", refusal_note="Zygomorphic")
    pages = []
    for comment in (withdrawn, erased, refused):
        response = visitor.get(comment_url(comment))
        assert response.status_code == 410
        pages.append(page_of(response).one("main").text.replace(str(comment.number), "N"))
    assert len(set(pages)) == 1
    assert "Comment N is no longer here" in pages[0]
    assert "Zygomorphic" not in pages[0]
    assert visitor.get(f"{page_url(consultation)}comments/4/").status_code == 404
