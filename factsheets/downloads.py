"""A factsheet as a document to download: its sections, its figures with their sources, its instruments."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from factsheets.models import Factsheet, FactsheetText, PolicyInstrument, Section, Source
from factsheets.shown import ShownFigure
from publishing.downloads import DownloadLink, download_links
from publishing.models import ShownPicture
from publishing.pdf.document import Document, full_address, joined, link, span, tongue
from publishing.pdf.lines import Inline, Node, words
from publishing.pdf.tree import Tree, heading, paragraph


def _name(sheet: Factsheet, text: FactsheetText) -> str:
    return f"{sheet.slug}/{text.language}"


def _where(figure: ShownFigure) -> str:
    return gettext(", ").join(filter(None, [figure.place, str(figure.year or "")]))


def _range(figure: ShownFigure) -> Node | None:
    shown = figure.range
    if shown is None:
        return None
    said = gettext("from %(low)s to %(high)s") % {"low": shown.low, "high": shown.high}
    return {"words": said, "start": shown.start, "width": shown.width, "at": shown.at}


def _figures(figures: Iterable[ShownFigure]) -> list[Node]:
    """Return figures as one block, each with its source, or nothing."""
    items: list[Node] = [
        {
            "value": figure.value,
            "text": [span(figure.language, words(figure.text))],
            "where": _where(figure),
            "range": _range(figure),
            "note": [span(figure.language, words(figure.note))] if figure.note else [],
            "source": [gettext("Source:"), " ", link(figure.source.url, words(figure.source.title))],
        }
        for figure in figures
    ]
    return [{"t": "figures", "items": items}] if items else []


def _files(context: Mapping[str, Any]) -> dict[int, FieldFile]:
    """Return the pictures' files, by section; one that is lost is left out, as it is from the page."""
    rows = (row["section"] for row in context["sections"] if row["picture"])
    files = {section.position: section.picture.file for section in rows}
    return {position: file for position, file in files.items() if file.storage.exists(str(file.name))}


def _picture(picture: ShownPicture, file: FieldFile) -> Node:
    credit = gettext("Picture: %(credit)s") % {"credit": picture.credit} if picture.credit else ""
    caption = joined(" ", words(picture.caption), words(credit))
    node = {"t": "picture", "file": Path(str(file.name)).name, "alt": words(picture.alt), "c": caption}
    return {"t": "div", **tongue(picture.language), "c": [node]}


def _instrument(instrument: PolicyInstrument, tree: Tree) -> Node:
    text = instrument.text
    name: Node = span(text.language, words(text.title))
    named = link(instrument.address, name) if instrument.address else {"t": "strong", "c": [name]}
    facts = joined(" · ", words(instrument.issued_by), instrument.years, instrument.get_level_display())
    tree.learn_notes(text.body_html)
    body = {"t": "div", **tongue(text.language), "c": tree.inner(text.body_html)}
    return {"c": [paragraph(named), paragraph({"t": "label", "c": facts}), body]}


def _source(source: Source) -> Node:
    line: Inline = [f"{words(source.short)}. ", link(source.address, span("en", words(source.title)))]
    if source.checked:
        checked = f"{gettext('Checked:')} {date_format(source.checked, 'DATE_FORMAT')}"
        line += [" ", {"t": "label", "c": [checked]}]
    return {"c": [paragraph(*line)]}


def _body(text: FactsheetText, context: Mapping[str, Any], address: str, files: dict[int, FieldFile]) -> list[Node]:
    tree = Tree(address)
    for html in (text.body_html, *(row["section"].text.body_html for row in context["sections"])):
        tree.learn_notes(html)
    tree.blocks += _figures(context["figures"])
    tree.add(text.body_html)
    for row in context["sections"]:
        section: Section = row["section"]
        tree.blocks += [heading(section.text.heading), *_figures(row["figures"])]
        tree.add(section.text.body_html)
        tree.blocks += [node for chart in row["charts"] for node in chart.nodes()]
        if section.position in files:
            tree.blocks.append(_picture(row["picture"], files[section.position]))
    if context["groups"]:
        tree.blocks.append(heading(gettext("Policy instruments")))
        for group in context["groups"]:
            items = [_instrument(instrument, tree) for instrument in group]
            tree.blocks += [heading(group[0].get_group_display(), 2), {"t": "ul", "start": 1, "items": items}]
    if context["sources"]:
        items = [_source(source) for source in context["sources"]]
        tree.blocks += [heading(gettext("Sources of the figures")), {"t": "ol", "start": 1, "items": items}]
    return tree.finish()


def _markdown_figures(figures: Iterable[ShownFigure]) -> str:
    lines = []
    for figure in figures:
        said = figure.range and _range(figure)
        rest = ". ".join(filter(None, [figure.text, _where(figure), said["words"] if said else "", figure.note]))
        lines.append(f"- **{figure.value}** {rest}. {gettext('Source:')} [{figure.source.title}]({figure.source.url})")
    return "\n".join(lines)


def _markdown(text: FactsheetText, context: Mapping[str, Any]) -> str:
    """Return the texts as they were written, with the figures and what else the page shows between them."""
    parts = [_markdown_figures(context["figures"]), text.body]
    for row in context["sections"]:
        parts += [f"## {row['section'].text.heading}", _markdown_figures(row["figures"]), row["section"].text.body]
        parts += [chart.markdown() for chart in row["charts"]]
    if context["groups"]:
        parts.append(f"## {gettext('Policy instruments')}")
    for group in context["groups"]:
        parts.append(f"### {group[0].get_group_display()}")
        for instrument in group:
            title = f"[{instrument.text.title}]({instrument.address})" if instrument.address else instrument.text.title
            facts = " · ".join(filter(None, [instrument.issued_by, instrument.years, instrument.get_level_display()]))
            parts += [f"**{title}**  \n{facts}", instrument.text.body]
    if context["sources"]:
        lines = [f"{n}. {s.short}. [{s.title}]({s.address})" for n, s in enumerate(context["sources"], 1)]
        parts += [f"## {gettext('Sources of the figures')}", "\n".join(lines)]
    return "\n\n".join(filter(None, (part.strip() for part in parts)))


def factsheet_document(sheet: Factsheet, context: Mapping[str, Any]) -> Document:
    """Return a factsheet as its page shows it; text, context and the current language are one and the same."""
    text: FactsheetText = sheet.text
    address = full_address("factsheet", sheet.slug)
    files = _files(context)
    population = sheet.population.text
    return Document(
        name=_name(sheet, text),
        kind=" · ".join(filter(None, [gettext("Factsheet"), population and population.title])),
        title=text.title,
        summary=text.summary,
        language=text.language,
        address=address,
        day=sheet.reviewed or timezone.localdate(sheet.published_at),
        body=_body(text, context, address, files),
        markdown=_markdown(text, context),
        pictures={Path(str(file.name)).name: file for file in files.values()},
    )


def factsheet_downloads(sheet: Factsheet) -> list[DownloadLink]:
    """Return the links that a factsheet's page shows."""
    text: FactsheetText = sheet.text
    return download_links(
        text,
        _name(sheet, text),
        lambda form: reverse("factsheet-download", args=[sheet.slug, form]),
        designed=text.designed_pdf,
    )
