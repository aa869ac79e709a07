"""Holds a translation to the paragraphs of its original: ¶ 12 is ¶ 12 in every language."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaign.models import Paragraph, VersionText
from campaign.redline.document import numbered_blocks
from publishing.markdown import Block, plain

# What it costs, in the search for the place, to leave a paragraph without a partner, or to pair different kinds.
ALONE = 1.2
OTHER_KIND = 1.0
# How much longer a translation may be, from Chinese to French or Russian; what fits best is taken.
LONGER = (0.35, 0.5, 0.7, 1.0, 1.25, 1.5)


@dataclass(frozen=True)
class Place:
    """Where a translation departs from its original: the numbers of the paragraphs there, either may be missing."""

    original: int | None
    translation: int | None


def differs(original: str, translation: str) -> bool:
    """Whether two Markdown texts have other paragraphs, by number and kind."""
    return _kinds(numbered_blocks(original)) != _kinds(numbered_blocks(translation))


def difference(original: str, translation: str) -> str:
    """Say where a translation first departs from its original; nothing where it does not."""
    ours, theirs = numbered_blocks(original), numbered_blocks(translation)
    if _kinds(ours) == _kinds(theirs):
        return ""
    place = _first(ours, theirs)
    if place.translation is None and place.original is not None:
        values = {"number": place.original, "words": _words(ours[place.original - 1])}
        return _("Paragraph %(number)d of the original is missing here: “%(words)s”") % values
    if place.original is None and place.translation is not None:
        values = {"number": place.translation, "words": _words(theirs[place.translation - 1])}
        return _("Paragraph %(number)d here is none of the original’s: “%(words)s”") % values
    number = place.original or 0
    labels = dict(Paragraph.Kind.choices)
    values = {"number": number, "kind": labels[ours[number - 1].kind], "words": _words(ours[number - 1])}
    return _("Paragraph %(number)d is another kind of block in the original (%(kind)s): “%(words)s”") % values


def _kinds(found: Sequence[Block]) -> list[str]:
    return [block.kind for block in found]


def _words(block: Block) -> str:
    return Truncator(plain(block.html)).chars(80)


def _first(ours: list[Block], theirs: list[Block]) -> Place:
    """Return the first place at which the likeliest pairing of both texts leaves one alone or pairs two kinds.

    Paragraphs pair by kind and by length, as translations keep both.
    """
    costs = min((_costs(ours, theirs, longer) for longer in LONGER), key=lambda table: table[0][0])
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if costs[i][j] == costs[i + 1][j] + ALONE:
            return Place(i + 1, None)
        if costs[i][j] == costs[i][j + 1] + ALONE:
            return Place(None, j + 1)
        if ours[i].kind != theirs[j].kind:
            return Place(i + 1, j + 1)
        i, j = i + 1, j + 1
    return Place(i + 1, None) if i < len(ours) else Place(None, j + 1)


def _costs(ours: list[Block], theirs: list[Block], longer: float) -> list[list[float]]:
    """Return what it costs to pair all that is left from each place on, where one language is so much longer."""
    long, wide = ([len(plain(block.html)) + 10 for block in found] for found in (ours, theirs))
    # The last row and column are what stays alone.
    costs = [[ALONE * (len(ours) - i + len(theirs) - j) for j in range(len(theirs) + 1)] for i in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            apart = min(1.0, abs(log(long[i] * longer / wide[j]))) + OTHER_KIND * (ours[i].kind != theirs[j].kind)
            costs[i][j] = min(costs[i + 1][j + 1] + apart, costs[i + 1][j] + ALONE, costs[i][j + 1] + ALONE)
    return costs


def original_of(text: VersionText) -> VersionText | None:
    """Return the text of the same version that this one translates, which is the first that was written."""
    first = VersionText.objects.filter(version=text.version_id).order_by("pk").first()
    return None if first is None or first.pk == text.pk else first
