"""Practical steps and shared issues with their paragraphs, and what stands beside a deliverable's text."""

import re
from datetime import date
from uuid import UUID

from django.db.models import Max

from advocacy.models import Issue, IssueParagraph
from campaign.models import Action, ActionUpdate, Deliverable, Drafter, GoodPractice, Paragraph, PracticalStep, Version
from campaign.seeding.kinds import AdvisoryGroup, Kind
from campaign.seeding.reading import Broken, Head
from campaign.seeding.rows import Entry, Rows, get
from campaign.seeding.tree import LANGUAGES, MAIN, Thing

# A paragraph, as `guidance-note 12`.
NAMED = re.compile(r"(?P<slug>[\w-]+) (?P<number>[1-9]\d*)")


class Steps(AdvisoryGroup):
    """A step of the one published campaign; its head names each ground as `guidance-note 12`.

    The number is the one in the newest version that the files hold, so that it stays the same paragraph when staff
    publish further versions.
    """

    def load_parts(self, row: PracticalStep, thing: Thing, entry: Entry) -> None:
        """Load the texts and the grounds."""
        super().load_parts(row, thing, entry)
        wanted = _named_paragraphs(thing.main, "grounds", entry.rows)
        there = set(row.grounds.values_list("key", flat=True))
        if there == set(wanted):
            return
        row.grounds.exclude(key__in=wanted).delete()
        for key, deliverable in wanted.items():
            get(row.grounds.model, step=row, deliverable=deliverable, key_id=key).save()
        if not entry.created:
            entry.changes.append("grounds")


class IssueParagraphs(Kind):
    """The paragraphs about an issue, which its head names as those of steps do; its row is there already."""

    def load(self, thing: Thing, rows: Rows) -> None:
        """Load the paragraphs."""
        with rows.problems.collect():
            issue = rows.find(Issue, thing.slug, thing.main)
            wanted = _named_paragraphs(thing.main, "paragraphs", rows)
            if set(issue.paragraphs.values_list("key", flat=True)) == set(wanted):
                return
            issue.paragraphs.exclude(key__in=wanted).delete()
            for key in wanted:
                get(IssueParagraph, issue=issue, key_id=key).save()
            entry = rows.entry(thing.name, issue)
            if not entry.created:
                entry.changes.append("paragraphs")


def _named_paragraphs(head: Head, name: str, rows: Rows) -> dict[UUID, Deliverable]:
    """Return the keys of the paragraphs that a head lists, each with its deliverable."""
    named = head.get(name, [])
    if not isinstance(named, list) or not all(isinstance(paragraph, str) for paragraph in named):
        raise Broken(head.problem(f"write a list of {name}, as “guidance-note 12”", name))
    return dict(_paragraph(paragraph, head, name, rows) for paragraph in named)


def _paragraph(named: str, head: Head, name: str, rows: Rows) -> tuple[UUID, Deliverable]:
    """Return the paragraph's key and its deliverable."""
    found = NAMED.fullmatch(named)
    if not found:
        raise Broken(head.problem(f"write a deliverable and a paragraph's number, not “{named}”", name))
    slug, number = found["slug"], int(found["number"])
    deliverable = rows.find(Deliverable, slug, head, name)
    newest = max((thing.number for thing in rows.seeds.things[Version].values() if thing.slug == slug), default=0)
    paragraphs = Paragraph.objects.filter(
        text__version__deliverable=deliverable, text__version__number=newest, text__language=MAIN, number__isnull=False
    )
    key = paragraphs.filter(number=number).values_list("key", flat=True).first()
    if key is None:
        last = paragraphs.aggregate(last=Max("number"))["last"]
        raise rows.missing(head.problem(f"the last paragraph of “{slug}” is {last}", name), expected=last is None)
    return key, deliverable


class Actions(Kind):
    """An action's head lists its updates, each with its day and a sentence per language."""

    def load_parts(self, row: Action, thing: Thing, entry: Entry) -> None:
        """Load the texts and the updates."""
        super().load_parts(row, thing, entry)
        updates = thing.main.get("updates", [])
        if not isinstance(updates, list) or not all(isinstance(update, Head) for update in updates):
            raise Broken(thing.main.problem("write a list of updates", "updates"))
        for update in updates:
            with entry.rows.problems.collect():
                _load_update(row, update, entry)


def _load_update(action: Action, head: Head, entry: Entry) -> None:
    head.check_keys({"day", *LANGUAGES})
    day = head.get("day")
    if type(day) is not date:
        raise Broken(head.problem("write a day, as 2026-03-05", "day"))
    for language in LANGUAGES:
        if language in head:
            text = Head(head.path, head.lines[language])
            text.add("note", head[language], text.line)
            row = get(ActionUpdate, action=action, day=day, language=language)
            entry.save(row, text, ("note",), f"{day} {language}")


STEPS = Steps(
    PracticalStep,
    "steps/<slug>.<language>.md",
    ("audience", "position"),
    keys=("grounds",),
    derived=("campaign",),
)
ISSUE_PARAGRAPHS = IssueParagraphs(Issue, "issues/<slug>.<language>.md")
DRAFTERS = Kind(
    Drafter,
    "drafters/<slug>.<language>.md",
    ("deliverable", "organisation", "position"),
    names={"role": "summary"},
)
GOOD_PRACTICES = Kind(
    GoodPractice,
    "good-practice/<slug>.<language>.md",
    ("deliverable", "organisation", "country", "evidence_url", "position"),
    text_fields=("title", "summary", "body", "who", "place", "evidence"),
)
ACTIONS = Actions(
    Action,
    "actions/<slug>.<language>.md",
    ("deliverable", "organisation", "due", "progress", "evidence_url", "position"),
    text_fields=("title", "summary", "body", "owner", "evidence"),
    keys=("updates",),
)
