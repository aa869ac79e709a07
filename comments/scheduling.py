"""Closing a consultation early and extending it: in one transaction with the public note that says why."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Consultation, DateChange


def has_opened(consultation: Consultation) -> bool:
    """Whether people have been told its dates: from then on they move with a public note alone."""
    # As it is stored: what a form is about to write decides nothing.
    begun = Consultation.objects.filter(pk=consultation.pk, opens_at__lte=Now())
    return begun.filter(Q(published_at__lte=Now()) | Q(comments__isnull=False)).exists()


@transaction.atomic
def close_early(consultation: Consultation, *, by: User, note: str, language: str) -> Consultation:
    """Close a consultation now, for every language. Raises ValidationError where it is not open."""
    now = timezone.now()
    current = _locked(consultation)
    if not current.takes_comments(now):
        raise ValidationError(_("It is not open."))
    before = current.last_closing
    current.closings.filter(closes_at__gt=now).update(closes_at=now)
    if current.closes_at > now:
        current.closes_at = now
        current.save(update_fields=["closes_at"])
    return _noted(current, DateChange.Kind.EARLY, before, now, by=by, note=note, language=language)


@transaction.atomic
def extend(
    consultation: Consultation, *, until: datetime, by: User, note: str, language: str, comments_in: str = ""
) -> Consultation:
    """Take comments for longer, in one language or in all that have no date of their own.

    What is closed opens again. Raises ValidationError where that makes no sense.
    """
    current = _locked(consultation)
    before = current.closing(comments_in)
    if current.answered_at or current.report_at:
        raise ValidationError(_("It is answered already."))
    if current.opens_at > timezone.now():
        raise ValidationError(_("It has not opened yet: change its dates."))
    if until <= max(before, timezone.now()):
        raise ValidationError({"until": _("Choose a moment that is still to come, and later than the present date.")})
    if current.answer_due and current.answer_due < until.date():
        raise ValidationError({"until": _("The answer is due before the consultation closes.")})
    if comments_in:
        current.closings.update_or_create(language=comments_in, defaults={"closes_at": until})
    else:
        current.closes_at = until
        current.save(update_fields=["closes_at"])
    kind = DateChange.Kind.EXTENDED
    return _noted(current, kind, before, until, by=by, note=note, language=language, comments_in=comments_in)


def _locked(consultation: Consultation) -> Consultation:
    """Return the row as it stands; nobody's comment comes in between."""
    return Consultation.objects.select_for_update().get(pk=consultation.pk)


def _noted(
    current: Consultation, kind: DateChange.Kind, before: datetime, after: datetime, **fields: object
) -> Consultation:
    DateChange.objects.create(consultation=current, kind=kind, before=before, after=after, **fields)
    # The database keeps the latest date of all languages.
    current.refresh_from_db()
    return current
