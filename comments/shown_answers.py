"""Answers as the templates show them: with the words they answer, what they changed, and who else got them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Window, prefetch_related_objects
from django.db.models.functions import DenseRank
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from comments import marks
from comments.models import Answer, Comment, CommentQuerySet, Point
from comments.subjects import Changed, changed_by
from publishing.usertext import as_html

# So many other comments with the same answer are named; of the rest their number is.
NAMED = 20


@dataclass(frozen=True)
class Quote:
    """A point of a comment that has several."""

    position: int
    html: SafeString
    language: str
    dir: str


@dataclass(frozen=True)
class ShownAnswer:
    """What `parts/answer.html` reads; without a key it says that a point is not answered yet."""

    key: str = ""
    label: str = ""
    reason_html: SafeString = field(default_factory=lambda: mark_safe(""))
    language: str = ""
    dir: str = ""
    # The points that it answers, where the comment has several.
    quotes: list[Quote] = field(default_factory=list)
    changed: Changed | None = None
    # Number and address of other comments that got it, and how many more there are.
    others: list[tuple[int, str]] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class About:
    """What is told of the answers of one page, by their keys."""

    changed: dict[int, Changed] = field(default_factory=dict)
    # The first public comments that got an answer, by number, and how many there are.
    comments: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


def _with_public_answers() -> Prefetch[Any]:
    answers: Prefetch[Any] = Prefetch("answer", Answer.objects.public().with_text())
    return Prefetch("points", Point.objects.order_by("position").prefetch_related(answers))


def with_answers(comments: CommentQuerySet) -> CommentQuerySet:
    """Fetch the points of comments with their public answers; a point whose answer is not public has none."""
    return comments.prefetch_related(_with_public_answers())


def about_answers(comments: Iterable[Comment]) -> About:
    """Fetch what is told of the answers to comments fetched `with_answers`, however many they are."""
    answers = {point.answer for comment in comments for point in points_of(comment) if point.answer}
    if not answers:
        return About()
    about = About(changed_by(answers))
    # Ranked from both ends: a comment counts once, however many of its points got the answer.
    first = Window(DenseRank(), partition_by="answer", order_by="comment__number")
    last = Window(DenseRank(), partition_by="answer", order_by="-comment__number")
    rows = (
        Point.objects.filter(answer__in=answers, comment__in=Comment.objects.public())
        .annotate(place=first, back=last)
        .filter(place__lte=NAMED + 1)
        .order_by("answer", "place")
    )
    columns = ("answer", "comment__number", "comment__consultation__slug", "place", "back")
    for answer, number, slug, place, back in dict.fromkeys(rows.values_list(*columns)):
        about.comments.setdefault(answer, []).append((number, reverse("comment", args=[slug, number])))
        about.counts[answer] = place + back - 1
    return about


def points_of(comment: Comment) -> list[Point]:
    """Return a comment's points, none with an answer that is not public; one that is only being written has none."""
    if not comment.pk:
        return []
    # Nothing to do, unless the comment was read again since it was fetched.
    prefetch_related_objects([comment], _with_public_answers())
    return list(comment.points.all())


def show_answers(comment: Comment, about: About | None = None) -> list[ShownAnswer]:
    """Return the public answers to a comment fetched `with_answers`, each once, in the order of its points.

    Where it has several points, each answer stands with the words that it answers, and a point without one says so.
    """
    about = about_answers([comment]) if about is None else about
    points = points_of(comment)
    answered: dict[Answer | int, list[Point]] = {}
    for point in points:
        answered.setdefault(point.answer or point.position, []).append(point)
    shown = []
    for answer, own in answered.items():
        quotes = [quote(point, comment) for point in own] if len(points) > 1 else []
        if isinstance(answer, Answer):
            shown.append(show_answer(answer, quotes, about, comment))
        elif quotes:
            shown.append(ShownAnswer(quotes=quotes))
    return shown


def quote(point: Point, comment: Comment) -> Quote:
    """Return a point's words as HTML, escaped; what was taken out is explained in its place."""
    return Quote(point.position, marks.in_html(as_html(point.text)), comment.language, comment.dir)


def show_answer(
    answer: Answer, quotes: Iterable[Quote] = (), about: About | None = None, comment: Comment | None = None
) -> ShownAnswer:
    """Return an answer, fetched with its text, as shown below the points that it answers."""
    about = about or About()
    others = [other for other in about.comments.get(answer.pk, []) if comment and other[0] != comment.number][:NAMED]
    return ShownAnswer(
        answer.disposition,
        answer.get_disposition_display(),
        as_html(answer.text.reason),
        answer.text.language,
        answer.text.dir,
        list(quotes),
        about.changed.get(answer.pk),
        others,
        max(about.counts.get(answer.pk, 0) - 1 - len(others), 0),
    )
