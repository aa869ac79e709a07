"""Reads the portal's HTML strictly: what a browser would silently mend is a problem here."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from babel import Locale
from babel.core import UnknownLocaleError

from publishing.languages import direction

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = {
    *HEADINGS,
    *("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure"),
    *("footer", "form", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
}
# Attributes that hold words for the reader.
WORDS = ("alt", "title", "aria-label", "placeholder", "content")
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")


@dataclass(eq=False)
class Element:
    """A tag with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    def __iter__(self) -> "Iterator[Element]":
        """Yield this element and all below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child

    def all(self, tag: str, **attributes: str) -> "list[Element]":
        """Return the elements below with this tag and these attributes (`class_` means one of the classes)."""
        return [element for element in self if element.tag == tag and element.has(**attributes)]

    def one(self, tag: str, **attributes: str) -> "Element":
        """Return the only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def has(self, **attributes: str) -> bool:
        """Whether it has these attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return all(
            value in self.attributes.get("class", "").split() if name == "class" else self.get(name) == value
            for name, value in wanted.items()
        )

    def get(self, name: str) -> str:
        """Return an attribute, or nothing."""
        return self.attributes.get(name, "")

    @property
    def ancestors(self) -> "Iterator[Element]":
        """The elements around it, the nearest first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    @property
    def block(self) -> "Element":
        """The paragraph, heading, cell or the like that it is part of."""
        return next((e for e in [self, *self.ancestors] if e.tag in BLOCKS | {"li", "td", "th", "dd"}), self)

    @cached_property
    def text(self) -> str:
        """Its words, with single spaces."""
        return " ".join("".join(self.pieces()).split())

    def pieces(self) -> Iterator[str]:
        """Yield its words piece by piece, in document order."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.pieces()

    @cached_property
    def ids(self) -> set[str]:
        """The ids of all that is in it."""
        return {element.attributes["id"] for element in self if "id" in element.attributes}

    def inherited(self, name: str) -> str:
        """Return an attribute of the nearest element that has it: this one, or one around it."""
        return next((e.attributes[name] for e in [self, *self.ancestors] if name in e.attributes), "")


class _Builder(HTMLParser):
    """Builds the tree and notes what is wrong on the way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#document")
        self.here = self.root
        self.problems: list[str] = []
        self.doctype = ""

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID and not any(e.tag == "svg" for e in element.ancestors):
            self.problems.append(f"<{tag}/> does not close itself")

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        twice = [name for name, times in Counter(name for name, _ in attrs).items() if times > 1]
        if twice:
            self.problems.append(f"<{tag}> has twice: {twice}")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        return element

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or self.here.tag != tag:
            self.problems.append(f"</{tag}> where <{self.here.tag}> is open")
        elif self.here.parent:
            self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parse(html: str) -> Element:
    """Return the tree of a whole page. Raises AssertionError naming whatever is not well formed."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    problems = [*builder.problems, *_structure(builder.root), *_references(builder.root)]
    if builder.doctype.lower() != "doctype html":
        problems.append(f"the doctype is {builder.doctype!r}")
    if builder.here is not builder.root:
        problems.append(f"<{builder.here.tag}> is never closed")
    assert not problems, "\n".join(problems)
    return builder.root


def fragment(html: str, *, balanced_only: bool = False) -> Element:
    """Return the tree of a piece of a page; `balanced_only` asks nothing but that every tag is closed."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    problems = [*builder.problems, *(() if balanced_only else _structure(builder.root))]
    if builder.here is not builder.root:
        problems.append(f"<{builder.here.tag}> is never closed")
    assert not problems, "\n".join(problems)
    return builder.root


def _structure(root: Element) -> Iterator[str]:
    for element in root:
        around = {e.tag for e in element.ancestors}
        parent = element.parent.tag if element.parent else ""
        if element.tag in BLOCKS and "p" in around:
            yield f"<{element.tag}> inside <p>: {element.text[:60]!r}"
        if element.tag in BLOCKS and around & HEADINGS:
            yield f"<{element.tag}> inside a heading"
        if element.tag == "li" and parent not in ("ul", "ol"):
            yield f"<li> inside <{parent}>"
        if element.tag in ("a", "button", "form", "label") and element.tag in around:
            yield f"<{element.tag}> inside <{element.tag}>"
        if element.tag in ("ul", "ol"):
            strange = [c for c in element.children if (c.strip() if isinstance(c, str) else c.tag != "li")]
            if strange:
                yield f"<{element.tag}> holds {strange}"


def _references(root: Element) -> Iterator[str]:
    ids = Counter(element.attributes["id"] for element in root if "id" in element.attributes)
    for name, times in ids.items():
        if times > 1:
            yield f"id {name!r} {times} times"
        if not name or re.search(r"\s", name):
            yield f"id {name!r}"
    for element in root:
        for attribute in REFERENCES:
            for name in element.get(attribute).split():
                if name not in ids:
                    yield f"<{element.tag} {attribute}={name!r}> points nowhere"
        href = element.get("href")
        if element.tag == "a" and href.startswith("#") and href[1:] not in ids:
            yield f"<a href={href!r}> points nowhere"


def levels(root: Element) -> list[int]:
    """Return the levels of the headings, in order."""
    return [int(element.tag[1]) for element in root if element.tag in HEADINGS]


def language_problems(root: Element) -> Iterator[str]:
    """Yield each `lang` that names no language, and each text that would run the wrong way."""
    for element in root:
        if "lang" not in element.attributes:
            continue
        lang = element.attributes["lang"]
        try:
            Locale.parse(lang, sep="-")
        except (UnknownLocaleError, ValueError):
            yield f"<{element.tag} lang={lang!r}>"
            continue
        inherited = element.parent.inherited("lang") if element.parent else ""
        if lang != inherited and "dir" not in element.attributes:
            yield f"<{element.tag} lang={lang!r}> in {inherited!r} has no dir: {element.text[:60]!r}"
        if element.inherited("dir") != direction(lang):
            yield f"<{element.tag} lang={lang!r} dir={element.inherited('dir')!r}>"


def words(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield every piece of text a reader may meet, with the element whose language it is in."""
    for element in root:
        if element.tag in ("script", "style"):
            continue
        for child in element.children:
            if isinstance(child, str) and child.strip():
                yield element, child.strip()
        for attribute in WORDS:
            if element.get(attribute).strip():
                yield element, element.get(attribute)
