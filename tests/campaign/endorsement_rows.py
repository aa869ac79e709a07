"""Endorsements for tests: rows, and the form as a browser sends it."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from campaign.endorsing import Action, refuse, signer
from campaign.models import PERSONS, Deliverable, Endorsement, EndorsementEvent, EndorsementState, Version
from comments.receipts import receipt_for, receipt_hash
from tests.factories import make_version, numbers

# The endorsement of the world that still waits to be confirmed, with its link and its receipt.
SUBMISSION = uuid4()
TOKEN = signer.sign(SUBMISSION.hex)
RECEIPT = receipt_for(SUBMISSION)


def make_endorsement(version: Version | None = None, **fields: Any) -> Endorsement:
    """Return an endorsement by an organisation that waits for a moderator."""
    version = version or make_version()
    key = fields.pop("submission_key", None) or uuid4()
    unnamed = fields.get("capacity") in PERSONS and fields.get("shown_as") == "count"
    values: dict[str, Any] = {
        "deliverable": version.deliverable,
        "capacity": "civil-society",
        "shown_as": "name",
        "name": "" if unnamed else f"Society {next(numbers)}",
        "state": EndorsementState.PENDING,
        "submission_key": key,
        "receipt_hash": receipt_hash(receipt_for(key)),
    }
    return Endorsement.objects.create(version=version, **values | fields)


def decider() -> User:
    """Return the user who decided."""
    return User.objects.filter(username="decider").first() or User.objects.create_user("decider")


def make_published_endorsement(version: Version | None = None, **fields: Any) -> Endorsement:
    """Return a public endorsement."""
    now = timezone.now()
    decided = {
        "state": EndorsementState.PUBLISHED,
        "published_at": now,
        "decided_at": now,
        "decided_by": decider(),
    }
    return make_endorsement(version, **decided | fields)


def make_unconfirmed(version: Version | None = None, **fields: Any) -> Endorsement:
    """Return an endorsement that its organisation has not confirmed."""
    values = {"state": EndorsementState.UNCONFIRMED, "email": "office@society.example"}
    return make_endorsement(version, **values | fields)


def make_endorsement_event() -> EndorsementEvent:
    """Return the event of a refusal."""
    refused = refuse(make_endorsement(), by=decider(), reason="not-genuine")
    return refused.events.get(action=Action.REFUSE)


def endorse_world(version: Version) -> None:
    """Give a deliverable endorsements of every kind."""
    make_published_endorsement(version, country="ZM")
    make_published_endorsement(version, capacity="person", name="W. R.", shown_as="initials", country="ZM")
    make_published_endorsement(version, capacity="person", shown_as="count", country="ZM")
    make_published_endorsement(version, capacity="researcher", name="Sample Reader", country="FR")
    make_unconfirmed(version, submission_key=SUBMISSION)


def form_url(deliverable: Deliverable, language: str = "en") -> str:
    """Return the address of the form."""
    return f"/{language}/deliverables/{deliverable.slug}/endorsements/new/"


def list_url(deliverable: Deliverable) -> str:
    """Return the address of the list of those who signed."""
    return f"/en/deliverables/{deliverable.slug}/endorsements/"


def csv_url(deliverable: Deliverable) -> str:
    """Return the address of the file."""
    return f"/en/deliverables/{deliverable.slug}/endorsements.csv"


def filled(**changes: Any) -> dict[str, Any]:
    """Return the form's values, filled in by a person."""
    values = {
        "capacity": "health-worker",
        "shown_as": "name",
        "name": "Wanjiru Rivers",
        "country": "",
        "email": "",
    }
    return {**values, "form_key": str(uuid4()), **changes}


def by_organisation(**changes: Any) -> dict[str, Any]:
    """Return the form's values, filled in by an organisation."""
    values = {"capacity": "civil-society", "name": "Quiet Society", "email": "office@society.example"}
    return filled(**values | changes)


def sign(client: Client, deliverable: Deliverable, **changes: Any) -> Any:
    """Send the form."""
    return client.post(form_url(deliverable), filled(**changes))
