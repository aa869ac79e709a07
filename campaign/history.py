"""The history of one paragraph: what it was in each version, why it was changed, and what was said about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from campaign.comparison import Reading, ShownEntry, readings, show_entry
from campaign.models import Change, Version
from campaign.redline.document import Entry, redline
from campaign.tracing import Node, Trace, for_readers, trace
from comments.models import Comment, Consultation


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
    public = list(
        Version.objects.public()
        .filter(deliverable=version.deliverable)
        .select_related("consultation")
        .order_by("number")
    )
    for row in public:
        row.deliverable = version.deliverable
    way = trace(version.deliverable, public[-1].number)
    root = way.root((version.number, key))
    on_the_way = [row for row in public if row.number in way.numbers] or [version]
    return list(_steps(on_the_way, way, root))


def _steps(versions: list[Version], way: Trace, root: Node) -> Iterator[Step]:
    changes = list(for_readers(way.changes_by_root().get(root, [])))
    before: Version | None = None
    known = False
    for version in versions:
        pair = readings(before or version, version)
        if pair is None:
            continue
        old, new = pair
        entries = [e for e in _entries(old, new, way, first=before is None) if _concerns(e, old, new, way, root)]
        known = known or bool(entries)
        if known:
            own = [change for change in changes if change.version == version]
            shown = [show_entry(e, old.version, version, own if before else ()) for e in entries]
            yield Step(version, shown, new.text.language, new.text.dir, _talk(new, entries))
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


def _talk(reading: Reading, entries: list[Entry]) -> list[Talk]:
    """Return the comments on these paragraphs, where readers can see the consultation."""
    consultation = reading.version.consultation
    numbers = {reading.keys[number - 1]: number for entry in entries for number in entry.new_numbers}
    if consultation is None or not numbers:
        return []
    public = Comment.objects.public().filter(
        consultation__in=Consultation.objects.public().filter(pk=consultation.pk), paragraph_key__in=numbers
    )
    base = reverse("consultation", args=[consultation.slug])
    counts = public.order_by().values_list("paragraph_key").annotate(Count("pk"))
    talk = [Talk(numbers[key], count, f"{base}?paragraph={numbers[key]}#comments") for key, count in counts if key]
    return sorted(talk, key=lambda one: one.number)
