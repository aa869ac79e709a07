"""Charts of horizontal bars, drawn without script: as SVG on a page, in a PDF, and as the table that says the same.

Lengths are in rem and places across in percent, so that words keep their size however wide the page is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from babel.numbers import format_decimal
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from publishing.languages import direction, locale, reader_language
from publishing.pdf.lines import Node, words
from publishing.pdf.tree import paragraph

# More bars than this nobody compares; the table has all.
MOST = 12
# One bar below its words.
STEP = 2.75


def number(value: int) -> str:
    """Return a number as the reader writes it."""
    return str(format_decimal(value, locale=locale()))


@dataclass(frozen=True)
class Row:
    """What one bar stands for; `focus` is what the chart is about, all others are context."""

    label: str
    count: int
    focus: bool = False
    # Leads from the table to what was counted.
    url: str = ""

    @property
    def value(self) -> str:
        """The count as the reader writes it."""
        return number(self.count)


@dataclass(frozen=True)
class Bar:
    """A drawn row: where its words and its bar stand, from the side where the reader begins."""

    row: Row
    percent: int
    words_y: str
    bar_y: str
    bar_x: str


@dataclass(frozen=True)
class Chart:
    """A chart; `key` tells it from the others on its page, `heads` are those of its table."""

    key: str
    title: str
    heads: tuple[str, str]
    rows: list[Row] = field(default_factory=list)
    # What one must know to read it.
    note: str = ""
    # Which rows are drawn, where the table has them in another order.
    drawn: Callable[[list[Row]], list[Row]] = list

    @cached_property
    def is_rtl(self) -> bool:
        """Whether bars begin on the right."""
        return direction(reader_language()) == "rtl"

    @cached_property
    def bars(self) -> list[Bar]:
        """The bars, from the top down."""
        rows = self.drawn(self.rows)[:MOST]
        longest = max((row.count for row in rows), default=0) or 1
        found = []
        for place, row in enumerate(rows):
            percent = round(100 * row.count / longest)
            top = place * STEP
            x = f"{100 - percent}%" if self.is_rtl else "0"
            found.append(Bar(row, percent, f"{top + 1:g}rem", f"{top + 1.5:g}rem", x))
        return found

    @property
    def height(self) -> str:
        """How high the drawing is."""
        return f"{len(self.bars) * STEP - 0.5:g}rem"

    @property
    def description(self) -> str:
        """All that is drawn, in words."""
        return gettext(", ").join(f"{bar.row.label}: {bar.row.value}" for bar in self.bars)

    def nodes(self) -> list[Node]:
        """Return what a document holds of it: the drawing, the table, the note."""
        items = [
            {"label": words(bar.row.label), "value": bar.row.value, "percent": bar.percent, "focus": bar.row.focus}
            for bar in self.bars
        ]
        alt = words(f"{self.title}. {self.description}")
        bars: Node = {"t": "bars", "title": words(self.title), "alt": alt, "items": items}
        cells = [[_cell(row.label), _cell(row.value, "right")] for row in self.rows]
        table: Node = {"t": "table", "head": [_cell(self.heads[0]), _cell(self.heads[1], "right")], "rows": cells}
        note = [paragraph({"t": "label", "c": [words(self.note)]})] if self.note else []
        return [bars, table, *note]

    def markdown(self) -> str:
        """Return it as Markdown: the table."""
        lines = [f"| {row.label} | {row.value} |" for row in self.rows]
        head = [f"**{self.title}**", "", f"| {self.heads[0]} | {self.heads[1]} |", "|---|---:|"]
        return "\n".join([*head, *lines, *(["", self.note] if self.note else [])])


def _cell(text: str, align: str = "") -> Node:
    return {"c": [paragraph(words(text))], "align": align}


def offline(node: Node) -> SafeString:
    """Return the bars of a document as HTML for a file of its own; the table that says the same follows it."""
    rows = format_html_join(
        "\n",
        '<div class="{}"><dt>{}</dt><dd><svg width="100%" height="8" aria-hidden="true"><rect width="{}%" height="8"/>'
        "</svg><span>{}</span></dd></div>",
        ((("focus" if i["focus"] else "bar"), i["label"], i["percent"], i["value"]) for i in node["items"]),
    )
    return format_html('<figure><figcaption>{}</figcaption><dl class="bars">\n{}</dl></figure>\n', node["title"], rows)
