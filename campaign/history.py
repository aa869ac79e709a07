"""The history of one paragraph: what it was in each version, why it was changed, and what was said about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from campaign.comparison import Library, Reading, ShownEntry, show_entry
from campaign.models import Change, Version
from campaign.redline.document import Entry, redline
from campaign.tracing import Node, Trace, for_readers, trace
from comments.models import Comment


@dataclass(frozen=True)
class Talk:
    """How many comments a paragraph drew, and where they stand."""

    number: int
    count: int
    url: str


@dataclass(frozen=True)
class Step:
    """A paragraph in one version, with what had changed since the version before; nothing where it was gone."""

    version: Version
    entries: list[ShownEntry]
    language: str
    dir: str
    talk: list[Talk] = field(default_factory=list)


def steps_of(version: Version, key: UUID) -> list[Step]:
    """Return what a paragraph was in every public version, oldest first."""
    public = list(Version.objects.public().filter(deliverable=version.deliverable).order_by("number"))
    for row in public:
        row.deliverable = version.deliverable
    way = trace(version.deliverable, public[-1].number)
    versions = [row for row in public if row.number in way.numbers] or [version]
    return list(_steps(versions, way, way.root((version.number, key))))


def _steps(versions: list[Version], way: Trace, root: Node) -> Iterator[Step]:
    changes = list(for_readers(way.changes_by_root().get(root, [])))
    library, talk = Library(*versions), _talk(versions)
    before: Version | None = None
    for version in versions:
        pair = library.read(before or version, version)
        if not pair:
            continue
        old, new = pair
        redlined = _entries(old, new, way, first=before is None)
        entries = [entry for entry in redlined if _concerns(entry, old, new, way, root)]
        if entries:
            own = [change for change in changes if change.version == version] if before else []
            found = [show_entry(entry, old.version, version, own) for entry in entries]
            # Several versions stand on this page, each with its numbers.
            shown = [replace(entry, anchor=f"v{version.number}-{entry.anchor}") for entry in found]
            numbers = {new.keys[n - 1]: n for entry in entries for n in entry.new_numbers}
            said = [(n, *talk[version.pk, key]) for key, n in numbers.items() if (version.pk, key) in talk]
            lines = [Talk(n, count, f"{base}?paragraph={n}#comments") for n, count, base in sorted(said)]
            yield Step(version, shown, new.text.language, new.text.dir, lines)
        before = version


def _entries(old: Reading, new: Reading, way: Trace, *, first: bool) -> list[Entry]:
    """Return the redline from one version to the next; the first one stands as it is."""
    if first:
        return [Entry(Change.Kind.KEPT, [part], [part], [part]) for part in new.document.parts]
    links = way.links(old.version.number, old.keys, new.version.number, new.keys)
    return redline(old.document, new.document, links)


def _concerns(entry: Entry, old: Reading, new: Reading, way: Trace, root: Node) -> bool:
    if entry.kind == "moved-away":
        return False
    nodes = [*map(old.node, entry.old_numbers), *map(new.node, entry.new_numbers)]
    return any(way.root(node) == root for node in nodes)


def _talk(versions: list[Version]) -> dict[tuple[int, UUID], tuple[int, str]]:
    """Return how many public comments each version's paragraphs drew, and the address of their consultation."""
    public = Comment.objects.public().filter(consultation__version__in=versions, paragraph_key__isnull=False)
    rows = public.order_by().values_list("consultation__version", "paragraph_key", "consultation__slug")
    return {
        (version, key): (count, reverse("consultation", args=[slug]))
        for version, key, slug, count in rows.annotate(Count("pk"))
        if key
    }
