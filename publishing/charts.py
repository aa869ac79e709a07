"""Charts of horizontal bars, drawn without script: as SVG on a page, in a PDF, and as the table that says the same.

Every bar begins at zero; where there is an axis, it says at what it ends.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from babel.numbers import format_decimal
from django.utils.translation import gettext, override

from publishing import chart_files
from publishing.languages import direction, locale, reader_language
from publishing.pdf.lines import Node
from publishing.plots import Bar, Number, Plot, Scale, Span, plot

# More bars than this nobody compares; the table has all.
MOST = 12


def number(value: int) -> str:
    """Return a number as the reader writes it."""
    return str(format_decimal(value, locale=locale()))


def round_end(top: Number) -> Decimal:
    """Return where an axis for values up to `top` ends: at a round number."""
    power = Decimal(10) ** Decimal(top).adjusted()
    return next(end for step in (10, 15, 20, 25, 30, 40, 50, 60, 80, 100) if (end := power * step / 10) >= top)


@dataclass(frozen=True)
class Words:
    """Words in a language that may be another than the reader's; it is named only then."""

    text: str
    language: str = ""

    @property
    def dir(self) -> str:
        """Their direction."""
        return direction(self.language)


@dataclass(frozen=True)
class Source:
    """Where a value comes from, in one line."""

    title: str
    url: str


@dataclass(frozen=True)
class Row:
    """What one bar stands for; `focus` is what the chart is about, all others are context."""

    label: str
    amount: Number | None
    focus: bool = False
    # Leads from the table to what was counted.
    url: str = ""
    # The amount as the reader writes it, where it is no plain number.
    written: str = ""
    # What tells it from others with the same label.
    detail: str = ""
    # That of label and detail, where it is not the reader's.
    language: str = ""
    # What one must know to read it.
    note: Words | None = None
    low: Number | None = None
    high: Number | None = None
    # What the amount is a part of.
    whole: Number | None = None
    # Rows with the same one stand together, in a small drawing of their own on the common scale.
    panel: Words | None = None
    source: Source | None = None

    @property
    def value(self) -> str:
        """The amount as the reader writes it."""
        return self.written or number(int(self.amount or 0))

    @property
    def dir(self) -> str:
        """The direction of its words."""
        return direction(self.language)

    @property
    def name(self) -> str:
        """The label with its detail, in their own language throughout."""
        with override(self.language or reader_language()):
            return gettext(", ").join(filter(None, [self.label, self.detail]))

    @property
    def reach(self) -> Number:
        """How far to the end its drawing goes."""
        return max(part for part in (self.amount, self.high, self.whole, 0) if part is not None)


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
    # Where the axis ends, with zero and end as the reader writes them; without it the longest bar fills the width.
    end: Number | None = None
    ends: tuple[str, str] = ("", "")
    # The value that a line marks in every row.
    line: Number | None = None

    @cached_property
    def is_rtl(self) -> bool:
        """Whether bars begin on the right."""
        return direction(reader_language()) == "rtl"

    @property
    def start_x(self) -> str:
        """Where a reader's line begins."""
        return "100%" if self.is_rtl else "0"

    @property
    def end_x(self) -> str:
        """Where a reader's line ends."""
        return "0" if self.is_rtl else "100%"

    @cached_property
    def panels(self) -> list[tuple[Words | None, list[Row]]]:
        """All rows, by the panel they stand in."""
        return _by_panel(self.rows)

    @cached_property
    def plots(self) -> list[Plot]:
        """The drawings, all on one scale."""
        rows = self.drawn(self.rows)
        # Each panel is cut for itself; there are as many as there are.
        return [
            plot(f"chart-{self.key}-{place}", panel, some[:MOST], self.scale, has_axis=bool(self.end))
            for place, (panel, some) in enumerate(_by_panel(rows))
        ]

    @cached_property
    def bars(self) -> list[Bar]:
        """All that is drawn, from the top down."""
        return [bar for plot in self.plots for bar in plot.bars]

    @cached_property
    def scale(self) -> Scale:
        """What the width of a drawing stands for."""
        longest = max((row.reach for row in self.drawn(self.rows)[:MOST]), default=0)
        return Scale(self.end or longest or 1, self.is_rtl)

    @property
    def marked(self) -> Span | None:
        """Where the line of reference stands."""
        return None if self.line is None else self.scale.span(self.line, self.line)

    @property
    def sources(self) -> list[Source]:
        """The sources of all values, each once."""
        return list(dict.fromkeys(row.source for row in self.rows if row.source))

    @property
    def description(self) -> str:
        """All that is drawn, in words."""
        return gettext("; ").join(map(chart_files.in_words, self.bars))

    def nodes(self) -> list[Node]:
        """Return what a document holds of it: the drawing, the table, the note, the sources."""
        return chart_files.nodes(self)

    def markdown(self) -> str:
        """Return it as Markdown: the table, the note, the sources."""
        return chart_files.markdown(self)


def _by_panel(rows: list[Row]) -> list[tuple[Words | None, list[Row]]]:
    return [(panel, list(some)) for panel, some in groupby(rows, key=lambda row: row.panel)]
