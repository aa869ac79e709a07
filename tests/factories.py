"""Small rows for tests: each function makes one public thing, with whatever it needs around it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from io import BytesIO
from itertools import count
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfWriter

from advocacy.models import (
    AgendaItem,
    Event,
    EventDocument,
    Issue,
    IssueParagraph,
    Membership,
    News,
    Organisation,
    Practice,
    PracticeFile,
    PracticeQuestion,
    PracticeUse,
    Proposal,
    Role,
)
from advocacy.proposing import propose
from advocacy.shapes import PRACTICE, PROFILE
from campaign.models import AdvisoryMember, Campaign, Deliverable, Page, Paragraph, Version, VersionText
from comments.models import (
    Answer,
    AnswerText,
    Comment,
    CommentState,
    CommentTranslation,
    Consultation,
    ModerationEvent,
    NameKind,
    Point,
    Report,
    ReportText,
)
from comments.moderation import refuse
from comments.receipts import receipt_hash
from comments.reporting import recount
from factsheets.models import (
    Case,
    Factsheet,
    Figure,
    FigureText,
    KeyPopulation,
    PolicyInstrument,
    Section,
    SectionText,
    Source,
)
from publishing.models import Picture, PictureText
from publishing.pictures import reencode
from publishing.sealing import seal
from tests.totp import KEY

numbers = count(1)
PASSWORD = "correct horse battery"
BODY = "## First part\n\nOne **strong** paragraph.\n\n- first item\n- second item\n\n> A quotation.\n"


def slug(prefix: str) -> str:
    """Return a slug that no other row has."""
    return f"{prefix}-{next(numbers)}"


def published(**fields: Any) -> dict[str, Any]:
    """Return the fields of a thing that has been public for a day."""
    return {"state": "published", "published_at": timezone.now() - timedelta(days=1), **fields}


def add_text(thing: Any, language: str = "en", **fields: Any) -> Any:
    """Give `thing` its text in one language."""
    model = thing._meta.get_field("texts").related_model
    usual = {"title": f"Title of {getattr(thing, 'slug', thing)}", "summary": "What it is about.", "body": BODY}
    names = {field.name for field in model._meta.fields}
    values = {name: value for name, value in usual.items() if name in names} | fields
    return model.objects.create(**{model.parent_field: thing}, language=language, **values)


@cache
def _hashed() -> str:
    """Hash the users' password once: half a second for each of a thousand users is most of a test run."""
    return make_password(PASSWORD)


@cache
def _sealed(secret: str) -> str:
    return seal(secret)


