"""Comments and answers as the templates show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.safestring import SafeString

from comments import marks
from comments.models import Answer, Comment, CommentQuerySet, Point
from comments.subjects import Subject
from publishing.usertext import as_html


@dataclass(frozen=True)
class ShownAnswer:
    """What `parts/answer.html` reads."""

    key: str
    label: str
    reason_html: SafeString
    language: str
    dir: str
    # The words that it answers, where the comment has several points.
    quotes: list[SafeString] = field(default_factory=list)


@dataclass(frozen=True)
class ShownComment:
    """What `parts/comment.html` reads."""

    number: int
    url: str
    name: str
    organisation: str
    place_name: str
    date: datetime
    paragraph: int | None
    paragraph_url: str
    language: str
    dir: str
    body_html: SafeString
    reply_url: str
    answers: list[ShownAnswer]
    replies: "list[ShownComment]" = field(default_factory=list)


def with_answers(comments: CommentQuerySet) -> CommentQuerySet:
    """Fetch the points of comments with their public answers; a point whose answer is not public has none."""
    answers: Prefetch[Any] = Prefetch("answer", Answer.objects.public().with_text())
    points: Prefetch[Any] = Prefetch("points", Point.objects.order_by("position").prefetch_related(answers))
    return comments.prefetch_related(points)


def show_answer(answer: Answer, points: Iterable[Point] = ()) -> ShownAnswer:
    """Return an answer, fetched with its text, as shown below the points that it answers."""
    return ShownAnswer(
        answer.disposition,
        answer.get_disposition_display(),
        as_html(answer.text.reason),
        answer.text.language,
        answer.text.dir,
        [marks.in_html(as_html(point.text)) for point in points if point.text],
    )


def show_answers(comment: Comment) -> list[ShownAnswer]:
    """Return the public answers to a comment fetched `with_answers`, each once, in the order of its points."""
    answered: dict[Answer, list[Point]] = {}
    for point in comment.points.all():
        if point.answer:
            answered.setdefault(point.answer, []).append(point)
    return [show_answer(answer, points) for answer, points in answered.items()]


def show(comment: Comment, subject: Subject, *, is_open: bool, reply: bool = False) -> ShownComment:
    """Return a comment as shown, with the replies that were fetched for it."""
    passage = subject.by_key(comment.paragraph_key_id)
    new = reverse("comment-new", args=[comment.consultation.slug])
    return ShownComment(
        number=comment.number or 0,
        url=comment.get_absolute_url(),
        name=comment.shown_name,
        organisation="" if comment.shown_name == comment.organisation else comment.organisation,
        place_name=comment.place_name,
        date=comment.received_at,
        paragraph=passage.number if passage and not reply else None,
        paragraph_url=passage.url if passage else "",
        language=comment.language,
        dir=comment.dir,
        body_html=comment.body_html,
        reply_url=f"{new}?reply-to={comment.number}" if is_open and not reply and not comment.reply_to_id else "",
        answers=show_answers(comment),
        replies=[show(r, subject, is_open=False, reply=True) for r in getattr(comment, "public_replies", [])],
    )


def show_all(comments: Iterable[Comment], subject: Subject, *, is_open: bool) -> list[ShownComment]:
    """Return comments as shown."""
    return [show(comment, subject, is_open=is_open) for comment in comments]
