"""A document as one file that needs no network: for reading offline, and for passing on."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from publishing import chart_files
from publishing.pdf.document import Document
from publishing.pdf.lines import Inline, Node

STYLE = Path(__file__).with_name("offline.css").read_text()
DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
# Written into the file, since no server's headers go with it: nothing runs, nothing is fetched.
POLICY = f"default-src 'none'; style-src 'sha256-{DIGEST}'; img-src data:; base-uri 'none'; form-action 'none'"
PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<header>
<p class="label">{kind}</p>
<h1>{title}</h1>
<p class="lede">{summary}</p>
<p class="label">{publisher} · <bdi>{date}</bdi><br><a href="{address}" rel="noreferrer" dir="ltr">{place}</a></p>
{notices}
</header>
{body}
{notes}
</main>
</body>
</html>
"""


def make_page(document: Document) -> bytes:
    """Return the document as one HTML file."""
    data = document.data()
    writer = _Writer(document)
    body = writer.blocks(document.body)
    notes = ""
    if writer.notes:
        items = _join(format_html('<li id="fn-{}">{}</li>\n', n, html) for n, html in enumerate(writer.notes, 1))
        notes = format_html("<h2>{}</h2>\n<ol>\n{}</ol>", data["notes"], items)
    page = format_html(
        PAGE,
        **{key: data[key] for key in ("dir", "title", "kind", "summary", "publisher", "date", "address", "place")},
        lang=_lang(data),
        policy=mark_safe(POLICY),  # noqa: S308 - our own; its quotation marks are single
        style=mark_safe(STYLE),  # noqa: S308 - our own
        notices=_join(format_html('<p class="label">{}</p>', notice) for notice in data["notices"]),
        body=body,
        notes=notes,
    )
    return page.encode()


def _lang(data: dict[str, Any]) -> str:
    return "-".join(filter(None, [data["lang"], data["region"]]))


