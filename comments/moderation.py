"""Moderators' decisions: each in one transaction with its event."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comments.models import Comment, CommentState, Consultation, ModerationEvent, Point
from comments.notices import note_change

# No other column is touched: a decision never asks again whether the comment came in time.
DECISION = (
    *("state", "number", "published_at", "decided_by", "decided_at"),
    *("refusal_reason", "refusal_note", "claimed_by", "claimed_at"),
)


class AlreadyDecided(Exception):
    """Somebody else decided first, or the author withdrew the comment."""


@transaction.atomic
def approve(comment: Comment, *, by: User) -> Comment:
    """Publish a pending comment under the consultation's next number. Raises AlreadyDecided."""
    # The consultation's row is the queue in which numbers are given out: two approvals never get the same.
    Consultation.objects.select_for_update(no_key=True).get(pk=comment.consultation_id)
    current = _pending(comment)
    last = Comment.objects.filter(consultation=current.consultation_id).aggregate(Max("number"))["number__max"]
    current.number = (last or 0) + 1
    current.published_at = timezone.now()
    decided = _decide(current, CommentState.PUBLISHED, ModerationEvent.Action.PUBLISH, by=by)
    # All of it is one point, unless an editor splits it.
    Point.objects.create(comment=decided, paragraph_key_id=decided.paragraph_key_id)
    return decided


@transaction.atomic
def refuse(comment: Comment, *, by: User, reason: str, note: str = "") -> Comment:
    """Refuse a pending comment; its author reads reason and note with the receipt. Raises AlreadyDecided."""
    current = _pending(comment)
    current.refusal_reason, current.refusal_note = reason, note
    return _decide(current, CommentState.REFUSED, ModerationEvent.Action.REFUSE, by=by)


def _pending(comment: Comment) -> Comment:
    current = Comment.objects.select_for_update().get(pk=comment.pk)
    if current.state != CommentState.PENDING:
        raise AlreadyDecided
    return current


def _decide(comment: Comment, state: CommentState, action: ModerationEvent.Action, *, by: User) -> Comment:
    comment.state, comment.decided_by, comment.decided_at = state, by, timezone.now()
    comment.claimed_by = comment.claimed_at = None
    comment.save(update_fields=DECISION)
    note_change([comment])
    ModerationEvent.objects.create(comment=comment, action=action, by=by, reason=comment.refusal_reason)
    return comment
