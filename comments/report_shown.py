"""A report as its page and its files show it: key figures, charts, how long it took, and what changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import reporting
from comments.models import Answer, Channel, Comment, Consultation, Disposition, Point, PointKind, Report
from comments.models.comments import NameKind
from comments.subjects import Changed, Subject, changed_by
from publishing.charts import MOST, Chart, Row, number
from publishing.languages import direction, language_name, place_name, reader_language

# Of the comments that one answer replies to, so many are named.
MOST_NAMED = 12


@dataclass(frozen=True)
class KeyFigure:
    """A number set large, with what it counts; `parts/figure.html` shows it."""

    value: str
    text: str
    language: str
    dir: str


@dataclass(frozen=True)
class ShownChange:
    """What one answer changed, and the public comments that it answers: number and address."""

    changed: Changed
    label: str
    key: str
    comments: list[tuple[int, str]]
    more: int


@dataclass(frozen=True)
class ShownReport:
    """All that is drawn; empty where nothing was counted."""

    figures: list[KeyFigure]
    heard: list[Chart]
    answered: list[Chart]
    notes: list[str]
    times: list[tuple[str, str]]
    changes: list[ShownChange]


def show_report(report: Report, subject: Subject | None = None) -> ShownReport:
    """Return what a report shows beside its texts, in the reader's language; `subject` lets paragraphs be links."""
    if not report.figures:
        return ShownReport([], [], [], [], [], [])
    found: Any = report.figures
    return ShownReport(
        figures=_key_figures(found, report.consultation),
        heard=_heard(found, report.consultation, subject),
        answered=_answered(found),
        notes=_notes(found),
        times=_times(found),
        changes=show_changes(report),
    )


def _key_figures(found: reporting.Figures, consultation: Consultation) -> list[KeyFigure]:
    taken_up = sum(n for key, n in found["dispositions"] if key in (Disposition.ACCEPTED, Disposition.IN_PART))
    counts = [
        (found["comments"] + found["replies"], _("comments and replies")),
        (found["points"], _("points that deserved an answer")),
        (taken_up, _("points accepted, whole or in part")),
    ]
    if not consultation.is_about_figures:
        counts.append((found["changed"]["paragraphs"], _("paragraphs changed")))
    language = reader_language()
    return [KeyFigure(number(count), words, language, direction(language)) for count, words in counts]


def _heard(found: reporting.Figures, consultation: Consultation, subject: Subject | None) -> list[Chart]:
    drew = capfirst(_("comments"))
    kinds = dict(PointKind.choices)
    return [
        chart
        for chart in (
            _by_paragraph(found, consultation, subject),
            Chart("kinds", _("What the points do"), (_("Kind"), capfirst(_("points"))), _named(found["kinds"], kinds)),
            _table("languages", _("By language"), (_("Language"), drew), found["languages"], language_name),
            _by_place(found),
            _table("names", _("How the authors appear"), (_("Name"), drew), found["names"], _name),
            _table("channels", _("How the comments came"), (_("How they came"), drew), found["channels"], _channel),
        )
        if chart and chart.rows
    ]


def _by_paragraph(found: reporting.Figures, consultation: Consultation, subject: Subject | None) -> Chart:
    rows = []
    for row in found["paragraphs"]:
        passage = subject.by_number(row["number"]) if subject else None
        label = consultation.passage_label(row["number"]) if row["number"] else consultation.whole_label
        rows.append(Row(label, row["comments"], url=passage.url if passage else ""))
    if consultation.is_about_figures:
        title, head = _("By figure"), _("Figure")
        note = _("Drawn are the figures with the most comments; the table has all.")
    else:
        title, head = _("By paragraph"), _("Paragraph")
        note = _("Drawn are the paragraphs with the most comments; the table has all.")
    return Chart(
        "paragraphs",
        title,
        (head, capfirst(_("comments"))),
        rows,
        note=note if len(rows) > MOST else "",
        drawn=lambda rows: sorted(rows, key=lambda row: -(row.amount or 0)),
    )


def _by_place(found: reporting.Figures) -> Chart | None:
    places = found["places"]
    if places is None:
        return None
    rows = []
    for region in places["rows"]:
        rows.append(Row(place_name(region["key"]) if region["key"] else _("none told"), region["count"]))
        countries = region["countries"]["rows"] if region["countries"] else []
        rows += [Row(f"– {place_name(code)}", count) for code, count in countries if code]
    rows += _others(places["others"])
    return Chart("places", _("By place"), (_("Region"), capfirst(_("comments"))), rows) if len(rows) > 1 else None


