"""Takes endorsements in, has organisations confirm theirs, decides on them, and takes them back."""

import re
from dataclasses import dataclass
from typing import Any
from unicodedata import category
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from advocacy.models import Organisation
from campaign.models import (
    CONFIRM_WITHIN,
    Deliverable,
    Endorsement,
    EndorsementEvent,
    EndorsementState,
    ShownAs,
)
from comments.moderation import AlreadyDecided
from comments.receipts import receipt_for, receipt_hash
from publishing import outbox

signer = TimestampSigner(salt="campaign.endorsement", sep=".")
Action = EndorsementEvent.Action
# So many confirmations may wait at one address; beyond that no more is sent there, whoever fills in the form.
MAILS_PER_ADDRESS = 3
MOST_INITIALS = 4
MOST_MARKS = 3


class AlreadySigned(Exception):
    """The organisation's endorsement is public already."""


class NotToConfirm(Exception):
    """Nothing waits for this confirmation: it never did, or no longer does."""


@dataclass(frozen=True)
class Taken:
    """An endorsement that has arrived, with its receipt."""

    endorsement: Endorsement
    code: str


def initials(name: str) -> str:
    """Return a name's first letters, as `J.-P. K.`, in any script; nothing where it has no letter."""
    shortened = []
    for word in name.split()[:MOST_INITIALS]:
        letters = [re.match(r"[^\W\d_]", part) and part for part in word.split("-")[:MOST_INITIALS]]
        shortened.append("-".join(f"{_first(part)}." for part in letters if part))
    return " ".join(filter(None, shortened))


def _first(word: str) -> str:
    """Return a word's first letter with the marks that belong to it: no name stacks up more than a few."""
    end = next((i for i, c in enumerate(word[1:], 1) if not category(c).startswith("M")), len(word))
    return word[: min(end, 1 + MOST_MARKS)].upper()


@transaction.atomic
def endorse(*, deliverable: Deliverable, form_key: UUID, by: User | AnonymousUser, **fields: Any) -> Taken:
    """Store an endorsement and return it with its receipt; the same form with the same content is the same one.

    A name that is to be shown by its initials is not stored, nor is one that nobody will see. An organisation's waits
    to be confirmed, unless `organisation` says which member of the network it is, for whom a user is signed in.
    """
    expire()
    if fields["shown_as"] == ShownAs.INITIALS:
        fields["name"] = initials(fields["name"])
    content = sorted({"deliverable": deliverable.pk, **fields}.items())
    key = uuid5(form_key, "\x00".join(f"{name}={getattr(value, 'pk', value)}" for name, value in content))
    code = receipt_for(key)
    row = {"deliverable": deliverable, "receipt_hash": receipt_hash(code), **fields}
    row["state"] = EndorsementState.UNCONFIRMED if fields.get("email") else EndorsementState.PENDING
    row["version"] = deliverable.versions.current().get()
    found, is_new = Endorsement.objects.get_or_create(submission_key=key, defaults=row)
    if is_new and found.organisation:
        _record(found, Action.CONFIRM, by=by)
        # It may have hidden since the form read its country.
        Organisation.objects.select_for_update(no_key=True).get(pk=found.organisation.pk).follow_listing()
        found.refresh_from_db()
    elif is_new and found.state == EndorsementState.UNCONFIRMED:
        _ask_to_confirm(found)
    return Taken(found, code)


def _ask_to_confirm(endorsement: Endorsement) -> None:
    """Have the link mailed to the organisation, once, in the reader's language.

    The mail holds nothing that anybody typed, so that nobody can have the portal send words of theirs. To an address
    where many wait nothing more is sent, and nobody is told so.
    """
    sent = Endorsement.objects.filter(email__iexact=endorsement.email, mailed_at__isnull=False)
    if sent.count() < MAILS_PER_ADDRESS:
        address = settings.SITE_ADDRESS + reverse("endorsement-confirm", args=[token_for(endorsement)])
        words = {"address": address, "days": CONFIRM_WITHIN.days}
        body = render_to_string("campaign/endorsement_mail.txt", words)
        subject = gettext("Please confirm")
        outbox.enqueue("confirmation", endorsement.email, subject=subject, text=body, about=_about(endorsement.pk))
    Endorsement.objects.filter(pk=endorsement.pk).update(mailed_at=timezone.now())


def _about(pk: int) -> str:
    """Return what the outbox knows the mail about an endorsement by."""
    return f"campaign.endorsement:{pk}"


def token_for(endorsement: Endorsement) -> str:
    """Return what the link in the mail holds."""
    return signer.sign(endorsement.submission_key.hex)


def by_token(token: str) -> Endorsement:
    """Return what a link confirms, or has confirmed. Raises NotToConfirm."""
    try:
        key = UUID(signer.unsign(token, max_age=CONFIRM_WITHIN))
    except (BadSignature, ValueError) as error:
        raise NotToConfirm from error
    known = Endorsement.objects.filter(submission_key=key).select_related("deliverable", "version").first()
    if known is None:
        raise NotToConfirm
    return known