def make_second_factor(user: User, key: str = KEY) -> None:
    """Give a user an app that has this key; staff see nothing without one."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": _sealed(key)})


def make_user(role: str = "", *, staff: bool = True, **fields: Any) -> User:
    """Return a user with the role of that name (Editor, Moderator, Network coordinator), or with none."""
    values = {"username": slug("user"), "password": _hashed()} | fields
    user = User.objects.create(is_staff=staff, **values)
    if staff:
        make_second_factor(user)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_campaign(**fields: Any) -> Campaign:
    """Return a public campaign; only one can be."""
    campaign = Campaign.objects.create(**published(slug=slug("campaign")) | fields)
    add_text(campaign)
    return campaign


def make_advisory_member(campaign: Campaign | None = None, **fields: Any) -> AdvisoryMember:
    """Return a member of the advisory group."""
    campaign = campaign or Campaign.objects.first() or make_campaign()
    member = AdvisoryMember.objects.create(campaign=campaign, **published(slug=slug("member")) | fields)
    add_text(member)
    return member


def make_page(**fields: Any) -> Page:
    """Return a page about the portal."""
    page = Page.objects.create(**published(slug=slug("page")) | fields)
    add_text(page)
    return page


def make_deliverable(**fields: Any) -> Deliverable:
    """Return a deliverable without any version."""
    deliverable = Deliverable.objects.create(**published(slug=slug("deliverable"), kind="guidance-note") | fields)
    add_text(deliverable)
    return deliverable


def make_version(deliverable: Deliverable | None = None, *, body: str = BODY, **fields: Any) -> Version:
    """Return a version, final unless told otherwise, with an English text."""
    deliverable = deliverable or make_deliverable()
    number = deliverable.versions.count() + 1
    values = published(number=number, state="final") | fields
    version = Version.objects.create(deliverable=deliverable, **values)
    VersionText.objects.create(version=version, language="en", title=f"Version {number}", body=body)
    return version


@contextmanager
def unfrozen(text: Any) -> Iterator[None]:
    """Let the text of a published version be written, as it could be before; other texts can be anyway."""
    if not isinstance(text, VersionText):
        yield
        return
    version = Version.objects.filter(pk=text.version_id)
    before = version.values("state", "published_at").get()
    version.update(state="draft", published_at=None)
    yield
    version.update(**before)


def make_consultation(version: Version | None = None, **fields: Any) -> Consultation:
    """Return a consultation that is open for 20 more days, on a version of its own or about the figures."""
    now = timezone.now()
    window = {"opens_at": now - timedelta(days=10), "closes_at": now + timedelta(days=20)}
    consultation = Consultation.objects.create(**published(slug=slug("consultation")) | window | fields)
    add_text(consultation)
    if consultation.is_about_figures:
        return consultation
    version = version or make_version()
    version.state, version.consultation = "consultation", consultation
    version.save()
    return consultation


def make_closed_consultation(**fields: Any) -> Consultation:
    """Return a consultation that closed yesterday."""
    return make_consultation(closes_at=timezone.now() - timedelta(days=1), **fields)


def paragraph_of(consultation: Consultation, number: int = 1) -> Paragraph:
    """Return a numbered paragraph of the text under consultation."""
    return Paragraph.objects.get(text__version__consultation=consultation, number=number)


def make_comment(consultation: Consultation | None = None, **fields: Any) -> Comment:
    """Return a comment that waits for a moderator."""
    consultation = consultation or make_consultation()
    values: dict[str, Any] = {
        "language": "en",
        "name_kind": NameKind.NONE,
        "body": f"A remark, number {next(numbers)}.",
        "received_at": consultation.opens_at + timedelta(hours=1),
        "submission_key": uuid4(),
        "receipt_hash": receipt_hash(uuid4().hex[:12]),
    }
    return Comment.objects.create(consultation=consultation, **values | fields)


def make_published_comment(consultation: Consultation | None = None, **fields: Any) -> Comment:
    """Return a public comment under the consultation's next number, with its one point."""
    consultation = consultation or make_consultation()
    now = timezone.now()
    decided = {
        "state": CommentState.PUBLISHED,
        "number": consultation.comments.exclude(number=None).count() + 1,
        "published_at": now,
        "decided_at": now,
        "decided_by": User.objects.filter(username="decider").first() or User.objects.create_user("decider"),
    }
    comment = make_comment(consultation, **decided | fields)
    make_point(comment)
    return comment


def make_translation(comment: Comment | None = None, language: str = "fr", **fields: Any) -> CommentTranslation:
    """Return a translation of a published comment."""
    comment = comment or make_published_comment()
    values = {"body": "Une remarque.", "translator": "a volunteer", "entered_by": comment.decided_by}
    return CommentTranslation.objects.create(comment=comment, language=language, **values | fields)


def make_point(comment: Comment, text: str = "", **fields: Any) -> Point:
    """Return the next point of a comment; without a text it is all of it."""
    return Point.objects.create(comment=comment, position=comment.points.count() + 1, text=text, **fields)


def make_answer(comment: Comment, *, reason: str = "We changed it.", language: str = "en", **fields: Any) -> Answer:
    """Return a public answer to the first point of a comment."""
    values = published(disposition="accepted", consultation=comment.consultation, answered_by=comment.decided_by)
    answer = Answer.objects.create(**values | fields)
    AnswerText.objects.create(answer=answer, reason=reason, language=language)
    point = comment.points.first() or make_point(comment)
    Point.objects.filter(pk=point.pk).update(answer=answer)
    return answer


def make_report(consultation: Consultation | None = None, *, language: str = "en", **fields: Any) -> Report:
    """Return a public report with its figures counted."""
    report = Report.objects.create(consultation=consultation or make_closed_consultation(), **published() | fields)
    ReportText.objects.create(
        report=report, language=language, title="What came of it", summary="In short.", body=BODY, answered=BODY
    )
    return recount(report, by=None)


def make_population(**fields: Any) -> KeyPopulation:
    """Return a key population."""
    population = KeyPopulation.objects.create(**{"slug": slug("population")} | fields)
    add_text(population)
    return population


