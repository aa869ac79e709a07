"""Consultations, the versions of deliverables, and comments."""

import secrets
import uuid

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db.models import Max

from campaign.models import Deliverable, Paragraph, Version
from campaign.seeding.kinds import Kind
from campaign.seeding.reading import Broken
from campaign.seeding.rows import PUBLISHED_AT, Entry, Rows, get
from campaign.seeding.tree import MAIN, Seeds, Thing
from comments.models import Comment, CommentState, Consultation, ModerationEvent
from publishing.models import ParagraphKey

# A comment of the files is known again by a key made in this name space from its consultation and number.
SUBMISSIONS = uuid.UUID("7c0b9a6e-5d43-4f0c-9a6b-2f1e8d3c4b5a")


class Consultations(Kind):
    """A consultation's head names the version that is open for comments."""

    def derive(self, row: Consultation, thing: Thing, rows: Rows) -> None:
        """Refuse a version that isn't there, or that another consultation names."""
        head = thing.main
        deliverable, number = str(head.get("deliverable")), head.whole("version")
        if not rows.seeds.has(Version, deliverable, number):
            raise Broken(head.problem(f"there is no version {number} of “{deliverable}”", "version"))
        if _consultation_on(rows.seeds, deliverable, number) != thing.slug:
            raise Broken(head.problem("another consultation names the same version", "version"))


def _consultation_on(seeds: Seeds, deliverable: str, number: int) -> str | None:
    """Return the slug of the consultation that names a version."""
    for thing in seeds.things[Consultation].values():
        if thing.main.get("deliverable") == deliverable and thing.main.get("version") == number:
            return thing.slug
    return None


class Versions(Kind):
    """A version belongs to the deliverable in whose folder it lies; the file name holds its number."""

    def row(self, thing: Thing, rows: Rows) -> Version:
        """Return the version of this number."""
        deliverable = rows.find(Deliverable, thing.slug, thing.main)
        return get(Version, deliverable=deliverable, number=thing.number)

    def derive(self, row: Version, thing: Thing, rows: Rows) -> None:
        """Name the consultation; where no file names one, keep the one there is."""
        head = thing.main
        if head.whole("number") != thing.number:
            raise Broken(head.problem(f"the file name says {thing.number}", "number"))
        slug = _consultation_on(rows.seeds, thing.slug, thing.number)
        head.add("consultation", rows.find(Consultation, slug, head) if slug else row.consultation, head.line)


class Comments(Kind):
    """A comment is a published one, decided by a user whom nobody can log in as, with a receipt that nobody holds."""

    def load(self, thing: Thing, rows: Rows) -> None:
        """Load a comment, unless it was refused or withdrawn since."""
        hidden = Comment.objects.exclude(state=CommentState.PUBLISHED).filter(submission_key=_key(thing)).first()
        if hidden:
            rows.entry(thing.name, hidden)
        else:
            super().load(thing, rows)

    def row(self, thing: Thing, rows: Rows) -> Comment:
        """Return the comment, as it stands or new."""
        row = get(Comment, submission_key=_key(thing))
        if row._state.adding:
            row.consultation = rows.find(Consultation, thing.slug, thing.main)
            row.number = thing.number
            row.decided_by = moderator()
            row.receipt_hash = secrets.token_hex(32)
        return row

    def derive(self, row: Comment, thing: Thing, rows: Rows) -> None:
        """Find the paragraph and the comment it replies to."""
        head = thing.main
        if "received_at" not in head:
            raise Broken(head.problem("say when it was received (received_at)"))
        head.setdefault("published_at", PUBLISHED_AT)
        head.add("decided_at", head["published_at"], head.line)
        if "paragraph" in head:
            head.add("paragraph_key", _paragraph_key(row, thing, rows), head.lines["paragraph"])
        if "reply_to" in head:
            head.add("reply_to", _replied_to(row, thing, rows), head.lines["reply_to"])

    def load_parts(self, row: Comment, thing: Thing, entry: Entry) -> None:
        """Record the decision on a new comment."""
        if entry.created:
            at = thing.main["decided_at"]
            ModerationEvent.objects.create(
                comment=row, action=ModerationEvent.Action.PUBLISH, by=row.decided_by, at=at
            )


def _key(thing: Thing) -> uuid.UUID:
    return uuid.uuid5(SUBMISSIONS, f"{thing.slug}/{thing.number}")


def moderator() -> User:
    """Return the user who decided what the files hold, as whom nobody can log in."""
    nobody = {"is_active": False, "password": make_password(None)}
    return User.objects.get_or_create(username="seeds", defaults=nobody)[0]


def _paragraph_key(row: Comment, thing: Thing, rows: Rows) -> ParagraphKey:
    """Return the key of the numbered paragraph in the version that the consultation is about."""
    head = thing.main
    number = head.whole("paragraph")
    paragraphs = Paragraph.objects.filter(text__version__consultation=row.consultation, text__language=MAIN)
    paragraph = paragraphs.filter(number=number).select_related("key").first()
    if paragraph and paragraph.key:
        return paragraph.key
    last = paragraphs.aggregate(last=Max("number"))["last"]
    raise rows.missing(head.problem(f"the last paragraph is {last}", "paragraph"), expected=last is None)


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


CONSULTATIONS = Consultations(
    Consultation,
    "consultations/<slug>/consultation.<language>.md",
    ("opens_at", "closes_at", "answer_due", "reviewed_at", "answered_at"),
    keys=("deliverable", "version"),
)
VERSIONS = Versions(
    Version,
    "deliverables/<slug>/version-<number>.<language>.md",
    keys=("number",),
    derived=("consultation",),
)
COMMENTS = Comments(
    Comment,
    "consultations/<slug>/comments/<number>.md",
    ("language", "name_kind", "name", "organisation", "place", "received_at", "reply_to"),
    text_fields=("body",),
    keys=("paragraph",),
    derived=("body", "paragraph_key", "decided_at"),
)
