"""Factsheets, and all figures."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from factsheets.charts import charts
from factsheets.downloads import factsheet_document, factsheet_downloads
from factsheets.models import (
    Case,
    Factsheet,
    FactsheetText,
    Figure,
    Indicator,
    KeyPopulation,
    PolicyInstrument,
    Section,
    SectionKind,
)
from factsheets.shown import show_figure
from publishing.downloads import answer
from publishing.languages import reader_language
from publishing.pdf.document import Document

# Under which section kind the figures of an indicator stand; all others stand under epidemiology.
INDICATOR_SECTION = {
    Indicator.LAW: SectionKind.HUMAN_RIGHTS,
    Indicator.TARGET: SectionKind.HUMAN_RIGHTS,
    Indicator.SERVICE: SectionKind.BARRIERS,
    Indicator.MONEY: SectionKind.RESPONSE,
    Indicator.ORGANISATIONS: SectionKind.RESPONSE,
}


@require_safe
def factsheets(request: HttpRequest) -> HttpResponse:
    """List all factsheets."""
    populations = Prefetch("population", KeyPopulation.objects.for_list())
    rows = Factsheet.objects.public().for_list().prefetch_related(populations)
    return render(request, "factsheets/factsheets.html", {"factsheets": rows})


def factsheet_context(sheet: Factsheet) -> dict[str, Any]:
    """Return what a factsheet's page shows. `sheet` comes with its text, sections, pictures and cases fetched."""
    everybodys = list(with_populations(Figure.objects.shown().current()))
    figures = [figure for figure in everybodys if figure.population_id == sheet.population_id]
    drawn = charts(everybodys, focus=sheet.population_id)
    by_kind: dict[str, list[Figure]] = {}
    for figure in figures:
        kind = INDICATOR_SECTION.get(Indicator(figure.indicator), SectionKind.EPIDEMIOLOGY)
        by_kind.setdefault(kind, []).append(figure)
    sections = []
    rows: Any = sheet.sections.all()
    for section in rows:
        if section.text is None:
            continue
        shown = [show_figure(figure) for figure in by_kind.pop(section.kind, [])]
        picture = section.picture.shown if section.picture else None
        sections.append({"section": section, "figures": shown, "picture": picture, "anchor": section.anchor})
        sections[-1]["charts"] = drawn.pop(section.kind, [])
    instruments = PolicyInstrument.objects.public().with_text().about(sheet.population_id)
    grouped: dict[str, list[PolicyInstrument]] = {}
    for instrument in instruments:
        grouped.setdefault(instrument.group, []).append(instrument)
    sources = sorted({figure.source for figure in figures}, key=lambda source: (source.author, source.title))
    return {
        "factsheet": sheet,
        "untranslated": sheet.text.stand_in,
        "sections": sections,
        "contents": [{"anchor": s["anchor"], "title": s["section"].text.heading, "level": 2} for s in sections],
        "figures": [show_figure(figure) for rest in by_kind.values() for figure in rest],
        "groups": list(grouped.values()),
        "sources": sources,
    }


def with_sections(sheets: Any) -> Any:
    """Fetch with each factsheet its text, sections with texts and pictures, cases and its population's name."""
    return sheets.with_text("plain").prefetch_related(
        Prefetch("sections", Section.objects.with_pictures()),
        Prefetch("cases", Case.objects.with_text("plain").select_related("source")),
        Prefetch("population", KeyPopulation.objects.for_list()),
    )


@require_safe
def factsheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a factsheet with its figures, sections and instruments."""
    sheet = get_object_or_404(with_sections(Factsheet.objects.public()), slug=slug)
    context = factsheet_context(sheet) | {"downloads": factsheet_downloads(sheet)}
    return render(request, "factsheets/factsheet.html", context)


@require_safe
def download(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Serve a factsheet as a file."""
    public = FactsheetText.objects.filter(factsheet__in=Factsheet.objects.public().filter(slug=slug))
    text = public.best(reader_language()).only("language", "designed_pdf", "factsheet").first()
    if text is None:
        raise Http404
    with override(text.language):
        sheet = with_sections(Factsheet.objects.filter(pk=text.factsheet_id)).get()
        document = factsheet_document(sheet, factsheet_context(sheet))
    return answer(request, document, form, designed=text.designed_pdf)


def documents() -> Iterator[Document]:
    """Yield every public document of this app."""
    texts = FactsheetText.objects.ready().filter(factsheet__in=Factsheet.objects.public())
    for language, key in texts.values_list("language", "factsheet"):
        with override(language):
            sheet = with_sections(Factsheet.objects.filter(pk=key)).get()
            yield factsheet_document(sheet, factsheet_context(sheet))


def with_populations(figures: Any) -> Any:
    """Fetch with each figure its population's name."""
    return figures.prefetch_related(Prefetch("population", KeyPopulation.objects.public().for_list()))


def figure_groups(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Group figures, ordered by indicator, by what they measure."""
    return [
        {"label": Indicator(indicator).label, "anchor": indicator, "figures": list(group)}
        for indicator, group in groupby(figures, key=lambda figure: figure.indicator)
    ]


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """List every figure with its source, grouped by what it measures."""
    rows = with_populations(Figure.objects.shown()).order_by("indicator", "position", "code")
    return render(request, "factsheets/figures.html", {"groups": figure_groups(rows)})


@require_safe
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """Show one figure."""
    row = get_object_or_404(with_populations(Figure.objects.shown()), code=code)
    return render(request, "factsheets/figures.html", {"groups": figure_groups([row])})
