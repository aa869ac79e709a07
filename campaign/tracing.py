"""Follows paragraphs from version to version, by the changes that are stored."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from campaign.models import Change, ChangeEnd, Deliverable, Version
from campaign.redline.matching import Link
from comments.models import Comment
from comments.shown_answers import with_answers

# A paragraph of one version: the version's number and the paragraph's key.
Node = tuple[int, UUID]


@dataclass
class Trace:
    """Which paragraphs of several versions are one and the same, however often they were split and merged."""

    # The versions' numbers, newest first; each was redrafted from the next.
    numbers: list[int]
    parents: dict[Node, Node] = field(default_factory=dict)
    changes: list[tuple[Node, Change]] = field(default_factory=list)

    def root(self, node: Node) -> Node:
        """Return the one that stands for all that a paragraph was and became."""
        while (parent := self.parents.get(node, node)) != node:
            node = parent
        return node

    def join(self, nodes: Sequence[Node]) -> None:
        """Note that these are one."""
        for node in nodes[1:]:
            self.parents[self.root(node)] = self.root(nodes[0])

    def links(self, old: int, old_keys: Iterable[UUID], new: int, new_keys: Iterable[UUID]) -> list[Link]:
        """Return which paragraphs of one version became which of another, by position."""
        ends: defaultdict[Node, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i, key in enumerate(old_keys):
            ends[self.root((old, key))][0].append(i)
        for j, key in enumerate(new_keys):
            ends[self.root((new, key))][1].append(j)
        return [Link(tuple(i), tuple(j)) for i, j in ends.values()]

    def changes_by_root(self) -> dict[Node, list[Change]]:
        """Return the changes, oldest first, under what stands for their paragraphs."""
        found: defaultdict[Node, list[Change]] = defaultdict(list)
        for node, change in reversed(self.changes):
            found[self.root(node)].append(change)
        return found


def trace(deliverable: Deliverable, newest: int, oldest: int = 1) -> Trace:
    """Follow all paragraphs back from one version to another; `numbers` ends where nothing leads further back."""
    steps: defaultdict[int, list[Change]] = defaultdict(list)
    rows = Change.objects.filter(
        version__deliverable=deliverable, version__number__gt=oldest, version__number__lte=newest
    )
    for change in rows.select_related("version", "base").prefetch_related("ends").order_by("-pk"):
        steps[change.version.number].append(change)
    found = Trace([newest])
    while changes := steps.get(found.numbers[-1]):
        found.numbers.append(changes[0].base.number)
        for change in changes:
            nodes = [
                ((change.base if end.side == ChangeEnd.Side.OLD else change.version).number, end.key_id)
                for end in change.ends.all()
            ]
            found.join(nodes)
            found.changes.append((nodes[0], change))
    return found


def for_readers(changes: Iterable[Change]) -> QuerySet[Change]:
    """Return those changes that readers may see, each with the public comments that asked for it and their answers."""
    comments = with_answers(Comment.objects.public()).select_related("consultation").defer("search", "shingles")
    rows = Change.objects.filter(pk__in=[change.pk for change in changes], version__in=Version.objects.public())
    asked = Prefetch("comments", comments.order_by("pk"))
    return rows.select_related("version").prefetch_related(asked).order_by("pk")


@dataclass(frozen=True)
class Fate:
    """What became of a paragraph, or how it came to be; the address tells the whole history."""

    label: str
    number: int
    url: str


def fates(version: Version, numbers: dict[UUID, int]) -> dict[UUID, Fate]:
    """Return what became of each paragraph in the next public version, else what it became in this one.

    What was only kept, or is new, says nothing. `numbers` are those of the paragraphs, by key.
    """
    quiet = [Change.Kind.KEPT, Change.Kind.ADDED]
    public = Change.objects.filter(version__in=Version.objects.public()).exclude(kind__in=quiet)
    old, new = ChangeEnd.Side.OLD, ChangeEnd.Side.NEW
    rows = ChangeEnd.objects.filter(Q(side=new, change__version=version) | Q(side=old, change__base=version))
    found = {}
    # What happened later comes last, and says more.
    for end in rows.filter(change__in=public).select_related("change__version").order_by("change__version__number"):
        if number := numbers.get(end.key_id):
            url = reverse("paragraph-history", args=[version.deliverable.slug, version.number, number])
            found[end.key_id] = Fate(end.change.get_kind_display(), end.change.version.number, url)
    return found
