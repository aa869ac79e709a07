"""Moderators' decisions: each in one transaction with its event."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comments import speaking
from comments.following import follow
from comments.models import Comment, CommentState, Consultation, ModerationEvent, Point
from comments.telling import note_change

# For so long a moderator has a comment to themselves.
CLAIM_LASTS = timedelta(minutes=15)
CLAIM = ("claimed_by", "claimed_at")
# No other column is touched: a decision never asks again whether the comment came in time.
DECISION = ("state", "number", "published_at", "decided_by", "decided_at", "refusal_reason", "refusal_note", *CLAIM)


class AlreadyDecided(Exception):
    """Somebody else decided first, or the author withdrew the comment."""


class ClaimedByAnother(AlreadyDecided):
    """Another moderator is at work on the comment."""


def claimant(comment: Comment) -> User | None:
    """Return the moderator who is at work on a comment; a claim that was forgotten ends by itself."""
    is_live = comment.claimed_at is not None and comment.claimed_at > timezone.now() - CLAIM_LASTS
    return comment.claimed_by if is_live else None


@transaction.atomic
def claim(comment: Comment, *, by: User, take_over: bool = False) -> None:
    """Keep others from deciding on a pending comment for a while. Raises AlreadyDecided, or ClaimedByAnother."""
    current = locked(comment)
    _must_be(current, CommentState.PENDING)
    if not take_over:
        _must_be_free(current, by)
    current.claimed_by, current.claimed_at = by, timezone.now()
    current.save(update_fields=CLAIM)


def release(comment: Comment, *, by: User) -> None:
    """Give up one's own claim; anybody else's stays."""
    Comment.objects.filter(pk=comment.pk, claimed_by=by).update(claimed_by=None, claimed_at=None)


@transaction.atomic
def approve(comment: Comment, *, by: User, seen: int | None = None) -> Comment:
    """Publish a pending comment under the consultation's next number. Raises AlreadyDecided.

    `seen`, here and below, is how many events the moderator's page showed: more mean that it is out of date.
    """
    current = _pending(comment, by, seen)
    last = Comment.objects.filter(consultation=current.consultation_id).aggregate(Max("number"))["number__max"]
    current.number = (last or 0) + 1
    current.published_at = timezone.now()
    decided = _decide(current, CommentState.PUBLISHED, ModerationEvent.Action.PUBLISH, by=by)
    # All of it is one point, unless an editor splits it.
    Point.objects.create(comment=decided, paragraph_key_id=decided.paragraph_key_id)
    follow(decided.consultation_id)
    return decided


@transaction.atomic
def refuse(comment: Comment, *, by: User, reason: str, note: str = "", seen: int | None = None) -> Comment:
    """Refuse a pending comment; its author reads reason and note with the receipt. Raises AlreadyDecided."""
    current = _pending(comment, by, seen)
    current.refusal_reason, current.refusal_note = reason, note
    return _decide(current, CommentState.REFUSED, ModerationEvent.Action.REFUSE, by=by)


@transaction.atomic
def take_down(comment: Comment, *, by: User, reason: str, note: str = "", seen: int | None = None) -> Comment:
    """Refuse a comment that was published; its number is not given again. Raises AlreadyDecided."""
    current = locked(comment, seen=seen)
    _must_be(current, CommentState.PUBLISHED)
    current.refusal_reason, current.refusal_note = reason, note
    return _decide(current, CommentState.REFUSED, ModerationEvent.Action.REFUSE, by=by)


@transaction.atomic
def set_aside(comment: Comment, *, by: User, seen: int | None = None) -> Comment:
    """Set a pending comment aside as spam. Raises AlreadyDecided."""
    return _decide(_pending(comment, by, seen), CommentState.SPAM, ModerationEvent.Action.SPAM, by=by)


@transaction.atomic
def put_back(comment: Comment, *, by: User, seen: int | None = None) -> Comment:
    """Put into the queue again what was set aside as spam. Raises AlreadyDecided."""
    current = locked(comment, seen=seen)
    _must_be(current, CommentState.SPAM)
    current.state, current.decided_by, current.decided_at = CommentState.PENDING, None, None
    current.save(update_fields=DECISION)
    note_change([current])
    ModerationEvent.objects.create(comment=current, action=ModerationEvent.Action.RETURN, by=by)
    follow(current.consultation_id)
    return current


def locked(comment: Comment, *, seen: int | None = None) -> Comment:
    """Return a comment as it is now, which nobody else changes meanwhile. Raises AlreadyDecided if more happened."""
    Consultation.objects.locked(comment.consultation_id)
    current = Comment.objects.select_for_update().get(pk=comment.pk)
    if seen is not None and current.events.count() != seen:
        raise AlreadyDecided
    return current


def _pending(comment: Comment, by: User, seen: int | None) -> Comment:
    current = locked(comment, seen=seen)
    _must_be(current, CommentState.PENDING)
    _must_be_free(current, by)
    return current


def _must_be(comment: Comment, state: CommentState) -> None:
    if comment.state != state:
        raise AlreadyDecided


def _must_be_free(comment: Comment, by: User) -> None:
    if claimant(comment) not in (None, by):
        raise ClaimedByAnother


def _decide(comment: Comment, state: CommentState, action: ModerationEvent.Action, *, by: User) -> Comment:
    comment.state, comment.decided_by, comment.decided_at = state, by, timezone.now()
    comment.claimed_by = comment.claimed_at = None
    comment.save(update_fields=DECISION)
    if state == CommentState.REFUSED:
        speaking.forget(comment)
    note_change([comment])
    ModerationEvent.objects.create(comment=comment, action=action, by=by, reason=comment.refusal_reason)
    follow(comment.consultation_id)
    return comment
