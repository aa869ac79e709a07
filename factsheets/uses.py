"""Where figures are used."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Prefetch, Q

from factsheets.models import Case, CaseText, Factsheet, FactsheetText, Figure, Section, SectionText
from factsheets.references import codes_in


def _named(*codes: str) -> Q:
    """Return the condition that a text names a figure of these codes."""
    named = Q(pk=None)
    for code in codes:
        named |= Q(body_html__contains=f'<data value="{code}">')
    return named


def texts_naming(*codes: str) -> list[FactsheetText | SectionText | CaseText]:
    """Return the texts, public or not, that name a figure of these codes: what a change of it touches."""
    named = _named(*codes)
    return list(
        chain(
            FactsheetText.objects.filter(named).select_related("factsheet"),
            SectionText.objects.filter(named).select_related("section__factsheet"),
            CaseText.objects.filter(named).select_related("case__factsheet"),
        )
    )


@dataclass(frozen=True)
class Chosen:
    """What uses a figure and is no factsheet; its kind is in the reader's language."""

    url: str
    title: str
    language: str
    dir: str
    kind: str


# Apps further left add to these who chooses figures by hand, at start-up.
CHOOSERS: list[Callable[[Figure], Iterable[Chosen]]] = []


@dataclass(frozen=True)
class Use:
    """A public text that names a figure: a factsheet's overview, or a part of it with a title of its own."""

    factsheet: Factsheet
    url: str
    title: str = ""
    language: str = ""
    dir: str = ""


def public_uses(code: str) -> list[Use]:
    """Return where readers meet the figure of this code."""
    return list(_public_uses(code))


def _public_uses(code: str) -> Iterator[Use]:
    sheets = Prefetch("factsheet", Factsheet.objects.for_list())
    for sheet in Factsheet.objects.public().for_list().filter(pk__in=_parents(FactsheetText, code)):
        yield Use(sheet, sheet.get_absolute_url())
    sections = Section.objects.public().for_list().filter(pk__in=_parents(SectionText, code))
    for row in sections.order_by("factsheet__position", "factsheet", "position").prefetch_related(sheets):
        text = row.text
        yield Use(
            row.factsheet,
            f"{row.factsheet.get_absolute_url()}#{row.anchor}",
            text.heading,
            text.language,
            text.dir,
        )
    cases = Case.objects.public().for_list().filter(pk__in=_parents(CaseText, code))
    for case in cases.order_by("factsheet__position", "factsheet", "position").prefetch_related(sheets):
        text = case.text
        address = f"{case.factsheet.get_absolute_url()}#case-{case.slug}"
        yield Use(case.factsheet, address, text.title, text.language, text.dir)


def _parents(texts: Any, code: str) -> Any:
    """Return the keys of what has a ready text that names the figure of this code."""
    return texts.objects.ready().filter(_named(code)).values(texts.parent_field)


def codes_in_texts() -> set[str]:
    """Return the codes of all figures that texts name, public or not."""
    htmls = chain.from_iterable(
        model._default_manager.filter(body_html__contains="<data").values_list("body_html", flat=True)
        for model in (FactsheetText, SectionText, CaseText)
    )
    return set(codes_in(*htmls))
