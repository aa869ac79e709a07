"""Invites people to act for an organisation, and lets in who follows an invitation."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from advocacy.models import Invitation, Membership, Organisation, Role
from advocacy.models.invitations import LASTS, in_two_weeks
from publishing import outbox
from publishing.languages import reader_language
from publishing.sealing import Unreadable, seal, unseal

# So many invitations of one organisation may wait.
MOST_OPEN = 20
# So long after its end an invitation can be renewed; then its address goes.
RENEWED_WITHIN = timedelta(days=30)


class NotInvited(Exception):
    """This invitation cannot be written; `told` says why."""

    told: Any = ""


class AlreadyInvited(NotInvited):
    """An invitation to this address waits."""

    told = _("An invitation to this address waits already. It can be sent again.")


class AlreadyMember(NotInvited):
    """Whoever has this address acts for the organisation."""

    told = _("Whoever has this address acts for the organisation already.")


class TooManyOpen(NotInvited):
    """So many invitations wait that no more are written."""

    told = _("Many invitations of this organisation wait already. Withdraw some of them first.")


class HasLeft(NotInvited):
    """The organisation has left the network."""

    told = _("This organisation has left the network.")


class NoInvitation(Exception):
    """There is none with this token, or it was used, withdrawn, or is late."""


class HasAccount(Exception):
    """Somebody has an account with this address: they have to sign in."""


def token_hash(token: str) -> str:
    """Return what is stored in place of an invitation's secret."""
    return sha256(token.encode()).hexdigest()


def address_hash(address: str) -> str:
    """Return what tells two addresses apart, and neither of them to anybody."""
    return salted_hmac("advocacy.invitation", address.lower(), algorithm="sha256").hexdigest()


def address_of(invitation: Invitation) -> str:
    """Return the address of an invitation that waits, or nothing where it cannot be read any more."""
    try:
        return unseal(invitation.sealed)
    except Unreadable:
        return ""


def account_with(address: str) -> User | None:
    """Return whoever has an account with an address."""
    return User.objects.filter(Q(email__iexact=address) | Q(username__iexact=address)).order_by("pk").first()


