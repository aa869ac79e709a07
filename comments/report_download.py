"""A report as a document to download: its texts, its charts with their tables, what changed."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from comments.models import Report, ReportText
from comments.report_shown import ShownChange, ShownReport, show_report
from comments.stations import stations
from publishing.charts import Chart
from publishing.downloads import DownloadLink, download_links
from publishing.pdf.document import Document, full_address, joined, link
from publishing.pdf.lines import Node, words
from publishing.pdf.tree import Tree, heading, paragraph


def public_reports() -> Any:
    """Return the public reports with their text for the reader and their consultation."""
    return Report.objects.public().with_text().select_related("consultation")


def _name(report: Report) -> str:
    return f"{report.consultation.slug}/report/{report.text.language}"


def report_document(report: Report) -> Document:
    """Return a report as its page shows it; text and current language are one and the same."""
    text: ReportText = report.text
    address = full_address("report", report.consultation.slug)
    shown = show_report(report)
    return Document(
        name=_name(report),
        kind=gettext("Report"),
        title=text.title,
        summary=text.summary,
        language=text.language,
        address=address,
        day=timezone.localdate(report.published_at),
        body=_body(report, shown, address),
        markdown=_markdown(report, shown),
    )


def _stations(report: Report) -> str:
    dated = ((s.label, s.date) for s in stations(report.consultation) if s.date)
    return " · ".join(f"{label}: {date_format(at, 'DATE_FORMAT')}" for label, at in dated)


def _body(report: Report, shown: ShownReport, address: str) -> list[Node]:
    text: ReportText = report.text
    tree = Tree(address)
    parts = (text.body_html, text.answered_html, text.changed_html)
    for html in parts:
        tree.learn_notes(html)
    tree.blocks.append(paragraph({"t": "label", "c": [_stations(report)]}))
    items: list[Node] = [
        {"value": f.value, "text": [words(f.text)], "where": "", "range": None, "note": [], "source": []}
        for f in shown.figures
    ]
    tree.blocks += [{"t": "figures", "items": items}] if items else []
    tree.blocks.append(heading(gettext("What we heard")))
    tree.add(parts[0])
    tree.blocks += [*_charts(shown.heard), *(paragraph({"t": "label", "c": [words(n)]}) for n in shown.notes)]
    tree.blocks.append(heading(gettext("What we answered")))
    tree.add(parts[1])
    times = [paragraph(f"{label}: ", {"t": "strong", "c": [value]}) for label, value in shown.times]
    tree.blocks += [*_charts(shown.answered), *times]
    tree.blocks.append(heading(gettext("What changed")))
    tree.add(parts[2])
    changes = [{"c": [_change(change)]} for change in shown.changes]
    tree.blocks += [{"t": "ul", "start": 1, "items": changes}] if changes else []
    return tree.finish()


def _charts(charts: list[Chart]) -> list[Node]:
    return [node for chart in charts for node in chart.nodes()]


def _change(change: ShownChange) -> Node:
    version = gettext("version %(number)s") % {"number": change.changed.version}
    places = [link(f"{settings.SITE_ADDRESS}{url}", f"¶ {number}") for number, url in change.changed.paragraphs]
    comments = [link(f"{settings.SITE_ADDRESS}{url}", str(number)) for number, url in change.comments]
    asked: list[str | Node] = [gettext("Asked for by comments"), " ", *joined(", ", *comments)] if comments else []
    more = [" " + gettext("and %(count)s more") % {"count": change.more}] if change.more else []
    where = link(f"{settings.SITE_ADDRESS}{change.changed.url}", version)
    return paragraph(*joined(", ", where, *places), ". ", *asked, *more)


def _markdown(report: Report, shown: ShownReport) -> str:
    """Return the texts as they were written, with figures and tables between them."""
    text: ReportText = report.text
    figures = "\n".join(f"- **{figure.value}** {figure.text}" for figure in shown.figures)
    changes = []
    for change in shown.changes:
        places = ", ".join(f"[¶ {n}]({settings.SITE_ADDRESS}{url})" for n, url in change.changed.paragraphs)
        version = gettext("version %(number)s") % {"number": change.changed.version}
        comments = ", ".join(f"[{n}]({settings.SITE_ADDRESS}{url})" for n, url in change.comments)
        asked = f". {gettext('Asked for by comments')} {comments}" if comments else ""
        changes.append(f"- {', '.join(filter(None, [version, places]))}{asked}")
    parts = [
        _stations(report),
        figures,
        f"## {gettext('What we heard')}",
        text.body,
        *(chart.markdown() for chart in shown.heard),
        *shown.notes,
        f"## {gettext('What we answered')}",
        text.answered,
        *(chart.markdown() for chart in shown.answered),
        "\n".join(f"- {label}: {value}" for label, value in shown.times),
        f"## {gettext('What changed')}",
        text.changed,
        "\n".join(changes),
    ]
    return "\n\n".join(filter(None, (part.strip() for part in parts)))


def documents() -> Iterator[Document]:
    """Yield every public document of this app."""
    rows = ReportText.objects.ready().filter(report__in=Report.objects.public()).values_list("language", "report")
    for language, key in rows:
        with override(language):
            yield report_document(public_reports().get(pk=key))


def report_downloads(report: Report) -> list[DownloadLink]:
    """Return the links that a report's page shows."""
    return download_links(
        report.text,
        _name(report),
        lambda form: reverse("report-download", args=[report.consultation.slug, form]),
    )
