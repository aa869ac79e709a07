"""Divides a long submission into points, each of which gets its own answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from comments.following import follow
from comments.models import AnswerState, Comment, CommentState, Consultation, Point

# Positions are moved out of the way by so much before they are given anew.
AWAY = 10_000


@dataclass(frozen=True)
class Part:
    """What a point shall be: words of the comment (none: all of it), the paragraph they are about, the kind."""

    text: str
    paragraph_key: UUID | None = None
    kind: str = ""


class CannotSplit(Exception):
    """The comment cannot be divided so; `row` is the part that is wrong, where it is one."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.message, self.row = message, row


def squeezed(text: str) -> str:
    """Return a text with single spaces: how lines are broken tells no two texts apart."""
    return " ".join(text.split())


@transaction.atomic
def split(comment: Comment, *, parts: Sequence[Part], by: User) -> list[Point]:
    """Make these the points of a comment, in this order. Raises CannotSplit.

    A point whose words stay keeps its answer; one that has a public answer cannot go.
    """
    Consultation.objects.locked(comment.consultation_id)
    current = Comment.objects.select_for_update().select_related("consultation").get(pk=comment.pk)
    if current.state != CommentState.PUBLISHED:
        raise CannotSplit(_("Only the points of a published comment are answered."))
    check(current, parts)
    # Two points of the same words, which only a redaction can leave behind, are told apart by their order.
    before = list(current.points.select_for_update(of=("self",)).select_related("answer").order_by("position"))
    kept = _kept(current, before, parts)
    staying = [point.pk for point in kept if point]
    _refuse_losing([point for point in before if point.pk not in staying])
    current.points.exclude(pk__in=staying).delete()
    current.points.update(position=F("position") + AWAY)
    points = []
    for position, (part, old) in enumerate(zip(parts, kept, strict=True), start=1):
        point = old or Point(comment=current, text=_stored(current, part.text))
        point.position, point.paragraph_key_id, point.kind = position, part.paragraph_key, part.kind
        point.save()
        points.append(point)
    follow(current.consultation_id)
    told = [{"changed": {"fields": ["points"]}}]
    LogEntry.objects.log_actions(by.pk, [current], CHANGE, change_message=told, single_object=True)
    return points


def check(comment: Comment, parts: Sequence[Part]) -> None:
    """Look whether parts are words of a comment, all different. Raises CannotSplit."""
    if not parts:
        raise CannotSplit(_("A comment has at least one point."))
    words, seen = squeezed(comment.body), set()
    for row, part in enumerate(parts):
        text = squeezed(part.text)
        if not text and len(parts) > 1:
            raise CannotSplit(_("Say which words of the comment are this point."), row)
        if text not in words:
            raise CannotSplit(_("These are not words of the comment. Copy them from it."), row)
        if text in seen:
            raise CannotSplit(_("Another point has the same words."), row)
        seen.add(text)


def _stored(comment: Comment, text: str) -> str:
    """Return what a point holds of its words: nothing where they are the whole comment."""
    return "" if squeezed(text) == squeezed(comment.body) else text.strip()


def _kept(comment: Comment, before: list[Point], parts: Sequence[Part]) -> list[Point | None]:
    """Return for each part the point that has these words already."""
    left = {squeezed(point.text): point for point in reversed(before)}
    return [left.pop(squeezed(_stored(comment, part.text)), None) for part in parts]


def _refuse_losing(points: Sequence[Point]) -> None:
    for point in points:
        if point.answer and point.answer.state == AnswerState.PUBLISHED:
            message = _("Point %(position)d has a published answer: its words must stay, or the answer be withdrawn.")
            raise CannotSplit(message % {"position": point.position})
