"""A factsheet as a document to download: all that its page shows."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from factsheets.markdown import as_markdown
from factsheets.models import Factsheet, FactsheetText
from factsheets.page import Part, ShownInstrument
from factsheets.shown import ShownCase, ShownFigure, said_range, where_and_when
from publishing.downloads import DownloadLink, download_links
from publishing.models import ShownPicture
from publishing.pdf.document import Document, full_address, joined, link, span, tongue
from publishing.pdf.lines import Inline, Node, words
from publishing.pdf.tree import Tree, heading, paragraph


def _name(sheet: Factsheet, text: FactsheetText) -> str:
    return f"{sheet.slug}/{text.language}"


def _range(figure: ShownFigure) -> Node | None:
    shown = figure.range
    if shown is None:
        return None
    return {"words": said_range(figure), "start": shown.start, "width": shown.width, "at": shown.at}


def _read_in(shown: ShownFigure | ShownCase) -> Inline:
    return [gettext("Source:"), " ", link(shown.source.url, words(shown.source.title))]


def _figures(figures: Iterable[ShownFigure], tree: Tree) -> list[Node]:
    """Return figures as one block, each with its source, or nothing."""
    items: list[Node] = [
        {
            "value": figure.value,
            "text": [span(figure.language, words(figure.text))],
            "where": where_and_when(figure),
            "range": _range(figure),
            "note": [span(figure.language, words(figure.note))] if figure.note else [],
            "source": [*_read_in(figure), *tree.line(figure.mark)],
        }
        for figure in figures
    ]
    return [{"t": "figures", "items": items}] if items else []


def _files(parts: Iterable[Part]) -> dict[str, FieldFile]:
    """Return the pictures' files, by part; one that is lost is left out, as it is from the page."""
    rows = ((part.anchor, part.section.picture) for part in parts if part.section and part.picture)
    files = {anchor: picture.file for anchor, picture in rows if picture}
    return {anchor: file for anchor, file in files.items() if file.storage.exists(str(file.name))}


def _picture(picture: ShownPicture, file: FieldFile) -> Node:
    caption = joined(" ", words(picture.caption), words(picture.credit_line), words(picture.consent))
    node = {"t": "picture", "file": Path(str(file.name)).name, "alt": words(picture.alt), "c": caption}
    return {"t": "div", **tongue(picture.language), "c": [node]}


def _case(case: ShownCase, tree: Tree) -> list[Node]:
    facts: Inline = [words(case.where), ". ", *_read_in(case)]
    body = {"t": "div", **tongue(case.text.language), "c": tree.inner(case.html)}
    source = paragraph({"t": "label", "c": facts}, *tree.line(case.mark))
    return [heading(case.text.title, 2), body, source]


def _instrument(shown: ShownInstrument, tree: Tree) -> Node:
    instrument, text = shown.instrument, shown.instrument.text
    name: Node = span(text.language, words(text.title))
    named = link(instrument.address, name) if instrument.address else {"t": "strong", "c": [name]}
    facts = joined(" · ", words(instrument.issued_by), instrument.years, instrument.get_level_display())
    body = {"t": "div", **tongue(text.language), "c": tree.inner(shown.html)}
    return {"c": [paragraph(named), paragraph({"t": "label", "c": facts}), body]}


def _body(context: Mapping[str, Any], address: str, files: dict[str, FieldFile]) -> list[Node]:
    """Return the parts as the page shows them; the notes stand where they are first referred to."""
    tree = Tree(address)
    tree.learn_notes(context["notes"].html())
    tree.blocks += _figures(context["figures"], tree)
    tree.add(context["body"])
    parts: list[Part] = context["parts"]
    for part in parts:
        tree.blocks += [heading(part.heading), *_figures(part.figures, tree)]
        tree.blocks += [node for chart in part.charts for node in chart.nodes()]
        tree.add(part.html)
        if part.anchor in files and part.picture:
            tree.blocks.append(_picture(part.picture, files[part.anchor]))
        for case in part.cases:
            tree.blocks += _case(case, tree)
        for group in part.groups:
            items = [_instrument(instrument, tree) for instrument in group]
            name = group[0].instrument.get_group_display()
            tree.blocks += [heading(name, 2), {"t": "ul", "start": 1, "items": items}]
    return tree.finish()


def factsheet_document(sheet: Factsheet, context: Mapping[str, Any]) -> Document:
    """Return a factsheet as its page shows it; text, context and the current language are one and the same."""
    text: FactsheetText = sheet.text
    address = full_address("factsheet", sheet.slug)
    files = _files(context["parts"])
    population = sheet.population.text
    return Document(
        name=_name(sheet, text),
        kind=" · ".join(filter(None, [gettext("Factsheet"), population and population.title])),
        title=text.title,
        summary=text.summary,
        language=text.language,
        address=address,
        day=sheet.reviewed or timezone.localdate(sheet.published_at),
        body=_body(context, address, files),
        markdown=as_markdown(text, context),
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
