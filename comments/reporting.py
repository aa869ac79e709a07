"""The figures of a report: counted once, and stored as they may be shown.

Whatever is stored can be read by anybody, so counts that could point at a person are withheld before they are stored.
Which they are is said in `withhold`; paragraphs, kinds of points and dispositions tell nothing about persons.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from statistics import median
from typing import Any, TypedDict

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from comments.models import Answer, Channel, Comment, CommentState, Consultation, NameKind, Point, Report
from comments.subjects import changed_by, subject_of
from comments.telling import note_change
from publishing.places import CONTINENTS, continent_of

# Fewer people than this are not told of on their own.
FEW = 5
NOT_PUBLISHED = (CommentState.REFUSED, CommentState.WITHDRAWN, CommentState.ERASED)


class Table(TypedDict):
    """How many each key stands for, the most frequent first; `others` are those that are withheld, together."""

    rows: list[tuple[str, int]]
    others: int


class Region(TypedDict):
    """A continent, and its countries where they may be told; `key` is empty for comments that told no place."""

    key: str
    count: int
    countries: Table | None


class Places(TypedDict):
    """Continents, and all those together that are withheld."""

    rows: list[Region]
    others: int


class Paragraph(TypedDict):
    """What one paragraph drew; without a number: the whole text."""

    number: int | None
    comments: int
    points: int


class ChangedCounts(TypedDict):
    """What the answers changed: how many of them did, and how many paragraphs."""

    answers: int
    paragraphs: int


class Figures(TypedDict):
    """All figures of a report. Where a table or a count of people is None, it is withheld as a whole."""

    comments: int
    replies: int
    points: int
    open: int
    consulted: int | None
    unpublished: int | None
    paragraphs: list[Paragraph]
    kinds: list[tuple[str, int]]
    languages: Table | None
    places: Places | None
    channels: Table | None
    names: Table | None
    dispositions: list[tuple[str, int]]
    verdicts: Table | None
    days_to_decision: float | None
    days_to_answer: float | None
    changed: ChangedCounts


def withhold(counts: Mapping[str, int], keys: int | None = None) -> Table | None:
    """Return a table from which nobody can work out a count below FEW, though its total is known.

    `keys` says how many there can be, where that is known. Small counts stand together; where they are still few, or
    all there can be and equal, the smallest of the others stands with them (with all that are equal to it). So among
    those that a reader does not see there are always two different counts, and nothing tells which key has which: not
    even this rule, since it looks at no key. Nothing remains where that leaves no row.
    """
    found = [count for count in counts.values() if count]
    small = [count for count in found if count < FEW]
    large = sorted(set(found) - set(small))
    could_be_none = keys is None or keys > len(found)
    if small and (sum(small) < FEW or (len(set(small)) == 1 and not could_be_none)):
        large = large[1:]
    rows = sorted(((key, n) for key, n in counts.items() if n in large), key=lambda row: (-row[1], row[0]))
    if found and not rows:
        return None
    return {"rows": rows, "others": sum(found) - sum(count for _key, count in rows)}


def withhold_one(count: int) -> int | None:
    """Return a count of people that stands alone, unless it is small."""
    return None if 0 < count < FEW else count


def _places(codes: Iterable[str]) -> Places | None:
    """Count by continent, and within a continent that is told by country."""
    continents: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for code in codes:
        continents[continent_of(code) if code else ""][code] += 1
    # The world and none are not continents.
    told = withhold({key: counts.total() for key, counts in continents.items()}, len(CONTINENTS) + 2)
    if told is None:
        return None
    rows: list[Region] = []
    for key, count in told["rows"]:
        # Who named a region only counts among its others.
        countries = Counter({code if code.isalpha() else "": n for code, n in continents[key].items()})
        rows.append({"key": key, "count": count, "countries": withhold(countries) if key else None})
    return {"rows": rows, "others": told["others"]}


def _days(spans: Iterable[tuple[datetime, datetime | None]]) -> float | None:
    """Return the median of the days from one moment to the other, which counts as none where it came before."""
    found = [max((until - since).total_seconds(), 0) / 86_400 for since, until in spans if until]
    return round(median(found), 1) if found else None


def _paragraphs(consultation: Consultation, comments: Iterable[Any], points: Iterable[Any]) -> list[Paragraph]:
    """Count by paragraph, in the text's order; the whole text, and what no text has, at the end."""
    drew, asked = Counter(comments), Counter(points)
    subject = subject_of(consultation)
    numbers = {passage.key: passage.number for passage in subject.passages}
    found: defaultdict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    for key in {*drew, *asked}:
        row = found[numbers.get(key)]
        row[0] += drew[key]
        row[1] += asked[key]
    rows: list[Paragraph] = [{"number": number, "comments": c, "points": p} for number, (c, p) in found.items()]
    return sorted(rows, key=lambda row: (row["number"] is None, row["number"]))


