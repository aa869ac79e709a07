"""Charts of horizontal bars, drawn without script: as SVG on a page, in a PDF, and as the table that says the same.

Every bar begins at zero. Lengths are in rem and places across in percent, so that words keep their size however wide
the page is; since words in an SVG do not wrap, they are broken here into lines that a narrow phone holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from textwrap import wrap
from unicodedata import east_asian_width

from babel.numbers import format_decimal
from django.utils.translation import gettext

from publishing import chart_files
from publishing.languages import direction, locale, reader_language
from publishing.pdf.lines import Node

# More bars than this nobody compares; the table has all.
MOST = 12
# Letters in a line, where a value stands at its end, and where none does; lines and what is between them, in rem.
BESIDE_VALUE, ALONE = 26, 38
LINE, SMALL_LINE, TO_BAR, TO_NEXT, AXIS = 1.375, 1.25, 0.5, 1.25, 1.5

Number = Decimal | int


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
        """The label with its detail."""
        return gettext(", ").join(filter(None, [self.label, self.detail]))

    @property
    def reach(self) -> Number:
        """How far to the end its drawing goes."""
        return max(part for part in (self.amount, self.high, self.whole, 0) if part is not None)


@dataclass(frozen=True)
class Line:
    """A line of a row's words."""

    text: str
    y: str


@dataclass(frozen=True)
class Span:
    """A piece of a bar: where it starts and how long it is, in percent; `x` is counted from the left."""

    start: float
    width: float
    x: str

    @property
    def percent(self) -> str:
        """How long it is, as SVG writes it."""
        return f"{self.width:g}%"


@dataclass(frozen=True)
class Bar:
    """A drawn row: where its words and its bar stand, from the side where the reader begins."""

    row: Row
    labels: list[Line]
    details: list[Line]
    bar: Span
    range: Span | None
    track: Span | None
    top: float

    @property
    def percent(self) -> float:
        """How long the bar is."""
        return self.bar.width

    @property
    def bar_y(self) -> str:
        """Where the bar stands."""
        return f"{self.top:g}rem"

    @property
    def range_y(self) -> str:
        """Where the thin bar of the range stands."""
        return f"{self.top + 0.1875:g}rem"

    @property
    def line_y(self) -> str:
        """Where the line of reference begins, which is longer than the bar is high."""
        return f"{self.top - 0.1875:g}rem"

    @property
    def line_end(self) -> str:
        """Where the line of reference ends."""
        return f"{self.top + 0.6875:g}rem"


@dataclass(frozen=True)
class Plot:
    """One drawing: the bars of a panel, or all of them."""

    id: str
    panel: Words | None
    bars: list[Bar]
    # Where the axis stands, in rem.
    bottom: float
    height: str

    @property
    def is_focus(self) -> bool:
        """Whether it is what the chart is about."""
        return any(bar.row.focus for bar in self.bars)

    @property
    def axis_y(self) -> str:
        """Where the axis stands."""
        return f"{self.bottom:g}rem"

    @property
    def ends_y(self) -> str:
        """Where the words at the ends of the axis stand."""
        return f"{self.bottom + 1.125:g}rem"


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
        # Wordss hold few rows each, and there are as many as there are.
        panels = enumerate(_by_panel(rows))
        return [self._plot(f"chart-{self.key}-{place}", panel, some[:MOST]) for place, (panel, some) in panels]

    @cached_property
    def bars(self) -> list[Bar]:
        """All that is drawn, from the top down."""
        return [bar for plot in self.plots for bar in plot.bars]

    @cached_property
    def scale(self) -> Number:
        """What the whole width stands for."""
        return self.end or max((row.reach for row in self.drawn(self.rows)[:MOST]), default=0) or 1

    @property
    def marked(self) -> Span | None:
        """Where the line of reference stands."""
        return None if self.line is None else self._span(self.line, self.line)

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

    def _span(self, low: Number, high: Number) -> Span:
        start, end = (round(float(100 * value / self.scale), 1) for value in (low, high))
        x = 100 - end if self.is_rtl else start
        return Span(start, round(end - start, 1), f"{x:g}%")

    def _plot(self, name: str, panel: Words | None, rows: list[Row]) -> Plot:
        bars = list(self._bars(rows))
        bottom = bars[-1].top + 1 if bars else 0
        height = bottom + AXIS if self.end else bottom - 0.25
        return Plot(name, panel, bars, bottom, f"{height:g}rem")

    def _bars(self, rows: list[Row]) -> Iterator[Bar]:
        y = 1.0
        for row in rows:
            labels, details = [], []
            for text in _lines(row.label, BESIDE_VALUE):
                labels.append(Line(text, f"{y:g}rem"))
                y += LINE
            y -= LINE
            for text in _lines(row.detail, ALONE):
                y += SMALL_LINE
                details.append(Line(text, f"{y:g}rem"))
            y += TO_BAR
            spread = None if row.low is None or row.high is None else self._span(row.low, row.high)
            # A chart without an axis has the track to show where it ends.
            whole = row.whole if self.end else self.scale
            track = None if whole is None else self._span(0, whole)
            yield Bar(row, labels, details, self._span(0, row.amount or 0), spread, track, y)
            y += 1 + TO_NEXT


def _by_panel(rows: list[Row]) -> list[tuple[Words | None, list[Row]]]:
    return [(panel, list(some)) for panel, some in groupby(rows, key=lambda row: row.panel)]


def _lines(text: str, letters: int) -> list[str]:
    """Break words into lines; Chinese letters are twice as wide as others."""
    is_wide = any(east_asian_width(letter) in "WF" for letter in text)
    return wrap(text, letters // 2 if is_wide else letters)
