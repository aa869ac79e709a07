"""A factsheet as Markdown: its texts as they were written, with the figures and what else its page shows."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext

from factsheets.models import CaseText, FactsheetText, Figure, PolicyInstrumentText, SectionText, Source
from factsheets.page import Part, ShownInstrument
from factsheets.references import resolve
from factsheets.shown import ShownCase, ShownFigure, said_range, where_and_when
from publishing.markdown import SOURCE_REFERENCE

FOOTNOTE = re.compile(r"\[\^([^\]\n]+)\]")


def as_markdown(text: FactsheetText, context: Mapping[str, Any]) -> str:
    """Return all that `factsheet_context` holds; footnotes keep to Markdown's own form, which numbers them itself."""
    writer = _Writer(context["notes"].figures)
    parts = [*writer.figures(context["figures"]), writer.text(text)]
    rows: list[Part] = context["parts"]
    for row in rows:
        parts += [f"## {row.heading}", *writer.figures(row.figures)]
        parts += [chart.markdown() for chart in row.charts]
        if row.section:
            parts.append(writer.text(row.section.text))
        parts += [piece for case in row.cases for piece in writer.case(case)]
        for group in row.groups:
            parts.append(f"### {group[0].instrument.get_group_display()}")
            parts += [piece for shown in group for piece in writer.instrument(shown)]
    return "\n\n".join(filter(None, (part.strip() for part in [*parts, *writer.references()])))


class _Writer:
    """Writes the pieces, and remembers whose sources they cite."""

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        self.known = figures
        self.sources: dict[str, Source] = {}
        self.texts = 0

    def text(self, text: FactsheetText | SectionText | CaseText | PolicyInstrumentText) -> str:
        """Return a text with its figures written out; its footnotes bear its number, since another may name one so."""
        self.texts += 1
        body = FOOTNOTE.sub(rf"[^{self.texts}-\1]", text.body)
        if not text.references:
            return body
        return SOURCE_REFERENCE.sub(lambda found: self._figure(found[1], text.language), body)

    def figures(self, figures: Iterable[ShownFigure]) -> list[str]:
        """Return figures as one list, each with its source."""
        lines = []
        for figure in figures:
            facts = [figure.text, where_and_when(figure), said_range(figure), figure.note.removesuffix(".")]
            rest = ". ".join(filter(None, facts))
            source = self.known[figure.anchor].source
            lines.append(f"- **{figure.value}** {rest}. {_read_in(figure)}{self._cite(source)}")
        return ["\n".join(lines)] if lines else []

    def case(self, case: ShownCase) -> list[str]:
        """Return a case with its place, its year and its source."""
        source = self._cite(case.row.source)
        return [f"### {case.text.title}", self.text(case.text), f"{case.where}. {_read_in(case)}{source}"]

    def instrument(self, shown: ShownInstrument) -> list[str]:
        """Return a policy instrument."""
        row, text = shown.instrument, shown.instrument.text
        title = f"[{text.title}]({row.address})" if row.address else text.title
        facts = " · ".join(filter(None, [row.issued_by, row.years, row.get_level_display()]))
        return [f"**{title}**  \n{facts}", self.text(text)]

    def references(self) -> list[str]:
        """Return the sources' footnotes, under a heading that the texts' own follow."""
        notes = [f"[^{code}]: {row.short}. [{row.title}]({row.address})" for code, row in self.sources.items()]
        return [f"## {gettext('References')}", "\n".join(notes)] if notes else []

    def _figure(self, code: str, language: str) -> str:
        value = unescape(strip_tags(resolve(f'<data value="{code}"></data>', self.known, language)))
        return value + (self._cite(self.known[code].source) if code in self.known else "")

    def _cite(self, source: Source) -> str:
        self.sources[source.code] = source
        return f"[^{source.code}]"


def _read_in(shown: ShownFigure | ShownCase) -> str:
    return f"{gettext('Source:')} [{shown.source.title}]({shown.source.url})"
