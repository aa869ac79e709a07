"""An organisation leaves the network, or is erased, so that nothing here tells that it ever was in it."""

from collections.abc import Callable

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from advocacy import inviting
from advocacy.logos import PREFIX
from advocacy.models import Erasure, Invitation, Organisation, Practice, Proposal, ProposalState
from advocacy.second_factor import end_sessions
from publishing import outbox
from publishing.models import Picture, PreviewLink
from publishing.publication import State

# What else has to be done before an organisation, or somebody's account, goes: apps further left add to these what
# they keep of either, at start-up.
BEFORE_ORGANISATION: list[Callable[[Organisation], None]] = []
BEFORE_USER: list[Callable[[User], None]] = []
# The mails that go to somebody because of their account, or name their address for an answer.
MAILS = ("account", "proposal", "hidden", "check", "question")


class AlreadyLeft(Exception):
    """The organisation has left before."""


@transaction.atomic
def leave(organisation: Organisation, *, by: User) -> None:
    """Let an organisation leave: from this moment nothing of it is public and nobody acts for it. Raises AlreadyLeft.

    Its practices go with it. The secretariat still knows its profile and its people, so that it can come back, or be
    erased with their accounts; the memberships let nobody in any more (`MembershipQuerySet.current`).
    """
    current = inviting.locked(organisation.pk)
    if current.left:
        raise AlreadyLeft
    current.left, current.state = timezone.localdate(), State.WITHDRAWN
    current.save()
    for practice in Practice.objects.filter(organisation=current).exclude(state=State.WITHDRAWN):
        practice.state = State.WITHDRAWN
        practice.save()
    waiting = Proposal.objects.pending().filter(organisation=current)
    waiting.update(state=ProposalState.WITHDRAWN)
    for invitation in Invitation.objects.waiting().filter(organisation=current):
        inviting.withdraw(invitation, by=by)


@transaction.atomic
def erase(organisation: Organisation, *, part: Erasure.Part, by: User) -> None:
    """Delete an organisation and all that is its own, with the accounts of those who act for nobody else.

    Endorsements that it signed as a member, and whatever else names it, go or forget it. What is kept is that one
    was erased, when, and in which part somebody asked for it.
    """
    current = inviting.locked(organisation.pk)
    for prepare in BEFORE_ORGANISATION:
        prepare(current)
    for invitation in Invitation.objects.waiting().filter(organisation=current):
        inviting.withdraw(invitation, by=by)  # and so the mails that have not gone out
    people = list(User.objects.filter(memberships__organisation=current))
    practices = list(Practice.objects.filter(organisation=current))
    logos = _logos(current)
    for thing in [*Proposal.objects.filter(organisation=current), *practices, current]:
        _forget(thing)
        thing.delete()
    for logo in logos:
        _delete_picture(logo)
    for user in people:
        if not user.is_staff and not user.memberships.exists():
            erase_user(user)
    Erasure.objects.create(part=part)


def erase_user(user: User) -> None:
    """Delete an account with its sessions, the mails that wait for it, and what would keep it."""
    for prepare in BEFORE_USER:
        prepare(user)
    if user.email:
        outbox.forget_address(user.email, *MAILS)
    end_sessions(user)
    _forget(user)
    user.delete()


def _forget(thing: models.Model) -> None:
    """Delete what names a thing without hanging on it: the admin's log, and links for reviewers."""
    rows = {"content_type": ContentType.objects.get_for_model(thing)}
    LogEntry.objects.filter(**rows, object_id=str(thing.pk)).delete()
    PreviewLink.objects.filter(**rows, object_id=thing.pk).delete()


def _logos(organisation: Organisation) -> list[Picture]:
    """Return the logo, those that were proposed, and those that members sent and nobody shows."""
    proposals = Proposal.objects.filter(organisation=organisation, practice=None)
    named = {slug for pair in proposals.values_list("before__logo", "values__logo") for slug in pair if slug}
    titles = organisation.texts.values("title")
    sent = Q(slug__startswith=PREFIX, credit__in=titles)
    return list(Picture.objects.filter(Q(pk=organisation.logo_id) | Q(slug__in=named) | sent))


def _delete_picture(picture: Picture) -> None:
    """Delete a logo and its files, unless something else shows it too."""
    _forget(picture)
    try:
        with transaction.atomic():
            picture.delete()
    except ProtectedError:
        return
    picture.remove_files()