def make_factsheet(**fields: Any) -> Factsheet:
    """Return a factsheet with two sections."""
    fields.setdefault("population", None)
    population = fields.pop("population") or make_population()
    factsheet = Factsheet.objects.create(population=population, **published(slug=slug("factsheet")) | fields)
    add_text(factsheet)
    for kind in ("epidemiology", "barriers"):
        make_section(factsheet, kind=kind)
    return factsheet


def make_section(factsheet: Factsheet, *, heading: str = "", body: str = BODY, **fields: Any) -> Section:
    """Return a factsheet's next section, with its English text."""
    values = {"kind": "other", "position": factsheet.sections.count()} | fields
    section = Section.objects.create(factsheet=factsheet, **values)
    heading = heading or f"About {section.kind}"
    SectionText.objects.create(section=section, language="en", heading=heading, body=body)
    return section


def make_case(factsheet: Factsheet, **fields: Any) -> Case:
    """Return a case of a factsheet."""
    values = {"slug": slug("case"), "place": "ZM", "year": 2020}
    values["source"] = fields.pop("source", None) or make_source()
    case = Case.objects.create(factsheet=factsheet, **values | fields)
    add_text(case)
    return case


def make_source(**fields: Any) -> Source:
    """Return a source."""
    values = {
        "code": slug("source"),
        "title": "A report",
        "author": "UNAIDS",
        "address": "https://example.org/report",
    }
    return Source.objects.create(**values | fields)


def make_figure(**fields: Any) -> Figure:
    """Return a public figure with its source."""
    values = published(code=slug("figure"), indicator="prevalence", value="5", unit="percent", year=2022)
    values["source"] = fields.pop("source", None) or make_source()
    figure = Figure.objects.create(**values | fields)
    FigureText.objects.create(figure=figure, language="en", label="Prevalence of HIV")
    return figure


def make_instrument(population: KeyPopulation, **fields: Any) -> PolicyInstrument:
    """Return a policy instrument."""
    values = published(slug=slug("instrument"), issued_by="ILO", level="global", group="labour", years="1958-1985")
    instrument = PolicyInstrument.objects.create(population=population, **values | fields)
    add_text(instrument)
    return instrument


def make_issue(**fields: Any) -> Issue:
    """Return a shared issue."""
    issue = Issue.objects.create(**published(slug=slug("issue")) | fields)
    add_text(issue)
    return issue


def cite(issue: Issue, version: Version, number: int) -> IssueParagraph:
    """Let an issue's page cite a numbered paragraph."""
    paragraph = Paragraph.objects.get(text__version=version, text__language="en", number=number)
    assert paragraph.key is not None
    return IssueParagraph.objects.create(issue=issue, key=paragraph.key)


def make_organisation(**fields: Any) -> Organisation:
    """Return a member organisation."""
    organisation = Organisation.objects.create(**published(slug=slug("organisation"), country="ZM") | fields)
    add_text(organisation)
    return organisation


def make_member_user(organisation: Organisation | None = None, role: str = Role.CONTRIBUTOR, **fields: Any) -> User:
    """Return a user who acts for an organisation, and signs in with an address."""
    name = f"{slug('member')}@example.org"
    user = make_user(staff=False, **{"username": name, "email": name} | fields)
    Membership.objects.create(organisation=organisation or make_organisation(), user=user, role=role)
    return user


def make_member(
    *, role: str = Role.CONTRIBUTOR, organisation: Organisation | None = None
) -> tuple[Client, Membership]:
    """Return a client, signed in as somebody who acts for a member, and what makes them so."""
    client = Client()
    client.force_login(make_member_user(organisation, role))
    return client, Membership.objects.latest("pk")


def make_proposal(membership: Membership | None = None, **values: Any) -> Proposal:
    """Return a proposal for a profile that waits; of the year in which it was founded, unless told otherwise."""
    membership = membership or make_member()[1]
    wanted = PROFILE.read(membership.organisation) | (values or {"founded": 1999})
    return propose(membership=membership, values=wanted)


def make_practice(organisation: Organisation | None = None, **fields: Any) -> Practice:
    """Return a shared practice."""
    values = published(slug=slug("practice"), kind="method", organisation=organisation or make_organisation())
    practice = Practice.objects.create(**values | fields)
    add_text(practice)
    return practice


