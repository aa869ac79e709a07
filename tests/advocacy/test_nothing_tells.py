"""Whatever a curious reader compares, no page, file or count tells what an organisation hides."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from advocacy.models import Event, Issue, MemberComment, Organisation
from comments.models import Comment
from tests.campaign.addresses import routes
from tests.campaign.crawl import words_of
from tests.campaign.endorsement_rows import make_endorsement
from tests.campaign.world import build_world
from tests.factories import make_organisation, make_practice, make_practice_file, make_practice_use

pytestmark = pytest.mark.django_db
# Each page has its own token, form key, stamp and moment.
OWN = re.compile(r"(?:csrfmiddlewaretoken|form_key|stamp)\" value=\"[^\"]*\"|<updated>[^<]*")
# Where a member could show.
WHERE = (
    *("network", "issues", "practices", "events", "search", "sitemap", "deliverables/<slug:slug>/endorsements.csv"),
    *("consultations/<slug:slug>/comments.csv", "consultations/<slug:slug>/comments/<int:number>/"),
)
FOUND = ("network/", "network.csv")
QUESTIONS = ("country=EG", "country=MA", "q=kairo", "q=rabat", "q=secret")
PAGES = (
    "network/quiet-secret/",
    "network/nobody/",
    "practices/quiet-practice/",
    "search/?q=kairo",
    "search/?q=secret",
)


@pytest.fixture(autouse=True)
def world(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    build_world(0)


def addresses() -> Iterator[str]:
    """Yield each public address, and what a curious reader would ask for."""
    for route in routes():
        if route.name.startswith(WHERE):
            yield from route.addresses("en")
    yield from (f"/en/{page}" for page in PAGES)
    yield from (f"/en/{page}?{question}" for page in FOUND for question in QUESTIONS)


def told(client: Client) -> dict[str, str]:
    """Return what each of them says."""
    found = {}
    for address in dict.fromkeys(addresses()):
        response = client.get(address)
        found[address] = f"{response.status_code} {OWN.sub('', words_of(response))}"
    return found


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return the addresses that tell."""
    return [address for address in before if before[address] != after[address]]


def test_country_of_one_that_is_listed_by_region(visitor: Client) -> None:
    """In two countries of a region it looks alike, with all that it says elsewhere."""
    hidden = Organisation.objects.get(slug="hidden")
    MemberComment.objects.create(comment=Comment.objects.public().order_by("pk")[0], organisation=hidden)
    make_endorsement(organisation=hidden)
    hidden.contact_phone, hidden.contact_address = "+20 2", "A street in Kairo"
    hidden.contact_shown = ["phone", "address"]
    hidden.save()
    before = told(visitor)
    hidden.country, hidden.cities = "MA", ["Rabat"]
    hidden.contact_phone, hidden.contact_address = "+212 5", "A street in Rabat"
    hidden.save()
    assert differing(before, told(visitor)) == []


def test_whether_one_that_is_not_listed_is_there(visitor: Client) -> None:
    """With it and without it the portal looks alike, whatever it takes part in."""
    before = told(visitor)
    secret = make_organisation(slug="quiet-secret", state="draft", listing="unlisted", country="EG", cities=["Kairo"])
    secret.issues.set(Issue.objects.all())
    for event in Event.objects.all():
        event.organisations.add(secret)
    make_practice_file(make_practice(secret, slug="quiet-practice"))
    make_practice_use(organisation=secret, practice=Organisation.objects.get(slug="member").practices.all()[0])
    assert differing(before, told(visitor)) == []
