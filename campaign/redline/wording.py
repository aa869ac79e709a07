"""Compares the words of paragraphs, with their formatting, and shows what was inserted and deleted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

from campaign.redline.words import split

INLINE = {"strong", "em", "a", "code", "sup", "sub", "abbr", "ins", "del"}
# Elements in which no word may stand, only further elements.
FRAMES = {"table", "thead", "tbody", "tr", "ul", "ol", "dl"}
BREAK = "\x00"


class Token(NamedTuple):
    """A word or sign with the space after it and the inline elements it stands in; or a piece of structure."""

    text: str
    space: str = ""
    marks: tuple[str, ...] = ()
    structure: bool = False
    # A footnote's mark: its number says nothing.
    note: bool = False

    @property
    def key(self) -> str:
        """What makes two tokens the same: word and elements, or that both are notes."""
        if self.note:
            return "\x00note"
        return "\x00".join((self.text, *self.marks)) if self.marks else self.text


class _Tokens(HTMLParser):
    """Reads cleaned HTML as tokens."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Token] = []
        self.marks: list[str] = []
        self.note = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # No id: a redline stands beside other texts. No links within the page: they would lead nowhere.
        kept = [(n, v or "") for n, v in attrs if n not in ("id", "class") and not (n == "href" and v and v[0] == "#")]
        if tag == "a" and not any(name == "href" for name, _value in kept):
            self.marks.append("")
            self.note = self.note or ("class", "footnote-ref") in attrs
            return
        start = "<" + "".join([tag, *(f' {name}="{escape(value)}"' for name, value in kept)]) + ">"
        if tag in INLINE:
            self.marks.append(start)
            self.note = self.note or ("class", "footnote-ref") in attrs
        else:
            self.found.append(Token(start, structure=True))

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            if self.marks:
                self.marks.pop()
            self.note = self.note and tag != "sup"
        else:
            self.found.append(Token(f"</{tag}>", structure=True))

    def handle_data(self, data: str) -> None:
        if data[:1].isspace() and self.found and not self.found[-1].structure and not self.found[-1].space:
            last = self.found[-1]
            self.found[-1] = last._replace(space=" ")
        marks = tuple(mark for mark in self.marks if mark)
        self.found += [Token(text, space, marks, note=self.note) for text, space in split(data)]


@lru_cache(maxsize=4096)
def tokens(html: str) -> tuple[Token, ...]:
    """Return the tokens of a block's HTML."""
    return tuple(_Tokens(html).found)


@dataclass(frozen=True)
class Step:
    """A stretch of tokens that were kept, inserted or deleted (`equal`, `insert`, `delete`)."""

    op: str
    tokens: tuple[Token, ...]


def steps(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Step]:
    """Yield what leads from the old tokens to the new."""
    matcher = SequenceMatcher(None, [t.key for t in old], [t.key for t in new], autojunk=False)
    for op, i, i_end, j, j_end in _calmed(matcher.get_opcodes(), new):
        if op == "equal":
            yield Step("equal", tuple(new[j:j_end]))
        else:
            if i < i_end:
                # The space before it was deleted with it.
                glued = i > 0 and j > 0 and old[i - 1].space and not new[j - 1].space and not old[i].structure
                first = old[i]._replace(text=f" {old[i].text}") if glued else old[i]
                yield Step("delete", (first, *old[i + 1 : i_end]))
            if j < j_end:
                yield Step("insert", tuple(new[j:j_end]))


Opcode = tuple[str, int, int, int, int]


def _calmed(opcodes: Iterable[Opcode], new: Sequence[Token]) -> list[Opcode]:
    """Join changes that only a word or two keep apart: they read better as one."""
    found: list[Opcode] = []
    codes = list(opcodes)
    for index, code in enumerate(codes):
        op, i, i_end, j, j_end = code
        kept = new[j:j_end]
        between = 0 < index < len(codes) - 1
        if op == "equal" and between and len(kept) < 3 and not any(t.structure for t in kept) and _large(codes, index):
            op = "replace"
        if found and op != "equal" and found[-1][0] != "equal":
            _op, i, _i_end, j, _j_end = found.pop()
        found.append((op, i, i_end, j, j_end))
    return found


def _large(codes: list[Opcode], index: int) -> bool:
    """Whether the changes on both sides are larger than what they leave between them."""
    kept = codes[index][4] - codes[index][3]
    return all(
        max(i_end - i, j_end - j) > 2 * kept for _op, i, i_end, j, j_end in (codes[index - 1], codes[index + 1])
    )


