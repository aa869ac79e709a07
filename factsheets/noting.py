"""One list of numbered notes for a whole page: the footnotes of its texts, and the sources of its figures and cases.

Texts are rendered each for itself, so their footnotes all begin at 1, and figures stand in them as codes. `Notes` is
given the pieces in the order in which they are read, writes the figures out, and numbers every mark over the page. A
note that a note refers to follows it at once, as it does where notes stand at the foot of the page.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from factsheets.models import Figure, Source
from factsheets.references import resolve
from publishing.languages import direction, reader_language
from publishing.markdown import REFERENCE

# What `publishing.markdown` makes of footnotes: their list, an item's beginning, and the arrows that lead back.
FOOTNOTES = re.compile(r'<div class="footnote">\n<hr>\n<ol>\n(.*?)\n</ol>\n</div>', re.DOTALL)
ITEM = re.compile(r'<li id="(fn-[^"]*)">\n')
BACK = re.compile(r'(?:&nbsp;)*<a class="footnote-backref"[^>]*>[^<]*</a>')
MARK = r'<a class="footnote-ref" href="#([^"]*)"[^>]*>[^<]*</a>'
# What is left of a mark within a link: the mark itself stands behind the link then.
EMPTY = re.compile(r'<sup id="fnref[^"]*"></sup>')
# A mark, a link with figures in it, a figure.
TOKEN = re.compile(
    rf'<sup id="fnref[^"]*">{MARK}</sup>|{MARK}'
    r'|(<a (?:(?!</a>).)*<data value="[a-z0-9-]+"></data>.*?</a>)'
    rf"|{REFERENCE.pattern}",
    re.DOTALL,
)
# Between two marks, which would read as one number.
BETWEEN = re.compile(r'</sup>(?=<sup id="fnref)')
ID = re.compile(r'(<(?:h[2-4]|li|a|sup)\b[^>]*?) id="([^"]*)"')


# So many notes may refer each to the next; a mark further down is left out.
DEEPEST = 20


@dataclass
class Note:
    """A note, and how many marks lead to it."""

    number: int
    language: str
    # Whose note it is; a footnote has none.
    source: Source | None = None
    html: str = ""
    marks: int = 0

    @property
    def dir(self) -> str:
        """The direction of its words."""
        return direction(self.language)

    @property
    def shown(self) -> SafeString:
        """The note with the ways back to its marks, at the end of its last paragraph."""
        label = gettext("Back to the mark of note %(number)s") % {"number": self.number}
        backs = format_html_join(
            "",
            ' <a class="footnote-backref" href="#fnref-{}-{}" role="doc-backlink" aria-label="{}">↩</a>',
            ((self.number, n, label if n == 1 else f"{label} ({n})") for n in range(1, self.marks + 1)),
        )
        body = self.html.removesuffix("</p>")
        return mark_safe(f"{body}{backs}</p>" if body != self.html else f"{body}<p>{backs}</p>")  # noqa: S308 - clean


class Notes:
    """The notes of one page, in the order of their first marks; `figures` are those that its texts may show."""

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        self.figures = figures
        self.all: list[Note] = []
        self._by_key: dict[Hashable, Note] = {}
        self._ids: set[str] = set()
        self._texts = 0
        self._depth = 0

    def text(self, html: str, language: str) -> SafeString:
        """Return a stored text as the page shows it: figures written out, marks numbered, its own notes taken away."""
        self._texts += 1
        items: dict[str, str] = {}

        def take(found: re.Match[str]) -> str:
            _, *parts = ITEM.split(found[1])
            for name, item in zip(parts[::2], parts[1::2], strict=True):
                body = BACK.sub("", item.strip().removesuffix("</li>")).strip()
                items[name] = body.removesuffix("<p></p>").strip()
            return ""

        body = FOOTNOTES.sub(take, html).strip()
        return mark_safe(self._written(body, _Text(self._texts, language, items)))  # noqa: S308 - clean as stored

    def cite(self, source: Source) -> SafeString:
        """Return the mark of a source: one number, however often it is cited."""
        return mark_safe(self._mark(source.pk, lambda: source_note(source), source=source))  # noqa: S308 - numbers alone

    def html(self) -> str:
        """Return all notes as the list that `Tree.learn_notes` reads."""
        return "".join(f'<li id="fn-{note.number}">{note.html}</li>' for note in self.all)

    def _written(self, html: str, text: "_Text") -> str:
        def replaced(found: re.Match[str]) -> str:
            first, second, linked, code = found.groups()
            if linked:
                return self._linked(linked, text.language)
            if code:
                return self._figure(code, text.language)
            return self._footnote(first or second or "", text)

        return BETWEEN.sub("</sup><sup>, </sup>", TOKEN.sub(replaced, ID.sub(self._once, EMPTY.sub("", html))))

    def _once(self, found: re.Match[str]) -> str:
        """Keep an id that no text before has; those of marks go anyway."""
        start, name = found.groups()
        if name in self._ids:
            return str(start)
        if not name.startswith("fnref"):
            self._ids.add(name)
        return found[0]

    def _figure(self, code: str, language: str) -> str:
        value = resolve(f'<data value="{code}"></data>', self.figures, language)
        return value + self._source_of(code)

    def _linked(self, link: str, language: str) -> str:
        """A link holds no link: the values stand in it alone, and their marks behind it."""
        codes = REFERENCE.findall(link)
        plain = REFERENCE.sub(lambda found: strip_tags(resolve(found[0], self.figures, language)), link)
        return plain + "".join(map(self._source_of, codes))

    def _source_of(self, code: str) -> str:
        return self.cite(self.figures[code].source) if code in self.figures else ""

    def _footnote(self, name: str, text: "_Text") -> str:
        if name not in text.items or self._depth == DEEPEST:
            return ""
        return self._mark((text.number, name), lambda: self._written(text.items[name], text), language=text.language)

    def _mark(
        self, key: Hashable, write: Callable[[], str], *, language: str = "", source: Source | None = None
    ) -> str:
        note = self._by_key.get(key)
        if note is None:
            note = self._by_key[key] = Note(len(self.all) + 1, language or reader_language(), source)
            # Its place is taken before its words are written, which may refer to other notes.
            self.all.append(note)
            self._depth += 1
            note.html = write()
            self._depth -= 1
        note.marks += 1
        start = f'<sup id="fnref-{note.number}-{note.marks}"><a class="footnote-ref" href="#fn-{note.number}"'
        return f'{start} role="doc-noteref">{note.number}</a></sup>'


@dataclass(frozen=True)
class _Text:
    """What a text's marks need of it: its number among the page's texts, its language, its own notes."""

    number: int
    language: str
    items: dict[str, str]


def source_note(source: Source) -> SafeString:
    """Return a source in full. Titles of publications stand as published, most of them in English."""
    parts = [
        format_html(
            '{}. <a rel="noreferrer" href="{}" lang="en" dir="ltr">{}</a>',
            *(source.short, source.address, source.title),
        )
    ]
    if source.archived:
        parts.append(format_html('<a rel="noreferrer" href="{}">{}</a>', source.archived, gettext("Archived copy")))
    if source.checked:
        day = date_format(source.checked, "DATE_FORMAT")
        parts.append(
            format_html('{} <time datetime="{}">{}</time>', gettext("Checked:"), f"{source.checked:%Y-%m-%d}", day)
        )
    return format_html("<p>{}</p>", format_html_join(". ", "{}", ((part,) for part in parts)))