def make_practice_file(
    practice: Practice | None = None, *, content: bytes = b"A file.\n", **fields: Any
) -> PracticeFile:
    """Return an approved file of a practice, which lands in MEDIA_ROOT."""
    values = {"title": f"File {next(numbers)}", "kind": "txt", "size": len(content), "sha256": "0", "approved": True}
    file = PracticeFile(practice=practice or make_practice(), **values | fields)
    file.file.save("file", ContentFile(content), save=False)
    file.save()
    return file


def make_practice_use(practice: Practice | None = None, **fields: Any) -> PracticeUse:
    """Return what a member says of a practice that it used, published."""
    decided = {"decided_at": timezone.now(), "decided_by": _decider()}
    values = published(note="It helped us.", year=2024, **decided) | fields
    if values["state"] == "pending":
        values |= {"published_at": None, "decided_at": None, "decided_by": None}
    organisation = values.pop("organisation", None) or make_organisation()
    return PracticeUse.objects.create(practice=practice or make_practice(), organisation=organisation, **values)


def make_practice_question(practice: Practice | None = None) -> PracticeQuestion:
    """Return that a member asked about a practice."""
    membership = make_member()[1]
    return PracticeQuestion.objects.create(practice=practice or make_practice(), membership=membership, key=uuid4())


def make_revision(practice: Practice, *, note: str = "Better", **before: Any) -> Proposal:
    """Return an approved proposal that made a practice what it is, from what was `before`."""
    values = PRACTICE.read(practice)
    decided = {"state": "approved", "decided_at": timezone.now(), "decided_by": _decider()}
    return Proposal.objects.create(
        organisation=practice.organisation,
        practice=practice,
        before=values | before,
        values=values,
        note=note,
        **decided,
    )


def _decider() -> User:
    return User.objects.filter(username="decider").first() or User.objects.create_user("decider")


def make_event(**fields: Any) -> Event:
    """Return a meeting to come."""
    starts = timezone.now() + timedelta(days=30)
    values = published(
        slug=slug("event"), starts_at=starts, ends_at=starts + timedelta(hours=8), timezone="Europe/Vienna"
    )
    event = Event.objects.create(**values | fields)
    add_text(event)
    return event


def make_agenda(event: Event, count: int = 2) -> list[AgendaItem]:
    """Give a meeting an agenda: half an hour for each item."""
    half = timedelta(minutes=30)
    items = [
        AgendaItem(
            event=event, number=n + 1, starts_at=event.starts_at + n * half, minutes=30, title=f"en_text Item {n}"
        )
        for n in range(count)
    ]
    return AgendaItem.objects.bulk_create(items)


@cache
def make_paper() -> bytes:
    """Return a PDF of one empty page."""
    writer, content = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(content)
    return content.getvalue()


def make_event_document(event: Event | None = None, *, address: str = "", **fields: Any) -> EventDocument:
    """Return a paper of a meeting: a file in MEDIA_ROOT, unless it has an address."""
    values = published(slug=slug("paper"), event=event or make_event(), address=address)
    document = EventDocument(**values | fields)
    if not address:
        document.file.save("designed.pdf", ContentFile(make_paper()), save=False)
    document.save()
    add_text(document)
    return document


def make_news(**fields: Any) -> News:
    """Return a piece of news."""
    news = News.objects.create(**published(slug=slug("news")) | fields)
    add_text(news)
    return news


def make_picture(**fields: Any) -> Picture:
    """Return a picture with its file, which lands in MEDIA_ROOT."""
    upload = BytesIO()
    Image.new("RGB", (80, 60), "#b3122b").save(upload, "PNG")
    file = reencode(ContentFile(upload.getvalue()))
    picture = Picture.objects.create(**{"slug": slug("picture"), "credit": "A. Photographer", "file": file} | fields)
    PictureText.objects.create(picture=picture, language="en", alt="A red wall", caption="The wall")
    return picture


def make_moderation_event(comment: Comment | None = None) -> ModerationEvent:
    """Return the event of a refusal."""
    by = User.objects.filter(username="decider").first() or User.objects.create_user("decider")
    refused = refuse(comment or make_comment(), by=by, reason="advert")
    return refused.events.get()
