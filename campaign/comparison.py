"""The redline of two versions as the templates show it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from campaign.models import Change, Paragraph, Version, VersionText
from campaign.redline.document import Document, Entry, Part, match_numbered, redline
from campaign.tracing import Node, Trace, for_readers, trace
from comments.models import Comment
from comments.shown_answers import ShownAnswer, show_answer
from publishing.languages import reader_language
from publishing.markdown import Block

# What the summary counts, in this order.
COUNTED = [kind for kind in Change.Kind if kind != Change.Kind.KEPT]


@dataclass(frozen=True)
class Asked:
    """A comment that asked for a change, with what it was answered."""

    number: int
    url: str
    name: str
    answers: list[ShownAnswer]


@dataclass(frozen=True)
class Reason:
    """Why something was changed, and who asked for it."""

    text: str
    language: str
    dir: str
    asked: list[Asked]


@dataclass(frozen=True)
class ShownPart:
    """A block with what was inserted and deleted; `number` is the new one, or the old one of what is gone."""

    kind: str
    html: SafeString
    number: int | None
    url: str


@dataclass(frozen=True)
class ShownEntry:
    """What became of one or several paragraphs (`parts/redline_entry.html` reads it)."""

    kind: str
    label: str
    # With a paragraph's number it is the anchor of that paragraph.
    anchor: str
    # Where the paragraphs stood, if not under the same numbers: pairs of number and address.
    before: list[tuple[int, str]]
    after: list[tuple[int, str]]
    parts: list[ShownPart]
    reasons: list[Reason] = field(default_factory=list)
    history_url: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether it can be folded away."""
        return self.kind == Change.Kind.KEPT


@dataclass(frozen=True)
class Stretch:
    """Entries that follow each other, all kept or all changed."""

    is_kept: bool
    entries: list[ShownEntry]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the paragraphs in it."""
        return [part.number for entry in self.entries for part in entry.parts if part.number]


@dataclass
class Reading:
    """One version's text in one language, as it was cut into paragraphs."""

    version: Version
    text: VersionText
    document: Document = field(init=False)
    keys: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        rows = self.text.paragraphs.all()
        self.document = Document([Block(row.kind, row.html) for row in rows])
        self.keys = [row.key_id for row in rows if row.number]

    def node(self, number: int) -> Node:
        """Return the paragraph of this number."""
        return self.version.number, self.keys[number - 1]


class Library:
    """The texts of some versions, in all their languages."""

    def __init__(self, *versions: Version) -> None:
        paragraphs = Prefetch("paragraphs", Paragraph.objects.defer("plain"))
        rows = VersionText.objects.ready().filter(version__in=versions).defer("body", "body_html", "plain", "search")
        self.texts: defaultdict[int, dict[str, VersionText]] = defaultdict(dict)
        for text in rows.prefetch_related(paragraphs):
            self.texts[text.version_id][text.language] = text

    def read(self, *versions: Version) -> list[Reading]:
        """Return their texts in the reader's language, else in English, else in any that all have; else nothing."""
        common = set.intersection(*(set(self.texts[version.pk]) for version in versions))
        if not common:
            return []
        wanted = reader_language()
        language = min(common, key=lambda code: (code != wanted, code != "en", code))
        return [Reading(version, self.texts[version.pk][language]) for version in versions]


def compare(old: Reading, new: Reading, *, spoken: bool = True) -> list[ShownEntry]:
    """Return what became of every block, as stored or corrected by hand, with reasons.

    `spoken` puts words before each change for those who hear the page.
    """
    start, end = old.version.number, new.version.number
    way = trace(new.version.deliverable, end, start)
    if start in way.numbers:
        links = way.links(start, old.keys, end, new.keys)
    else:
        # Neither was redrafted from the other.
        way, links = Trace([]), match_numbered(old.document, new.document)
    by_root = way.changes_by_root()
    readable = {change.pk: change for change in for_readers(c for changes in by_root.values() for c in changes)}
    shown = []
    for entry in redline(old.document, new.document, links):
        nodes = [*map(old.node, entry.old_numbers), *map(new.node, entry.new_numbers)]
        roots = dict.fromkeys(way.root(node) for node in nodes)
        changes = [readable[c.pk] for root in roots for c in by_root.get(root, []) if c.pk in readable]
        found = show_entry(entry, old.version, new.version, changes, spoken=spoken)
        shown.append(replace(found, history_url=_history(entry, old, new)))
    return shown


def _history(entry: Entry, old: Reading, new: Reading) -> str:
    """Return the address of a changed paragraph's whole history."""
    version, numbers = (new.version, entry.new_numbers) if entry.new else (old.version, entry.old_numbers)
    if entry.kind in (Change.Kind.KEPT, Change.Kind.ADDED, "moved-away") or not numbers:
        return ""
    return reverse("paragraph-history", args=[version.deliverable.slug, version.number, numbers[0]])


def show_entry(
    entry: Entry, old: Version, new: Version, changes: Sequence[Change] = (), *, spoken: bool = True
) -> ShownEntry:
    """Return an entry with the words for it in the reader's language."""
    old_url, new_url = old.get_absolute_url(), new.get_absolute_url()
    is_stub = entry.kind == "moved-away"
    gone = not entry.new or is_stub
    parts = entry.old if gone else entry.here
    htmls = [""] * len(parts) if is_stub else entry.html(*((_("inserted:"), _("deleted:")) if spoken else ()))
    elsewhere = entry.old_numbers != entry.new_numbers
    return ShownEntry(
        kind=entry.kind,
        label=str(Change.Kind.MOVED.label if is_stub else Change.Kind(entry.kind).label),
        anchor="was" if gone else "p",
        before=_places(entry.old_numbers, old_url) if elsewhere and not gone else [],
        after=_places(entry.new_numbers, new_url) if is_stub else [],
        parts=[_part(part, html, old_url if gone else new_url) for part, html in zip(parts, htmls, strict=True)],
        reasons=[] if entry.kind in ("kept", "moved-away") else [r for c in changes if (r := show_reason(c))],
    )


def _places(numbers: Iterable[int], url: str) -> list[tuple[int, str]]:
    return [(number, f"{url}#p{number}") for number in numbers]


def _part(part: Part, html: str, url: str) -> ShownPart:
    safe = mark_safe(html)  # noqa: S308 - made of what was cleaned when it was stored, and escaped once more
    return ShownPart(part.block.kind, safe, part.number, f"{url}#p{part.number}" if part.number else "")


def show_reason(change: Change) -> Reason | None:
    """Return why something was changed, if anybody said so; `change` comes from `for_readers`."""
    asked = [_asked(comment) for comment in change.comments.all()]
    return Reason(change.reason, change.language, change.dir, asked) if change.reason or asked else None


def _asked(comment: Comment) -> Asked:
    answers = dict.fromkeys(point.answer for point in comment.points.all() if point.answer)
    shown = [show_answer(answer) for answer in answers]
    return Asked(comment.number or 0, comment.get_absolute_url(), comment.shown_name, shown)


def stretches(entries: Iterable[ShownEntry]) -> list[Stretch]:
    """Return the entries with what was kept folded together."""
    return [Stretch(kept, list(group)) for kept, group in groupby(entries, key=lambda entry: entry.is_kept)]


def summary(entries: Iterable[ShownEntry]) -> list[tuple[str, str, int]]:
    """Return kind, label and count of the numbered paragraphs that were changed, for those kinds there are."""
    counts = Counter(entry.kind for entry in entries if any(part.number for part in entry.parts))
    return [(kind.value, str(kind.label), counts[kind]) for kind in COUNTED if counts[kind]]
