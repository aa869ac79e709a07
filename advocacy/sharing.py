"""A member begins to share a practice: a row that nobody sees, until the secretariat approves its first text."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from advocacy.models import Membership, Practice, PracticeFile, Proposal, ProposalState
from publishing.publication import State

# So long what nobody sent or approved is kept.
KEPT = timedelta(days=30)


@transaction.atomic
def begin(membership: Membership, *, key: UUID, kind: str) -> Practice:
    """Make a draft, with a neutral address; the same form sent again gives the same one."""
    user = User.objects.select_for_update(no_key=True).get(pk=membership.user_id)
    own = Practice.objects.filter(begun_key=key, organisation=membership.organisation_id).first()
    if own:
        return own
    practice = Practice(organisation=membership.organisation, kind=kind, slug=f"begun-{key.hex}", state=State.DRAFT)
    practice.begun_at, practice.begun_key = timezone.now(), key
    practice._history_user = user  # type: ignore[attr-defined] # simple_history reads it
    practice.save()
    practice.slug = f"practice-{practice.pk}"
    practice.save()
    return practice


def editable(rows: Any) -> Any:
    """Return the practices that their organisation can change: what is public or for members, or was begun by it."""
    return rows.filter(state=State.PUBLISHED) | rows.filter(state=State.DRAFT, begun_at__isnull=False)


@transaction.atomic
def drop_files(practice: Practice, *, kept: list[int]) -> None:
    """Delete the files that were never approved, and that the proposal just sent does without."""
    for file in practice.files.filter(approved=False).exclude(pk__in=kept):
        file.delete()


@transaction.atomic
def forget_drafts() -> tuple[int, int]:
    """Delete drafts that nobody sent or that were taken back, and files that nobody approved; return how many."""
    late = timezone.now() - KEPT
    proposals = Proposal.objects.filter(practice=OuterRef("pk")).exclude(state=ProposalState.WITHDRAWN)
    drafts = Practice.objects.filter(~Exists(proposals), state=State.DRAFT, begun_at__lt=late)
    drafts = drafts.exclude(files__created_at__gte=late).exclude(proposals__proposed_at__gte=late)
    dropped = 0
    for practice in drafts:
        practice.delete()
        dropped += 1
    pending = Proposal.objects.filter(practice=OuterRef("practice"), state=ProposalState.PENDING)
    files = PracticeFile.objects.filter(~Exists(pending), approved=False, created_at__lt=late)
    count = 0
    for file in files:
        file.delete()
        count += 1
    return dropped, count