def locked(organisation_id: int) -> Organisation:
    """Return an organisation whose people and invitations nobody else changes meanwhile."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


@transaction.atomic
def invite(
    organisation: Organisation,
    *,
    address: str,
    role: str,
    by: User,
    language: str = "",
    is_new: bool = False,
) -> Invitation:
    """Invite an address, in the language of the page or another. Raises NotInvited.

    `is_new` is for the mail to whoever applied for an organisation that was just accepted.
    """
    current = locked(organisation.pk)
    waiting = Invitation.objects.waiting().filter(organisation=current, address_hash=address_hash(address))
    for late in waiting.filter(expires_at__lte=timezone.now()):
        _close(late, withdrawn_at=timezone.now())
    check(current, address)
    invitation = Invitation(
        organisation=current,
        role=role,
        sealed=seal(address),
        address_hash=address_hash(address),
        language=language or reader_language(),
        invited_by=by,
    )
    _send(invitation, is_new=is_new)
    return invitation


def check(organisation: Organisation, address: str) -> None:
    """Tell whether an address can be invited. Raises NotInvited."""
    if organisation.left:
        raise HasLeft
    open_ones = Invitation.objects.live().filter(organisation=organisation)
    if open_ones.filter(address_hash=address_hash(address)).exists():
        raise AlreadyInvited
    known = account_with(address)
    if known and Membership.objects.filter(organisation=organisation, user=known).exists():
        raise AlreadyMember
    if Invitation.objects.waiting().filter(organisation=organisation).count() >= MOST_OPEN:
        raise TooManyOpen


@transaction.atomic
def renew(invitation: Invitation, *, by: User) -> None:
    """Send an invitation again, for two more weeks; the link of the one before opens no more. Raises NoInvitation."""
    locked(invitation.organisation_id)
    current = Invitation.objects.waiting().select_for_update().filter(pk=invitation.pk).first()
    if current is None or not address_of(current):
        raise NoInvitation
    current.invited_by, current.invited_at, current.expires_at = by, timezone.now(), in_two_weeks()
    outbox.forget(_about(current.pk))
    _send(current)


def _send(invitation: Invitation, *, is_new: bool = False) -> None:
    """Give an invitation another secret, save it, and mail its link, in the language of whom it is for.

    The mail does not name the organisation: whoever reads along learns nothing of who belongs to what.
    """
    token = secrets.token_urlsafe(32)
    invitation.token_hash = token_hash(token)
    invitation.save()
    with override(invitation.language):
        words = {
            "address": settings.SITE_ADDRESS + reverse("invitation", args=[token]),
            "days": LASTS.days,
            "is_new": is_new,
        }
        outbox.enqueue(
            "invitation",
            address_of(invitation),
            subject=gettext("An invitation"),
            text=render_to_string("advocacy/invitation_mail.txt", words),
            about=_about(invitation.pk),
        )


def _about(pk: int) -> str:
    """Return what the outbox knows the mail of an invitation by."""
    return f"advocacy.invitation:{pk}"


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User | None) -> None:
    """Take an invitation back: its link opens nothing from now on. Where it was used before, nothing happens."""
    locked(invitation.organisation_id)
    current = Invitation.objects.waiting().select_for_update().filter(pk=invitation.pk).first()
    if current:
        _close(current, withdrawn_at=timezone.now())


def withdraw_late() -> int:
    """Withdraw, and so forget the addresses of, invitations that nobody used or renewed; return how many."""
    late = Invitation.objects.waiting().filter(expires_at__lte=timezone.now() - RENEWED_WITHIN)
    rows = list(late)
    for row in rows:
        withdraw(row, by=None)
    return len(rows)


def by_token(token: str) -> Invitation:
    """Return the invitation that a link is of. Raises NoInvitation."""
    rows = Invitation.objects.live().filter(token_hash=token_hash(token))
    found = rows.select_related("organisation", "invited_by").first()
    if found is None or not address_of(found):
        raise NoInvitation
    return found


@transaction.atomic
def register(token: str, *, name: str, password: str) -> User:
    """Make an account for whoever was invited, and let them act for the organisation.

    Raises NoInvitation, or HasAccount where the address has an account.
    """
    invitation = _open(token)
    address = address_of(invitation).lower()
    if account_with(address):
        raise HasAccount
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, address, password, first_name=name)
    except IntegrityError as error:
        raise HasAccount from error
    _take(invitation, user)
    return user


@transaction.atomic
def join(token: str, *, by: User) -> Membership:
    """Let somebody who has an account with the invited address act for the organisation. Raises NoInvitation."""
    invitation = _open(token)
    known = account_with(address_of(invitation))
    if known != by:
        raise NoInvitation
    return _take(invitation, by)


def _open(token: str) -> Invitation:
    """Return the invitation, which nobody else uses meanwhile."""
    found = by_token(token)
    locked(found.organisation_id)
    again = Invitation.objects.live().select_for_update(of=("self",)).filter(token_hash=token_hash(token)).first()
    if again is None:
        raise NoInvitation
    return again


def _take(invitation: Invitation, user: User) -> Membership:
    membership, is_new = Membership.objects.get_or_create(
        organisation_id=invitation.organisation_id, user=user, defaults={"role": invitation.role}
    )
    if not is_new and not membership.may(invitation.role):
        membership.role = Role(invitation.role)
        membership.save(update_fields=["role"])
    _close(invitation, used_at=timezone.now())
    return membership


def _close(invitation: Invitation, **at: object) -> None:
    """Note that an invitation was used or withdrawn, and forget its address."""
    Invitation.objects.filter(pk=invitation.pk).update(sealed="", address_hash="", **at)
    outbox.forget(_about(invitation.pk))
