"""Staff's Markdown: rendered and cleaned once, on save, and stored."""

import re
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

import nh3
from django.utils.html import strip_tags
from markdown import Markdown

TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "br", "div", "section"),
    *("strong", "em", "a", "code", "sup", "sub", "abbr", "ins", "del"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption", "dl", "dt", "dd"),
}
ATTRIBUTES = {
    "a": {"href", "title", "role", "id"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"align", "scope"},
    "td": {"align"},
    **{tag: {"id"} for tag in ("h2", "h3", "h4", "li", "sup")},
}
CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}}


def render(source: str) -> str:
    """Return clean HTML. Raw HTML in the source is cleaned like all else: nothing that could act survives."""
    # Keeps the ids of footnotes apart where one page shows several texts.
    digest = sha256(source.encode()).hexdigest()[:8]
    markdown = Markdown(
        extensions=["tables", "footnotes", "def_list", "attr_list", "sane_lists"],
        extension_configs={
            "tables": {"use_align_attribute": True},
            "footnotes": {"BACKLINK_TITLE": "↩ {}", "SEPARATOR": f"-{digest}-"},
        },
    )
    return nh3.clean(
        markdown.convert(source),
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noreferrer",
    )


def plain(html: str) -> str:
    """Return the words of rendered HTML, for search, excerpts and comparison."""
    return re.sub(r"\s+", " ", unescape(strip_tags(html.replace("</", " </")))).strip()


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
        self.start = 0
        self.html = html
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    def here(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def in_list(self) -> bool:
        return self.path[:1] in (["ul"], ["ol"])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in VOID:
            return
        self.path.append(tag)
        if len(self.path) == 1 or (len(self.path) == 2 and self.in_list()):
            self.start = self.here()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        depth, listed = len(self.path), self.in_list()
        end = self.here() + len(tag) + 3
        if depth == 2 and listed:
            inner = self.html[self.html.index(">", self.start) + 1 : end - len("</li>")]
            self.blocks.append(Block("step" if self.path[0] == "ol" else "bullet", inner.strip()))
        elif depth == 1 and not listed:
            self.blocks.append(Block(KINDS.get(tag, "paragraph"), self.html[self.start : end]))
        self.path.pop()


def blocks(source: str) -> list[Block]:
    """Render a text and return its blocks in order."""
    return _Splitter(render(source)).blocks
