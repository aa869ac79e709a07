"""Every page asks the database a fixed number of questions, however many rows there are."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from advocacy.models import Issue, Organisation, Practice
from comments.models import Consultation
from factsheets.models import Figure
from tests.campaign.addresses import EXAMPLES, routes
from tests.campaign.asks_rows import make_parts, make_step
from tests.campaign.endorsement_rows import make_published_endorsement as sign_publicly
from tests.factories import (
    add_text,
    cite,
    make_advisory_member,
    make_agenda,
    make_answer,
    make_campaign,
    make_consultation,
    make_deliverable,
    make_event,
    make_event_document,
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
    make_revision,
    make_section,
    make_version,
    paragraph_of,
)

pytestmark = pytest.mark.django_db
# What each page costs. A page that gets cheaper may be written down so; a page that gets dearer must say why.
COSTS = {
    "/": 0,
    "/healthz": 0,
    "/readyz": 1,
    "/robots.txt": 0,
    "/.well-known/security.txt": 0,
    "/sitemap.xml": 14,
    "": 18,
    "campaign/": 16,
    "campaign/advisory-group/": 4,
    "deliverables/": 4,
    "deliverables/guidance/": 21,
    "deliverables/guidance/versions/1/": 19,
    "deliverables/guidance/versions/2/": 19,
    "deliverables/guidance/changes/1/2/": 10,
    "deliverables/guidance/versions/1/paragraphs/2/": 12,
    "deliverables/guidance/endorsements/": 5,
    "deliverables/guidance/endorsements/new/": 3,
    "deliverables/guidance/endorsements.csv": 4,
    "about/privacy/": 2,
    "join/": 4,
    # What can be chosen has names in the reader's language: populations, and issues.
    "network/": 7,
    # With its practices and meetings.
    "network/member/": 11,
    "network.csv": 9,
    "network.json": 9,
    "network.geojson": 9,
    "issues/": 3,
    # With members, practices, figures, paragraphs with their texts, meetings and news.
    "issues/issue/": 21,
    "practices/": 9,
    # With its files, who used it and its revisions.
    "practices/practice/": 13,
    "practices/practice/files/9000001/letter.txt": 1,
    "practices/practice/revisions/": 3,
    "practices/practice/revisions/1/2/": 4,
    "news/": 2,
    "news/news/": 8,
    "news.atom": 2,
    "events/": 2,
    "events.ics": 2,
    "events/meeting/": 11,
    "events/meeting.ics": 2,
    "factsheets/": 4,
    # Figures of all populations, since charts and texts show others' too.
    "factsheets/evidence/": 16,
    "factsheets/compare/": 1,
    "factsheets/compare/epidemiology/": 10,
    "figures/": 7,
    "figures.csv": 7,
    "figures.json": 7,
    "figures/dictionary/": 0,
    # With the factsheets and issues that use it.
    "figures/risk/": 21,
    "search/": 0,
    # Where something matches; where only something similar does; where nothing does.
    "search/?q=paragraph": 2,
    "search/?q=organisatoin": 3,
    "search/?q=zygomorphic": 2,
}
# Counted in tests/comments/test_queries.py, and in tests/publishing/test_preview_links.py.
LOOP = ("consultations/", "receipt/", "mail/", "endorsements/", "preview/", "news/digest/")


def fill(count: int) -> None:
    """Make `count` rows of each kind, each with as many rows of each kind that hangs on it."""
    _campaign(count)
    _network(count)
    _evidence(count)
    deliverable = make_deliverable(slug="guidance")
    for _ in range(count):
        make_version(deliverable, state="superseded")
        make_version()
    for number in range(count):
        sign_publicly(deliverable.versions.first(), name=f"Body {number}", organisation=make_organisation())
        sign_publicly(deliverable.versions.first(), capacity="person", shown_as="count")
    version = make_version(deliverable, body="\n\n".join(f"## Part {n}\n\nParagraph {n}." for n in range(count)))
    for issue in Issue.objects.all():
        issue.figures.set(Figure.objects.order_by("pk")[:count])
        for number in range(count):
            cite(issue, version, number + 1)
    _comments(make_consultation(version, slug="second-draft"), count)
    make_parts(deliverable, count)
    for number in range(count):
        make_step(None, *((version, number + 1) for number in range(number + 1)))
    for _ in range(count):
        _comments(make_consultation(), count)


def _campaign(count: int) -> None:
    campaign = make_campaign()
    for _ in range(count):
        make_advisory_member(campaign, picture=make_picture(), country="MA")
    campaign.video_url, campaign.video_still = "https://example.org/", make_picture()
    campaign.save()
    for number in range(count):
        make_page(slug=f"page-{number}")
    make_page(slug="privacy")


def _network(count: int) -> None:
    regions = ["ZM", "MA", "FR", "IN", "BR", "JP", "KE", "KZ"]
    issues = [make_issue(slug=f"issue{number or ''}") for number in range(count)]
    members = [make_organisation(slug=f"member{n or ''}", country=regions[n % 8]) for n in range(count)]
    for member in members:
        member.issues.set(issues)
        member.populations.set(make_population() for _ in range(count))
    for number, member in enumerate([members[0]] * count + members):
        practice = make_practice(member, slug=f"practice{number or ''}")
        practice.issues.set(issues)
        practice.populations.set(member.populations.all())
        if not number:
            _beside(practice, members[1:])
    past = timezone.now() - timedelta(days=9)
    meeting = make_event(slug="meeting")
    meeting.organisations.set(members)
    meeting.issues.set(issues)
    make_agenda(meeting, count)
    for number in range(count):
        make_event_document(meeting, slug=f"minutes{number or ''}")
    for number in range(count):
        make_event()
        make_event(starts_at=past, ends_at=past + timedelta(hours=1))
        news = make_news(slug=f"news{number or ''}", event=meeting, picture=make_picture())
        news.issues.set(issues)
        add_text(news, "fr")
        add_text(news, "ru")


def _beside(practice: Practice, users: list[Organisation]) -> None:
    """Make what stands below the text of a practice."""
    make_practice_file(practice, pk=9000001, title="letter")
    for number, user in enumerate(users):
        make_practice_use(practice, organisation=user)
        make_revision(practice, year=2000 + number)
        make_practice_file(practice)


def _evidence(count: int) -> None:
    for number in range(count):
        people = make_population()
        make_figure(code=f"risk{number or ''}", population=people)
        sheet = make_factsheet(slug=f"evidence{number or ''}", population=people)
        for position in range(2, 2 + count):
            make_section(sheet, position=position, picture=make_picture())
        for _ in range(count):
            make_figure(population=people, indicator="relative-risk", unit="times")
            make_figure(population=people, indicator="countries-by-law", unit="countries")
            make_instrument(people)


def _comments(consultation: Consultation, count: int) -> None:
    for number in range(1, count + 1):
        key = paragraph_of(consultation, min(number, 2)).key
        comment = make_published_comment(consultation, paragraph_key=key, organisation=f"Organisation {number}")
        make_answer(comment)


def measure(client: Client, address: str) -> int:
    """Return how many queries a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address)
        assert response.status_code in (200, 302), address
        b"".join(response)  # a file is closed once it was read; to close other answers would end the connection
    return len(queries)


def addresses() -> list[str]:
    """Return the addresses to count: an example of each, by its place below the language."""
    names = [route.key for route in routes() if not route.key.startswith((*LOOP, "/pictures/"))]
    # Downloads are counted in test_downloads.py and test_changes_download.py: the first costs more than all others.
    names = [name for name in names if not name.endswith(("<form:form>", ".pdf"))]
    found = [example if not key.startswith("/") else f"/{example}" for key in names for example in EXAMPLES[key][:1]]
    more = [
        "search/?q=paragraph",
        "search/?q=organisatoin",
        "search/?q=zygomorphic",
        "deliverables/guidance/versions/2/",
    ]
    return [*found, *more]


@pytest.mark.parametrize("count", [2, 8])
def test_costs(visitor: Client, settings: Settings, tmp_path: Path, count: int) -> None:
    """The same for few rows and for many, and in each language."""
    settings.MEDIA_ROOT = tmp_path
    fill(count)
    for language in ("en", "fr"):
        found = {a: measure(visitor, a if a.startswith("/") else f"/{language}/{a}") for a in addresses()}
        assert found == COSTS
