"""Comments and answers as the templates show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString

from comments.models import Channel, Comment, CommentTranslation
from comments.shown_answers import About, ShownAnswer, about_answers, show_answers
from comments.speaking import Member, members_of
from comments.subjects import Subject
from publishing.languages import language_name, reader_language


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
    # What readers call its paragraph or figure; the address is empty where that is not public any more.
    paragraph: str
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
    # The profile of the member of the network that sent it, while it is public.
    member_url: str = ""
    replies: "list[ShownComment]" = field(default_factory=list)
    # Where there are more replies than are shown.
    replies_url: str = ""


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


def show(comment: Comment, subject: Subject, *, is_open: bool, replies: int | None = None) -> ShownComment:
    """Return a comment as shown, with the replies that were fetched for it, or with so many of them."""
    return show_all([comment], subject, is_open=is_open, replies=replies)[0]


def show_all(
    comments: Iterable[Comment], subject: Subject, *, is_open: bool, replies: int | None = None
) -> list[ShownComment]:
    """Return comments as shown, each with the replies that were fetched for it, or with so many of them."""
    comments = list(comments)
    below = [getattr(comment, "public_replies", []) for comment in comments]
    all_shown = [*comments, *(reply for rows in below for reply in rows[:replies])]
    about, members = about_answers(all_shown), members_of(all_shown)
    shown = []
    for comment, rows in zip(comments, below, strict=True):
        own = _show(comment, subject, about, members, is_open=is_open)
        # A reply stands below its comment, which says what both are about.
        found = [
            replace(_show(reply, subject, about, members, is_open=False), paragraph="") for reply in rows[:replies]
        ]
        shown.append(replace(own, replies=found, replies_url=own.url if len(rows) > len(found) else ""))
    return shown


def _show(
    comment: Comment, subject: Subject, about: About, members: dict[int, Member], *, is_open: bool
) -> ShownComment:
    passage = subject.by_key(comment.paragraph_key_id)
    new = reverse("comment-new", args=[comment.consultation.slug])
    # A preview has neither number nor points nor translations yet.
    own, others = _translations(comment) if comment.pk else (None, [])
    return ShownComment(
        number=comment.number or 0,
        url=comment.get_absolute_url() if comment.number else "",
        name=comment.shown_name,
        organisation="" if comment.shown_name == comment.organisation else comment.organisation,
        place_name=comment.place_name,
        date=comment.received_at,
        paragraph=passage.label if passage else "",
        paragraph_url=passage.url if passage else "",
        language=comment.language,
        language_name=comment.language_name,
        dir=comment.dir,
        body_html=comment.body_html,
        reply_url=f"{new}?reply-to={comment.number}" if is_open and not comment.reply_to_id else "",
        answers=show_answers(comment, about),
        channel="" if comment.channel == Channel.WEB else comment.get_channel_display(),
        consulted_count=comment.consulted_count,
        consulted_how=comment.consulted_how,
        consulted_language=comment.consulted_language_name,
        redacted=comment.redacted_at,
        translation=own,
        other_translations=others,
        member_url=members[comment.pk].url if comment.pk in members else "",
    )