def _joined(parts: Iterable[str]) -> list[Token]:
    """Return the tokens of several paragraphs, with a break between them."""
    found: list[Token] = []
    for html in parts:
        found += [Token(BREAK, structure=True)] if found else []
        found += tokens(html)
    return found


def as_html(old: Sequence[str], new: Sequence[str], inserted: str = "", deleted: str = "") -> list[str]:
    """Return each new paragraph's HTML with `ins` and `del`, or, where there is no new one, the old ones' as deleted.

    `inserted` and `deleted` are words for those who hear the page, put at the start of each change.
    """
    if not new:
        return [_Page(inserted, deleted).written([Step("insert", tokens(html))], as_op="delete")[0] for html in old]
    return _Page(inserted, deleted).written(steps(_joined(old), _joined(new)))


class _Page:
    """Writes steps as HTML that keeps the structure of the new text, whatever was deleted."""

    def __init__(self, inserted: str, deleted: str) -> None:
        self.before = {"insert": ("ins", inserted), "delete": ("del", deleted)}
        self.parts: list[str] = [""]
        self.open: list[str] = []
        self.late: list[Token] = []

    def written(self, found: Iterable[Step], as_op: str = "") -> list[str]:
        """Return the paragraphs."""
        for step in found:
            if step.op == "delete":
                self._delete(step.tokens)
                continue
            for structure, run in groupby(step.tokens, key=lambda token: token.structure):
                if structure:
                    for token in run:
                        self._structure(token.text)
                else:
                    self._flush()
                    self._words(as_op or step.op, list(run))
        self._flush()
        return [part.strip() for part in self.parts]

    def _delete(self, found: Iterable[Token]) -> None:
        for token in found:
            if not token.structure:
                self.late.append(token)
            elif self.late:
                self.late[-1] = self.late[-1]._replace(space=" ")
        if not (self.open and self.open[-1] in FRAMES):
            self._flush()

    def _structure(self, text: str) -> None:
        if text == BREAK:
            self._flush()
            self.parts.append("")
            return
        name = re.sub(r"\W", "", text.split()[0])
        if text.startswith("</"):
            self._flush() if self.open[-1:] == [name] and name not in FRAMES else None
            self.open[-1:] = []
        elif name not in ("br", "hr"):
            self.open.append(name)
        self.parts[-1] += text

    def _flush(self) -> None:
        """Write what was deleted where words may not stand, as soon as they may."""
        if self.late and not (self.open and self.open[-1] in FRAMES):
            late, self.late = self.late, []
            self._words("delete", late)

    def _words(self, op: str, found: list[Token]) -> None:
        text, after = _html(found)
        if op in self.before:
            tag, word = self.before[op]
            hidden = f'<span class="hidden">{escape(word)} </span>' if word else ""
            text = f"<{tag}>{hidden}{text}</{tag}>"
            if self.parts[-1].endswith(("</del>", "</ins>")):
                self.parts[-1] += " "
        self.parts[-1] += text + after


def _html(found: list[Token]) -> tuple[str, str]:
    """Return words as HTML in their inline elements, and the space after the last."""
    written = ""
    space = ""
    for marks, run in groupby(found, key=lambda token: token.marks):
        words = list(run)
        inner = "".join(escape(t.text, quote=False) + t.space for t in words)
        bare = inner.rstrip(" ")
        ends = "".join(f"</{re.split(r'[ >]', mark[1:])[0]}>" for mark in reversed(marks))
        written += f"{space}{''.join(marks)}{bare}{ends}"
        space = " " if bare != inner else ""
    return written, space


BRACKETS = {"insert": ("{+", "+}"), "delete": ("[-", "-]")}


def as_text(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the same as plain text, with `[-deleted-]` and `{+inserted+}`."""
    if not new:
        return [f"[-{_text(tokens(html)).strip()}-]" for html in old]
    parts = [""]
    for step in steps(_joined(old), _joined(new)):
        for is_break, run in groupby(step.tokens, key=lambda token: token.text == BREAK):
            if is_break and step.op != "delete":
                parts.append("")
            else:
                parts[-1] += _marked(_text(run), *BRACKETS.get(step.op, ("", "")))
    return [" ".join(part.split()) for part in parts]


def _marked(text: str, start: str, end: str) -> str:
    """Return text with brackets around its words, but not around the space at its ends."""
    words = text.strip()
    return text.replace(words, f"{start}{words}{end}", 1) if words else text


def _text(found: Iterable[Token]) -> str:
    return "".join(" " if token.structure else token.text + token.space for token in found)
