"""How far the editors have come: of the points that were made, how many have their answer."""

from dataclasses import dataclass

from django.db.models import Count, Q

from comments.models import Answer, Consultation, Point


@dataclass(frozen=True)
class Progress:
    """Points of published comments, and those of them with a public answer."""

    total: int
    answered: int


def progress_of(consultation: Consultation) -> Progress:
    """Count the points of a consultation."""
    points = Point.objects.counted().filter(comment__consultation=consultation)
    answers = Answer.objects.public().filter(consultation=consultation)
    counts = points.aggregate(total=Count("pk"), answered=Count("pk", filter=Q(answer__in=answers)))
    return Progress(**counts)
