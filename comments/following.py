"""Lets a consultation's stations follow what waits for a moderator and what is answered."""

from datetime import datetime

from django.utils import timezone

from comments.models import Comment, CommentState, Consultation, Point


def follow(consultation_id: int) -> None:
    """Note when everything is reviewed, and when everything is answered; what comes up later leads back.

    Neither is reached before no comment can come any more. Called by whatever changes comments, points or answers.
    """
    consultation = Consultation.objects.get(pk=consultation_id)
    waits = Comment.objects.filter(consultation=consultation, state=CommentState.PENDING).exists()
    points = Point.objects.filter(comment__consultation=consultation)
    is_open = points.open().exists()
    is_over = not waits and consultation.last_closing <= timezone.now()
    stations = {
        "reviewed_at": _moment(consultation.reviewed_at, reached=is_over, lost=waits),
        "answered_at": _moment(consultation.answered_at, reached=is_over and not is_open, lost=waits or is_open),
    }
    if stations["answered_at"] and not consultation.answered_at and not points.exists():
        stations["answered_at"] = None
    if any(getattr(consultation, name) != moment for name, moment in stations.items()):
        Consultation.objects.filter(pk=consultation.pk).update(**stations)


def _moment(known: datetime | None, *, reached: bool, lost: bool) -> datetime | None:
    if lost:
        return None
    return known or (timezone.now() if reached else None)
