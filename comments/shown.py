"""Comments as the templates show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString

from comments.models import Comment
from comments.shown_answers import About, ShownAnswer, about_answers, show_answers
from comments.subjects import Subject


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


def show(comment: Comment, subject: Subject, *, is_open: bool) -> ShownComment:
    """Return a comment as shown, with the replies that were fetched for it."""
    return show_all([comment], subject, is_open=is_open)[0]


def show_all(comments: Iterable[Comment], subject: Subject, *, is_open: bool) -> list[ShownComment]:
    """Return comments as shown, with the replies that were fetched for them."""
    comments = list(comments)
    about = about_answers([*comments, *(reply for comment in comments for reply in _replies(comment))])
    return [_show(comment, subject, about, is_open=is_open) for comment in comments]


def _replies(comment: Comment) -> list[Comment]:
    return getattr(comment, "public_replies", [])


def _show(comment: Comment, subject: Subject, about: About, *, is_open: bool, reply: bool = False) -> ShownComment:
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
        answers=show_answers(comment, about),
        replies=[_show(r, subject, about, is_open=False, reply=True) for r in _replies(comment)],
    )
