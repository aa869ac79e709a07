"""What members propose, and what the secretariat decides on it; becoming less visible waits for nobody.

Whoever writes here locks the thing first, then its proposal. What is told by mail is in the same transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from advocacy.checking import checked_today
from advocacy.models import Membership, Organisation, Practice, Proposal, ProposalState, Role
from advocacy.shapes import PROFILE, TEXTS, Values, shape_of
from comments.moderation import AlreadyDecided as Decided
from publishing import outbox
from publishing.languages import direction
from publishing.models import Picture
from publishing.publication import State

# From the least that the public may know of an organisation to the most.
VISIBILITY = [Organisation.Listing.UNLISTED, Organisation.Listing.REGION, Organisation.Listing.COUNTRY]
SECRETARIAT = "Network coordinator"


class AlreadyDecided(Decided):
    """Somebody else decided first, or the member withdrew the proposal, or proposed something else since."""


class NothingChanged(Exception):
    """What is proposed is what stands there."""


class CannotApply(Exception):
    """What is proposed breaks a rule by now; `messages` says which."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(messages)
        self.messages = messages


@transaction.atomic
def propose(
    *,
    membership: Membership,
    values: Values,
    practice: Practice | None = None,
    note: str = "",
    opened: Values | None = None,
) -> Proposal:
    """Propose new values of a profile or a practice, in place of what waits. Raises NothingChanged.

    `opened` is what the form held when it was opened: what others changed since then stays. Whoever takes back all
    that waits withdraws it. Where the profile becomes less visible, that takes effect at once.
    """
    organisation_id = membership.organisation_id
    if not membership.may(Role.CONTRIBUTOR) or (practice and practice.organisation_id != organisation_id):
        raise PermissionDenied
    thing = _locked(practice or membership.organisation)
    shape, waiting = shape_of(thing), _waiting(thing)
    if opened is not None:
        values = drafted(thing, waiting, opened=opened, values=values).values
    at_once = None
    if shape is PROFILE and is_less(values["listing"], than=thing.listing):
        at_once = hide(membership=membership, listing=values["listing"])
        thing, waiting = _locked(thing), _waiting(thing)
    now = shape.read(thing)
    if not shape.changed(now, values) and not _is_new(thing):
        return at_once or _take_back(waiting)
    if waiting and not shape.changed(waiting.values, values):
        return waiting
    if waiting:
        _forget_logo(waiting, kept=values.get("logo", ""))
    proposal = waiting or Proposal(organisation_id=organisation_id, practice=practice)
    proposal.before, proposal.values, proposal.note = now, values, note
    proposal.proposed_at, proposal.proposed_by = timezone.now(), membership.user
    proposal.language = get_language() or settings.LANGUAGE_CODE
    proposal.save()
    return proposal


def _take_back(waiting: Proposal | None) -> Proposal:
    if waiting is None:
        raise NothingChanged
    _forget_logo(waiting)
    waiting.state = ProposalState.WITHDRAWN
    waiting.save()
    return waiting


def wanted(thing: Any, waiting: Proposal | None) -> Values:
    """Return a thing as it would stand, were what waits approved now."""
    shape = shape_of(thing)
    now = shape.read(thing)
    return shape.applied(now, waiting.before, waiting.values) if waiting else now


def proposed_title(proposal: Proposal | None) -> dict[str, str] | None:
    """Return what something would be called, in the reader's language if it can be; nothing where it has no title."""
    texts = proposal.values[TEXTS] if proposal else {}
    for language in (get_language(), settings.LANGUAGE_CODE, *texts):
        if language and (title := texts.get(language, {}).get("title")):
            return {"title": title, "language": language, "dir": direction(language)}
    return None


def drafted(thing: Any, waiting: Proposal | None, *, opened: Values, values: Values) -> Proposal:
    """Return the proposal, not saved, that a form's values would make by now: what waits, with what was typed."""
    shape = shape_of(thing)
    target = shape.applied(wanted(thing, waiting), opened, values)
    return Proposal(before=shape.read(thing), values=target)


@transaction.atomic
def approve(proposal: Proposal, *, by: User, seen: datetime | None = None) -> Proposal:
    """Put into effect what differs, publish a new practice, and tell who proposed it.

    Raises AlreadyDecided, also where the proposal is not the one of `seen` any more; CannotApply, and nothing is
    changed, where a rule is against it by now.
    """
    current, thing = _pending(proposal, seen)
    reason = gettext("Proposal %(number)d") % {"number": current.pk}
    try:
        with transaction.atomic():
            if isinstance(thing, Organisation):
                # A member that says what is new about it has looked at its profile.
                checked_today(thing)
            put_into_effect(current, thing, by=by, why=reason)
    except ValidationError as error:
        raise CannotApply(shape_of(thing).messages(error)) from error
    except DatabaseError as error:
        raise CannotApply([gettext("The database refuses this.")]) from error
    return _decide(current, ProposalState.APPROVED, by=by)


def put_into_effect(proposal: Proposal, thing: Any, *, by: Any, why: str = "") -> None:
    """Write what differs, and publish what is new or comes back. Raises ValidationError."""
    values = wanted(thing, proposal)
    relisted = isinstance(thing, Organisation) and thing.listing == Organisation.Listing.UNLISTED
    if _is_new(thing) or (relisted and values["listing"] != Organisation.Listing.UNLISTED):
        thing.state, thing.published_at = State.PUBLISHED, timezone.now()
    shape_of(thing).write(thing, values, by=by, why=why)


