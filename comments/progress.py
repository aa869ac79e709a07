"""How many points are answered, and what is left to do."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from comments.models import Answer, AnswerState, Consultation, Point


@dataclass(frozen=True)
class Progress:
    """How many points of published comments there are, and how many of them have a public answer."""

    total: int
    answered: int

    @property
    def open(self) -> int:
        """How many wait for an answer."""
        return self.total - self.answered


def progress_of(consultation: Consultation) -> Progress:
    """Count the points of a consultation."""
    points = Point.objects.counted().filter(comment__consultation=consultation)
    return Progress(**points.aggregate(total=Count("pk"), answered=Count("pk", filter=Answer.public_q("answer__"))))


@dataclass(frozen=True)
class Remaining:
    """What editors still have to do; paragraphs by key, nothing where a point is about the whole text."""

    by_paragraph: dict[UUID | None, int] = field(default_factory=dict)
    by_language: dict[str, int] = field(default_factory=dict)
    # Of the open points, those that stand in a draft, or in an answer that is in review.
    in_draft: int = 0
    in_review: int = 0


def remaining(consultation: Consultation) -> Remaining:
    """Count the open points of a consultation; the language with the most comes first."""
    points = Point.objects.open().filter(comment__consultation=consultation).order_by()
    columns = ("paragraph_key", "comment__language", "answer__state")
    paragraphs: Counter[UUID | None] = Counter()
    languages: Counter[str] = Counter()
    states: Counter[str | None] = Counter()
    for key, language, state, count in points.values_list(*columns).annotate(Count("pk")):
        paragraphs[key] += count
        languages[language] += count
        states[state] += count
    return Remaining(
        dict(paragraphs),
        dict(sorted(languages.items(), key=lambda row: (-row[1], row[0]))),
        states[AnswerState.DRAFT],
        states[AnswerState.REVIEW],
    )


def days_late(consultation: Consultation, today: date | None = None) -> int:
    """Return by how many days the answers are late; below nothing while they are not due."""
    today = today or timezone.localdate(timezone=consultation.zone)
    return (today - consultation.answer_due).days if consultation.answer_due else 0


def open_points() -> list[tuple[Consultation, int]]:
    """Return the consultations whose answers have a due date and lack some, with their open points."""
    counts = Point.objects.open().filter(comment__consultation__answer_due__isnull=False).order_by()
    found = dict(counts.values_list("comment__consultation").annotate(Count("pk")))
    rows = Consultation.objects.filter(pk__in=found).for_list().order_by("answer_due", "pk")
    return [(row, found[row.pk]) for row in rows]
