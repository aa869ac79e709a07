"""A small portal with rows of every kind, whose every text says which language it is in (`en_text`, `fr_text`)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.files.storage import default_storage
from django.utils import timezone

from advocacy.models import Issue
from campaign.models import Action, ActionUpdate, GoodPractice, PracticalStep, Version, VersionText
from comments.models import Consultation, NameKind
from comments.receipts import receipt_for, receipt_hash
from factsheets.models import Figure, FigureText, SectionText
from publishing.languages import LanguageRow
from publishing.models import PreviewLink, Text
from publishing.preview_links import token_hash
from tests.campaign.addresses import REVIEWERS
from tests.campaign.asks_rows import make_parts, make_step
from tests.campaign.endorsement_rows import endorse_world
from tests.factories import (
    add_text,
    cite,
    make_advisory_member,
    make_answer,
    make_campaign,
    make_comment,
    make_consultation,
    make_deliverable,
    make_event,
    make_factsheet,
    make_figure,
    make_instrument,
    make_issue,
    make_news,
    make_organisation,
    make_page,
    make_picture,
    make_population,
    make_practice,
    make_practice_file,
    make_practice_use,
    make_published_comment,
    make_report,
    make_revision,
    make_source,
    make_version,
    numbers,
    unfrozen,
)

# The receipt of the comment that still waits for a moderator.
SUBMISSION = uuid4()
RECEIPT = receipt_for(SUBMISSION)

# What some texts hold beside the usual.
MORE_WORDS = (
    *("video_title", "who", "place", "evidence", "owner", "answered", "changed"),
    *("response", "results", "repeat"),
)

BODY = """
## {m} heading

