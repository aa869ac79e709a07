"""The redline of a whole text: what became of each of its blocks, in the order in which it is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from campaign.redline.changes import Change, name_changes
from campaign.redline.matching import Link, match
from campaign.redline.wording import as_html, as_text
from publishing.markdown import Block, blocks

UNNUMBERED = ("heading", "notes")


def numbered_blocks(body: str) -> list[Block]:
    """Return the blocks of a Markdown text that get a number."""
    return [block for block in blocks(body) if block.kind not in UNNUMBERED]


@dataclass(frozen=True)
class Part:
    """A block as the redline shows it; without a number it is a heading or the notes."""

    number: int | None
    block: Block


@dataclass(frozen=True)
class Entry:
    """What became of one block, or of several that were split or merged together.

    `kind` is that of the change, or `moved-away` at the place that a paragraph has left.
    """

    kind: str
    old: list[Part]
    new: list[Part]
    # Those of the new blocks that stand here; others may have been moved elsewhere.
    here: list[Part]

    @property
    def old_numbers(self) -> list[int]:
        """The numbers before."""
        return [part.number for part in self.old if part.number]

    @property
    def new_numbers(self) -> list[int]:
        """The numbers after."""
        return [part.number for part in self.new if part.number]

    def html(self, inserted: str = "", deleted: str = "") -> list[str]:
        """Return each new block that stands here with `ins` and `del`, or the old ones as deleted."""
        return self._here(as_html(*self._sources(), inserted, deleted))

    def text(self) -> list[str]:
        """Return the same as plain text."""
        return self._here(as_text(*self._sources()))

    def _here(self, written: list[str]) -> list[str]:
        if not self.new:
            return written
        return [one for part, one in zip(self.new, written, strict=True) if any(part is p for p in self.here)]

    def _sources(self) -> tuple[list[str], list[str]]:
        return [part.block.html for part in self.old], [part.block.html for part in self.new]


@dataclass
class Document:
    """A text as numbered and unnumbered blocks."""

    blocks: Sequence[Block]
    parts: list[Part] = field(init=False)

    def __post_init__(self) -> None:
        self.parts, number = [], 0
        for block in self.blocks:
            number += block.kind not in UNNUMBERED
            self.parts.append(Part(None if block.kind in UNNUMBERED else number, block))

    def places(self, *kinds: str) -> list[int]:
        """Return the places of the numbered blocks, or of the unnumbered ones of these kinds."""
        return [
            place
            for place, part in enumerate(self.parts)
            if (part.block.kind in kinds if kinds else part.number is not None)
        ]


def match_numbered(old: Document, new: Document) -> list[Link]:
    """Return which numbered paragraphs became which."""
    return match([old.blocks[i] for i in old.places()], [new.blocks[j] for j in new.places()])


def numbered_changes(old: Document, new: Document, links: Iterable[Link]) -> list[Change]:
    """Name what became of the numbered paragraphs."""
    return name_changes(links, [old.blocks[i] for i in old.places()], [new.blocks[j] for j in new.places()])


def redline(old: Document, new: Document, links: Iterable[Link]) -> list[Entry]:
    """Return what became of every block; `links` say it of the numbered ones."""
    changes = _spread(numbered_changes(old, new, links), old.places(), new.places())
    for kind in UNNUMBERED:
        i, j = old.places(kind), new.places(kind)
        blocks = [old.blocks[place] for place in i], [new.blocks[place] for place in j]
        found = match(*blocks) if kind == "heading" else _in_turn(len(i), len(j))
        changes += _spread(name_changes(found, *blocks), i, j)
    return [
        Entry(
            change.kind,
            [old.parts[i] for i in change.old],
            [new.parts[j] for j in change.new],
            [new.parts[j] for j in here],
        )
        for change, here in _in_reading_order(changes)
    ]


def _in_turn(old: int, new: int) -> list[Link]:
    both = min(old, new)
    links = [Link((i,), (i,)) for i in range(both)]
    links += [Link((i,), ()) for i in range(both, old)]
    return links + [Link((), (j,)) for j in range(both, new)]


def _spread(changes: Iterable[Change], old: Sequence[int], new: Sequence[int]) -> list[Change]:
    """Return changes with the places among all blocks in place of those among blocks of their kind."""
    return [Change(c.kind, tuple(old[i] for i in c.old), tuple(new[j] for j in c.new)) for c in changes]


def _in_reading_order(changes: list[Change]) -> list[tuple[Change, list[int]]]:
    """Sort by place in the new text; what was removed or moved away stands behind what it stood behind.

    With each change come the new places that stand here: parts that are not neighbours stand each for themselves.
    """
    stays = {i: min(c.new) for c in changes if c.new and c.kind != "moved" for i in c.old}
    keyed = [((run[0], 0, 0), (c, run)) for c in changes for run in _runs(c.new)]
    left = [Change("moved-away", c.old, c.new) for c in changes if c.kind == "moved"]
    for change in [*(c for c in changes if not c.new), *left]:
        place = min(change.old)
        behind = next((stays[i] for i in range(place, -1, -1) if i in stays), -1)
        keyed.append(((behind, 1, place), (change, [])))
    return [change for _key, change in sorted(keyed, key=lambda entry: entry[0])]


def _runs(places: Iterable[int]) -> list[list[int]]:
    """Return stretches of places that follow each other."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
