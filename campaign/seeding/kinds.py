"""What the files of a folder become: for most folders, a few lines say it all."""

from dataclasses import dataclass
from typing import Any

from advocacy.models import Issue, News, Organisation, Practice
from campaign.models import AdvisoryMember, Campaign, Deliverable, Page
from campaign.seeding.reading import Head
from campaign.seeding.rows import Entry, Rows, get
from campaign.seeding.tree import MAIN, Layout, Thing
from factsheets.models import KeyPopulation, PolicyInstrument
from publishing.publication import State


@dataclass(frozen=True)
class Kind(Layout):
    """A folder whose things have a row each, and a row of text per language."""

    def load(self, thing: Thing, rows: Rows) -> None:
        """Bring a thing and its parts to what its files say."""
        with rows.problems.collect():
            row = self.row(thing, rows)
            self.derive(row, thing, rows)
            entry = rows.entry(thing.name, row)
            entry.save(row, thing.main, self.columns)
            self.load_parts(row, thing, entry)

    def row(self, thing: Thing, rows: Rows) -> Any:
        """Return the thing's row, as it stands or new."""
        return get(self.model, slug=thing.slug)

    def derive(self, row: Any, thing: Thing, rows: Rows) -> None:
        """Put the derived fields into the main file's head."""

    def load_parts(self, row: Any, thing: Thing, entry: Entry) -> None:
        """Load the thing's texts."""
        for language, head in thing.files.items():
            with entry.rows.problems.collect():
                self.load_text(row, language, head, entry)

    def load_text(self, row: Any, language: str, head: Head, entry: Entry) -> Any:
        """Load one language's text, and return its row."""
        model = row.texts.model
        text = get(model, **{model.parent_field: row, "language": language})
        entry.save(text, head, self.text_fields, "" if language == MAIN else language)
        return text


class AdvisoryGroup(Kind):
    """The members advise the one published campaign."""

    def derive(self, row: AdvisoryMember, thing: Thing, rows: Rows) -> None:
        """Name the campaign."""
        head = thing.main
        campaign = Campaign.objects.filter(state=State.PUBLISHED).first()
        if campaign is None:
            raise rows.missing(head.problem("no campaign is published"), expected=True)
        head.add("campaign", campaign, head.line)


POPULATIONS = Kind(KeyPopulation, "populations/<slug>.<language>.md", ("position",))
INSTRUMENTS = Kind(
    PolicyInstrument,
    "instruments/<slug>.<language>.md",
    ("population", "issued_by", "years", "level", "group", "address", "position"),
    names={"body": "issued_by"},
)
ISSUES = Kind(
    Issue,
    "issues/<slug>.<language>.md",
    ("position", "figures"),
    text_fields=("title", "summary", "body", "response"),
    # Loaded by `parts`, once there are texts.
    keys=("paragraphs",),
)
ORGANISATIONS = Kind(
    Organisation,
    "organisations/<slug>.<language>.md",
    (
        *("country", "listing", "own_name", "own_name_language", "cities", "languages", "populations", "issues"),
        *("services", "founded", "size", "site", "joined", "logo", "checked"),
        *("contact_person", "contact_email", "contact_phone", "contact_address", "contact_shown"),
    ),
    text_fields=("title", "summary", "body", "pressing", "achievements", "hopes"),
)
PRACTICES = Kind(
    Practice,
    "practices/<slug>.<language>.md",
    ("kind", "audience", "licence", "organisation", "populations", "issues", "year"),
    text_fields=("title", "summary", "body", "setting", "results", "evidence", "repeat"),
)
NEWS = Kind(News, "news/<slug>.<language>.md", ("event", "issues", "picture"))
CAMPAIGNS = Kind(
    Campaign,
    "campaign/<slug>.<language>.md",
    ("starts", "video_url", "video_still"),
    text_fields=("title", "summary", "body", "video_title"),
)
ADVISORY_GROUP = AdvisoryGroup(
    AdvisoryMember,
    "advisory-group/<slug>.<language>.md",
    ("country", "picture", "position"),
    names={"role": "summary"},
    derived=("campaign",),
)
PAGES = Kind(Page, "pages/<slug>.<language>.md", ("position",))
DELIVERABLES = Kind(Deliverable, "deliverables/<slug>/deliverable.<language>.md", ("kind", "position"))
