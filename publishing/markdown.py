"""Staff's Markdown: rendered and cleaned once, on save, and stored."""

import re
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape
from html.parser import HTMLParser
from threading import local
from xml.etree.ElementTree import Element

import nh3
from django.utils.html import strip_tags
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor

TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "br", "div", "section"),
    *("strong", "em", "a", "code", "sup", "sub", "abbr", "ins", "del"),
    *("data", "table", "thead", "tbody", "tr", "th", "td", "caption", "dl", "dt", "dd"),
}
ATTRIBUTES = {
    "a": {"href", "title", "role", "id"},
    "abbr": {"title"},
    "data": {"value"},
    "ol": {"start"},
    "th": {"align", "scope"},
    "td": {"align"},
    **{tag: {"id"} for tag in ("h2", "h3", "h4", "li", "sup")},
}
CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}}


# How writers refer to what pages put in its place.
SOURCE_REFERENCE = re.compile(r"\[\[([a-z0-9][a-z0-9-]*)\]\]")


class _References(InlineProcessor):
    """Makes of `[[code]]` an empty element that bears the code."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override] # noqa: N802
        return Element("data", value=m[1]), m.start(0), m.end(0)


def render(source: str, *, references: bool = False) -> str:
    """Return clean HTML. Raw HTML in the source is cleaned like all else: nothing that could act survives.

    With `references`, `[[code]]` becomes `<data value="code"></data>`, in whose place pages put what it names.
    """
    return clean(convert(source, references=references))


# Making a parser takes several times as long as most texts take it; each thread has its own.
_parsers = local()


def _parser(*, references: bool) -> tuple[Markdown, FootnoteExtension]:
    """Return a parser that remembers no text, and what counts its footnotes."""
    made = _parsers.__dict__.setdefault("made", {})
    if references not in made:
        footnotes = FootnoteExtension(BACKLINK_TITLE="↩ {}")
        extensions: list[str | Extension] = ["tables", footnotes, "def_list", "attr_list", "sane_lists"]
        markdown = Markdown(extensions=extensions, extension_configs={"tables": {"use_align_attribute": True}})
        if references:
            # Behind code and escapes, before links.
            markdown.inlinePatterns.register(_References(SOURCE_REFERENCE.pattern, markdown), "references", 175)
        made[references] = markdown, footnotes
    markdown, footnotes = made[references]
    markdown.reset()
    return markdown, footnotes


def convert(source: str, *, references: bool = False) -> str:
    """Return the HTML that Markdown makes of a text, as it is written: for `clean()` alone."""
    if not source.strip():
        return ""
    markdown, footnotes = _parser(references=references)
    # Keeps the ids of footnotes apart where one page shows several texts.
    footnotes.setConfig("SEPARATOR", f"-{sha256(source.encode()).hexdigest()[:8]}-")
    try:
        return markdown.convert(source)
    except RecursionError:
        # It stopped in the middle of something, and would go on there.
        _parsers.made.clear()
        # Lists in lists without end are a mistake, or mischief: the words are shown as they were typed.
        return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", source))


def clean(html: str) -> str:
    """Return HTML without anything that the portal does not show."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noreferrer",
    )


# The marks of footnotes are no words, and nor are the arrows that lead back from them.
MARKS = re.compile(r'<sup id="fnref.*?</sup>|<a class="footnote-backref".*?</a>')
# Inline elements end in the middle of words.
ENDS = re.compile(r"<[bh]r>|</(?!(?:strong|em|a|code|sup|sub|abbr|ins|del)>)")


# What a reference leads to is put in its place when a page is shown.
REFERENCE = re.compile(r'<data value="([a-z0-9-]+)"></data>')


def plain(html: str) -> str:
    """Return the words of rendered HTML, for search, excerpts and comparison."""
    spaced = ENDS.sub(r" \g<0>", REFERENCE.sub("…", MARKS.sub("", html)))
    return re.sub(r"\s+", " ", unescape(strip_tags(spaced))).strip()


@dataclass(frozen=True)
class Block:
    """A top-level element of a rendered text; items of a list are blocks of their own.

    `kind` is one of heading, paragraph, bullet, step, table, quotation, notes.
    """

    kind: str
    html: str


KINDS = {
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "table": "table",
    "blockquote": "quotation",
    "div": "notes",
}
VOID = {"br", "hr"}


class _Splitter(HTMLParser):
    """Cuts cleaned HTML at its top level, and lists at their items."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[Block] = []
        self.path: list[str] = []
        self.html = html
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", html))]
        # Where the present block starts and its content does, and where the last one ended.
        self.start = self.inner = self.end = 0
        self.feed(html)
        self.close()
        self.take_loose(len(html))

    def here(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def between_blocks(self) -> bool:
        return self.path in ([], ["ul"], ["ol"])

    def take_loose(self, until: int) -> None:
        """Make a paragraph of words that stand in no element: raw HTML can leave such."""
        loose = self.html[self.end : until].strip()
        if plain(loose):
            self.blocks.append(Block("paragraph", f"<p>{loose}</p>"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.between_blocks():
            self.start = self.here()
            self.take_loose(self.start)
            self.inner = self.end = self.start + len(self.get_starttag_text() or "")
        if tag not in VOID:
            self.path.append(tag)

    def handle_endtag(self, tag: str) -> None:
        here = self.here()
        end = here + len(tag) + 3
        self.path.pop()
        if self.path in (["ul"], ["ol"]):
            kind = "step" if self.path == ["ol"] else "bullet"
            self.blocks.append(Block(kind, self.html[self.inner : here].strip()))
            self.end = end
        elif not self.path:
            if tag in ("ul", "ol"):
                self.take_loose(here)
            else:
                self.blocks.append(Block(KINDS.get(tag, "paragraph"), self.html[self.start : end]))
            self.end = end


def blocks(source: str, *, references: bool = False) -> list[Block]:
    """Render a text and return its blocks in order."""
    return _Splitter(render(source, references=references)).blocks
