"""Populations side by side: one kind of section of every factsheet, with its figures."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from factsheets.charts import charts
from factsheets.models import Factsheet, Figure, KeyPopulation, Section, SectionKind, SectionText
from factsheets.noting import Notes
from factsheets.page import figures_for
from factsheets.shown import ShownFigure, section_kind, show_figure

# These say nothing of one population that another's would add to.
NOT_COMPARED = {SectionKind.CONTACT, SectionKind.OTHER}
# A text's own headings stand below that of its section, which stands below the population's name.
HEADING = re.compile(r"(</?h)[23]\b")
# A name may stand in another language than the page.
NAME = '<span lang="{}" dir="{}">{}</span>'


class CompareForm(forms.Form):
    """Which populations are compared; none chosen means all."""

    population = forms.MultipleChoiceField(
        label=_("Populations"),
        help_text=_("Choose none to see all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no population “%(value)s” to compare.")},
    )

    def __init__(self, data: QueryDict, sheets: Iterable[Factsheet]) -> None:
        super().__init__(data)
        populations: list[Any] = [sheet.population for sheet in sheets]
        names = [(p.slug, format_html(NAME, p.text.language, p.text.dir, p.text.title)) for p in populations]
        self.fields["population"].choices = names  # type: ignore[attr-defined] # a choice field


@dataclass(frozen=True)
class Column:
    """One population in a comparison; it may have no text of this kind."""

    sheet: Factsheet
    figures: list[ShownFigure]
    sections: list[tuple[SectionText, SafeString]]


def compared_kinds() -> dict[SectionKind, int]:
    """Return the kinds of section that two public factsheets or more have, and how many have each."""
    rows = Section.objects.public().exclude(kind__in=NOT_COMPARED).order_by().values_list("kind")
    counts = dict(rows.annotate(sheets=Count("factsheet", distinct=True)).filter(sheets__gte=2))
    return {kind: counts[kind] for kind in SectionKind if kind in counts}


def _texts(sheet: Factsheet) -> list[SectionText]:
    rows: Any = sheet.sections.all()
    return [section.text for section in rows if section.text is not None]


def _column(sheet: Factsheet, figures: list[Figure], notes: Notes) -> Column:
    own = [figure for figure in figures if figure.population_id == sheet.population_id]
    shown = [show_figure(figure, mark=notes.cite(figure.source)) for figure in own]
    texts = [(text, HEADING.sub(r"\g<1>4", notes.text(text.body_html, text.language))) for text in _texts(sheet)]
    return Column(sheet, shown, [(text, mark_safe(html)) for text, html in texts])  # noqa: S308 - clean as stored


@require_safe
def comparisons(request: HttpRequest) -> HttpResponse:
    """List the kinds of section that can be compared."""
    return render(request, "factsheets/comparisons.html", {"kinds": compared_kinds().items()})


@require_safe
def comparison(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one kind of section of all factsheets, or of those that were asked for."""
    if kind not in SectionKind.values or kind in NOT_COMPARED:
        raise Http404
    populations = Prefetch("population", KeyPopulation.objects.for_list())
    sections = Prefetch("sections", Section.objects.filter(kind=kind).with_text("plain"))
    public: Any = Factsheet.objects.public().for_list().prefetch_related(populations)
    sheets = list(public.prefetch_related(sections))
    if sum(bool(_texts(sheet)) for sheet in sheets) < 2:
        raise Http404
    form = CompareForm(request.GET, sheets)
    chosen = form.cleaned_data["population"] if form.is_valid() else []
    sheets = [sheet for sheet in sheets if not chosen or sheet.population.slug in chosen]
    figures = figures_for(*(text.body_html for sheet in sheets for text in _texts(sheet)))
    current = [figure for figure in figures.values() if figure.superseded_by is None]
    compared = {sheet.population_id for sheet in sheets}
    notes = Notes(figures)
    context = {
        "kind": SectionKind(kind),
        "form": form,
        "chosen": chosen,
        "charts": charts(f for f in current if f.population_id is None or f.population_id in compared).get(kind, []),
        "columns": [_column(sheet, [f for f in current if section_kind(f) == kind], notes) for sheet in sheets],
        "notes": notes,
    }
    return render(request, "factsheets/comparison.html", context, status=200 if form.is_valid() else 400)
