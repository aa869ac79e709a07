"""Organisations that ask to join: what waits at the secretariat's desk."""

import json
import secrets
import uuid

from advocacy.models import Application, Issue
from campaign.seeding.documents import SUBMISSIONS
from campaign.seeding.kinds import Kind
from campaign.seeding.rows import Rows, get
from campaign.seeding.tree import Thing
from factsheets.models import KeyPopulation
from publishing.sealing import seal


class Applications(Kind):
    """An application waits from when it is loaded, and is not touched again; a receipt for it nobody holds."""

    def load(self, thing: Thing, rows: Rows) -> None:
        """Load an application, its contact sealed as that of any other."""
        with rows.problems.collect():
            head = thing.main
            row = get(Application, submission_key=uuid.uuid5(SUBMISSIONS, f"application {thing.slug}"))
            entry = rows.entry(thing.name, row)
            if not entry.created:
                return
            for key, model in (("populations", KeyPopulation), ("issues", Issue)):
                for slug in head.get(key, []):
                    rows.find(model, slug, head, key)
            contact = {"person": str(head.get("contact_person")), "email": str(head.get("contact_email"))}
            row.sealed, row.receipt_hash = seal(json.dumps(contact)), secrets.token_hex(32)
            entry.save(row, head, self.columns)


APPLICATIONS = Applications(
    Application,
    "applications/<slug>.md",
    (
        *("name", "own_name", "own_name_language", "listing", "country", "cities", "populations", "issues"),
        *("services", "languages", "founded", "size", "site", "text_language", "summary", "body", "pressing"),
        *("achievements", "hopes", "language"),
    ),
    text_fields=("body",),
    keys=("contact_person", "contact_email"),
)