def _name(key: str) -> str:
    # The form's own words are those of somebody who chooses.
    own = {NameKind.PSEUDONYM: _("under a name they chose"), NameKind.OWN_NAME: _("under their own name")}
    return own.get(NameKind(key)) or str(NameKind(key).label)


def _channel(key: str) -> str:
    return str(Channel(key).label)


def _verdict(key: str) -> str:
    words = {
        Point.Verdict.ANSWERS: _("it answers the point"),
        Point.Verdict.DOES_NOT: _("it does not answer the point"),
    }
    return words[Point.Verdict(key)] if key else _("nothing was said")


def _others(count: int) -> list[Row]:
    return [Row(_("all others together"), count)] if count else []


def _table(key: str, title: str, heads: tuple[str, str], table: reporting.Table | None, name: Any) -> Chart | None:
    rows = [*(Row(name(k), count) for k, count in table["rows"]), *_others(table["others"])] if table else []
    # One row says no more than the total.
    return Chart(key, title, heads, rows) if len(rows) > 1 else None


def _named(counts: Iterable[tuple[str, int]], labels: dict[str, Any]) -> list[Row]:
    return [Row(str(labels[key]), count) for key, count in counts if key in labels]


def _answered(found: reporting.Figures) -> list[Chart]:
    # What is still open is what the reader should see.
    rows = _named(found["dispositions"], dict(Disposition.choices))
    if found["open"]:
        rows.append(Row(_("not answered yet"), found["open"], focus=True))
    heads = (_("Answer"), capfirst(_("points")))
    verdicts = found["verdicts"]
    said = verdicts if verdicts and any(key for key, _count in verdicts["rows"]) else None
    charts = (
        Chart("dispositions", _("The answers"), heads, rows),
        _table("verdicts", _("What authors say to the answers"), heads, said, _verdict),
    )
    return [chart for chart in charts if chart and chart.rows]


def _count_or_few(count: int | None) -> str:
    return _("fewer than %(few)s") % {"few": reporting.FEW} if count is None else number(count)


def _notes(found: reporting.Figures) -> list[str]:
    notes = []
    if found["consulted"] != 0:
        count = _count_or_few(found["consulted"])
        notes.append(_("People consulted by those who wrote: %(count)s") % {"count": count})
    if found["unpublished"] != 0:
        count = _count_or_few(found["unpublished"])
        notes.append(_("Refused, withdrawn or erased, and not counted here: %(count)s") % {"count": count})
    notes.append(
        _(
            "Where fewer than %(few)s comments would stand in a row that tells of people, it stands with others, so "
            "that nobody can be found by it. Paragraphs and answers tell nothing of people, and are counted exactly."
        )
        % {"few": reporting.FEW}
    )
    return notes


def _times(found: reporting.Figures) -> list[tuple[str, str]]:
    spans = [
        (_("From sending to a moderator’s decision"), found["days_to_decision"]),
        (_("From closing to the answer"), found["days_to_answer"]),
    ]
    return [(label, _in_days(days)) for label, days in spans if days is not None]


def _in_days(days: float) -> str:
    whole = round(days)
    if not whole:
        return _("less than a day")
    return ngettext("%(counter)s day", "%(counter)s days", whole) % {"counter": number(whole)}


def comments_of(answers: Iterable[Answer]) -> dict[int, list[tuple[int, str]]]:
    """Return the public comments to which answers reply, by the answers' keys, in one query."""
    rows = Point.objects.filter(answer__in=list(answers), comment__in=Comment.objects.public()).order_by()
    numbers = rows.values_list("answer", "comment__consultation__slug", "comment__number").distinct()
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for answer, slug, comment in sorted(numbers):
        found[answer].append((comment or 0, reverse("comment", args=[slug, comment])))
    return found


def show_changes(report: Report) -> list[ShownChange]:
    """Return what the public answers changed, the newest version first, then in the text's order."""
    answers = {answer.pk: answer for answer in reporting.changing_answers(report.consultation)}
    changes = changed_by(answers.values())
    asked = comments_of(answers.values())
    shown = [
        ShownChange(
            changed,
            capfirst(answers[key].get_disposition_display()),
            answers[key].disposition,
            asked[key][:MOST_NAMED],
            max(len(asked[key]) - MOST_NAMED, 0),
        )
        for key, changed in changes.items()
    ]
    return sorted(shown, key=lambda row: (-row.changed.version, row.changed.paragraphs[:1]))
