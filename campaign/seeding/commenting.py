"""Comments, with their points and translations."""

import re
import secrets
import uuid

from django.db.models import QuerySet

from campaign.models import Paragraph
from campaign.seeding.documents import SUBMISSIONS, moderator, paragraph_key
from campaign.seeding.kinds import Kind
from campaign.seeding.reading import Broken, Head
from campaign.seeding.rows import PUBLISHED_AT, Entry, Rows, get
from campaign.seeding.tree import LANGUAGES, Thing
from comments.marks import mark
from comments.models import (
    REDACTION_REASONS,
    Channel,
    Comment,
    CommentState,
    CommentTranslation,
    Consultation,
    ModerationEvent,
    Point,
)
from factsheets.models import Figure
from publishing.models import ParagraphKey

# How a file writes that a moderator took words out.
REDACTED = re.compile(r"\[\[redacted: *([^\]]*)\]\]")


class Comments(Kind):
    """A comment is a published one, decided by a user whom nobody can log in as, with a receipt that nobody holds.

    One that a file calls pending waits for a moderator; its number is only the file's.
    """

    def load(self, thing: Thing, rows: Rows) -> None:
        """Load a comment, unless somebody has refused, withdrawn, redacted or decided on it since."""
        row = Comment.objects.filter(submission_key=_key(thing)).first()
        if row and (row.state != CommentState.PUBLISHED or row.redacted_at or _is_pending(thing)):
            rows.entry(thing.name, row)
        else:
            super().load(thing, rows)

    def row(self, thing: Thing, rows: Rows) -> Comment:
        """Return the comment, as it stands or new."""
        row = get(Comment, submission_key=_key(thing))
        if row._state.adding:
            row.consultation = rows.find(Consultation, thing.slug, thing.main)
            row.receipt_hash = secrets.token_hex(32)
            if not _is_pending(thing):
                row.number = thing.number
                row.decided_by = moderator()
        return row

    def derive(self, row: Comment, thing: Thing, rows: Rows) -> None:
        """Find the paragraph and the other comments that it speaks of; set what moderators set."""
        head = thing.main
        if "received_at" not in head:
            raise Broken(head.problem("say when it was received (received_at)"))
        head.setdefault("published_at", None if _is_pending(thing) else PUBLISHED_AT)
        head.add("decided_at", head["published_at"], head.line)
        if head.get("channel", Channel.WEB) != Channel.WEB:
            head.add("entered_by", moderator(), head.line)
        if "paragraph" in head:
            number = head.whole("paragraph")
            key = paragraph_key(number, _paragraphs(row), head, "paragraph", rows)
            head.add("paragraph_key", key, head.lines["paragraph"])
        if "figure" in head:
            head.add("paragraph_key", _figure_key(head), head.lines["figure"])
        if "reply_to" in head:
            head.add("reply_to", _replied_to(row, thing, rows), head.lines["reply_to"])
        if "alike" in head:
            head.add("alike", _earlier(thing, "alike", rows), head.lines["alike"])
        if REDACTED.search(head["body"]):
            head.add("redacted_at", head["decided_at"], head.line)
            head["body"] = REDACTED.sub(lambda found: mark(_reason(found[1], head)), head["body"])

    def load_parts(self, row: Comment, thing: Thing, entry: Entry) -> None:
        """Record the decision on a new comment; load its points and translations."""
        if row.state != CommentState.PUBLISHED:
            return
        if entry.created:
            _record(row, thing)
        _load_points(row, thing.main, entry)
        translations = thing.main.get("translations", Head(thing.main.path, thing.main.line))
        if not isinstance(translations, Head):
            raise Broken(thing.main.problem("write one translation per language, as “en: …”", "translations"))
        translations.check_keys(LANGUAGES)
        for language, head in translations.items():
            with entry.rows.problems.collect():
                _load_translation(row, language, head, translations, entry)


def _key(thing: Thing) -> uuid.UUID:
    return uuid.uuid5(SUBMISSIONS, f"{thing.slug}/{thing.number}")


def _is_pending(thing: Thing) -> bool:
    return thing.main.get("state") == CommentState.PENDING.value


def _paragraphs(row: Comment) -> QuerySet[Paragraph]:
    """Return the paragraphs of the version that the consultation is about."""
    return Paragraph.objects.filter(text__version__consultation=row.consultation)


def _figure_key(head: Head) -> ParagraphKey:
    """Return the key of the figure that the comment questions."""
    figure = Figure.objects.filter(code=head["figure"]).select_related("key").first()
    if figure is None:
        raise Broken(head.problem(f"there is no figure “{head['figure']}”", "figure"))
    return figure.key


