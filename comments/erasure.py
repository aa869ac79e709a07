"""Destroys what a commenter sent. What is left is that there was a comment, its number and what was decided."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from comments import speaking
from comments.following import follow
from comments.models import (
    Comment,
    CommentState,
    CommentTranslation,
    MailAddress,
    ModerationEvent,
    NameKind,
    Point,
    SealedOriginal,
)
from comments.moderation import locked

ERASED: dict[str, Any] = {
    "state": CommentState.ERASED,
    "body": "",
    "name_kind": NameKind.NONE,
    "name": "",
    "organisation": "",
    "place": "",
    "consulted_count": None,
    "consulted_how": "",
    "consulted_language": "",
    "held_for": [],
    "shingles": [],
    "refusal_reason": "",
    "refusal_note": "",
    "claimed_by": None,
    "claimed_at": None,
}


@transaction.atomic
def erase(comment: Comment, *, by: User | None = None) -> None:
    """Destroy a comment's text and all that was made of it, for its author (`by` nobody) or by staff; once."""
    current = locked(comment)
    if current.state == CommentState.ERASED:
        return
    speaking.forget(current)
    for name, value in ERASED.items():
        setattr(current, name, value)
    current.save(update_fields=ERASED)
    for model in (CommentTranslation, SealedOriginal, MailAddress):
        model._default_manager.filter(comment=current).delete()
    Point.objects.filter(comment=current).update(verdict="", verdict_at=None, **Point.personal)
    ModerationEvent.objects.create(comment=current, action=ModerationEvent.Action.ERASE, by=by)
    follow(current.consultation_id)
