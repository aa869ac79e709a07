"""Moderators' decisions: once, by one person, with a number or a reason, and on record."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import timezone

from comments.models import Comment, CommentState, Consultation, ModerationEvent, RefusalReason
from comments.moderation import AlreadyDecided, approve, refuse
from comments.redaction import redact
from comments.submission import withdraw
from tests.comments.test_submission import at_once
from tests.factories import make_comment, make_consultation, make_published_comment, make_user


@pytest.fixture
def anna(db: None) -> User:
    """A moderator."""
    return make_user()


@pytest.fixture
def ben(db: None) -> User:
    """Another."""
    return make_user()


class TestApprove:
    """Publication."""

    def test_decision_is_recorded(self, anna: User) -> None:
        """Who, when, and the number."""
        comment = approve(make_comment(), by=anna)
        comment.refresh_from_db()
        assert (comment.state, comment.number, comment.decided_by) == ("published", 1, anna)
        assert comment.decided_at is not None
        assert comment.published_at is not None
        assert Comment.objects.public().get() == comment
        event = ModerationEvent.objects.get()
        assert (event.comment, event.action, event.by, event.reason) == (comment, "publish", anna, "")

    def test_numbers_follow_each_other(self, anna: User) -> None:
        """In each consultation on its own, without gaps, in the order of publication, replies among them."""
        first, second = make_consultation(), make_consultation()
        waiting = [make_comment(first) for _ in range(3)]
        assert [approve(comment, by=anna).number for comment in reversed(waiting)] == [1, 2, 3]
        assert approve(make_comment(second), by=anna).number == 1
        refuse(make_comment(first), by=anna, reason="advert")
        assert approve(make_comment(first, reply_to=waiting[0]), by=anna).number == 4

    def test_numbers_stay(self, anna: User) -> None:
        """A number is given once."""
        comment = approve(make_comment(), by=anna)
        approve(make_comment(comment.consultation), by=anna)
        with pytest.raises(AlreadyDecided):
            approve(comment, by=anna)
        withdraw(comment)
        comment.refresh_from_db()
        assert comment.number == 1

    def test_after_closing(self, anna: User) -> None:
        """Comments that came in time are published later too."""
        comment = make_comment()
        Consultation.objects.update(closes_at=timezone.now() - timedelta(hours=1))
        assert approve(comment, by=anna).number == 1

    def test_when_the_dates_were_moved(self, anna: User) -> None:
        """A consultation that was shortened afterwards leaves nobody's comment stuck."""
        consultation = make_consultation()
        comments = [make_comment(consultation, received_at=timezone.now()) for _ in range(3)]
        Consultation.objects.update(closes_at=timezone.now() - timedelta(days=5))
        approve(comments[0], by=anna)
        refuse(comments[1], by=anna, reason="advert")
        withdraw(comments[2])
        assert [c.state for c in Comment.objects.order_by("pk")] == ["published", "refused", "withdrawn"]

    def test_keeps_what_was_sent(self, anna: User) -> None:
        """A moderator's stale copy overwrites nothing."""
        comment = make_comment(body="As sent.")
        stale = Comment.objects.get(pk=comment.pk)
        stale.body = "As somebody else would have it."
        approve(stale, by=anna)
        comment.refresh_from_db()
        assert comment.body == "As sent."


class TestRefuse:
    """Refusal."""

    @pytest.mark.parametrize("reason", RefusalReason.values)
    def test_decision_is_recorded(self, anna: User, reason: str) -> None:
        """Who, when and why; the note stays with the comment, the event holds no text."""
        comment = refuse(make_comment(body="Refused words"), by=anna, reason=reason, note="A note.")
        comment.refresh_from_db()
        assert (comment.state, comment.refusal_reason, comment.refusal_note) == ("refused", reason, "A note.")
        assert (comment.number, comment.published_at, comment.decided_by) == (None, None, anna)
        event = ModerationEvent.objects.get()
        assert (event.action, event.by, event.reason) == ("refuse", anna, reason)
        assert not Comment.objects.public().exists()

    @pytest.mark.parametrize("reason", ["", "because", " "])
    def test_needs_a_reason(self, anna: User, reason: str) -> None:
        """One of those that authors are told."""
        with pytest.raises(IntegrityError, match="comment_refused_has_reason"):
            refuse(make_comment(), by=anna, reason=reason)

    def test_nothing_half_done(self, anna: User) -> None:
        """A refusal that fails leaves comment and record as they were."""
        comment = make_comment()
        with pytest.raises(IntegrityError):
            refuse(comment, by=anna, reason="")
        comment = Comment.objects.get()
        assert comment.state == "pending"
        assert not comment.events.exists()


