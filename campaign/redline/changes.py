"""Names what happened to each paragraph between two texts."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.redline.matching import Link
from campaign.redline.wording import tokens
from publishing.markdown import Block


@dataclass(frozen=True)
class Change:
    """What happened: kept, edited, moved, split, merged, removed or added; the places count from 0.

    A paragraph that was moved and edited counts as moved.
    """

    kind: str
    old: tuple[int, ...]
    new: tuple[int, ...]


def same(old: Block, new: Block) -> bool:
    """Whether readers see no difference: footnote numbers and line ends in the source make none."""
    return old.kind == new.kind and [t.key for t in tokens(old.html)] == [t.key for t in tokens(new.html)]


def name_changes(links: Iterable[Link], old: Sequence[Block], new: Sequence[Block]) -> list[Change]:
    """Return the changes in the order of the new text; what was removed follows what stood before it."""
    in_place = _in_place(links := list(links))
    changes = []
    for link in links:
        if not link.new:
            kind = "removed"
        elif not link.old:
            kind = "added"
        elif len(link.new) > 1:
            kind = "split"
        elif len(link.old) > 1:
            kind = "merged"
        elif link.old[0] not in in_place:
            kind = "moved"
        else:
            kind = "kept" if same(old[link.old[0]], new[link.new[0]]) else "edited"
        changes.append(Change(kind, link.old, link.new))
    return _ordered(changes)


def _in_place(links: list[Link]) -> set[int]:
    """Return the old places of the longest row of links that stand in one order in both texts.

    The others were moved: so the fewest paragraphs count as moved.
    """
    both = sorted((link.new[0], link.old[0]) for link in links if link.old and link.new)
    ends: list[int] = []  # The lowest old place at which a row of each length ends …
    rows: list[int] = []  # … and the index in `both` of that end.
    before: list[int] = []
    for index, (_new, old) in enumerate(both):
        length = bisect_left(ends, old)
        before.append(rows[length - 1] if length else -1)
        ends[length : length + 1] = [old]
        rows[length : length + 1] = [index]
    found, index = set(), rows[-1] if rows else -1
    while index >= 0:
        found.add(both[index][1])
        index = before[index]
    return found


def _ordered(changes: list[Change]) -> list[Change]:
    """Sort by place in the new text, with what was removed after what came before it in the old text."""
    present = sorted((change for change in changes if change.new), key=lambda change: change.new[0])
    place = {i: index for index, change in enumerate(present) if change.kind != "moved" for i in change.old}
    gone = sorted((change for change in changes if not change.new), key=lambda change: change.old)
    keyed = [(index, -1, change) for index, change in enumerate(present)]
    for change in gone:
        after = next((place[i] for i in range(change.old[0], -1, -1) if i in place), -1)
        keyed.append((after, change.old[0], change))
    return [change for _index, _old, change in sorted(keyed, key=lambda entry: entry[:2])]
