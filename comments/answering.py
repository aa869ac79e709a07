"""Gives answers: to which points, and the way from draft to review to publication, and back."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.following import follow
from comments.models import Answer, AnswerState, Consultation, Point
from comments.telling import note_change

PUBLISH = "comments.publish_answer"


class NotReady(Exception):
    """The answer cannot take this step; the message says what it lacks."""


class AnsweredElsewhere(Exception):
    """Other answers have some of the points already: `published` ones keep them, drafts can give theirs up."""

    def __init__(self, points: Sequence[Point]) -> None:
        super().__init__(", ".join(point.label for point in points))
        self.points = points
        self.published = [p for p in points if p.answer and p.answer.state == AnswerState.PUBLISHED]


@transaction.atomic
def assign(answer: Answer, points: Iterable[Point], *, by: User, move: bool = False) -> None:
    """Make these, and no others, the points of an answer. `move` takes them out of other drafts.

    Raises AnsweredElsewhere, or NotReady where the answer is published and would have none left.
    """
    consultation = Consultation.objects.locked(answer.consultation_id)
    wanted = Point.objects.counted().filter(pk__in=[point.pk for point in points], comment__consultation=consultation)
    refuse_taken(wanted, answer, move=move)
    is_public = answer.state == AnswerState.PUBLISHED
    if is_public and not wanted.exists():
        raise NotReady(_("A published answer answers at least one point. Withdraw it instead."))
    added, removed = wanted.exclude(answer=answer), answer.points.exclude(pk__in=wanted)
    changed = {*added.values_list("comment", flat=True), *removed.values_list("comment", flat=True)}
    # What an author said to another answer says nothing about this one.
    unsaid = {"verdict": "", "verdict_why": "", "verdict_at": None}
    new = list(added.values_list("pk", flat=True))
    removed.update(answer=None, **unsaid)
    Point.objects.filter(pk__in=new).update(answer=answer, **unsaid)
    if is_public:
        note_change(changed)
        follow(consultation.pk)


def refuse_taken(points: Iterable[Point], answer: Answer | None, *, move: bool) -> None:
    """Look whether other answers have some of these points. Raises AnsweredElsewhere."""
    rows = Point.objects.filter(pk__in=[point.pk for point in points], answer__isnull=False)
    others = rows.exclude(answer=answer if answer and answer.pk else None)
    taken = list(others.select_related("comment", "answer__answered_by").order_by("comment__number", "position"))
    found = AnsweredElsewhere(taken)
    if found.published or (taken and not move):
        raise found


@transaction.atomic
def send_to_review(answer: Answer, *, by: User) -> None:
    """Ask a colleague to look at a draft. Raises NotReady."""
    current = _locked(answer)
    if current.state not in (AnswerState.DRAFT, AnswerState.WITHDRAWN):
        raise NotReady(_("It is not a draft any more."))
    _set(answer, current, AnswerState.REVIEW)


@transaction.atomic
def publish(answer: Answer, *, by: User) -> None:
    """Publish an answer at once; those whose points it answers are told. Raises NotReady."""
    if not by.has_perm(PUBLISH):
        raise PermissionDenied
    current = _locked(answer)
    consultation = Consultation.objects.locked(current.consultation_id)
    if current.state == AnswerState.PUBLISHED:
        raise NotReady(_("It is published already."))
    if not current.texts.ready().exists():
        raise NotReady(_("It has no text that is ready."))
    if not current.points.counted().exists():
        raise NotReady(_("It answers no point of a published comment yet."))
    _set(answer, current, AnswerState.PUBLISHED)
    note_change(current.points.values_list("comment", flat=True))
    follow(consultation.pk)


@transaction.atomic
def withdraw(answer: Answer, *, by: User) -> None:
    """Take a published answer back: from this moment it is nowhere public, and its points are open again."""
    if not by.has_perm(PUBLISH):
        raise PermissionDenied
    current = _locked(answer)
    consultation = Consultation.objects.locked(current.consultation_id)
    if current.state != AnswerState.PUBLISHED:
        raise NotReady(_("It is not published."))
    _set(answer, current, AnswerState.WITHDRAWN)
    # An author who said something to it did so about words that are no longer there.
    current.points.update(verdict="", verdict_why="", verdict_at=None)
    note_change(current.points.values_list("comment", flat=True))
    follow(consultation.pk)


def _locked(answer: Answer) -> Answer:
    return Answer.objects.select_for_update().get(pk=answer.pk)


def _set(answer: Answer, current: Answer, state: AnswerState) -> None:
    """Write a state, its moment with it, into the row and into what the caller holds."""
    current.state = state
    current.published_at = timezone.now() if state == AnswerState.PUBLISHED else None
    current.save(update_fields=["state", "published_at"])
    answer.state, answer.published_at = current.state, current.published_at
