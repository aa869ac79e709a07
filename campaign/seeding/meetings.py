"""Meetings, with their agenda, and their papers."""

from advocacy.models import AgendaItem, Event, EventDocument
from campaign.seeding.evidence import store
from campaign.seeding.kinds import Kind
from campaign.seeding.reading import Broken, Head
from campaign.seeding.rows import Entry, Rows, get
from campaign.seeding.tree import LANGUAGES, MAIN, Thing
from publishing.pdf.designed import accept

WORDS = ("title", "speaker")


class Events(Kind):
    """An event's head lists its agenda: each item with its time, and a title and a speaker per language."""

    def load_parts(self, row: Event, thing: Thing, entry: Entry) -> None:
        """Load the texts and the agenda."""
        super().load_parts(row, thing, entry)
        agenda = thing.main.get("agenda", [])
        if not isinstance(agenda, list) or not all(isinstance(item, Head) for item in agenda):
            raise Broken(thing.main.problem("write a list of items", "agenda"))
        for number, head in enumerate(agenda, start=1):
            with entry.rows.problems.collect():
                _load_item(row, number, head, entry)
        if row.agenda.filter(number__gt=len(agenda)).delete()[0]:
            entry.changes.append("agenda items removed")


def _load_item(event: Event, number: int, head: Head, entry: Entry) -> None:
    head.check_keys({"starts_at", "minutes", *WORDS})
    for language, text in _by_language(head).items():
        if language == MAIN:
            for key in ("starts_at", "minutes"):
                if key in head:
                    text.add(key, head[key], head.lines[key])
        row = get(AgendaItem, event=event, number=number, language=language)
        entry.save(row, text, ("starts_at", "minutes", *WORDS), f"agenda {number} {language}")


def _by_language(head: Head) -> dict[str, Head]:
    """Turn title and speaker, each by language, into one head per language."""
    texts: dict[str, Head] = {}
    for key in WORDS:
        words = head.get(key, Head(head.path, head.line))
        if not isinstance(words, Head):
            raise Broken(head.problem("write one text per language, as “en: …”", key))
        words.check_keys(LANGUAGES)
        for language, word in words.items():
            texts.setdefault(language, Head(head.path, words.lines[language])).add(key, word, words.lines[language])
    if MAIN not in texts:
        raise Broken(head.problem("say in English what it is (title)"))
    return texts


class Documents(Kind):
    """A paper's head names a PDF that lies beside it, or an address."""

    def derive(self, row: EventDocument, thing: Thing, rows: Rows) -> None:
        """Store the file, without what tells who made it."""
        if "file" in thing.main:
            name = store(row.file, thing, rows, "designed/{}.pdf", accept)
            thing.main.add("file", name, thing.main.lines["file"])


EVENTS = Events(
    Event,
    "events/<slug>.<language>.md",
    (
        *("starts_at", "ends_at", "timezone", "all_day", "attendance", "venue", "city", "country", "link"),
        *("link_shown", "organisations", "organisations_count", "people_count", "issues"),
    ),
    text_fields=("title", "summary", "body", "outcomes"),
    keys=("agenda",),
)
DOCUMENTS = Documents(
    EventDocument,
    "event-documents/<slug>.<language>.md",
    ("event", "file", "address", "language", "position"),
    text_fields=("title",),
)