@transaction.atomic
def confirm(endorsement: Endorsement) -> None:
    """Hand an organisation's endorsement to the moderators, and forget its address. Raises NotToConfirm.

    Confirming again what is confirmed does nothing: people press buttons twice.
    """
    expire()
    current = _locked(endorsement)
    if current.state in (EndorsementState.PENDING, EndorsementState.PUBLISHED):
        return
    if current.state != EndorsementState.UNCONFIRMED:
        raise NotToConfirm
    current.state, current.email = EndorsementState.PENDING, ""
    current.save(update_fields=["state", "email"])
    _record(current, Action.CONFIRM)


@transaction.atomic
def approve(endorsement: Endorsement, *, by: User) -> Endorsement:
    """Publish a pending endorsement. Raises AlreadyDecided, or AlreadySigned if the organisation stands there."""
    # The deliverable's row is the queue of those who would see the same name missing.
    Deliverable.objects.select_for_update(no_key=True).get(pk=endorsement.deliverable_id)
    current = _pending(endorsement)
    if current.by_organisation and twins(current).exists():
        raise AlreadySigned
    current.published_at = timezone.now()
    return _decide(current, EndorsementState.PUBLISHED, Action.PUBLISH, by=by)


@transaction.atomic
def refuse(endorsement: Endorsement, *, by: User, reason: str, note: str = "") -> Endorsement:
    """Refuse a pending endorsement, and forget who it was; the receipt tells why. Raises AlreadyDecided."""
    current = _pending(endorsement)
    current.refusal_reason, current.refusal_note = reason, note
    _forget(current)
    return _decide(current, EndorsementState.REFUSED, Action.REFUSE, by=by)


@transaction.atomic
def withdraw(endorsement: Endorsement) -> None:
    """Take an endorsement back for who signed: from this moment it is nowhere public, and nothing tells who it was."""
    current = _locked(endorsement)
    if current.state == EndorsementState.WITHDRAWN:
        return
    current.state = EndorsementState.WITHDRAWN
    current.refusal_reason = current.refusal_note = ""
    _forget(current)
    current.save()
    _record(current, Action.WITHDRAW)


@transaction.atomic
def forget_organisation(organisation: Organisation) -> None:
    """Take back what a member of the network signed, before it is erased: the rows bear its name."""
    for endorsement in Endorsement.objects.filter(organisation=organisation):
        withdraw(endorsement)


def forget_user(user: User) -> None:
    """Forget that somebody confirmed endorsements for a member of the network, before their account is erased."""
    EndorsementEvent.objects.filter(by=user, action=Action.CONFIRM).update(by=None)


def hide_organisation(organisation: Organisation) -> None:
    """Take the country off what a member has signed, and its name too where nothing of it may be public."""
    for endorsement in Endorsement.objects.filter(organisation=organisation).select_for_update(of=("self",)):
        endorsement.country = ""
        if organisation.listing == Organisation.Listing.UNLISTED:
            endorsement.shown_as = ShownAs.COUNT
        try:
            with transaction.atomic():
                endorsement.save(update_fields=["country", "shown_as"])
        except IntegrityError:  # another of this name stands there without a country
            withdraw(endorsement)


@transaction.atomic
def expire() -> int:
    """Forget the organisations that did not confirm in time, with their addresses; return how many there were."""
    late = list(Endorsement.objects.overdue().select_for_update(of=("self",), skip_locked=True))
    Endorsement.objects.filter(pk__in=[row.pk for row in late]).update(
        state=EndorsementState.EXPIRED, **Endorsement.personal
    )
    EndorsementEvent.objects.bulk_create(EndorsementEvent(endorsement=row, action=Action.EXPIRE) for row in late)
    for row in late:
        outbox.forget(_about(row.pk))
    return len(late)


def twins(endorsement: Endorsement) -> Any:
    """Return the public endorsements of an organisation of the same name in the same country."""
    same = Endorsement.objects.filter(
        deliverable=endorsement.deliverable_id, state=EndorsementState.PUBLISHED, country=endorsement.country
    )
    same = same.alias(folded=Lower("name")).filter(folded=Lower(Value(endorsement.name)))
    return same.exclude(name="").exclude(pk=endorsement.pk)


def _locked(endorsement: Endorsement) -> Endorsement:
    return Endorsement.objects.select_for_update().get(pk=endorsement.pk)


def _pending(endorsement: Endorsement) -> Endorsement:
    current = _locked(endorsement)
    if current.state != EndorsementState.PENDING:
        raise AlreadyDecided
    return current


def _forget(endorsement: Endorsement) -> None:
    """Keep nothing of who signed, nor which member of the network confirmed it."""
    endorsement.events.filter(action=Action.CONFIRM).update(by=None)
    outbox.forget(_about(endorsement.pk))
    for field, nothing in Endorsement.personal.items():
        setattr(endorsement, field, nothing)


def _decide(
    endorsement: Endorsement, state: EndorsementState, action: EndorsementEvent.Action, *, by: User
) -> Endorsement:
    endorsement.state, endorsement.decided_by, endorsement.decided_at = state, by, timezone.now()
    endorsement.save()
    _record(endorsement, action, by=by)
    return endorsement


def _record(
    endorsement: Endorsement, action: EndorsementEvent.Action, *, by: User | AnonymousUser | None = None
) -> None:
    EndorsementEvent.objects.create(
        endorsement=endorsement,
        action=action,
        by=by if by and by.is_authenticated else None,
        reason=endorsement.refusal_reason,
    )