def _in_order(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(((key, count) for key, count in counts.items() if key), key=lambda row: (-row[1], row[0]))


def count(consultation: Consultation) -> Figures:
    """Count what is public of a consultation, in a fixed number of queries."""
    comments = list(
        Comment.objects.public()
        .filter(consultation=consultation)
        .order_by()
        .values("reply_to", "paragraph_key", "language", "place", "channel", "name_kind", "consulted_count")
    )
    points = Point.objects.filter(comment__in=Comment.objects.public().filter(consultation=consultation))
    all_points = list(points.order_by().values_list("paragraph_key", "comment__paragraph_key", "kind"))
    answered = list(points.answered().order_by().values_list("answer__disposition", "verdict", "answer__published_at"))
    decided = Comment.objects.filter(consultation=consultation, decided_at__isnull=False)
    decided = decided.filter(state__in=[CommentState.PUBLISHED, CommentState.REFUSED]).order_by()
    unpublished = Comment.objects.filter(consultation=consultation, state__in=NOT_PUBLISHED)
    replies = sum(row["reply_to"] is not None for row in comments)
    return {
        "comments": len(comments) - replies,
        "replies": replies,
        "points": len(all_points),
        "open": len(all_points) - len(answered),
        "consulted": withhold_one(sum(row["consulted_count"] or 0 for row in comments)),
        "unpublished": withhold_one(unpublished.count()),
        "paragraphs": _paragraphs(
            consultation,
            (row["paragraph_key"] for row in comments),
            (own or of_comment for own, of_comment, _kind in all_points),
        ),
        "kinds": _in_order(Counter(kind for _own, _of_comment, kind in all_points)),
        "languages": withhold(Counter(row["language"].split("-")[0] for row in comments)),
        "places": _places(row["place"] for row in comments),
        "channels": withhold(Counter(row["channel"] for row in comments), len(Channel)),
        "names": withhold(Counter(row["name_kind"] for row in comments), len(NameKind)),
        "dispositions": _in_order(Counter(disposition for disposition, _verdict, _at in answered)),
        # Whoever says nothing has a row too.
        "verdicts": withhold(Counter(verdict for _disposition, verdict, _at in answered), len(Point.Verdict) + 1),
        "days_to_decision": _days(decided.values_list("received_at", "decided_at")),
        "days_to_answer": _days((consultation.last_closing, at) for _disposition, _verdict, at in answered),
        "changed": _changed(consultation),
    }


def _changed(consultation: Consultation) -> ChangedCounts:
    changes = changed_by(changing_answers(consultation)).values()
    places = {(change.version, number) for change in changes for number, _url in change.paragraphs}
    return {"answers": len(changes), "paragraphs": len(places)}


def changing_answers(consultation: Consultation) -> Any:
    """Return the public answers that say that they changed the text."""
    return Answer.objects.public().filter(consultation=consultation, changed_version__isnull=False)


@transaction.atomic
def recount(report: Report, *, by: User | None) -> Report:
    """Count again what the report tells; its texts stay as they are."""
    report.figures = dict(count(report.consultation))
    report.counted_at = timezone.now()
    report._history_user = by  # type: ignore[attr-defined] # read by simple_history
    report.save()
    return report


def announce(report: Report) -> None:
    """Let all who asked to hear of their comment know that the report is out; part of what publishes it."""
    note_change(report.consultation.comments.values_list("pk", flat=True))