class TestDecidedAlready:
    """Nobody's decision overwrites another."""

    @pytest.mark.parametrize("first", ["approve", "refuse", "withdraw"])
    @pytest.mark.parametrize("second", ["approve", "refuse"])
    def test_second_decision(self, anna: User, ben: User, first: str, second: str) -> None:
        """The second moderator is told, and nothing changes."""
        comment = make_comment()
        if first == "withdraw":
            withdraw(comment)
        else:
            decide(first, comment, anna)
        before = Comment.objects.values().get()
        with pytest.raises(AlreadyDecided):
            decide(second, comment, ben)
        assert Comment.objects.values().get() == before
        assert ModerationEvent.objects.count() == 1

    def test_withdrawn_before_publication_has_no_number(self, anna: User) -> None:
        """And no number is spent on it."""
        consultation = make_consultation()
        withdraw(make_comment(consultation))
        assert approve(make_comment(consultation), by=anna).number == 1


def decide(how: str, comment: Comment, by: User) -> Comment:
    """Approve or refuse."""
    return approve(comment, by=by) if how == "approve" else refuse(comment, by=by, reason="hate")


def test_events_hold_no_text() -> None:
    """Their columns are who, what, when and which reason: nothing that a withdrawal would have to erase."""
    assert {field.name for field in ModerationEvent._meta.get_fields()} == {
        *("id", "comment", "action", "by", "at", "reason"),
    }


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Several people at the same moment."""

    def test_two_moderators(self) -> None:
        """One decides, the other is told; one event."""
        comment, anna, ben = make_comment(), make_user(), make_user()
        results = at_once(
            [
                lambda: approve(comment, by=anna),
                lambda: refuse(comment, by=ben, reason="hate"),
                lambda: approve(comment, by=ben),
                lambda: refuse(comment, by=anna, reason="advert"),
            ]
        )
        assert sorted(type(result).__name__ for result in results) == ["AlreadyDecided"] * 3 + ["Comment"]
        event = ModerationEvent.objects.get()
        comment.refresh_from_db()
        assert event.by == comment.decided_by
        assert event.action == {"published": "publish", "refused": "refuse"}[comment.state]

    def test_two_approvals(self) -> None:
        """Different comments get different numbers, without a gap."""
        consultation, moderator = make_consultation(), make_user()
        make_published_comment(consultation)
        waiting = [make_comment(consultation) for _ in range(10)]
        results = at_once([partial(approve, comment, by=moderator) for comment in waiting])
        assert sorted(result.number for result in results) == list(range(2, 12))

    def test_redaction_and_approval(self) -> None:
        """Neither waits for the other for ever: one decides, the other is told."""
        consultation, moderator = make_consultation(), make_user()
        for _ in range(5):
            comment = make_comment(consultation, body="one two")
            redacted = partial(redact, comment, by=moderator, typed="[[one]] two", reason="hate", destroy=True, seen=0)
            results = at_once([redacted, partial(approve, comment, by=moderator, seen=0)])
            assert sorted(type(result).__name__ for result in results) == ["AlreadyDecided", "Comment"]

    def test_approval_and_withdrawal(self) -> None:
        """Whichever comes first, in the end it is withdrawn."""
        comment, moderator = make_comment(), make_user()
        results = at_once([lambda: approve(comment, by=moderator), *[lambda: withdraw(comment)] * 3])
        assert isinstance(results[0], Comment | AlreadyDecided)
        comment.refresh_from_db()
        assert comment.state == CommentState.WITHDRAWN
        actions = list(comment.events.values_list("action", flat=True))
        assert actions == (["publish", "withdraw"] if isinstance(results[0], Comment) else ["withdraw"])