def _join(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every part is safe


class _Writer:
    """Writes nodes as HTML; everything in them is escaped."""

    def __init__(self, document: Document) -> None:
        self.pictures = document.pictures
        self.notes: list[SafeString] = []
        self.numbers: dict[str, int] = {}

    def line(self, nodes: Inline) -> SafeString:
        return _join(escape(node) if isinstance(node, str) else self.part(node) for node in nodes)

    def part(self, node: Node) -> SafeString:
        kind = node["t"]
        if kind == "br":
            return mark_safe("<br>")
        if kind == "note":
            return self.note(node)
        inner = self.line(node["c"])
        if kind == "a":
            return format_html('<a href="{}" rel="noreferrer">{}</a>', node["href"], inner)
        if kind == "span":
            return format_html('<span lang="{}" dir="{}">{}</span>', _lang(node), node["dir"], inner)
        if kind == "label":
            return format_html('<span class="label">{}</span>', inner)
        return format_html("<{0}>{1}</{0}>", kind, inner)

    def note(self, node: Node) -> SafeString:
        if "c" in node:
            self.numbers[node["id"]] = len(self.notes) + 1
            # Its place is taken before its words are written, which may refer to other notes.
            self.notes.append(mark_safe(""))
            self.notes[self.numbers[node["id"]] - 1] = self.blocks(node["c"])
        return format_html('<sup><a href="#fn-{0}">{0}</a></sup>', self.numbers[node["id"]])

    def blocks(self, nodes: list[Node]) -> SafeString:
        return _join(self.block(node) for node in nodes)

    def block(self, node: Node) -> SafeString:
        html: SafeString = getattr(self, f"_{node['t']}")(node)
        number = node.get("n")
        if number is None:
            return html
        return format_html('<div class="b" id="p{0}"><span class="n">¶ {0}</span>{1}</div>\n', number, html)

    def _p(self, node: Node) -> SafeString:
        return format_html("<p>{}</p>\n", self.line(node["c"]))

    def _h(self, node: Node) -> SafeString:
        return format_html("<h{0}>{1}</h{0}>\n", node["level"] + 1, self.line(node["c"]))

    def _ul(self, node: Node) -> SafeString:
        return format_html("<ul>\n{}</ul>\n", self.items(node["items"]))

    def _ol(self, node: Node) -> SafeString:
        return format_html('<ol start="{}">\n{}</ol>\n', node["start"], self.items(node["items"]))

    def items(self, items: list[Node]) -> SafeString:
        numbered = (item.get("n") for item in items)
        marks = [
            (format_html(' id="p{}"', n), format_html('<span class="n">¶ {}</span>', n)) if n is not None else ("", "")
            for n in numbered
        ]
        return _join(
            format_html("<li{}>{}{}</li>\n", anchor, mark, self.blocks(item["c"]))
            for item, (anchor, mark) in zip(items, marks, strict=True)
        )

    def _quote(self, node: Node) -> SafeString:
        return format_html("<blockquote>\n{}</blockquote>\n", self.blocks(node["c"]))

    def _table(self, node: Node) -> SafeString:
        head = _join(self.cell("th", cell) for cell in node["head"])
        rows = _join(format_html("<tr>{}</tr>\n", _join(self.cell("td", c) for c in row)) for row in node["rows"])
        top = format_html("<thead><tr>{}</tr></thead>\n", head) if head else ""
        return format_html('<div class="wide"><table>\n{}<tbody>\n{}</tbody>\n</table></div>\n', top, rows)

    def cell(self, tag: str, cell: Node) -> SafeString:
        align = format_html(' class="{}"', cell["align"]) if cell["align"] in ("right", "center") else ""
        scope = mark_safe(' scope="col"') if tag == "th" else ""
        parts = [self.line(b["c"]) if b["t"] == "p" else self.block(b) for b in cell["c"]]
        inner = mark_safe("<br>\n".join(parts))  # noqa: S308 - each part is safe
        return format_html("<{0}{1}{2}>{3}</{0}>\n", tag, scope, align, inner)

    def _dl(self, node: Node) -> SafeString:
        items = (
            format_html("<dt>{}</dt>\n<dd>{}</dd>\n", self.line(i["term"]), self.blocks(i["c"])) for i in node["items"]
        )
        return format_html("<dl>\n{}</dl>\n", _join(items))

    def _hr(self, node: Node) -> SafeString:
        return mark_safe("<hr>\n")

    def _div(self, node: Node) -> SafeString:
        return format_html('<div lang="{}" dir="{}">\n{}</div>\n', _lang(node), node["dir"], self.blocks(node["c"]))

    def _bars(self, node: Node) -> SafeString:
        return chart_files.offline(node, self.line)

    def _figures(self, node: Node) -> SafeString:
        return format_html('<div class="figures">\n{}</div>\n', _join(map(self.figure, node["items"])))

    def figure(self, figure: Node) -> SafeString:
        small = [[figure["where"]], [figure["range"]["words"]] if figure["range"] else [], figure["note"]]
        rest = _join(format_html('<p class="label">{}</p>', self.line(line)) for line in small if any(line))
        return format_html(
            '<div><p class="big">{}</p><p>{}</p>{}<p class="label">{}</p></div>\n',
            *(figure["value"], self.line(figure["text"]), rest, self.line(figure["source"])),
        )

    def _picture(self, node: Node) -> SafeString:
        with self.pictures[node["file"]].open("rb") as file:
            data = b64encode(file.read()).decode()
        image = format_html('<img src="data:image/webp;base64,{}" alt="{}">', data, node["alt"])
        return format_html("<figure>{}<figcaption>{}</figcaption></figure>\n", image, self.line(node["c"]))


def make_markdown(document: Document) -> bytes:
    """Return the document as its writers wrote it, under a head that says what it is."""
    data = document.data()
    head = [f"# {data['title']}", f"{data['kind']}  \n{data['publisher']}, {data['date']}  \n<{data['address']}>"]
    parts = [*head, data["summary"], *data["notices"], "---", document.markdown.strip()]
    return ("\n\n".join(filter(None, parts)) + "\n").encode()
