"""Takes comments in, and takes them back."""

from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from comments.models import Comment, CommentState, Consultation, ModerationEvent
from comments.receipts import receipt_for, receipt_hash


class ConsultationClosed(Exception):
    """The consultation takes no comments now."""


@transaction.atomic
def submit(*, consultation: Consultation, form_key: UUID, **fields: Any) -> str:
    """Store a comment for moderation and return its receipt.

    The same form with the same content is the same comment, however often and however fast it is sent.
    Raises ConsultationClosed; the database refuses a late comment too.
    """
    received_at = timezone.now()
    current = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    content = sorted({"consultation": current, **fields}.items())
    key = uuid5(form_key, "\x00".join(f"{name}={getattr(value, 'pk', value)}" for name, value in content))
    code = receipt_for(key)
    if Comment.objects.filter(submission_key=key).exists():
        return code
    if not current.takes_comments(received_at, language=fields["language"]):
        raise ConsultationClosed
    Comment.objects.create(
        consultation=current,
        submission_key=key,
        receipt_hash=receipt_hash(code),
        received_at=received_at,
        **fields,
    )
    return code


@transaction.atomic
def withdraw(comment: Comment) -> None:
    """Take a comment back for its author: from this moment it is nowhere public. Its number is not given again."""
    current = Comment.objects.select_for_update().get(pk=comment.pk)
    if current.state in (CommentState.WITHDRAWN, CommentState.ERASED):
        return
    current.state = CommentState.WITHDRAWN
    current.refusal_reason = current.refusal_note = ""
    current.claimed_by = current.claimed_at = None
    current.save(update_fields=["state", "refusal_reason", "refusal_note", "claimed_by", "claimed_at"])
    ModerationEvent.objects.create(comment=current, action=ModerationEvent.Action.WITHDRAW)
