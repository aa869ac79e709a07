"""Shows what changed between two texts, in one text: for staff, word by word, in any script."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Words; of scripts that write none apart, each character.
PIECES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|[^\w\s]")
# Longer stretches are compared line by line alone, so that the comparison stays quick.
MOST = 3000
# Below this share of common words a stretch was written anew, and is shown whole: crumbs in common help nobody.
ALIKE = 0.4
# Of what did not change, so much is shown around what did.
AROUND = 120

Step = tuple[str, str, str]


def marked(old: str, new: str, *, whole: bool = False) -> SafeString:
    """Return both texts in one, escaped: `del` around what went, `ins` around what came.

    What did not change is folded, unless the `whole` is wanted.
    """
    return format_html_join("", "{}", ((_shown(*step, whole=whole),) for step in _joined(steps(old, new))))


def steps(old: str, new: str) -> Iterator[Step]:
    """Yield (`equal`, `replace`, `delete` or `insert`; what was; what is): first by lines, then by words."""
    for kind, was, now in _compare(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        before, after = PIECES.findall(was), PIECES.findall(now)
        if kind == "replace" and len(before) + len(after) <= MOST and _alike(before, after):
            yield from _compare(before, after)
        else:
            yield kind, was, now


def _compare(old: list[str], new: list[str]) -> Iterator[Step]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind, "".join(old[a:b]), "".join(new[c:d])


def _alike(old: list[str], new: list[str]) -> bool:
    was, now = ([piece for piece in pieces if piece.strip()] for pieces in (old, new))
    return SequenceMatcher(None, was, now, autojunk=False).ratio() >= ALIKE


def _joined(found: Iterator[Step]) -> Iterator[Step]:
    """Join neighbours of one kind."""
    last: Step | None = None
    for kind, was, now in found:
        if last and last[0] == kind:
            last = (kind, last[1] + was, last[2] + now)
            continue
        if last:
            yield last
        last = (kind, was, now)
    if last:
        yield last


def _shown(kind: str, was: str, now: str, *, whole: bool) -> SafeString:
    if kind == "equal":
        return format_html("{}", was if whole or len(was) <= 2 * AROUND else f"{was[:AROUND]} … {was[-AROUND:]}")
    gone = format_html("<del>{}</del>", was) if was else SafeString()
    come = format_html("<ins>{}</ins>", now) if now else SafeString()
    return gone + come
