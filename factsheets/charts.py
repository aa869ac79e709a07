"""Charts of figures: which there are, and where each stands.

What is drawn on one scale must be comparable. Figures of one indicator and one unit are; beyond that:

- Of a population's figures of prevalence, the first in its order (position, then code) for the place of the figure
  about adults in general stands for the whole group. All others, such as those about men or women alone, or about
  another place, stand in a chart of their own.
- Relative risks have another comparison group each; each says it, and stands in the panel of its population.
- Shares of new infections stand in one panel only where they measure the same in the same words.
- Values of several years are never joined by a line: what was counted, and against whom, differs between them.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, override

from factsheets.models import Figure, Indicator, SectionKind
from factsheets.units import Unit, format_value
from publishing.charts import Chart, Row, Source, Words, round_end
from publishing.languages import reader_language
from publishing.plots import Number

WORLD = ("001", "")


def charts(figures: Iterable[Figure], *, focus: int | None = None) -> dict[str, list[Chart]]:
    """Return the charts that public, current figures of all populations make, by the section kind they belong to.

    Texts, sources and populations were fetched with the figures. `focus` is the key of the population that is set
    apart; charts that say nothing of it are left out then.
    """
    # A population that is not shown takes its figures with it.
    shown = [figure for figure in figures if figure.population_id is None or _who(figure)]
    drawing = _Drawing(sorted(shown, key=lambda figure: (figure.position, figure.code)), focus)
    epidemiology = (drawing.risk(), drawing.prevalence(), drawing.parts(), drawing.ratios(), drawing.shares())
    by_kind = {SectionKind.EPIDEMIOLOGY: epidemiology, SectionKind.HUMAN_RIGHTS: (drawing.laws(),)}
    found = {str(kind): [chart for chart in some if chart] for kind, some in by_kind.items()}
    return {kind: some for kind, some in found.items() if some}


class _Drawing:
    """Draws from figures, in their order; `focus` is set apart."""

    def __init__(self, figures: list[Figure], focus: int | None) -> None:
        self.figures = figures
        self.focus = focus

    def risk(self) -> Chart | None:
        """Draw relative risk, a panel for each population, by year."""
        note = gettext(
            "The line marks 1×, the same risk as the group compared with. That group is not always the same, so that "
            "two years side by side need not be a trend."
        )
        title = gettext("Risk of acquiring HIV, by population and year")
        figures = self._measuring(Indicator.RELATIVE_RISK, Unit.TIMES)
        return self._chart("relative-risk", title, figures, self._panels(figures), note=note, line=1)

    def ratios(self) -> Chart | None:
        """Draw how many times higher prevalence is, a panel for each population."""
        note = gettext("The line marks 1×, the same prevalence as the group compared with.")
        title = gettext("Prevalence of HIV, in times that of another group")
        figures = self._measuring(Indicator.PREVALENCE_RATIO, Unit.TIMES)
        return self._chart("prevalence-ratio", title, figures, self._panels(figures), note=note, line=1)

    def prevalence(self) -> Chart | None:
        """Draw the prevalence in whole populations against that in adults in general."""
        adults, wholes, _parts = self._prevalences()
        measured = {figure.text.label for figure in wholes}
        rows = [self._row(figure, [figure.text.label, *_facts(figure)], figure.text) for figure in adults]
        for figure in sorted(wholes, key=lambda figure: -(figure.value or 0)):
            who = _who(figure)
            if len(measured) == 1:
                rows.append(self._row(figure, [who.title, *_facts(figure, who)], who))
            else:
                rows.append(self._row(figure, [who.title, figure.text.label, *_facts(figure)], figure.text))
        note = gettext("The line marks adults in general. A thin bar shows a range.") if adults else ""
        title = gettext("People living with HIV, against adults in general")
        line = adults[0].value if adults else None
        return self._chart("prevalence", title, [*adults, *wholes], rows, note=note, line=line)

    def parts(self) -> Chart | None:
        """Draw what else is known of prevalence, a panel for each population."""
        _adults, _wholes, parts = self._prevalences()
        title = gettext("People living with HIV, in parts of a population")
        return self._chart("prevalence-parts", title, parts, self._panels(parts))

    def shares(self) -> Chart | None:
        """Draw shares of new infections, a panel for each thing measured, by year; each is part of 100 percent."""
        figures = self._measuring(Indicator.SHARE, Unit.PERCENT)
        oldest: dict[str, int] = {}
        for figure in sorted(figures, key=_year):
            oldest.setdefault(figure.text.label, _year(figure))
        rows = [
            self._row(figure, [_listed(figure.display_place, _when(figure))], whole=100, panel=_panel(figure.text))
            for figure in sorted(figures, key=lambda f: (oldest[f.text.label], f.text.label, _year(f)))
        ]
        title = gettext("Share of new HIV infections, by place and year")
        return self._chart("share-of-new-infections", title, figures, rows)

    def laws(self) -> Chart | None:
        """Draw in how many countries the law says what."""
        figures = self._measuring(Indicator.LAW, Unit.COUNTRIES)
        rows = [
            self._row(figure, [figure.text.label, *_facts(figure)], figure.text, whole=figure.out_of)
            for figure in sorted(figures, key=lambda figure: -(figure.value or 0))
        ]
        note = gettext("A framed bar is the whole that a number is part of.") if any(row.whole for row in rows) else ""
        return self._chart("laws", gettext("Laws, by number of countries"), figures, rows, note=note)

    def _measuring(self, indicator: Indicator, unit: Unit) -> list[Figure]:
        return [figure for figure in self.figures if (figure.indicator, figure.unit) == (indicator, unit)]

    def _prevalences(self) -> tuple[list[Figure], list[Figure], list[Figure]]:
        """Return the figure about adults in general, those about whole populations, and all others."""
        figures = self._measuring(Indicator.PREVALENCE, Unit.PERCENT)
        adults = [figure for figure in figures if figure.population_id is None and figure.value is not None][:1]
        place = next(((figure.place, figure.excluding) for figure in adults), WORLD)
        wholes: dict[int, Figure] = {}
        for figure in figures:
            if figure.population_id and figure.value is not None and (figure.place, figure.excluding) == place:
                wholes.setdefault(figure.population_id, figure)
        others = [figure for figure in figures if figure.population_id and figure not in wholes.values()]
        return adults, list(wholes.values()), others

    def _panels(self, figures: list[Figure]) -> list[Row]:
        """Return a row for each figure, by its population and year, with all that tells it from the others."""
        ordered = sorted(
            figures,
            key=lambda f: (f.population.position, f.population_id, _year(f)) if f.population else (0, 0, _year(f)),
        )
        labels = {figure.text.label for figure in figures}
        rows = []
        for figure in ordered:
            text = figure.text
            with override(text.language):
                against = gettext("compared with %(group)s") % {"group": text.comparison} if text.comparison else ""
            # Where all measure the same, the title says what.
            parts = [text.label if len(labels) > 1 else "", *_facts(figure), against]
            rows.append(self._row(figure, parts, text, panel=_panel(_who(figure) or figure.text)))
        return rows

    def _row(
        self,
        figure: Figure,
        parts: list[str],
        text: Any = None,
        *,
        whole: Number | None = None,
        panel: Words | None = None,
    ) -> Row:
        """Return the row of a figure: what it is called, and what tells it from others.

        Its words are in the language of `text`, or the reader's.
        """
        language = text.language if text else reader_language()
        label, *rest = filter(None, parts)
        with override(language):
            detail = _listed(*rest)
        written = figure.display
        if figure.out_of is not None:
            written = gettext("%(part)s of %(whole)s") % {"part": written, "whole": figure.display_out_of}
        return Row(
            label,
            figure.value,
            focus=self.focus is not None and figure.population_id == self.focus,
            url=figure.get_absolute_url(),
            written=written,
            detail=detail,
            note=Words(figure.text.note, _foreign(figure.text)) if figure.text.note else None,
            language=_foreign(text) if text else "",
            low=figure.low,
            high=figure.high,
            whole=whole,
            panel=panel,
            source=Source(figure.source.short, figure.source.address),
        )

    def _chart(
        self,
        key: str,
        title: str,
        figures: list[Figure],
        rows: list[Row],
        *,
        note: str = "",
        line: Number | None = None,
    ) -> Chart | None:
        """Return a chart with an axis from zero, unless it would compare nothing or not be about `focus`."""
        about = {figure.population_id for figure in figures}
        if len(rows) < 2 or not (self.focus is None or about == {None} or self.focus in about):
            return None
        unit = figures[0].unit
        longest = max(line or 0, *(row.reach for row in rows))
        # Where a whole is the longest, the axis ends with it.
        end = longest if longest in {row.whole for row in rows} else round_end(longest)
        ends = (format_value(Decimal(0), unit), format_value(Decimal(end), unit))
        heads = (gettext("What it measures"), gettext("Value"))
        return Chart(key, title, heads, rows, note=note, end=end, ends=ends, line=line)


def _who(figure: Figure) -> Any:
    """Return the name of a figure's population."""
    return figure.population and figure.population.text


def _year(figure: Figure) -> int:
    return figure.year or 0


def _when(figure: Figure) -> str:
    return str(figure.year or gettext("undated"))


def _facts(figure: Figure, text: Any = None) -> list[str]:
    """Return place, year and range, in the language of a text, by default its own; the world goes without saying."""
    with override((text or figure.text).language):
        place = "" if (figure.place, figure.excluding) == WORLD else figure.display_place
        if figure.low is None or figure.high is None or figure.value is None:
            return [place, _when(figure)]
        low, high = (format_value(end, figure.unit) for end in (figure.low, figure.high))
        return [place, _when(figure), gettext("from %(low)s to %(high)s") % {"low": low, "high": high}]


def _listed(*parts: str) -> str:
    return gettext(", ").join(filter(None, parts))


def _panel(text: Any) -> Words:
    """Return the name of a panel: that of a population, or what is measured."""
    return Words(getattr(text, "title", "") or text.label, _foreign(text))


def _foreign(text: Any) -> str:
    """Return the language of a text, where it is not the reader's."""
    return "" if text.language == reader_language() else text.language
