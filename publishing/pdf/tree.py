"""Cleaned HTML as a tree of plain data, from which PDFs and single-file pages are made.

A node is a dict that says by `t` what it is; what runs in a line is text or such a node. No markup of any kind is
left in it, so that nothing anybody wrote can act.
"""

from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urljoin

from publishing.pdf.document import span
from publishing.pdf.lines import Inline, Node, merged, said, trimmed, without_links, words

MARKS = {"strong", "em", "code", "sub", "sup", "ins", "del"}
IN_LINE = {*MARKS, "a", "abbr", "br", "span", "time"}
VOID = {"br", "hr"}
HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
# Deeper than anybody writes; what stands deeper keeps its words and loses its shape.
DEEPEST = 12
# Typst refuses a whole document for a longer one.
LONGEST_LINK = 2000


class Element:
    """An element of the HTML; its children are elements and text."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []

    def all(self, tag: str) -> Iterable["Element"]:
        """Yield the elements below of one kind."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag:
                    yield child
                yield from child.all(tag)

    def own(self, *tags: str) -> list["Element"]:
        """Return the children of these kinds."""
        return [child for child in self.children if isinstance(child, Element) and child.tag in tags]


class _Builder(HTMLParser):
    """Builds elements from HTML that nh3 made well formed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.path = [self.root]
        self.skipped: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self.path) > DEEPEST and tag not in VOID:
            self.skipped.append(tag)
            return
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.path[-1].children.append(element)
        if tag not in VOID:
            self.path.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped.pop()
        elif len(self.path) > 1:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def paragraph(*parts: str | Node) -> Node:
    """Return a paragraph."""
    return {"t": "p", "c": list(parts)}


def heading(text: str, level: int = 1) -> Node:
    """Return a heading; `levelled` puts its level right."""
    return {"t": "h", "level": level, "c": [words(text)]}


class Tree:
    """The blocks of one document, put together piece by piece; `address` is where its relative links start."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.blocks: list[Node] = []
        self.notes: dict[str, Element] = {}
        self.used: set[str] = set()

    def learn_notes(self, html: str) -> None:
        """Remember the footnotes in a piece, which are set where they are referred to."""
        for item in _Builder(html).root.all("li"):
            if item.attributes.get("id", "").startswith("fn-"):
                self.notes[item.attributes["id"]] = item

    def add(self, html: str, number: int | None = None) -> None:
        """Add a piece; its first block bears the number."""
        found = self._blocks(_Builder(html).root.children)
        if found and number is not None:
            found[0]["n"] = number
        self.blocks += found

    def add_item(self, html: str, *, ordered: bool, number: int | None) -> None:
        """Add an item to the list that the last block is, or to a new one."""
        kind = "ol" if ordered else "ul"
        item = {"c": self.inner(html), "n": number}
        last = self.blocks[-1] if self.blocks else {}
        if last.get("t") == kind and last.get("open"):
            last["items"].append(item)
        else:
            self.blocks.append({"t": kind, "start": 1, "items": [item], "open": True})

    def inner(self, html: str) -> list[Node]:
        """Return the blocks of a piece that stands in a list, or in some other block."""
        return self._inner(_Builder(html).root)

    def line(self, html: str) -> Inline:
        """Return what a piece says in one line."""
        return self._inline(_Builder(html).root.children)

    def finish(self) -> list[Node]:
        """Return all blocks, notes that nothing refers to among them, with headings as tagged PDFs want them."""
        left = [{"c": self._inner(note)} for key, note in self.notes.items() if key not in self.used]
        if left:
            self.blocks.append({"t": "ol", "start": 1, "items": left})
        for block in self.blocks:
            block.pop("open", None)
        return levelled(self.blocks)

    def _blocks(self, children: Iterable[Element | str]) -> list[Node]:
        found: list[Node] = []
        loose: list[Element | str] = []
        for child in [*children, None]:
            if child is not None and (isinstance(child, str) or child.tag in IN_LINE):
                loose.append(child)
                continue
            if line := trimmed(self._inline(loose)):
                found.append({"t": "p", "c": line})
            loose = []
            if isinstance(child, Element):
                found += self._block(child)
        return found

    def _inner(self, element: Element) -> list[Node]:
        """Return the blocks in an element; a heading in there heads no part of the document."""
        found = self._blocks(element.children)
        return [paragraph({"t": "strong", "c": block["c"]}) if block["t"] == "h" else block for block in found]

    def _block(self, element: Element) -> list[Node]:
        tag = element.tag
        if tag in HEADINGS:
            line = trimmed(self._inline(element.children))
            if not said(line):
                return [{"t": "p", "c": line}] if line else []
            return [{"t": "h", "level": HEADINGS[tag], "c": line}]
        if tag in ("ul", "ol"):
            items = [{"c": self._inner(item)} for item in element.own("li")]
            start = element.attributes.get("start", "")
            number = int(start) if start.isdecimal() and len(start) < 7 else 1
            return [{"t": tag, "start": number, "items": items}] if items else []
        if tag == "blockquote":
            return [{"t": "quote", "c": self._inner(element)}]
        if tag == "table":
            return self._table(element)
        if tag == "dl":
            return [{"t": "dl", "items": self._terms(element)}]
        if tag == "hr":
            return [{"t": "hr"}]
        if element.attributes.get("class") == "footnote":
            return []
        return self._blocks(element.children)

    def _table(self, table: Element) -> list[Node]:
        rows = list(table.all("tr"))
        head = rows[0].own("th") if rows else []
        cells = [[self._cell(cell) for cell in row.own("td", "th")] for row in rows]
        width = max((len(row) for row in cells), default=0)
        if not width:
            return []
        even = [row + [{"c": [], "align": ""}] * (width - len(row)) for row in cells]
        caption = [paragraph(*trimmed(self._inline(c.children))) for c in table.own("caption")]
        headed = len(head) == len(cells[0])
        return [*caption, {"t": "table", "head": even[0] if headed else [], "rows": even[1:] if headed else even}]

    def _cell(self, cell: Element) -> Node:
        return {"c": self._inner(cell), "align": cell.attributes.get("align", "")}

    def _terms(self, element: Element) -> list[Node]:
        items: list[Node] = []
        for child in element.own("dt", "dd"):
            if child.tag == "dt" or not items:
                items.append({"term": [], "c": []})
            if child.tag == "dt":
                items[-1]["term"] = trimmed(self._inline(child.children))
            else:
                items[-1]["c"] += self._inner(child)
        return items

    def _inline(self, children: Iterable[Element | str]) -> Inline:
        line: Inline = []
        for child in children:
            if isinstance(child, str):
                line.append(words(child))
            elif child.tag == "br":
                line.append({"t": "br"})
            elif child.tag == "a":
                line += self._link(child)
            elif child.tag == "sup" and child.attributes.get("id", "").startswith("fnref"):
                line += self._inline(child.children)
            elif child.tag in MARKS:
                line.append({"t": child.tag, "c": self._inline(child.children)})
            else:
                line += self._inline(child.children)
        return merged(line)

    def _link(self, link: Element) -> Inline:
        href, kind = link.attributes.get("href", ""), link.attributes.get("class", "")
        if kind == "footnote-backref":
            return []
        if kind == "footnote-ref":
            return self._note(href.removeprefix("#"))
        inner = self._inline(link.children)
        if language := link.attributes.get("lang"):
            inner = [span(language, *inner)]
        try:
            href = urljoin(self.address, words(href)) if href else ""
        except ValueError:  # no address at all
            href = ""
        if not href or len(href) > LONGEST_LINK:
            return inner
        notes: Inline = []
        inner = without_links(inner, notes)
        return [{"t": "a", "href": href, "c": inner}, *notes] if said(inner) else [*inner, *notes]

    def _note(self, key: str) -> Inline:
        if key not in self.notes:
            return []
        if key in self.used:
            return [{"t": "note", "id": key}]
        self.used.add(key)
        return [{"t": "note", "id": key, "c": self._inner(self.notes[key])}]


def levelled(blocks: list[Node]) -> list[Node]:
    """Let headings begin at level 1 and go down by one at a time: PDF/UA wants it, and writers forget."""
    last = 0
    for block in blocks:
        if block["t"] == "h":
            last = block["level"] = min(block["level"], last + 1)
    return blocks
