"""Takes applications in and decides on them: an accepted one becomes an organisation, with an invitation."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext, override

from advocacy.inviting import invite
from advocacy.models import (
    REQUIRED_CHECKS,
    Application,
    ApplicationCheck,
    ApplicationEvent,
    ApplicationState,
    FormerSlug,
    Issue,
    Organisation,
    OrganisationText,
    Role,
)
from comments.models import HoldReason
from comments.moderation import AlreadyDecided
from comments.receipts import receipt_for, receipt_hash
from factsheets.models import KeyPopulation
from publishing import outbox
from publishing.languages import reader_language
from publishing.publication import State
from publishing.sealing import Unreadable, seal, unseal

Action = ApplicationEvent.Action
# What an organisation, and its text, take over as it stands.
TAKEN = ("own_name", "own_name_language", "listing", "country", "cities", "services", "languages", "founded", "size")
TEXTS = ("summary", "body", "pressing", "achievements", "hopes")


class NotChecked(Exception):
    """The secretariat has not made sure of all that it has to."""


@dataclass(frozen=True)
class Contact:
    """Who may be written to; empty where nobody can read it any more."""

    person: str = ""
    email: str = ""


@transaction.atomic
def apply(
    *,
    form_key: UUID,
    contact_person: str,
    email: str,
    hold: Callable[[], list[HoldReason]] = list,
    **fields: Any,
) -> str:
    """Store an application and return its receipt; the same form with the same content is the same one.

    Of a new one `hold` says why somebody should look twice; it may also raise, and then nothing is stored.
    """
    content = sorted({"contact_person": contact_person, "email": email, **fields}.items())
    key = uuid5(form_key, "\x00".join(f"{name}={value}" for name, value in content))
    code = receipt_for(key)
    if not Application.objects.filter(submission_key=key).exists():
        sealed = seal(json.dumps({"person": contact_person, "email": email}))
        row = {"receipt_hash": receipt_hash(code), "sealed": sealed, "language": reader_language(), **fields}
        Application.objects.get_or_create(submission_key=key, defaults={"held_for": hold(), **row})
    return code


def contact(application: Application) -> Contact:
    """Return who may be written to about an application that waits."""
    try:
        return Contact(**json.loads(unseal(application.sealed)))
    except (Unreadable, ValueError):
        return Contact()


def ticked(application: Application) -> dict[str, ApplicationEvent]:
    """Return what was made sure of, with who did so and when."""
    found: dict[str, ApplicationEvent] = {}
    for event in application.events.filter(action__in=[Action.TICK, Action.UNTICK]).select_related("by"):
        found.pop(event.item, None)
        if event.action == Action.TICK:
            found[event.item] = event
    return found


@transaction.atomic
def tick(application: Application, *, items: Collection[str], by: User) -> None:
    """Record that just these things were made sure of. Raises AlreadyDecided."""
    _tick(_pending(application), items, by)


def _tick(current: Application, items: Collection[str], by: User) -> None:
    before = ticked(current)
    for item in ApplicationCheck.values:
        if (item in items) != (item in before):
            action = Action.TICK if item in items else Action.UNTICK
            ApplicationEvent.objects.create(application=current, action=action, item=item, by=by)


@transaction.atomic
def accept(application: Application, *, by: User) -> Organisation:
    """Make an organisation of an application, public as it asked for, and invite who applied to lead it.

    Raises AlreadyDecided, or NotChecked where something is not ticked.
    """
    current = _pending(application)
    if not set(REQUIRED_CHECKS) <= set(ticked(current)):
        raise NotChecked
    to = contact(current)
    organisation = _organisation(current)
    if to.email:
        invite(organisation, address=to.email, role=Role.LEAD, by=by, language=current.language, is_new=True)
    current.organisation = organisation
    _decide(current, ApplicationState.ACCEPTED, Action.ACCEPT, by=by)
    return organisation


@transaction.atomic
def refuse(application: Application, *, by: User, reason: str, note: str = "") -> Application:
    """Turn an application down, mail the reason, and forget who it was. Raises AlreadyDecided."""
    current = _pending(application)
    current.refusal_reason, current.refusal_note = reason, note
    to = contact(current).email
    if to:
        with override(current.language):
            words = {
                "reason": current.get_refusal_reason_display(),
                "note": note,
                "address": settings.SITE_ADDRESS + reverse("receipt"),
            }
            outbox.enqueue(
                "application",
                to,
                subject=gettext("Your application"),
                text=render_to_string("advocacy/application_refused_mail.txt", words),
            )
    return _decide(current, ApplicationState.REFUSED, Action.REFUSE, by=by)


@transaction.atomic
def withdraw(application: Application) -> None:
    """Take an application back for who applied, and forget who it was; once it is decided there is nothing left."""
    current = Application.objects.select_for_update().get(pk=application.pk)
    if current.state != ApplicationState.PENDING:
        return
    current.state = ApplicationState.WITHDRAWN
    _forget(current)
    current.save()
    ApplicationEvent.objects.create(application=current, action=Action.WITHDRAW)


def _pending(application: Application) -> Application:
    current = Application.objects.select_for_update().get(pk=application.pk)
    if current.state != ApplicationState.PENDING:
        raise AlreadyDecided
    return current


def _decide(
    current: Application, state: ApplicationState, action: ApplicationEvent.Action, *, by: User
) -> Application:
    current.state, current.decided_by, current.decided_at = state, by, timezone.now()
    _forget(current)
    current.save()
    ApplicationEvent.objects.create(application=current, action=action, by=by, reason=current.refusal_reason)
    return current


def _forget(application: Application) -> None:
    for field, nothing in Application.personal.items():
        setattr(application, field, [] if nothing == [] else nothing)


def _organisation(application: Application) -> Organisation:
    """Return the organisation that an application becomes, with its text."""
    is_listed = application.listing != Organisation.Listing.UNLISTED
    today = timezone.localdate()
    organisation = Organisation.objects.create(
        slug=_free_slug(application.name),
        site=application.site,
        state=State.PUBLISHED if is_listed else State.DRAFT,
        published_at=timezone.now() if is_listed else None,
        joined=today,
        checked=today,
        **{name: getattr(application, name) for name in TAKEN},
    )
    organisation.populations.set(KeyPopulation.objects.filter(slug__in=application.populations))
    organisation.issues.set(Issue.objects.filter(slug__in=application.issues))
    OrganisationText.objects.create(
        organisation=organisation,
        language=application.text_language,
        title=application.name,
        **{name: getattr(application, name) for name in TEXTS},
    )
    return organisation


def _free_slug(name: str) -> str:
    """Return a slug made of a name, which no organisation has, or had: its old address leads where it is now."""
    start = slugify(name)[:44].strip("-") or "member"
    taken = {
        slug
        for model in (Organisation, FormerSlug)
        for slug in model._default_manager.filter(slug__startswith=start).values_list("slug", flat=True)
    }
    number = 1
    while (slug := start if number == 1 else f"{start}-{number}") in taken:
        number += 1
    return slug
