"""What the public writes: plain text, escaped by construction, shown as typed."""

import re
from itertools import groupby

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# An address ends where another script's punctuation begins, since Chinese sets no space before it, and before a
# control character: words that were taken out of a comment leave one (comments.marks).
END = r"\x00-\x1f\s<>\"'“”«»、。，；：！？（）《》「」"
# Brackets belong to it in pairs: sentences stand in brackets too.
PAIR = rf"\([^{END}()]*\)"
ADDRESS = re.compile(rf"(https?://(?:[^{END}()]|{PAIR})*(?:[^{END}.,;:!?()\]…’،؛؟]|{PAIR}))")
BREAK = mark_safe("<br>")


def as_html(text: str) -> SafeString:
    """Return paragraphs, line breaks and `>` quotations, with addresses as links; everything else is escaped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    parts = []
    for quoted, group in groupby(lines, key=lambda line: line.startswith(">")):
        if quoted:
            parts.append(format_html("<blockquote>{}</blockquote>", _paragraphs([q[1:].strip() for q in group])))
        else:
            parts.append(_paragraphs(list(group)))
    return _join("\n", parts)


def _paragraphs(lines: list[str]) -> SafeString:
    found = [list(group) for blank, group in groupby(lines, key=lambda line: not line.strip()) if not blank]
    return format_html_join("\n", "<p>{}</p>", ((_join(BREAK, [_linked(line) for line in p]),) for p in found))


def _linked(line: str) -> SafeString:
    pieces = enumerate(ADDRESS.split(line))
    return _join(
        "",
        [
            format_html('<a href="{0}" rel="nofollow ugc noreferrer">{0}</a>', piece) if odd % 2 else escape(piece)
            for odd, piece in pieces
        ],
    )


def _join(separator: str, parts: list[SafeString]) -> SafeString:
    return mark_safe(separator.join(parts))  # noqa: S308 - every part is safe, and the separators are our own
