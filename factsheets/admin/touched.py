"""What a change of a figure touches: the texts that name it, where it is drawn, and the figures that it supersedes."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from factsheets.models import CaseText, FactsheetText, Figure, SectionText
from factsheets.uses import texts_naming


@dataclass(frozen=True)
class Touched:
    """Something that a figure stands in, and where staff find it."""

    title: str
    language: str
    url: str


def touched_text(text: FactsheetText | SectionText | CaseText) -> Touched:
    """Return where staff find a text."""
    thing: Any = getattr(text, text.parent_field)
    sheet = getattr(thing, "factsheet", thing)
    words = text.heading if isinstance(text, SectionText) else text.title
    title = words if thing is sheet else f"{sheet}: {words}"
    url = reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
    return Touched(title, text.get_language_display(), url)


def touched_by(figure: Figure) -> dict[str, Any]:
    """Return what the figure's form tells."""
    older = figure.supersedes.order_by("code")
    return {
        "texts": [touched_text(text) for text in texts_naming(figure.code)],
        "supersedes": [(row.code, reverse("admin:factsheets_figure_change", args=[row.pk])) for row in older],
        "indicator": figure.get_indicator_display(),
        "population": figure.population,
    }
