"""Answers: to which points they are given, and their way to publication and back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments import answering
from comments.models import Answer, Comment, Consultation, MailAddress, Point
from comments.progress import days_late, open_points, progress_of, remaining
from tests.factories import (
    make_answer,
    make_closed_consultation,
    make_comment,
    make_consultation,
    make_published_comment,
    make_user,
)

pytestmark = pytest.mark.django_db
DRAFT: dict[str, Any] = {"state": "draft", "published_at": None}


@pytest.fixture
def by() -> User:
    """Who answers."""
    return make_user("Editor")


def make_draft(comment: Comment) -> Answer:
    """Return an answer to a comment that nobody has published."""
    return make_answer(comment, **DRAFT)


def state(answer: Answer) -> str:
    """Return where an answer stands now."""
    return Answer.objects.get(pk=answer.pk).state


def test_the_way_to_publication_and_back(by: User) -> None:
    comment = make_published_comment()
    MailAddress.objects.create(comment=comment, sealed="x", language="en")
    answer = make_draft(comment)
    answering.send_to_review(answer, by=by)
    assert (state(answer), Point.objects.answered().count()) == ("review", 0)
    answering.publish(answer, by=by)
    assert (state(answer), Point.objects.answered().count()) == ("published", 1)
    assert MailAddress.objects.get().changed_at is not None
    comment.points.get().say("does-not", "Why not?")
    answering.withdraw(answer, by=by)
    assert (state(answer), Point.objects.answered().count()) == ("withdrawn", 0)
    assert (answer.published_at, comment.points.get().verdict) == (None, "")
    answering.send_to_review(answer, by=by)
    assert state(answer) == "review"
    assert answer.history.count() >= 4


def test_steps_that_cannot_be_taken(by: User) -> None:
    published, draft = make_answer(make_published_comment()), make_draft(make_published_comment())
    for step, answer, lacks in (
        (answering.publish, published, "published already"),
        (answering.send_to_review, published, "not a draft"),
        (answering.withdraw, draft, "not published"),
    ):
        with pytest.raises(answering.NotReady, match=lacks):
            step(answer, by=by)
    draft.texts.update(ready=False)
    with pytest.raises(answering.NotReady, match="no text"):
        answering.publish(draft, by=by)
    draft.texts.update(ready=True)
    draft.points.update(answer=None)
    with pytest.raises(answering.NotReady, match="no point"):
        answering.publish(draft, by=by)
    assert state(draft) == "draft"


def test_editors_without_the_right_publish_nothing() -> None:
    answer, published = make_draft(make_published_comment()), make_answer(make_published_comment())
    for step, row in ((answering.publish, answer), (answering.withdraw, published)):
        with pytest.raises(PermissionDenied):
            step(row, by=make_user("Moderator"))
    assert (state(answer), state(published)) == ("draft", "published")


def test_points_are_given_and_taken(by: User) -> None:
    consultation = make_consultation()
    first, second = (make_published_comment(consultation).points.get() for _ in range(2))
    other = make_published_comment().points.get()
    answer = make_draft(first.comment)
    answering.assign(answer, [second, other], by=by)
    assert list(answer.points.all()) == [second]


def test_point_of_another_answer(by: User) -> None:
    consultation = make_consultation()
    comments = [make_published_comment(consultation) for _ in range(3)]
    published, draft = make_answer(comments[0]), make_draft(comments[1])
    mine = make_draft(comments[2])
    points = [comment.points.get() for comment in comments]
    for wanted, move in ((points, True), ([points[0]], True), ([points[1]], False)):
        with pytest.raises(answering.AnsweredElsewhere):
            answering.assign(mine, wanted, by=by, move=move)
    answering.assign(mine, points[1:], by=by, move=True)
    assert (published.points.count(), draft.points.count(), mine.points.count()) == (1, 0, 2)


def test_published_answer_keeps_a_point(by: User) -> None:
    answer = make_answer(make_published_comment())
    with pytest.raises(answering.NotReady, match="at least one"):
        answering.assign(answer, [], by=by)
    assert answer.points.exists()


def answered_at(consultation: Consultation) -> object:
    """Return since when a consultation is answered."""
    return Consultation.objects.get(pk=consultation.pk).answered_at


def test_consultation_is_answered_with_its_last_point(by: User) -> None:
    consultation = make_closed_consultation()
    first, second = (make_draft(make_published_comment(consultation)) for _ in range(2))
    answering.publish(first, by=by)
    assert answered_at(consultation) is None
    answering.publish(second, by=by)
    assert answered_at(consultation)
    answering.withdraw(first, by=by)
    assert answered_at(consultation) is None


def test_consultation_is_not_answered_before_all_is_in(by: User) -> None:
    still_open, waiting, late = make_consultation(), make_closed_consultation(), make_closed_consultation()
    make_comment(waiting)
    late.closings.create(language="ar", closes_at=timezone.now() + timedelta(days=3))
    for consultation in (still_open, waiting, late):
        answering.publish(make_draft(make_published_comment(consultation)), by=by)
        assert answered_at(consultation) is None


def test_progress_counts_points(by: User, django_assert_num_queries: Any) -> None:
    consultation = make_consultation(answer_due=timezone.localdate() + timedelta(days=30))
    comments = [make_published_comment(consultation, language=code) for code in ("en", "fr", "fr", "ar")]
    make_comment(consultation)
    make_answer(comments[0])
    make_draft(comments[1])
    make_answer(comments[2], state="review", published_at=None)
    with django_assert_num_queries(1):
        found = progress_of(consultation)
    assert (found.total, found.answered, found.open) == (4, 1, 3)
    left = remaining(consultation)
    assert (left.by_language, left.by_paragraph, left.in_draft, left.in_review) == (
        {"fr": 2, "ar": 1},
        {None: 3},
        1,
        1,
    )
    assert open_points() == [(consultation, 3)]
    assert days_late(consultation) == -30
    assert days_late(make_consultation()) == 0
