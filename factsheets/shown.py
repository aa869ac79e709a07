"""Figures and cases as the templates show them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from factsheets.models import Case, CaseText, Figure, FigureText, Indicator, KeyPopulationText, SectionKind
from factsheets.noting import Notes
from factsheets.units import Unit, format_value
from publishing.languages import place_name

# Under which section kind the figures of an indicator stand; all others stand under epidemiology.
INDICATOR_SECTION = {
    Indicator.LAW: SectionKind.HUMAN_RIGHTS,
    Indicator.TARGET: SectionKind.HUMAN_RIGHTS,
    Indicator.SERVICE: SectionKind.BARRIERS,
    Indicator.MONEY: SectionKind.RESPONSE,
    Indicator.ORGANISATIONS: SectionKind.RESPONSE,
}
NO_MARK = SafeString()


def section_kind(figure: Figure) -> SectionKind:
    """Return the kind of section in which a figure stands."""
    return INDICATOR_SECTION.get(Indicator(figure.indicator), SectionKind.EPIDEMIOLOGY)


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
    # The value once more, in pieces: its words are set smaller than its number.
    before: str
    number: str
    after: str
    text: str
    place: str
    year: int | None
    note: str
    language: str
    dir: str
    source: ShownSource
    range: ShownRange | None
    # Leads to the source's note, where the page has notes.
    mark: SafeString = NO_MARK


@dataclass(frozen=True)
class ShownCase:
    """What `factsheets/case.html` reads."""

    row: Case
    anchor: str
    text: CaseText
    html: SafeString
    where: str
    source: ShownSource
    mark: SafeString


def _range(figure: Figure) -> ShownRange | None:
    """A range of percentages is drawn on a bar of 100 percent, if that holds it; others on one a little longer."""
    if figure.low is None or figure.high is None or figure.value is None:
        return None
    end = figure.high * Decimal("1.1") or Decimal(1)
    if figure.unit == Unit.PERCENT and figure.high <= 100:
        end = Decimal(100)
    low, high, at = (round(value / end * 100) for value in (figure.low, figure.high, figure.value))
    return ShownRange(
        format_value(figure.low, figure.unit),
        format_value(figure.high, figure.unit),
        low,
        max(high - low, 1),
        at,
    )


def _pieces(figure: Figure) -> tuple[str, str, str]:
    """Return a value's number with the words before and after it: `("more than", "50", "")`, `("", "9", "of 35")`."""
    if figure.value is None:
        return "", figure.display, ""
    before, number, after = figure.display.partition(format_value(figure.value, figure.unit))
    whole = gettext("of %(whole)s") % {"whole": figure.display_out_of} if figure.display_out_of else ""
    return before.strip(), number, f"{after.strip()} {whole}".strip()


def said_range(figure: ShownFigure) -> str:
    """Return a figure's range in words, or nothing."""
    shown = figure.range
    return gettext("from %(low)s to %(high)s") % {"low": shown.low, "high": shown.high} if shown else ""


def where_and_when(figure: ShownFigure) -> str:
    """Return a figure's place and year, as far as there are any."""
    return gettext(", ").join(filter(None, [figure.place, str(figure.year or "")]))


def describe(text: FigureText) -> str:
    """Return in one phrase what a figure measures, and against what, in the text's own language throughout."""
    if not text.comparison:
        return text.label
    with override(text.language):
        phrase = gettext("%(label)s, compared with %(comparison)s")
    return phrase % {"label": text.label, "comparison": text.comparison}


def show_figure(figure: Figure, *, named: bool = False, mark: SafeString = NO_MARK) -> ShownFigure:
    """Return a figure as shown; its text and source were fetched with it.

    `named` adds its population, which then was fetched too, where the page does not say it; `mark` leads to the note
    of its source.
    """
    text = figure.text
    label = describe(text)
    source = figure.source
    before, number, after = _pieces(figure)
    return ShownFigure(
        anchor=figure.code,
        who=figure.population.text if named and figure.population else None,
        value=" ".join(filter(None, [before, number, after])),
        before=before,
        number=number,
        after=after,
        text=label,
        place=figure.display_place,
        year=figure.year,
        note=text.note,
        language=text.language,
        dir=text.dir,
        source=ShownSource(source.short, source.address),
        range=_range(figure),
        mark=mark,
    )


def show_case(case: Case, notes: Notes) -> ShownCase:
    """Return a case as shown; its text and source were fetched with it."""
    html = notes.text(case.text.body_html, case.text.language)
    place = capfirst(place_name(case.place))
    return ShownCase(
        row=case,
        anchor=f"case-{case.slug}",
        text=case.text,
        html=html,
        where=gettext("%(place)s, %(year)s") % {"place": place, "year": case.year or gettext("undated")},
        source=ShownSource(case.source.short, case.source.address),
        mark=notes.cite(case.source),
    )
