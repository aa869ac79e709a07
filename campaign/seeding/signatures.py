"""Endorsements: a file lists those of one deliverable."""

import secrets
import uuid

from campaign.models import Deliverable, Endorsement, EndorsementEvent, EndorsementState, Version
from campaign.seeding.documents import SUBMISSIONS, moderator
from campaign.seeding.kinds import Kind
from campaign.seeding.reading import Broken, Head
from campaign.seeding.rows import PUBLISHED_AT, Rows, get
from campaign.seeding.tree import PUBLICATION, Thing

GIVEN = ("capacity", "shown_as", "name", "country", "organisation", "received_at")


class Endorsements(Kind):
    """An endorsement is a published one, known again by its number; a receipt for it nobody holds."""

    def load(self, thing: Thing, rows: Rows) -> None:
        """Load the endorsements that a file lists."""
        with rows.problems.collect():
            deliverable = rows.find(Deliverable, thing.slug, thing.main)
            listed = thing.main.get("endorsements")
            if not isinstance(listed, list) or not all(isinstance(head, Head) for head in listed):
                raise Broken(thing.main.problem("write a list of endorsements", "endorsements"))
            for head in listed:
                with rows.problems.collect():
                    self._load_one(deliverable, head, rows)

    def _load_one(self, deliverable: Deliverable, head: Head, rows: Rows) -> None:
        """Load one, unless it was refused or withdrawn since."""
        head.check_keys({"number", "version", *GIVEN, *PUBLICATION})
        name = f"{deliverable.slug} {head.whole('number')}"
        if name in rows.entries[Endorsement]:
            raise Broken(head.problem("there is another endorsement of this number", "number"))
        row = get(Endorsement, submission_key=uuid.uuid5(SUBMISSIONS, f"endorsement {name}"))
        entry = rows.entry(name, row)
        if not entry.created and row.state != EndorsementState.PUBLISHED:
            return
        if "received_at" not in head:
            raise Broken(head.problem("say when it was received (received_at)"))
        if entry.created:
            row.deliverable, row.decided_by, row.receipt_hash = deliverable, moderator(), secrets.token_hex(32)
        head.setdefault("published_at", PUBLISHED_AT)
        head.add("decided_at", head["published_at"], head.line)
        head.add("version", _version(deliverable, head), head.line)
        entry.save(row, head, (*GIVEN, *PUBLICATION, "decided_at", "version"))
        if entry.created:
            EndorsementEvent.objects.create(
                endorsement=row, action=EndorsementEvent.Action.PUBLISH, by=row.decided_by, at=head["decided_at"]
            )


def _version(deliverable: Deliverable, head: Head) -> Version:
    """Return the version that was signed."""
    number = head.whole("version")
    version = Version.objects.filter(deliverable=deliverable, number=number).first()
    if version is None:
        raise Broken(head.problem(f"there is no version {number} of “{deliverable}”", "version"))
    return version


ENDORSEMENTS = Endorsements(Endorsement, "endorsements/<slug>.md", text_fields=(), keys=("endorsements",))
