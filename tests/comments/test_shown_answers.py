"""Readers see which words an answer is about, what it changed in which version, and who else got it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from campaign.models import Version
from comments.models import Answer, Comment, Consultation
from comments.points import Part, split
from comments.submission import withdraw
from publishing.models import ParagraphKey
from tests.comments.loop import comment_url, page_of, page_url
from tests.factories import make_answer, make_consultation, make_published_comment, make_user, make_version

pytestmark = pytest.mark.django_db
BODY = "One.\n\nTwo speaks of testing.\n\nThree.\n\nFour."
LATER = "New.\n\nOne.\n\nTwo speaks of tests.\n\nThree.\n\nFour."


@pytest.fixture
def consultation() -> Consultation:
    """A consultation on a first version."""
    return make_consultation(make_version(body=BODY))


@pytest.fixture
def by() -> User:
    """Who divides."""
    return make_user("Editor")


def redraft(consultation: Consultation) -> Version:
    """Make the next version."""
    return make_version(consultation.version.deliverable, body=LATER, state="superseded")


def changed(answer: Answer, version: Version, *numbers: int) -> None:
    """Say that an answer changed these paragraphs."""
    answer.changed_version = version.number
    answer.save()
    keys = ParagraphKey.objects.filter(paragraphs__text__version=version, paragraphs__number__in=numbers)
    answer.changed_paragraphs.set(keys)


def shown(client: Client, comment: Comment) -> list[Any]:
    """Return the answers on a comment's page."""
    return page_of(client.get(comment_url(comment))).all("div", class_="answer")


def test_words_stand_above_their_answer_and_open_points_say_so(
    visitor: Client, consultation: Consultation, by: User
) -> None:
    comment = make_published_comment(consultation, body="Count. Pay. <Ask>.")
    _first, _second, third = split(comment, parts=[Part("Count."), Part("Pay."), Part("<Ask>.")], by=by)
    third.answer = make_answer(comment)
    third.save()
    answered, waiting = shown(visitor, comment)
    assert [quote.text for quote in answered.all("blockquote")] == ["Count.", "<Ask>."]
    assert "Point 1" in answered.text and "Point 3" in answered.text
    assert waiting.text == "Point 2: not answered yet Pay."
    Answer.objects.update(state="draft", published_at=None)
    assert [line.text[:25] for line in shown(visitor, comment)] == [f"Point {n}: not answered yet" for n in (1, 2, 3)]


def test_whole_comment_needs_no_quotation(visitor: Client, consultation: Consultation) -> None:
    comment, silent = make_published_comment(consultation), make_published_comment(consultation)
    make_answer(comment)
    (answer,) = shown(visitor, comment)
    assert not answer.all("blockquote") and "Point" not in answer.text and "same answer" not in answer.text
    assert shown(visitor, silent) == []


def test_change_leads_into_the_redline(visitor: Client, consultation: Consultation) -> None:
    comment = make_published_comment(consultation)
    answer = make_answer(comment)
    version = redraft(consultation)
    changed(answer, version, 1, 3)
    line = shown(visitor, comment)[0].one("p", class_="answer-change")
    assert line.text == "Changed in version 2: ¶ 1, ¶ 3"
    anchors = {}
    for link in line.all("a"):
        url, _hash, anchor = link.get("href").partition("#")
        anchors[anchor] = page_of(visitor.get(url))
    assert all(not anchor or page.all("div", id=anchor) for anchor, page in anchors.items())
    assert set(anchors) == {"", "p1", "p3"}


def test_version_that_is_not_public_is_not_named(visitor: Client, consultation: Consultation) -> None:
    comment = make_published_comment(consultation)
    answer = make_answer(comment)
    version = redraft(consultation)
    changed(answer, version, 1)
    Version.objects.filter(pk=version.pk).update(state="draft", published_at=None)
    assert "version 2" not in shown(visitor, comment)[0].text
    answer.changed_version = 9
    answer.save()
    assert "version 9" not in shown(visitor, comment)[0].text


def test_who_else_got_the_answer(visitor: Client, consultation: Consultation) -> None:
    comments = [make_published_comment(consultation) for _ in range(24)]
    answer = make_answer(comments[0])
    for comment in comments[1:]:
        comment.points.update(answer=answer)
    withdraw(comments[1])
    (line,) = (found.one("p", class_="answer-others") for found in shown(visitor, comments[0]))
    assert [int(link.text) for link in line.all("a")] == list(range(3, 23))
    assert line.text.endswith("22 and 2 more")
    (line,) = (found.one("p", class_="answer-others") for found in shown(visitor, comments[23]))
    assert [int(link.text) for link in line.all("a")] == [1, *range(3, 22)]
    assert line.text.endswith("and 2 more")


def test_pages_ask_as_often_for_many_answers(
    visitor: Client, consultation: Consultation, django_assert_num_queries: Any
) -> None:
    version = redraft(consultation)
    for count in (1, 12):
        for _ in range(count):
            first, second = make_published_comment(consultation), make_published_comment(consultation)
            answer = make_answer(first)
            second.points.update(answer=answer)
            changed(answer, version, 1, 2)
        with django_assert_num_queries(20):
            visitor.get(page_url(consultation))
