"""Figures and pictures as the templates show them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, override

from factsheets.models import Figure, FigureText, KeyPopulationText
from factsheets.units import Unit, format_value


@dataclass(frozen=True)
class ShownSource:
    """A source in one line."""

    title: str
    url: str


@dataclass(frozen=True)
class ShownRange:
    """A range, written and as places on a bar from 0 to 100."""

    low: str
    high: str
    start: int
    width: int
    at: int | None


@dataclass(frozen=True)
class ShownFigure:
    """What `parts/figure.html` reads."""

    anchor: str
    who: KeyPopulationText | None
    value: str
    text: str
    place: str
    year: int | None
    note: str
    language: str
    dir: str
    source: ShownSource
    range: ShownRange | None


def _range(figure: Figure) -> ShownRange | None:
    """A range of percentages is drawn on a bar of 100 percent; any other on a bar that ends a little above it."""
    if figure.low is None or figure.high is None or figure.value is None:
        return None
    end = Decimal(100) if figure.unit == Unit.PERCENT else figure.high * Decimal("1.1") or Decimal(1)
    low, high, at = (round(value / end * 100) for value in (figure.low, figure.high, figure.value))
    return ShownRange(
        format_value(figure.low, figure.unit),
        format_value(figure.high, figure.unit),
        low,
        max(high - low, 1),
        at,
    )


def describe(text: FigureText) -> str:
    """Return in one phrase what a figure measures, and against what, in the text's own language throughout."""
    if not text.comparison:
        return text.label
    with override(text.language):
        phrase = gettext("%(label)s, compared with %(comparison)s")
    return phrase % {"label": text.label, "comparison": text.comparison}


def show_figure(figure: Figure, *, named: bool = False) -> ShownFigure:
    """Return a figure as shown; its text and source were fetched with it.

    `named` adds its population, which then was fetched too, where the page does not say it.
    """
    text = figure.text
    label = describe(text)
    source = figure.source
    return ShownFigure(
        anchor=figure.code,
        who=figure.population.text if named and figure.population else None,
        value=figure.display,
        text=label,
        place=figure.display_place,
        year=figure.year,
        note=text.note,
        language=text.language,
        dir=text.dir,
        source=ShownSource(source.short, source.address),
        range=_range(figure),
    )
