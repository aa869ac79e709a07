"""Finds which paragraphs of one text became which of another: through edits, moves, splits and merges."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from campaign.redline.words import folded
from publishing.markdown import Block, plain

# How much two paragraphs must have in common, from 0 to 1, to count as one that was edited …
ALIKE = 0.3
# … how much of a part must come from the whole, to count as split off or merged into it …
CONTAINED = 0.5
# … and by how much all parts together must be more like the whole than the best of them alone.
GAIN = 0.06
# A word that more paragraphs than these have tells nothing about which belongs to which.
COMMON = 12
CANDIDATES = 8
# What is missing from an edited paragraph looks for its place elsewhere from so many words on.
REST = 5


@dataclass(frozen=True, order=True)
class Link:
    """Paragraphs of the old text and what they became, by position; either side may be empty, but not both."""

    old: tuple[int, ...]
    new: tuple[int, ...]


@dataclass
class _Side:
    """One text: for each paragraph its words, and its features (words and pairs of words) with their counts."""

    words: list[list[str]]
    features: list[Counter[str]] = field(init=False)
    weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.features = [
            Counter([*words, *(f"{first} {second}" for first, second in pairwise(words))]) for words in self.words
        ]

    def weigh(self, weight: dict[str, float]) -> None:
        self.weights = [_weight(features, weight) for features in self.features]


def _weight(features: Counter[str], weight: dict[str, float]) -> float:
    return sum(count * weight[feature] for feature, count in features.items())


def match(old: Sequence[Block], new: Sequence[Block], pinned: Iterable[Link] = ()) -> list[Link]:
    """Return links that together hold every paragraph of both texts exactly once, `pinned` ones as they are."""
    settled = set(pinned)
    matching = _Matching(old, new)
    for link in sorted(settled):
        matching.take(link)
    matching.take_identical()
    matching.take_alike()
    links = [link if link in settled else matching.with_rest(link) for link in matching.links]
    links += [Link((i,), ()) for i in sorted(matching.free_old)]
    links += [Link((), (j,)) for j in sorted(matching.free_new)]
    return links


class _Matching:
    """The state of one matching: what is linked already, and what is free."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old = _Side([folded(plain(block.html)) for block in old])
        self.new = _Side([folded(plain(block.html)) for block in new])
        self.free_old, self.free_new = set(range(len(old))), set(range(len(new)))
        self.links: list[Link] = []
        # From each single paragraph to its partner.
        self.partner: dict[int, int] = {}

    def take(self, link: Link) -> None:
        """Settle a link."""
        self.links.append(link)
        self.free_old.difference_update(link.old)
        self.free_new.difference_update(link.new)
        if len(link.old) == len(link.new) == 1:
            self.partner[link.old[0]] = link.new[0]

    def take_identical(self) -> None:
        """Link paragraphs of the same words. Of several alike, those go together whose neighbours do."""
        places: defaultdict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i in sorted(self.free_old):
            places[tuple(self.old.words[i])][0].append(i)
        for j in sorted(self.free_new):
            places[tuple(self.new.words[j])][1].append(j)
        groups = sorted(places.values(), key=lambda group: len(group[0]) * len(group[1]))
        for olds, news in groups:
            choices = sorted((-self._context(i, j), abs(i - j), i, j) for i in olds for j in news)
            for _context, _distance, i, j in choices:
                if i in self.free_old and j in self.free_new:
                    self.take(Link((i,), (j,)))

    def _context(self, i: int, j: int) -> int:
        """Return how many neighbours of two paragraphs are linked to each other; so are the ends of both texts."""
        first, last = i == j == 0, (i + 1, j + 1) == (len(self.old.words), len(self.new.words))
        return (first or self.partner.get(i - 1) == j - 1) + (last or self.partner.get(i + 1) == j + 1)

    def take_alike(self) -> None:
        """Link what is alike, the likest first: pairs, parts with their whole."""
        self._weigh()
        shared = self._shared()
        options = [*self._pairs(shared), *self._splits(shared), *self._merges(shared)]
        for _likeness, link in sorted(options, key=lambda option: (-option[0], option[1])):
            if self.free_old.issuperset(link.old) and self.free_new.issuperset(link.new):
                self.take(link)

    def _weigh(self) -> None:
        """Give each feature its weight: the rarer, the more it tells."""
        spread = Counter(feature for side in (self.old, self.new) for found in side.features for feature in found)
        total = len(self.old.words) + len(self.new.words)
        weight = {feature: log(1 + total / count) for feature, count in spread.items()}
        self.weight = weight
        self.old.weigh(weight)
        self.new.weigh(weight)

    def _shared(self) -> dict[tuple[int, int], float]:
        """Return for pairs that may belong together the weight of what they have in common."""
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for i in self.free_old:
            for feature in self.old.features[i]:
                holders[feature].append(i)
        near = sorted(self.free_old)
        pairs: set[tuple[int, int]] = set()
        for j in self.free_new:
            votes: defaultdict[int, float] = defaultdict(float)
            for feature in self.new.features[j]:
                found = holders.get(feature, ())
                if len(found) <= COMMON:
                    for i in found:
                        votes[i] += self.weight[feature]
            best = sorted(votes, key=lambda i: (-votes[i], i))[:CANDIDATES]
            closest = sorted(near, key=lambda i: abs(i - self._expected(j)))[:3] if len(best) < 3 else []
            pairs.update((i, j) for i in {*best, *closest})
        return {(i, j): self._common(self.old.features[i], self.new.features[j]) for i, j in pairs}

    def _expected(self, j: int) -> float:
        """Return about where in the old text a paragraph of the new one would stand, had it not moved."""
        return j * len(self.old.words) / max(1, len(self.new.words))

    def _common(self, a: Counter[str], b: Counter[str]) -> float:
        return sum(min(a[feature], b[feature]) * self.weight[feature] for feature in a.keys() & b.keys())

    def _pairs(self, shared: dict[tuple[int, int], float]) -> Iterable[tuple[float, Link]]:
        for (i, j), common in shared.items():
            likeness = 2 * common / (self.old.weights[i] + self.new.weights[j])
            # Of two that are equally alike, the one in its place.
            place = 0.08 * self._context(i, j) - 0.02 * abs(i - self._expected(j)) / max(1, len(self.old.words))
            if likeness + place >= ALIKE:
                yield likeness + place, Link((i,), (j,))

    def _splits(self, shared: dict[tuple[int, int], float]) -> Iterable[tuple[float, Link]]:
        for i, likeness, parts in _groups(shared, self.old, self.new, self):
            yield likeness, Link((i,), parts)

    def _merges(self, shared: dict[tuple[int, int], float]) -> Iterable[tuple[float, Link]]:
        turned = {(j, i): common for (i, j), common in shared.items()}
        for j, likeness, parts in _groups(turned, self.new, self.old, self):
            yield likeness, Link(parts, (j,))

    def with_rest(self, link: Link) -> Link:
        """Add to an edited paragraph the neighbour that holds what is missing from it: it was split, or merged."""
        if len(link.old) == 1 and link.new:
            link = Link(link.old, self._with_rest(self.old, link.old, self.new, link.new, self.free_new))
        if len(link.new) == 1 and link.old:
            link = Link(self._with_rest(self.new, link.new, self.old, link.old, self.free_old), link.new)
        return link

    def _with_rest(
        self, wholes: _Side, whole: tuple[int, ...], parts: _Side, found: tuple[int, ...], free: set[int]
    ) -> tuple[int, ...]:
        if free.isdisjoint((found[0] - 1, found[-1] + 1)):
            return found
        rest = wholes.features[whole[0]] - sum((parts.features[part] for part in found), Counter())
        if sum(count for feature, count in rest.items() if " " not in feature) < REST:
            return found
        for neighbour in (found[0] - 1, found[-1] + 1):
            if neighbour in free:
                common = self._common(rest, parts.features[neighbour])
                if common >= CONTAINED * _weight(rest, self.weight):
                    free.discard(neighbour)
                    return tuple(sorted((*found, neighbour)))
        return found

    def likeness_together(self, whole: Counter[str], parts: list[Counter[str]]) -> float:
        """Return how like a whole all its parts together are."""
        together: Counter[str] = sum(parts, Counter())
        total = _weight(whole, self.weight) + _weight(together, self.weight)
        return 2 * self._common(whole, together) / total


def _groups(
    shared: dict[tuple[int, int], float], wholes: _Side, parts: _Side, matching: _Matching
) -> Iterable[tuple[int, float, tuple[int, ...]]]:
    """Yield each whole with its parts, and how like it they are together."""
    home: dict[int, tuple[float, int]] = {}
    for (whole, part), common in shared.items():
        home[part] = max(home.get(part, (0.0, -1)), (common, -whole))
    members: defaultdict[int, list[int]] = defaultdict(list)
    for part, (common, whole) in home.items():
        if common >= CONTAINED * parts.weights[part]:
            members[-whole].append(part)
    for whole, found in members.items():
        if len(found) < 2:
            continue
        largest, *others = sorted(found, key=lambda part: (-shared[whole, part], part))
        group = [largest]
        alone = likeness = matching.likeness_together(wholes.features[whole], [parts.features[largest]])
        for part in others:
            more = matching.likeness_together(wholes.features[whole], [parts.features[p] for p in (*group, part)])
            if more > likeness:
                likeness = more
                group.append(part)
        if likeness >= max(ALIKE, alone + GAIN):
            yield whole, likeness, tuple(sorted(group))