@contextmanager
def as_if(proposal: Proposal, thing: Any) -> Iterator[Any]:
    """Within, and only there, a thing stands as it would once this is approved. Raises CannotApply."""
    with transaction.atomic():
        fresh = type(thing)._default_manager.get(pk=thing.pk)
        try:
            put_into_effect(proposal, fresh, by=None)
        except ValidationError as error:
            raise CannotApply(shape_of(thing).messages(error)) from error
        yield fresh
        transaction.set_rollback(True)


@transaction.atomic
def refuse(proposal: Proposal, *, by: User, reason: str, seen: datetime | None = None) -> Proposal:
    """Leave all as it stands, and tell who proposed it why. Raises AlreadyDecided."""
    current, _thing = _pending(proposal, seen)
    current.reason = reason
    _forget_logo(current)
    return _decide(current, ProposalState.REFUSED, by=by)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User) -> Proposal:
    """Take a proposal back, for anybody who writes for the organisation. Raises AlreadyDecided."""
    membership = Membership.objects.of(by).filter(organisation=proposal.organisation_id).first()
    if membership is None or not membership.may(Role.CONTRIBUTOR):
        raise PermissionDenied
    current, _thing = _pending(proposal, None)
    return _take_back(current)


def is_less(listing: str, *, than: str) -> bool:
    """Whether the public may know less of an organisation that is listed so."""
    order = [each.value for each in VISIBILITY]
    return order.index(listing) < order.index(than)


@transaction.atomic
def hide(*, membership: Membership, listing: str) -> Proposal:
    """Make a profile less visible at once, and tell the secretariat; the way back is proposed like anything else.

    What waits keeps to it. Raises NothingChanged where that would not be less.
    """
    if not membership.may(Role.CONTRIBUTOR):
        raise PermissionDenied
    organisation: Organisation = _locked(membership.organisation)
    was = organisation.listing
    if not is_less(listing, than=was):
        raise NothingChanged
    organisation.listing = listing
    if listing == Organisation.Listing.UNLISTED and organisation.state == State.PUBLISHED:
        organisation.state = State.WITHDRAWN
    organisation._history_user = membership.user  # type: ignore[attr-defined] # simple_history reads it
    organisation.save()
    waiting = _waiting(organisation)
    if waiting:
        waiting.before["listing"] = waiting.values["listing"] = listing
        if PROFILE.changed(waiting.before, waiting.values):
            waiting.save()
        else:
            _take_back(waiting)
    _tell_secretariat(organisation)
    return Proposal.objects.create(
        organisation=organisation,
        before={"listing": was, "texts": {}},
        values={"listing": listing, "texts": {}},
        proposed_by=membership.user,
        language=get_language() or settings.LANGUAGE_CODE,
        state=ProposalState.AT_ONCE,
    )


def _locked(thing: Any) -> Any:
    """Return a thing as it is now, which nobody else changes meanwhile."""
    return type(thing)._default_manager.select_for_update().get(pk=thing.pk)


def _waiting(thing: Any) -> Proposal | None:
    """Return what waits of a thing that is locked."""
    own = {"practice": thing} if isinstance(thing, Practice) else {"organisation": thing, "practice": None}
    return Proposal.objects.select_for_update().filter(**own, state=ProposalState.PENDING).first()


def _pending(proposal: Proposal, seen: datetime | None) -> tuple[Proposal, Any]:
    thing = _locked(proposal.thing)
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if current.state != ProposalState.PENDING or (seen and seen != current.proposed_at):
        raise AlreadyDecided
    return current, thing


def _is_new(thing: Any) -> bool:
    return isinstance(thing, Practice) and thing.state == State.DRAFT


def _decide(proposal: Proposal, state: ProposalState, *, by: User) -> Proposal:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.save()
    _tell(proposal)
    return proposal


def _forget_logo(proposal: Proposal, kept: str = "") -> None:
    """Delete a picture that was proposed in vain; one that something else shows stays."""
    slug = proposal.values.get("logo", "")
    if not slug or slug in (kept, proposal.before.get("logo")):
        return
    for picture in Picture.objects.filter(slug=slug):
        try:
            with transaction.atomic():
                picture.delete()
        except models.ProtectedError:
            continue
        picture.remove_files()


def _tell(proposal: Proposal) -> None:
    tell_decided(
        proposal.proposed_by,
        language=proposal.language,
        approved=proposal.state == ProposalState.APPROVED,
        reason=proposal.reason,
        about=f"advocacy.proposal:{proposal.pk}",
    )


def tell_decided(user: User | None, *, language: str, approved: bool, reason: str, about: str) -> None:
    """Tell who proposed something what came of it, naming neither the organisation nor what it wrote."""
    if user is None or not user.is_active or not user.email:
        return
    with override(language):
        words = {"approved": approved, "reason": reason, "page": settings.SITE_ADDRESS + reverse("members-home")}
        text = render_to_string("advocacy/members/decided_mail.txt", words)
        outbox.enqueue("proposal", user.email, subject=gettext("What you proposed"), text=text, about=about)


def _tell_secretariat(organisation: Organisation) -> None:
    """Tell those who run the network, by a mail that names nobody."""
    page = settings.SITE_ADDRESS + reverse("admin:advocacy_organisation_change", args=[organisation.pk])
    users = Group.objects.get(name=SECRETARIAT).user_set.filter(is_active=True).exclude(email="")
    for user in users:
        with override(settings.LANGUAGE_CODE):
            text = render_to_string("advocacy/members/hidden_mail.txt", {"page": page})
            outbox.enqueue("hidden", user.email, subject=gettext("A member hides"), text=text)
