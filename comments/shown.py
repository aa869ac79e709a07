"""Comments and answers as the templates show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.safestring import SafeString

from comments import marks
from comments.models import Answer, Channel, Comment, CommentQuerySet, CommentTranslation, Point
from comments.subjects import Subject
from publishing.languages import language_name, reader_language
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
class ShownTranslation:
    """A comment in another language, by a person who is named by role."""

    language: str
    language_name: str
    dir: str
    translator: str
    body_html: SafeString


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
    language_name: str
    dir: str
    body_html: SafeString
    reply_url: str
    answers: list[ShownAnswer]
    # How it came, where it did not come on the portal.
    channel: str
    consulted_count: int | None
    consulted_how: str
    consulted_language: str
    redacted: datetime | None
    # In the reader's language, where that is another one than the comment's: shown before it.
    translation: ShownTranslation | None
    other_translations: list[ShownTranslation]
    replies: "list[ShownComment]" = field(default_factory=list)
    # Where there are more replies than are shown.
    replies_url: str = ""


def with_answers(comments: CommentQuerySet) -> CommentQuerySet:
    """Fetch the points of comments with their public answers; a point whose answer is not public has none."""
    answers: Prefetch[Any] = Prefetch("answer", Answer.objects.public().with_text())
    points: Prefetch[Any] = Prefetch("points", Point.objects.order_by("position").prefetch_related(answers))
    return comments.prefetch_related(points)


def translations_of(comment: Comment) -> list[CommentTranslation]:
    """Return a comment's translations; one made before words were taken out of the comment may still hold them."""
    found = comment.translations.all()
    return [t for t in found if comment.redacted_at is None or t.entered_at > comment.redacted_at]


def _translations(comment: Comment) -> tuple[ShownTranslation | None, list[ShownTranslation]]:
    """Return the translation for the reader, and those for others."""
    found = [
        ShownTranslation(t.language, language_name(t.language), t.dir, t.translator, t.body_html)
        for t in translations_of(comment)
    ]
    own = next((t for t in found if t.language == reader_language() != comment.language), None)
    return own, [t for t in found if t is not own]


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


def show(
    comment: Comment, subject: Subject, *, is_open: bool, reply: bool = False, replies: int | None = None
) -> ShownComment:
    """Return a comment as shown, with the replies that were fetched for it, or with so many of them."""
    passage = subject.by_key(comment.paragraph_key_id)
    new = reverse("comment-new", args=[comment.consultation.slug])
    # A preview has neither number nor points nor translations yet.
    url = comment.get_absolute_url() if comment.number else ""
    own, others = _translations(comment) if comment.pk else (None, [])
    fetched = getattr(comment, "public_replies", [])
    return ShownComment(
        number=comment.number or 0,
        url=url,
        name=comment.shown_name,
        organisation="" if comment.shown_name == comment.organisation else comment.organisation,
        place_name=comment.place_name,
        date=comment.received_at,
        paragraph=passage.number if passage and not reply else None,
        paragraph_url=passage.url if passage else "",
        language=comment.language,
        language_name=comment.language_name,
        dir=comment.dir,
        body_html=comment.body_html,
        reply_url=f"{new}?reply-to={comment.number}" if is_open and not reply and not comment.reply_to_id else "",
        answers=show_answers(comment) if comment.pk else [],
        channel="" if comment.channel == Channel.WEB else comment.get_channel_display(),
        consulted_count=comment.consulted_count,
        consulted_how=comment.consulted_how,
        consulted_language=comment.consulted_language_name,
        redacted=comment.redacted_at,
        translation=own,
        other_translations=others,
        replies=[show(r, subject, is_open=False, reply=True) for r in fetched[:replies]],
        replies_url=url if replies is not None and len(fetched) > replies else "",
    )


def show_all(
    comments: Iterable[Comment], subject: Subject, *, is_open: bool, replies: int | None = None
) -> list[ShownComment]:
    """Return comments as shown."""
    return [show(comment, subject, is_open=is_open, replies=replies) for comment in comments]
