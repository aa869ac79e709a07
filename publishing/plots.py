"""Where the bars and words of a chart stand.

Lengths are in rem and places across in percent, so that words keep their size however wide the page is; since words
in an SVG do not wrap, they are broken here into lines that a narrow phone holds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from publishing.charts import Row, Words

Number = Decimal | int

# Letters in a line, where a value stands at its end, and where none does; lines and what is between them, in rem.
BESIDE_VALUE, ALONE = 26, 38
LINE, SMALL_LINE, TO_BAR, TO_NEXT, AXIS = 1.375, 1.25, 0.5, 1.25, 1.5


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
class Scale:
    """What the whole width stands for, and from which side it is read."""

    end: Number
    is_rtl: bool

    def span(self, low: Number, high: Number) -> Span:
        """Return where a piece from one value to another stands."""
        start, end = (round(float(100 * value / self.end), 1) for value in (low, high))
        x = 100 - end if self.is_rtl else start
        return Span(start, round(end - start, 1), f"{x:g}%")


@dataclass(frozen=True)
class Bar:
    """A drawn row: where its words and its bar stand, from the side where the reader begins."""

    row: "Row"
    labels: list[Line]
    details: list[Line]
    bar: Span
    range: Span | None
    track: Span | None
    top: float
    # Its words run against the reader's direction, and still begin where the reader's do.
    is_turned: bool

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
    panel: "Words | None"
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


def plot(name: str, panel: "Words | None", rows: "Iterable[Row]", scale: Scale, *, has_axis: bool) -> Plot:
    """Return the drawing of rows."""
    bars = list(_bars(rows, scale, has_axis=has_axis))
    bottom = bars[-1].top + 1 if bars else 0
    height = bottom + AXIS if has_axis else bottom - 0.25
    return Plot(name, panel, bars, bottom, f"{height:g}rem")


def _bars(rows: "Iterable[Row]", scale: Scale, *, has_axis: bool) -> Iterator[Bar]:
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
        spread = None if row.low is None or row.high is None else scale.span(row.low, row.high)
        # A chart without an axis has the track to show where it ends.
        whole = row.whole if has_axis else scale.end
        yield Bar(
            row,
            labels,
            details,
            bar=scale.span(0, row.amount or 0),
            range=spread,
            track=None if whole is None else scale.span(0, whole),
            top=y,
            is_turned=bool(row.language) and (row.dir == "rtl") != scale.is_rtl,
        )
        y += 1 + TO_NEXT


def _lines(text: str, letters: int) -> list[str]:
    """Break words into lines; Chinese letters are twice as wide as others."""
    is_wide = any(east_asian_width(letter) in "WF" for letter in text)
    return wrap(text, letters // 2 if is_wide else letters, break_on_hyphens=False)
