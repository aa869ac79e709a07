"""Consultations and the versions of deliverables; what the files of comments and answers share."""

import uuid

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db.models import Max, QuerySet

from campaign.models import Deliverable, Paragraph, Version
from campaign.seeding.kinds import Kind
from campaign.seeding.reading import Broken, Head
from campaign.seeding.rows import Entry, Rows, get
from campaign.seeding.tree import MAIN, Seeds, Thing
from comments.models import About, Consultation, LanguageClosing
from publishing.models import ParagraphKey

# A comment of the files is known again by a key made in this name space from its consultation and number.
SUBMISSIONS = uuid.UUID("7c0b9a6e-5d43-4f0c-9a6b-2f1e8d3c4b5a")


class Consultations(Kind):
    """A consultation's head names the version that is open for comments, or says that it is `about: figures`.

    Staff who changed its dates have said so in public: their dates stand.
    """

    def derive(self, row: Consultation, thing: Thing, rows: Rows) -> None:
        """Look at the version that it names; let what staff have done stand."""
        head = thing.main
        if head.get("about") != About.FIGURES:
            self._check_version(thing, rows)
        elif "version" in head:
            raise Broken(head.problem("it is about the figures, not about a version", "version"))
        if not row._state.adding and row.date_changes.exists():
            head.add("closes_at", row.closes_at, head.line)
        for key in ("reviewed_at", "answered_at"):
            if getattr(row, key):
                head.setdefault(key, getattr(row, key))

    def _check_version(self, thing: Thing, rows: Rows) -> None:
        """Refuse a version that isn't there, or that another consultation names."""
        head = thing.main
        deliverable, number = str(head.get("deliverable")), head.whole("version")
        if not rows.seeds.has(Version, deliverable, number):
            raise Broken(head.problem(f"there is no version {number} of “{deliverable}”", "version"))
        if _consultation_on(rows.seeds, deliverable, number) != thing.slug:
            raise Broken(head.problem("another consultation names the same version", "version"))

    def load_parts(self, row: Consultation, thing: Thing, entry: Entry) -> None:
        """Load the texts and the closing dates of languages."""
        super().load_parts(row, thing, entry)
        closings = thing.main.get("closings", Head(thing.main.path, thing.main.line))
        if not isinstance(closings, Head):
            raise Broken(thing.main.problem("write one moment per language, as “ar: …”", "closings"))
        for language, moment in closings.items() if not row.date_changes.exists() else ():
            head = Head(closings.path, closings.lines[language])
            head.add("closes_at", moment, head.line)
            entry.save(get(LanguageClosing, consultation=row, language=language), head, ("closes_at",), language)


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


def moderator() -> User:
    """Return the user who decided what the files hold, as whom nobody can log in."""
    nobody = {"is_active": False, "password": make_password(None)}
    return User.objects.get_or_create(username="seeds", defaults=nobody)[0]


def paragraph_key(number: int, in_: QuerySet[Paragraph], head: Head, key: str, rows: Rows) -> ParagraphKey:
    """Return the key of the paragraph that has this number among those of a version."""
    paragraph = in_.filter(number=number, text__language=MAIN).select_related("key").first()
    if paragraph and paragraph.key:
        return paragraph.key
    last = in_.aggregate(last=Max("number"))["last"]
    raise rows.missing(head.problem(f"the last paragraph is {last}", key), expected=last is None)


CONSULTATIONS = Consultations(
    Consultation,
    "consultations/<slug>/consultation.<language>.md",
    ("about", "opens_at", "closes_at", "timezone", "kept_days", "answer_due", "reviewed_at", "answered_at"),
    text_fields=("title", "summary", "body", "policy"),
    keys=("deliverable", "version", "closings"),
)
VERSIONS = Versions(
    Version,
    "deliverables/<slug>/version-<number>.<language>.md",
    keys=("number",),
    derived=("consultation",),
)
