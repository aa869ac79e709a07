"""Members say that they used what others share; the secretariat reads it before anybody else does."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from advocacy.models import Membership, Practice, PracticeUse, UseState
from advocacy.proposing import tell_decided
from publishing.languages import reader_language


class AlreadyDecided(Exception):
    """Somebody else decided first, or it was taken back."""


@transaction.atomic
def say(practice: Practice, *, note: str, year: int, by: Membership) -> PracticeUse:
    """Hand a note to the secretariat, in place of one that waits or was refused; what is published stands."""
    rows = PracticeUse.objects.filter(practice=practice, organisation=by.organisation_id)
    # The practice's row is the queue of those who send at once.
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    shown = rows.filter(state=UseState.PUBLISHED).first()
    rows.exclude(state=UseState.PUBLISHED).delete()
    if shown and (shown.note, shown.year) == (note, year):
        return shown
    who = {"organisation_id": by.organisation_id, "said_by_id": by.user_id}
    return PracticeUse.objects.create(practice=practice, note=note, year=year, language=reader_language(), **who)


@transaction.atomic
def take_back(practice: Practice, *, by: Membership) -> None:
    """Delete all that an organisation said of a practice."""
    PracticeUse.objects.filter(practice=practice, organisation=by.organisation_id).delete()


@transaction.atomic
def approve(use: PracticeUse, *, by: User) -> PracticeUse:
    """Publish a note, in place of the one before it, and tell who wrote it. Raises AlreadyDecided."""
    current = _pending(use)
    published = PracticeUse.objects.filter(practice=current.practice_id, organisation=current.organisation_id)
    published.filter(state=UseState.PUBLISHED).delete()
    current.published_at = timezone.now()
    return _decide(current, UseState.PUBLISHED, by=by)


@transaction.atomic
def refuse(use: PracticeUse, *, by: User, reason: str) -> PracticeUse:
    """Refuse a note, and tell who wrote it why. Raises AlreadyDecided."""
    current = _pending(use)
    current.reason = reason
    return _decide(current, UseState.REFUSED, by=by)


def _pending(use: PracticeUse) -> PracticeUse:
    current = PracticeUse.objects.select_for_update().filter(pk=use.pk, state=UseState.PENDING).first()
    if current is None:
        raise AlreadyDecided
    return current


def _decide(use: PracticeUse, state: UseState, *, by: User) -> PracticeUse:
    use.state, use.decided_by, use.decided_at = state, by, timezone.now()
    use.save()
    approved, about = state == UseState.PUBLISHED, f"advocacy.practiceuse:{use.pk}"
    tell_decided(use.said_by, language=use.language, approved=approved, reason=use.reason, about=about)
    return use
