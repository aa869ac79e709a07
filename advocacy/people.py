"""Who acts for an organisation: roles change and people go, but somebody leads it as long as it is there."""

from django.contrib.auth.models import User
from django.db import transaction

from advocacy.inviting import locked
from advocacy.models import Membership, Role


class LastLead(Exception):
    """Nobody else leads the organisation."""


class NoMember(Exception):
    """They do not act for the organisation any more."""


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: User) -> None:
    """Give somebody another role. Raises NoMember, or LastLead."""
    current = _current(membership)
    if role != Role.LEAD:
        _keep_a_lead(current)
    current.role = Role(role)
    current.save(update_fields=["role"])


@transaction.atomic
def remove(membership: Membership, *, by: User) -> None:
    """Let somebody no longer act for the organisation; one may remove oneself. Raises NoMember, or LastLead."""
    current = _current(membership)
    _keep_a_lead(current)
    current.delete()


def leads_alone(membership: Membership) -> bool:
    """Whether nobody but this member leads the organisation."""
    return membership.role == Role.LEAD and not _other_leads(membership)


def _current(membership: Membership) -> Membership:
    """Return a membership as it is now; the organisation's row is the queue of all who change its people."""
    locked(membership.organisation_id)
    current = Membership.objects.filter(pk=membership.pk).first()
    if current is None:
        raise NoMember
    return current


def _keep_a_lead(membership: Membership) -> None:
    if leads_alone(membership):
        raise LastLead


def _other_leads(membership: Membership) -> bool:
    others = Membership.objects.current().filter(organisation=membership.organisation_id, role=Role.LEAD)
    return others.exclude(pk=membership.pk).exists()
