"""Takes comments in, and takes them back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from comments import speaking
from comments.alikeness import first_alike, shingles
from comments.following import follow
from comments.models import (
    Comment,
    CommentState,
    Consultation,
    HoldReason,
    MailAddress,
    ModerationEvent,
    SealedOriginal,
)
from comments.moderation import locked
from comments.receipts import receipt_for, receipt_hash
from comments.speaking import Speaker
from publishing.languages import reader_language
from publishing.sealing import seal


class ConsultationClosed(Exception):
    """The consultation takes no comments now."""


@transaction.atomic
def submit(
    *,
    consultation: Consultation,
    form_key: UUID,
    hold: Callable[[], list[HoldReason]] = list,
    email: str = "",
    speaker: Speaker | None = None,
    received_at: datetime | None = None,
    **fields: Any,
) -> str:
    """Store a comment for moderation and return its receipt.

    The same form with the same content is the same comment, however often and however fast it is sent. Of a new one
    `hold` says why a moderator should look twice; it may also raise, and then nothing is stored. What came by letter
    was received at another moment than now; `speaker` is the member of the network that sends it.
    Raises ConsultationClosed; the database refuses a late comment too.
    """
    received_at = received_at or timezone.now()
    current = Consultation.objects.locked(consultation.pk)
    content = sorted({"consultation": current, **fields}.items())
    key = uuid5(form_key, "\x00".join(f"{name}={getattr(value, 'pk', value)}" for name, value in content))
    code = receipt_for(key)
    comment = Comment.objects.filter(submission_key=key).only("state").first()
    if comment is None:
        if not current.takes_comments(received_at, language=fields["language"]):
            raise ConsultationClosed
        held_for, sketch = hold(), shingles(fields["body"])
        first = first_alike(current, sketch)
        comment = Comment.objects.create(
            consultation=current,
            submission_key=key,
            receipt_hash=receipt_hash(code),
            received_at=received_at,
            held_for=[*held_for, *([HoldReason.ALIKE] if first else [])],
            shingles=sketch,
            alike_id=first,
            **fields,
        )
        if speaker:
            speaking.note(comment, speaker)
    if email and comment.state == CommentState.PENDING:
        # Whoever goes back to add an address is told that the comment has arrived: then the address has, too.
        address = {"sealed": seal(email), "language": reader_language()}
        MailAddress.objects.update_or_create(comment=comment, defaults=address)
    return code


@transaction.atomic
def withdraw(comment: Comment) -> None:
    """Take a comment back for its author: from this moment it is nowhere public. Its number is not given again."""
    current = locked(comment)
    if current.state in (CommentState.WITHDRAWN, CommentState.ERASED):
        return
    speaking.forget(current)
    current.state = CommentState.WITHDRAWN
    current.refusal_reason = current.refusal_note = ""
    current.claimed_by = current.claimed_at = None
    current.save(update_fields=["state", "refusal_reason", "refusal_note", "claimed_by", "claimed_at"])
    for model in (MailAddress, SealedOriginal):
        model._default_manager.filter(comment=current).delete()
    ModerationEvent.objects.create(comment=current, action=ModerationEvent.Action.WITHDRAW)
    follow(current.consultation_id)