{m} paragraph, **{m} strong**, with a note[^1] and a [{m} link](https://example.org/).

### {m} deeper heading

- {m} bullet
- {m} bullet again

    - {m} bullet below

1. {m} step
2. {m} second step

> {m} quotation

| {m} column | {m} number |
|------------|-----------:|
| {m} cell   | 12         |

{m} term
:   {m} definition

[^1]: {m} note
"""


def mark(language: str) -> str:
    """Return the word that every text in this language contains."""
    return f"{language}_text"


def body(language: str) -> str:
    """Return a text like no other."""
    return BODY.format(m=mark(language)) + f"\n    {mark(language)} number {next(numbers)}.\n"


def add_marked_text(thing: Any, language: str) -> Any:
    """Give a thing its text in one more language."""
    text = add_text(thing, language)
    _mark(text)
    return text


def _mark(row: Any) -> None:
    """Say in each of a row's texts which language it is in."""
    marker = mark(row.language)
    for name in ("title", "summary", "alt", "caption", "label", "comparison", "note", "heading", *MORE_WORDS):
        value = getattr(row, name, "")
        if value and marker not in value:
            setattr(row, name, body(row.language) if "\n" in value else f"{marker} {value}")
    if isinstance(row, Text | SectionText) and marker not in row.body:
        row.body = body(row.language)
    with unfrozen(row):
        row.save()


def mark_all() -> None:
    """Mark the texts that are there."""
    for model in apps.get_models():
        if issubclass(model, LanguageRow):
            for row in model._default_manager.all():
                _mark(row)


def build_world(more_comments: int = 24) -> None:
    """Make the rows; without `more_comments` the open consultation has one page of them."""
    _campaign()
    _evidence()
    _network()
    version = _deliverables()
    mark_all()
    consultation = make_consultation(
        version, slug="second-draft", answer_due=timezone.now() + timedelta(days=60), reviewed_at=None
    )
    closed = make_consultation(
        make_version(make_deliverable(slug="code", kind="code-of-conduct")),
        slug="first-draft",
        opens_at=timezone.now() - timedelta(days=40),
        closes_at=timezone.now() - timedelta(days=20),
        reviewed_at=timezone.now() - timedelta(days=10),
    )
    mark_all()
    add_marked_text(consultation, "fr")
    _comments(consultation, more_comments)
    _questions()
    make_answer(make_published_comment(closed, body="en_text A remark in time."), reason="en_text Noted.")
    make_report(closed)
    mark_all()


def _campaign() -> None:
    picture = make_picture(slug="portrait", year=2019)
    # The one file whose name is not left to chance, so that tests can name its address.
    with picture.file.open() as file:
        picture.file = default_storage.save("pictures/portrait.webp", file)
    picture.save()
    campaign = make_campaign(slug="campaign", video_url="https://example.org/video", video_still=make_picture())
    campaign.texts.update(video_title="Watch it")
    member = make_advisory_member(campaign, slug="member", picture=picture, country="MA")
    PreviewLink.objects.create(thing=member, token_hash=token_hash(REVIEWERS))
    make_advisory_member(campaign, slug="second-member")
    for slug in ("taking-part", "privacy", "accessibility"):
        make_page(slug=slug)
    add_marked_text(campaign, "fr")


def _evidence() -> None:
    people = make_population(slug="people")
    others = make_population(slug="others")
    sheet = make_factsheet(slug="evidence", population=people, reviewed="2026-01-15")
    make_factsheet(slug="more-evidence", population=others)
    section = sheet.sections.first()
    assert section is not None
    section.picture = make_picture(slug="scene", year=2017)
    section.save()
    source = make_source(code="unaids", date="2018-11-05", quoted_from="A journal", checked="2026-01-01")
    risk = {"indicator": "relative-risk", "unit": "times", "population": people, "source": source}
    newer = make_figure(code="risk", value="21", **risk)
    newer.value = 22  # corrected
    newer.save()
    make_figure(code="old-risk", value="28", superseded_by=newer, **risk)
    share = make_figure(code="share", population=people, low="0", high="51", place="202", excluding="ZA")
    law = {"indicator": "countries-by-law", "unit": "countries", "out_of": "194"}
    make_figure(code="law", value="129", population=people, **law)
    make_figure(code="range", indicator="prevalence-ratio", value=None, low="3", high="4", unit="times", year=None)
    FigureText.objects.filter(figure=share).update(comparison="adults in general", note="in 50 countries")
    make_instrument(people, slug="convention", address="https://example.org/convention")
    make_instrument(people, slug="strategy", group="unaids-strategy", years="2016", level="regional")
    FigureText.objects.create(figure=share, language="fr", label="fr_text Prévalence", comparison="fr_text adultes")
    add_marked_text(people, "fr")


def _network() -> None:
    issue = make_issue(slug="issue")
    member = make_organisation(
        slug="member",
        country="ZM",
        cities=["Lusaka", "Ndola"],
        languages=["en", "bem"],
        founded=1999,
        size="small",
        site="https://example.org/member",
        joined="2020-10-28",
        services=["housing", "release"],
        own_name="bem_text",
        own_name_language="bem",
        contact_email="member@example.org",
        contact_phone="+260 000 000 000",
        contact_shown=["email", "phone"],
        logo=make_picture(slug="logo"),
    )
    hidden = make_organisation(slug="hidden", country="EG", cities=["Kairo"], listing="region")
    for organisation in (member, hidden):
        organisation.issues.add(issue)
        organisation.populations.set(make_population() for _ in range(2))
    practice = make_practice(member, slug="practice", year=2014)
    practice.texts.update(setting="en_text Lusaka Central", results="Less.", evidence="A report", repeat="Again.")
    practice.issues.add(issue)
    practice.populations.add(make_population())
    make_practice(member, slug="members-only", audience="members").issues.add(issue)
    issue.texts.update(response="Members write.")
    issue.figures.set(Figure.objects.filter(code__in=["share", "old-risk"]))
    # Files have their number in their address.
    make_practice_file(practice, pk=9000001, title="letter")
    make_practice_use(practice, organisation=hidden, note="en_text It helped us.")
    make_revision(practice, year=2013, note="en_text Another year")
    past = timezone.now() - timedelta(days=300)
    event = make_event(slug="meeting", city="Vienna", country="AT")
    make_event(slug="past-meeting", starts_at=past, ends_at=past + timedelta(hours=3), timezone="Africa/Lusaka")
    news = make_news(slug="news", event=event, picture=make_picture(slug="hall"))
    make_news(slug="more-news", event=event)
    mark_all()
    for language in ("ru", "fr"):
        add_marked_text(news, language)
    add_marked_text(hidden, "ar")


def _deliverables() -> Version:
    deliverable = make_deliverable(slug="guidance")
    make_version(deliverable, state="superseded")
    version = make_version(deliverable)
    endorse_world(version)
    make_deliverable(slug="white-paper", kind="white-paper")
    make_parts(deliverable)
    make_step(None, (version, 1))
    cite(Issue.objects.get(slug="issue"), version, 1)
    mark_all()
    for thing in (PracticalStep.objects.get(), Action.objects.get(), GoodPractice.objects.get()):
        add_marked_text(thing, "fr")
    ActionUpdate.objects.create(action=Action.objects.get(), day="2026-03-02", language="ar", note="ar_text خبر")
    VersionText.objects.create(
        version=version, language="fr", title="fr_text Note", summary="fr_text Projet", body=body("fr")
    )
    # So that something has changed since the first version.
    text = version.texts.get(language="en")
    text.body = text.body.replace("bullet\n", "longer bullet\n", 1)
    with unfrozen(text):
        text.save()
    return version


def _comments(consultation: Consultation, more: int) -> None:
    key = paragraph_of_english(consultation)
    first = make_published_comment(
        consultation,
        paragraph_key=key,
        body="en_text A remark.\n\n> en_text quoted\n\nen_text https://example.org/evidence",
        name_kind=NameKind.OWN_NAME,
        name="A. Writer",
        organisation="Sample organisation",
        place="KE",
    )
    make_answer(first, reason="en_text We changed it.")
    reply = make_published_comment(consultation, reply_to=first, language="fr", body="fr_text Une réponse.")
    make_answer(reply, reason="en_text Noted.", disposition="noted")
    make_published_comment(consultation, paragraph_key=key, language="ar", body="ar_text تعليق")
    for number in range(more):
        make_published_comment(consultation, language="pt", body=f"pt_text Comentário {number}.")
    make_comment(
        consultation,
        body="en_text Still waiting.",
        submission_key=SUBMISSION,
        receipt_hash=receipt_hash(RECEIPT),
    )


def _questions() -> None:
    asked = make_consultation(about="figures", slug="questions")
    figure = Figure.objects.get(code="share")
    question = make_published_comment(asked, paragraph_key=figure.key, body="en_text In which countries?")
    make_answer(question, reason="en_text In 50 of them.", disposition="noted")
    make_published_comment(asked, paragraph_key=figure.key, language="fr", body="fr_text Quelle année ?")


def paragraph_of_english(consultation: Consultation) -> Any:
    """Return the key of the first numbered paragraph."""
    text = VersionText.objects.get(version__consultation=consultation, language="en")
    paragraph = text.paragraphs.get(number=1)
    return paragraph.key
