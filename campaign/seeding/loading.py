"""Loads a folder of seeds: everything in order and in one transaction, or nothing."""

from contextlib import ExitStack
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from campaign.models import Campaign
from campaign.seeding import (
    answering,
    applying,
    commenting,
    documents,
    evidence,
    explaining,
    kinds,
    meetings,
    parts,
    signatures,
)
from campaign.seeding.reading import Broken
from campaign.seeding.rows import Entry, Rows
from campaign.seeding.tree import Seeds

# In the order in which they refer to each other. A new kind is named here.
KINDS: list[kinds.Kind] = [
    kinds.POPULATIONS,
    evidence.PICTURES,
    evidence.SOURCES,
    evidence.FACTSHEETS,
    evidence.CASES,
    kinds.INSTRUMENTS,
    kinds.ISSUES,
    kinds.ORGANISATIONS,
    applying.APPLICATIONS,
    kinds.PRACTICES,
    meetings.EVENTS,
    meetings.DOCUMENTS,
    kinds.NEWS,
    kinds.CAMPAIGNS,
    kinds.ADVISORY_GROUP,
    kinds.PAGES,
    kinds.DELIVERABLES,
    documents.CONSULTATIONS,
    documents.VERSIONS,
    signatures.ENDORSEMENTS,
    commenting.COMMENTS,
    explaining.CHANGES,
    answering.ANSWERS,
    answering.REPORTS,
    answering.WATCHED_WORDS,
    parts.STEPS,
    # After the issues themselves, and after the texts that they cite.
    parts.ISSUE_PARAGRAPHS,
    parts.DRAFTERS,
    parts.GOOD_PRACTICES,
    parts.ACTIONS,
]


def load(root: Path, *, if_empty: bool = False) -> list[str] | None:
    """Bring the database to what the files say, and return what was done, a line for each kind.

    What no file speaks of is left as it stands. Raise Broken if a file is, and change nothing. With `if_empty`, do
    nothing and return None where there is a campaign already.
    """
    with ExitStack() as undo:
        with transaction.atomic():
            _wait_for_other_loads()
            if if_empty and Campaign.objects.exists():
                return None
            rows = Rows(Seeds(root, KINDS), undo)
            _load_all(rows)
            if rows.problems:
                raise Broken(*sorted(rows.problems))
        undo.pop_all()
    return [_told(str(model._meta.verbose_name_plural), entries) for model, entries in rows.entries.items()]


def _wait_for_other_loads() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('campaign.seeding'))")


def _load_all(rows: Rows) -> None:
    for kind in KINDS:
        for thing in rows.seeds.things[kind.model].values():
            try:
                kind.load(thing, rows)
            except DatabaseError as error:
                # What the models let pass, but the database does not. Nothing more can be tried in this transaction.
                message = str(error).splitlines()[0]
                raise Broken(*sorted([*rows.problems, thing.main.problem(message)])) from error


def _told(label: str, entries: dict[str, Entry]) -> str:
    """Say what happened to the things of a kind: `organisations: created 2, changed 1 (zambia: summary), left 23`."""
    created = sum(entry.created for entry in entries.values())
    changed = {name: entry.changes for name, entry in entries.items() if entry.changes}
    left = len(entries) - created - len(changed)
    names = "; ".join(f"{name}: {', '.join(changes)}" for name, changes in changed.items())
    parts = [
        f"created {created}" if created else "",
        f"changed {len(changed)} ({names})" if changed else "",
        f"left {left}" if left else "",
    ]
    return f"{label}: {', '.join(part for part in parts if part)}"
