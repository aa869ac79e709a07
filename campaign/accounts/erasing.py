"""Ends an account: nothing of its owner stays."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError

from advocacy.leaving import erase_user
from advocacy.models import Membership, Organisation, Role


class StaffStays(Exception):
    """Decisions stand in this account's name: an administrator has to look at it."""


class OnlyLead(Exception):
    """An organisation would be left without anybody who leads."""

    def __init__(self, organisations: list[Organisation]) -> None:
        super().__init__()
        self.organisations = organisations


def led_alone(user: User) -> list[Organisation]:
    """Return the organisations, still members, that nobody else leads; nobody joins or leaves them meanwhile."""
    led = Membership.objects.current().filter(role=Role.LEAD)
    own = Organisation.objects.filter(pk__in=led.filter(user=user).order_by().values("organisation"))
    others = led.exclude(user=user).order_by().values("organisation")
    return [row for row in own.select_for_update() if not others.filter(organisation=row).exists()]


@transaction.atomic
def erase_account(user: User) -> None:
    """Delete a user with memberships, second factors, sessions and addresses. Raises StaffStays, or OnlyLead.

    What a member signed for its organisation stays the organisation's; who confirmed it is forgotten.
    """
    if user.is_staff:
        raise StaffStays
    if left := led_alone(user):
        raise OnlyLead(list(Organisation.objects.filter(pk__in=[row.pk for row in left]).for_list()))
    try:
        erase_user(user)
    except ProtectedError as error:
        raise StaffStays from error
