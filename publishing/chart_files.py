"""A chart as it stands in files: the nodes of a document, a page of its own, Markdown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from publishing.languages import reader_language
from publishing.pdf.document import joined, link, span
from publishing.pdf.lines import Inline, Node, words
from publishing.pdf.tree import paragraph

if TYPE_CHECKING:
    from publishing.charts import Chart, Row, Words
    from publishing.plots import Bar, Plot, Span


def in_words(bar: "Bar") -> str:
    """Return what a bar says, for those who do not see it."""
    row = bar.row
    before = f"{row.panel.text}: " if row.panel else ""
    return f"{before}{row.name}: {row.value}"


def nodes(chart: "Chart") -> list[Node]:
    """Return the drawing, the table, the note and the sources."""
    alt = words(f"{chart.title}. {chart.description}")
    marked = chart.marked
    drawing: Node = {
        "t": "bars",
        "title": words(chart.title),
        "alt": alt,
        "ends": list(chart.ends) if chart.end else [],
        "line": marked.start if marked else None,
        "panels": [_plot(plot) for plot in chart.plots],
    }
    small: list[Inline] = [[words(chart.note)]] if chart.note else []
    if chart.sources:
        links = (link(source.url, words(source.title)) for source in chart.sources)
        small.append([gettext("Source:"), " ", *joined("; ", *links)])
    return [drawing, _table(chart), *(paragraph({"t": "label", "c": line}) for line in small)]


def _plot(plot: "Plot") -> Node:
    title = _spoken(plot.panel, plot.panel.text) if plot.panel else []
    return {"title": title, "items": [_item(bar) for bar in plot.bars]}


def _item(bar: "Bar") -> Node:
    return {
        "label": _spoken(bar.row, bar.row.label),
        "detail": _spoken(bar.row, bar.row.detail),
        "value": bar.row.value,
        "percent": bar.percent,
        "range": _piece(bar.range),
        "track": bar.track.width if bar.row.whole is not None and bar.track else None,
        "focus": bar.row.focus,
    }


def _piece(piece: "Span | None") -> Node | None:
    return {"start": piece.start, "width": piece.width} if piece else None


def _spoken(owner: "Row | Words", text: str) -> Inline:
    """Return words in their own language."""
    if not text:
        return []
    return [span(owner.language or reader_language(), words(text))]


def _table(chart: "Chart") -> Node:
    heads = [*chart.heads, *([gettext("Source")] if chart.sources else [])]
    rows = []
    for panel, some in chart.panels:
        if panel:
            rows.append([_cell({"t": "strong", "c": _spoken(panel, panel.text)}), *([_cell()] * (len(heads) - 1))])
        rows += [_cells(row, len(heads)) for row in some]
    head = [_cell(heads[0]), _cell(heads[1], align="right"), *map(_cell, heads[2:])]
    return {"t": "table", "head": head, "rows": rows}


def _cells(row: "Row", width: int) -> list[Node]:
    label = _cell(*_spoken(row, row.name))
    if row.note:
        label["c"].append(paragraph({"t": "label", "c": _spoken(row.note, row.note.text)}))
    cells = [label, _cell(row.value, align="right")]
    if width > len(cells):
        cells.append(_cell(link(row.source.url, words(row.source.title))) if row.source else _cell())
    return cells


def _cell(*parts: str | Node, align: str = "") -> Node:
    line = [words(part) if isinstance(part, str) else part for part in parts]
    return {"c": [paragraph(*line)] if line else [], "align": align}


def markdown(chart: "Chart") -> str:
    """Return the table, the note and the sources."""
    heads = [*chart.heads, *([gettext("Source")] if chart.sources else [])]
    lines = [f"**{chart.title}**", "", _line(*heads), "|---|---:|" + "---|" * len(heads[2:])]
    for panel, rows in chart.panels:
        if panel:
            lines.append(_line(f"**{panel.text}**", *([""] * (len(heads) - 1))))
        for row in rows:
            label = f"{row.name} ({row.note.text})" if row.note else row.name
            source = [f"[{row.source.title}]({row.source.url})" if row.source else ""] if chart.sources else []
            lines.append(_line(label, row.value, *source))
    return "\n".join([*lines, *(["", chart.note] if chart.note else [])])


def _line(*cells: str) -> str:
    inner = " | ".join(cell.replace("|", r"\|") for cell in cells)
    return f"| {inner} |"


def offline(node: Node, write: Callable[[Inline], SafeString]) -> SafeString:
    """Return the drawing of a document as HTML for a file of its own; the table that says the same follows it.

    `write` writes what runs in a line.
    """
    panels = format_html_join("\n", "{}", ((_offline_panel(node, panel, write),) for panel in node["panels"]))
    return format_html('<figure class="chart"><figcaption>{}</figcaption>\n{}</figure>\n', node["title"], panels)


def _offline_panel(node: Node, panel: Node, write: Callable[[Inline], SafeString]) -> SafeString:
    title = format_html("<p><strong>{}</strong></p>\n", write(panel["title"])) if panel["title"] else ""
    rows = format_html_join("\n", "{}", ((_offline_row(item, node["line"], write),) for item in panel["items"]))
    ends = (
        format_html('<p class="ends label"><span>{}</span> <span>{}</span></p>\n', *node["ends"])
        if node["ends"]
        else ""
    )
    return format_html('{}<dl class="bars">\n{}</dl>\n{}', title, rows, ends)


def _offline_row(item: Node, line: float | None, write: Callable[[Inline], SafeString]) -> SafeString:
    shapes = [("whole", 0, item["track"], 0, 12)] if item["track"] is not None else []
    shapes.append(("bar", 0, item["percent"], 2, 8))
    if item["range"]:
        shapes.append(("range", item["range"]["start"], item["range"]["width"], 5, 2))
    drawn = format_html_join("", '<rect class="{}" x="{}%" width="{}%" y="{}" height="{}"/>', shapes)
    if line is not None:
        drawn += format_html('<rect class="line" x="{}%" width="2" height="12"/>', line)
    return format_html(
        '<div class="{}"><dt>{}{}</dt><dd><svg width="100%" height="12" aria-hidden="true">{}</svg>'
        "<span>{}</span></dd></div>",
        "focus" if item["focus"] else "other",
        write(item["label"]),
        format_html(" <small>{}</small>", write(item["detail"])) if item["detail"] else "",
        drawn,
        item["value"],
    )
