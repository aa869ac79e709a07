"""Takes in, for somebody else, a comment that came by letter, mail or meeting."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from comments.models import Comment, Consultation
from comments.receipts import receipt_hash
from comments.submission import ConsultationClosed, submit


def moment_on(day: date, consultation: Consultation, language: str) -> datetime | None:
    """Return when on that day, by the consultation's clock, comments were taken; nothing if they were not."""
    zone = consultation.zone
    if not timezone.localdate(consultation.opens_at, zone) <= day <= timezone.localdate(timezone=zone):
        return None
    midnight = datetime.combine(day, time.min, zone)
    first = max(midnight, consultation.opens_at)
    until = min(midnight + timedelta(days=1), consultation.closing(language), timezone.now())
    if first >= until:
        return None
    noon = midnight + timedelta(hours=12)
    return min(max(noon, first), until - timedelta(microseconds=1))


@transaction.atomic
def enter(
    *, consultation: Consultation, form_key: UUID, by: User, received_on: date, **fields: Any
) -> tuple[Comment, str]:
    """Store a comment for moderation; return it with its receipt, which staff pass on.

    The same form with the same content is the same comment. Raises ConsultationClosed.
    """
    received_at = moment_on(received_on, consultation, fields["language"])
    if received_at is None:
        raise ConsultationClosed
    key = uuid5(form_key, received_on.isoformat())
    code = submit(consultation=consultation, form_key=key, received_at=received_at, entered_by=by, **fields)
    return Comment.objects.get(receipt_hash=receipt_hash(code)), code
