"""A factsheet's page, put together: its parts in the order in which they are read, and one list of notes for all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from factsheets.charts import charts
from factsheets.models import Case, Factsheet, Figure, KeyPopulation, PolicyInstrument, Section, SectionKind
from factsheets.models.figures import superseded
from factsheets.noting import Notes
from factsheets.references import codes_in
from factsheets.shown import ShownCase, ShownFigure, section_kind, show_case, show_figure
from publishing.charts import Chart
from publishing.languages import direction, reader_language
from publishing.models import ShownPicture

# What a factsheet tells before its instruments; whom it is for, who helped and what is not known come after them.
BEFORE_INSTRUMENTS = {
    SectionKind.EPIDEMIOLOGY,
    SectionKind.HUMAN_RIGHTS,
    SectionKind.BARRIERS,
    SectionKind.RESPONSE,
    SectionKind.APPROACH,
    SectionKind.POLICY,
}


@dataclass
class ShownInstrument:
    """A policy instrument with its text as shown."""

    instrument: PolicyInstrument
    html: SafeString


@dataclass
class Part:
    """One part of the page: a section with what belongs to its kind, or the cases or instruments alone."""

    anchor: str
    heading: str
    language: str
    section: Section | None = None
    figures: list[ShownFigure] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    html: SafeString = field(default_factory=SafeString)
    picture: ShownPicture | None = None
    cases: list[ShownCase] = field(default_factory=list)
    groups: list[list[ShownInstrument]] = field(default_factory=list)

    @property
    def dir(self) -> str:
        """The direction of its heading and text."""
        return direction(self.language)


def with_sections(sheets: Any) -> Any:
    """Fetch with each factsheet its text, sections with texts and pictures, cases and its population's name."""
    return sheets.with_text("plain").prefetch_related(
        Prefetch("sections", Section.objects.with_pictures()),
        Prefetch("cases", Case.objects.with_text("plain").select_related("source")),
        Prefetch("population", KeyPopulation.objects.for_list()),
    )


def figures_for(*htmls: str) -> dict[str, Figure]:
    """Return the figures that a page of these texts may show, by code: the current ones, and those that they name."""
    named = ~superseded() | Q(code__in=codes_in(*htmls))
    return {figure.code: figure for figure in Figure.objects.shown().with_names().filter(named)}


def _cases(sheet: Factsheet) -> list[Case]:
    rows: Any = sheet.cases.all()
    return [case for case in rows if case.text is not None]


def _order(sheet: Factsheet, cases: list[Case], instruments: list[PolicyInstrument]) -> list[Section | str]:
    """Return the sections that can be read, with the places of the instruments, and of cases without an approach."""
    rows: Any = sheet.sections.all()
    order: list[Section | str] = [section for section in rows if section.text is not None]
    kinds = [section.kind for section in order if isinstance(section, Section)]
    place = 1 + max((n for n, kind in enumerate(kinds) if kind in BEFORE_INSTRUMENTS), default=len(kinds) - 1)
    own_part = cases and SectionKind.APPROACH not in kinds
    order[place:place] = [*(["cases"] if own_part else []), *(["instruments"] if instruments else [])]
    return order


class _Composer:
    """Makes the parts in their order, since that is the order of the notes."""

    def __init__(self, sheet: Factsheet, figures: dict[str, Figure], instruments: list[PolicyInstrument]) -> None:
        self.cases = _cases(sheet)
        self.order = _order(sheet, self.cases, instruments)
        self.instruments = instruments
        self.notes = Notes(figures)
        current = [figure for figure in figures.values() if figure.superseded_by is None]
        self.charts = charts(current, focus=sheet.population_id)
        self.figures: dict[str, list[Figure]] = {}
        for figure in current:
            if figure.population_id == sheet.population_id:
                self.figures.setdefault(section_kind(figure), []).append(figure)
        shown = {section.kind for section in self.order if isinstance(section, Section)}
        homeless = [self.figures.pop(kind) for kind in list(self.figures) if kind not in shown]
        self.first = self._shown(figure for rest in homeless for figure in rest)
        self.body = self.notes.text(sheet.text.body_html, sheet.text.language)
        self.last_approach = max(
            (s.position for s in self.order if isinstance(s, Section) and s.kind == SectionKind.APPROACH), default=None
        )

    def parts(self) -> list[Part]:
        """Return all parts."""
        return [self._section(row) if isinstance(row, Section) else self._own(row) for row in self.order]

    def _shown(self, figures: Iterable[Figure]) -> list[ShownFigure]:
        return [show_figure(figure, mark=self.notes.cite(figure.source)) for figure in figures]

    def _section(self, section: Section) -> Part:
        text = section.text
        return Part(
            anchor=section.anchor,
            heading=text.heading,
            language=text.language,
            section=section,
            figures=self._shown(self.figures.pop(section.kind, [])),
            charts=self.charts.pop(section.kind, []),
            html=self.notes.text(text.body_html, text.language),
            picture=section.picture.shown if section.picture else None,
            cases=self._shown_cases() if section.position == self.last_approach else [],
        )

    def _own(self, name: str) -> Part:
        if name == "cases":
            return Part(name, gettext("Cases"), reader_language(), cases=self._shown_cases())
        grouped: dict[str, list[PolicyInstrument]] = {}
        for instrument in self.instruments:
            grouped.setdefault(instrument.group, []).append(instrument)
        groups = [
            [ShownInstrument(row, self.notes.text(row.text.body_html, row.text.language)) for row in rows]
            for rows in grouped.values()
        ]
        return Part(name, gettext("Policy instruments"), reader_language(), groups=groups)

    def _shown_cases(self) -> list[ShownCase]:
        return [show_case(case, self.notes) for case in self.cases]


def factsheet_context(sheet: Factsheet, instruments: list[PolicyInstrument] | None = None) -> dict[str, Any]:
    """Return what a factsheet's page shows. `sheet` comes as `with_sections` fetches it.

    A preview says which `instruments` stand on it, in place of the public ones.
    """
    if instruments is None:
        instruments = list(PolicyInstrument.objects.public().with_text().about(sheet.population_id))
    rows: Any = [*sheet.sections.all(), *sheet.cases.all()]
    figures = figures_for(sheet.text.body_html, *(row.text.body_html for row in rows if row.text))
    composer = _Composer(sheet, figures, instruments)
    parts = composer.parts()
    headings = [(part.anchor, part.heading, part.language) for part in parts]
    if composer.notes.all:
        headings.append(("references", gettext("References"), reader_language()))
    contents = [
        {"anchor": anchor, "title": title, "level": 2, "language": language, "dir": direction(language)}
        for anchor, title, language in headings
    ]
    return {
        "factsheet": sheet,
        "untranslated": sheet.text.stand_in,
        "figures": composer.first,
        "body": composer.body,
        "parts": parts,
        "contents": contents,
        "notes": composer.notes,
    }