def _reason(reason: str, head: Head) -> str:
    if reason not in REDACTION_REASONS:
        raise Broken(head.problem(f"“{reason}” is no reason to take words out", "body"))
    return reason


def _record(row: Comment, thing: Thing) -> None:
    """Add the events of a published comment's decision."""
    action, at = ModerationEvent.Action, thing.main["decided_at"]
    if row.redacted_at:
        # A file holds no original that could be sealed.
        reason = next(reason for reason in REDACTION_REASONS if mark(reason) in row.body)
        ModerationEvent.objects.create(
            comment=row, action=action.REDACT_FOR_GOOD, by=row.decided_by, at=at, reason=reason
        )
    ModerationEvent.objects.create(comment=row, action=action.PUBLISH, by=row.decided_by, at=at)


def _earlier(thing: Thing, key: str, rows: Rows) -> Comment:
    """Return the comment of the file whose number stands under this key."""
    head = thing.main
    number = head.whole(key)
    comment = Comment.objects.filter(submission_key=uuid.uuid5(SUBMISSIONS, f"{thing.slug}/{number}")).first()
    if comment is None or number >= thing.number:
        problem = head.problem(f"there is no earlier comment {number}", key)
        raise rows.missing(problem, expected=rows.seeds.has(Comment, thing.slug, number))
    return comment


def _replied_to(row: Comment, thing: Thing, rows: Rows) -> Comment:
    """Return the comment that this one replies to, which is no reply itself."""
    head = thing.main
    number = head.whole("reply_to")
    if number >= thing.number:
        raise Broken(head.problem("a reply comes after its comment", "reply_to"))
    comment = Comment.objects.filter(consultation=row.consultation, number=number).first()
    if comment is None:
        problem = head.problem(f"there is no comment {number}", "reply_to")
        raise rows.missing(problem, expected=rows.seeds.has(Comment, thing.slug, number))
    if comment.reply_to_id:
        raise Broken(head.problem(f"comment {number} is a reply itself", "reply_to"))
    return comment


def _load_points(comment: Comment, head: Head, entry: Entry) -> None:
    """Load the points that the head lists, or one that is all of it; where editors split it further, theirs stand."""
    points = head.get("points", [])
    if not isinstance(points, list) or not all(isinstance(point, Head) for point in points):
        raise Broken(head.problem("write a list of points", "points"))
    whole = Head(head.path, head.line)
    if "kind" in head:
        whole.add("kind", head["kind"], head.lines["kind"])
    wanted = points or [whole]
    if comment.points.count() > len(wanted):
        return
    for position, point in enumerate(wanted, start=1):
        with entry.rows.problems.collect():
            _load_point(comment, position, point, head, entry)


def _load_point(comment: Comment, position: int, point: Head, head: Head, entry: Entry) -> None:
    point.check_keys(("text", "paragraph", "kind"))
    if "text" in point:
        point.add("text", _words_of(comment, point), point.lines["text"])
    elif point in head.get("points", []):
        raise Broken(point.problem("say which words of the comment it is (text)"))
    key = comment.paragraph_key
    if "paragraph" in point:
        key = paragraph_key(point.whole("paragraph"), _paragraphs(comment), point, "paragraph", entry.rows)
    point.add("paragraph_key", key, point.line)
    entry.save(
        get(Point, comment=comment, position=position), point, ("text", "paragraph_key", "kind"), f"point {position}"
    )


def _words_of(comment: Comment, point: Head) -> str:
    """Return the words as the comment has them, wherever the file breaks the lines."""
    words = str(point["text"]).split()
    found = re.search(r"\s+".join(map(re.escape, words)), comment.body)
    if not words or not found:
        raise Broken(point.problem("these are no words of the comment", "text"))
    return found[0]


def _load_translation(comment: Comment, language: str, head: object, translations: Head, entry: Entry) -> None:
    if not isinstance(head, Head):
        raise Broken(translations.problem("write its translator and its body", language))
    head.check_keys(("translator", "body"))
    row = get(CommentTranslation, comment=comment, language=language)
    if row._state.adding:
        row.entered_by = moderator()
    head["body"] = str(head.get("body", "")).strip()
    entry.save(row, head, ("translator", "body"), f"{language} translation")


COMMENTS = Comments(
    Comment,
    "consultations/<slug>/comments/<number>.md",
    (
        *("language", "name_kind", "name", "organisation", "place", "received_at", "reply_to"),
        *("consulted_count", "consulted_how", "consulted_language", "channel", "held_for", "alike"),
    ),
    text_fields=("body",),
    keys=("paragraph", "figure", "points", "kind", "translations"),
    derived=("body", "paragraph_key", "decided_at", "entered_by", "redacted_at"),
)
