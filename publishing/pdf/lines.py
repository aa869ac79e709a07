"""What runs in a line: text, and nodes that hold more of it."""

import re
from typing import Any

Node = dict[str, Any]
Inline = list[str | Node]

SPACE = re.compile(r"[ \t\r\n\f]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def words(text: str) -> str:
    """Return text as it can be set: no line feeds, no control characters."""
    return SPACE.sub(" ", CONTROL.sub("", text))


def merged(line: Inline) -> Inline:
    """Return a line whose neighbouring pieces of text are one, without space after a line break."""
    found: Inline = []
    for part in line:
        if isinstance(part, str) and found and isinstance(last := found[-1], str):
            found[-1] = last + part
        elif isinstance(part, str) and found and found[-1] == {"t": "br"}:
            found += [part.lstrip(" ")]
        else:
            found.append(part)
    return [part for part in found if part != ""]


def said(line: Inline) -> str:
    """Return the words of a line, without those of its notes."""
    pieces = (
        part if isinstance(part, str) else said(part.get("c", [])) if part["t"] != "note" else "" for part in line
    )
    return "".join(pieces).strip()


def without_links(line: Inline, notes: Inline) -> Inline:
    """Return what stands in a link: no other link, and its notes follow it."""
    found: Inline = []
    for part in line:
        if isinstance(part, str) or ("c" not in part and part["t"] != "note"):
            found.append(part)
        elif part["t"] == "note":
            notes.append(part)
        elif part["t"] == "a":
            found += part["c"]
        else:
            found.append(part | {"c": without_links(part["c"], notes)})
    return found


def trimmed(line: Inline) -> Inline:
    """Return a line without space at its ends."""
    # The space before the arrow back from a footnote is no-break.
    line = list(line)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while line and isinstance(part := line[end], str):
            line[end] = strip(part, " \xa0")
            if line[end]:
                break
            line.pop(end)
    return line
