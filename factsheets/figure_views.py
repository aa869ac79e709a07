"""All figures: as a list with filters, as files, and each on a page of its own."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from factsheets.dictionary import COLUMNS, TERMS, permanent, table, told
from factsheets.figure_data import all_figures, one_figure
from factsheets.figure_history import FigureHistory, history_of
from factsheets.filtering import Asked, figures_of, found_in
from factsheets.models import Factsheet, Figure, Indicator
from factsheets.questions import questions_context
from factsheets.shown import show_figure
from factsheets.uses import CHOOSERS, public_uses
from publishing.columns import file_name, json_file
from publishing.csv_file import csv_file
from publishing.languages import reader_language

PAGE_SIZE = 200
RELATED = 8


def _groups(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Group figures, ordered by indicator, by what they measure."""
    return [
        {"label": Indicator(indicator).label, "anchor": indicator, "figures": list(group)}
        for indicator, group in groupby(figures, key=lambda figure: figure.indicator)
    ]


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """List the figures that the filters ask for, with their sources, grouped by what they measure."""
    found, here = found_in(request.GET), reverse("figures")
    context: dict[str, Any] = {"form": found.form, "asked": found.asked or Asked(), "linked_data": all_figures()}
    if found.asked is None:
        return render(request, "factsheets/figures.html", context, status=400)
    keys, paged = found.page(request, PAGE_SIZE, here)
    context |= paged | {"groups": _groups(figures_of(keys).with_names())}
    return render(request, "factsheets/figures.html", context)


def _filed(request: HttpRequest) -> Iterable[Figure]:
    """Return the figures that a file holds: those that the filters ask for."""
    found = found_in(request.GET)
    if found.asked is None:
        raise BadRequest
    return figures_of(found.keys).with_names()


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """Serve figures as a table; the data dictionary tells what its columns mean."""
    return csv_file(file_name("figures", "csv"), [column.name for column in COLUMNS], table(_filed(request)))


@require_safe
def figures_json(request: HttpRequest) -> HttpResponse:
    """Serve figures for programs, with the data dictionary.

    `{version, made, language, terms, fields: [{name, meaning, type, unit, values}], figures: [{…}]}`: `version`
    changes when a name here changes its meaning or goes.
    """
    content = {
        "version": 1,
        "made": timezone.now(),
        "language": reader_language(),
        "terms": str(TERMS),
        "fields": [column.told() for column in COLUMNS],
        "figures": [told(figure) for figure in _filed(request)],
    }
    return json_file("figures", content)


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """Show what the files' columns mean."""
    return render(request, "factsheets/dictionary.html", {"columns": COLUMNS, "terms": TERMS})


def figure_context(figure: Figure, history: FigureHistory | None = None) -> dict[str, Any]:
    """Return what a figure's page shows; it comes with its text, its source and `with_names`."""
    related = Figure.objects.shown().current().filter(indicator=figure.indicator).exclude(pk=figure.pk)
    sheet = Factsheet.objects.public().for_list().filter(population=figure.population_id or 0).first()
    return {
        "figure": figure,
        "shown": show_figure(figure, named=True),
        "name": gettext("Figure %(number)s") % {"number": figure.pk},
        "factsheet": sheet,
        "supersedes": Figure.objects.shown().filter(superseded_by=figure).order_by("code"),
        "uses": public_uses(figure.code),
        "chosen": [use for chooser in CHOOSERS for use in chooser(figure)],
        "history": history,
        "related": related.with_names().order_by("position", "code")[:RELATED],
        "address": permanent(figure),
        "terms": TERMS,
        "untranslated": figure.text.stand_in,
    }


@require_safe
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """Show one figure with its source, its history and where it is used."""
    row = get_object_or_404(Figure.objects.shown().with_names(), code=code)
    history = history_of(row)
    context = figure_context(row, history) | {
        "linked_data": one_figure(row, history),
        **questions_context(row),
    }
    return render(request, "factsheets/figure.html", context)
