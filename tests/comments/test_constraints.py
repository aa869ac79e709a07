"""The state rules that the database holds, one by one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from comments.models import Answer, Comment, Consultation, DateChange, LanguageClosing, ModerationEvent
from tests.factories import make_answer, make_comment, make_consultation, make_published_comment, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()

# Of a pending comment.
PENDING = [
    ("comment_decided_by_someone", {"decided_at": NOW}),
    ("comment_decided_by_someone", {"state": "draft"}),
    ("comment_decided_by_someone", {"state": ""}),
    ("comment_decided_by_someone", {"state": "refused", "refusal_reason": "hate"}),
    ("comment_decided_by_someone", {"state": "refused", "refusal_reason": "hate", "decided_at": NOW}),
    ("comment_decided_by_someone", {"state": "published", "number": 1, "published_at": NOW}),
    ("comment_unpublished_has_no_number", {"number": 1}),
    ("comment_refused_has_reason", {"refusal_reason": "hate"}),
    ("comment_refused_has_reason", {"refusal_note": "Why"}),
    ("comment_name_as_chosen", {"name_kind": "none", "name": "Zoë"}),
    ("comment_name_as_chosen", {"name_kind": "organisation"}),
    ("comment_name_as_chosen", {"name_kind": "organisation", "organisation": "Society", "name": "Zoë"}),
    ("comment_name_as_chosen", {"name_kind": "pseudonym"}),
    ("comment_name_as_chosen", {"name_kind": "own-name"}),
    ("comment_name_as_chosen", {"name_kind": "moderator", "name": "Zoë"}),
    ("comment_says_something", {"body": ""}),
    ("null value", {"receipt_hash": None}),
    ("null value", {"submission_key": None}),
    ("not open", {"received_at": None}),
]
# Of a published one.
PUBLISHED = [
    ("comment_decided_by_someone", {"decided_by": None}),
    ("comment_decided_by_someone", {"decided_at": None}),
    ("comment_published_has_number", {"number": None}),
    ("comment_published_has_number", {"published_at": None}),
    ("comment_unpublished_has_no_number", {"state": "spam"}),
    ("comment_erased_holds_nothing", {"state": "erased"}),
    ("comment_consulted_somebody", {"consulted_how": "At a meeting."}),
    ("comment_entered_by_someone", {"channel": "letter"}),
    ("comment_claimed_while_pending", {"claimed_at": NOW}),
    ("comment_refused_has_reason", {"state": "refused", "number": None}),
    ("comment_refused_has_reason", {"state": "refused", "number": None, "refusal_reason": "because"}),
    ("comment_refused_has_reason", {"refusal_reason": "hate"}),
    ("comment_says_something", {"body": ""}),
    ("comment_number_check", {"number": -1}),
]


@pytest.mark.parametrize(("name", "change"), PENDING, ids=range(len(PENDING)))
def test_pending_comment(name: str, change: dict[str, Any]) -> None:
    """It is undecided, has no number, and says something under the name chosen."""
    comment = make_comment()
    with pytest.raises(IntegrityError, match=name):
        Comment.objects.filter(pk=comment.pk).update(**change)


@pytest.mark.parametrize(("name", "change"), PUBLISHED, ids=range(len(PUBLISHED)))
def test_published_comment(name: str, change: dict[str, Any]) -> None:
    """It has a number, a time, and somebody who decided."""
    comment = make_published_comment()
    with pytest.raises(IntegrityError, match=name):
        Comment.objects.filter(pk=comment.pk).update(**change)


@pytest.mark.parametrize("change", [{"body": "", "name_kind": "none", "name": ""}, {"decided_by": None}])
def test_withdrawn_comment_may_be_emptied(change: dict[str, Any]) -> None:
    """Nothing of it need remain but its number."""
    comment = make_published_comment(name_kind="own-name", name="Zoë")
    assert Comment.objects.filter(pk=comment.pk).update(state="withdrawn", **change) == 1


@pytest.mark.parametrize("column", ["submission_key", "receipt_hash"])
def test_comes_once(column: str) -> None:
    """One row for one form, one receipt for one comment."""
    comment = make_comment()
    with pytest.raises(IntegrityError, match=column):
        make_comment(comment.consultation, **{column: getattr(comment, column)})


def test_number_is_given_once() -> None:
    """In each consultation."""
    comment = make_published_comment(number=4)
    make_published_comment(number=4)
    with pytest.raises(IntegrityError, match="comment_number"):
        make_published_comment(comment.consultation, number=4)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("consultation_closes_after_opening", {"closes_at": NOW - timedelta(days=400)}),
        ("consultation_published_at", {"published_at": None}),
        ("consultation_answer_due_after_closing", {"answer_due": (NOW - timedelta(days=1)).date()}),
    ],
)
def test_consultation(name: str, change: dict[str, Any]) -> None:
    """It closes after it opens, and is answered after that."""
    consultation = make_consultation()
    with pytest.raises(IntegrityError, match=name):
        Consultation.objects.filter(pk=consultation.pk).update(**change)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("answer_published_at", {"published_at": None}),
        ("answer_changed_what_was_taken_up", {"disposition": "not-accepted", "changed_version": 2}),
    ],
)
def test_answer(name: str, change: dict[str, Any]) -> None:
    """It is public from a moment on, and changed only what it took up."""
    answer = make_answer(make_published_comment())
    with pytest.raises(IntegrityError, match=name):
        Answer.objects.filter(pk=answer.pk).update(**change)


def test_answer_gives_a_reason() -> None:
    """In each of its texts."""
    answer = make_answer(make_published_comment())
    with pytest.raises(IntegrityError, match="answertext_has_reason"):
        answer.texts.update(reason="")


@pytest.mark.parametrize("model", [ModerationEvent, DateChange])
@pytest.mark.parametrize("what", ["update", "delete"])
def test_rows_that_are_only_ever_added(model: Any, what: str) -> None:
    """What was decided stands, whoever asks the database to forget it."""
    comment = make_published_comment()
    row = {"at": NOW, "by": comment.decided_by}
    if model is ModerationEvent:
        made: Any = ModerationEvent.objects.create(comment=comment, action="publish", **row)
    else:
        moments = {"before": NOW, "after": NOW + timedelta(days=1)}
        made = DateChange.objects.create(
            consultation=comment.consultation, kind="extended", note="Two more days.", **moments, **row
        )
    rows = model.objects.filter(pk=made.pk)
    with pytest.raises(IntegrityError, match="only ever added"):
        rows.update(at=NOW - timedelta(days=1)) if what == "update" else rows.delete()


def test_comments_in_a_language_have_their_own_closing() -> None:
    """The database takes them until then, and no other."""
    now = timezone.now()
    consultation = make_consultation(closes_at=now - timedelta(days=2))
    LanguageClosing.objects.create(consultation=consultation, language="ar", closes_at=now + timedelta(days=2))
    consultation.refresh_from_db()
    assert consultation.last_closing == consultation.languages_close_at
    assert consultation in Consultation.objects.open()
    make_comment(consultation, language="ar", received_at=now)
    with pytest.raises(IntegrityError, match="not open"):
        make_comment(consultation, language="en", received_at=now)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("event_has_moderator", {"action": "publish"}),
        ("event_has_moderator", {"action": "refuse", "reason": "hate"}),
        ("event_has_moderator", {"action": "withdraw", "moderator": True}),
        ("event_has_reason", {"action": "refuse", "moderator": True}),
    ],
)
def test_event(name: str, fields: dict[str, Any]) -> None:
    """Moderators decide, and say why; authors withdraw, and need say nothing."""
    by = make_user() if fields.pop("moderator", False) else None
    comment = make_comment()
    with pytest.raises(IntegrityError, match=name):
        ModerationEvent.objects.create(comment=comment, by=by, **fields)
