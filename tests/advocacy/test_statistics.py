"""The secretariat's numbers of the network."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from advocacy.models import Membership, Organisation, Role
from advocacy.statistics import network_statistics
from tests.campaign.admin_pages import page_of
from tests.conftest import signed_in
from tests.factories import make_issue, make_organisation, make_population, make_practice, make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/advocacy/organisation/statistics/"
FILE = "/admin/advocacy/organisation/statistics.{}"


def counted(key: str) -> dict[str, int]:
    """Return what a chart counts."""
    (chart,) = [chart for chart in network_statistics() if chart.key == key]
    return {row.label: int(row.amount or 0) for row in chart.rows}


@pytest.fixture
def network() -> None:
    """Three members, one of them hidden, and some who are none."""
    today = timezone.localdate()
    first = make_organisation(
        country="ZM", services=["testing", "legal-aid"], size="small", joined="2024-05-01", checked=today
    )
    hidden = make_organisation(
        country="UA", listing="unlisted", state="draft", joined="2026-01-02", services=["testing"], checked=today
    )
    make_organisation(country="ZM", listing="region")
    make_organisation(country="BR", state="draft")
    make_organisation(country="BR", state="withdrawn", left=today)
    population, issue = make_population(), make_issue()
    for thing in (first, hidden):
        thing.populations.add(population)
    first.issues.add(issue)
    population.texts.update(title="Migrants")
    Membership.objects.create(organisation=first, user=make_user(staff=False), role=Role.LEAD)
    make_practice(first, audience="members")
    make_practice(first, state="draft")


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("regions", {"Eastern Africa": 2, "Eastern Europe": 1}),
        ("countries", {"Zambia": 2, "Ukraine": 1}),
        ("populations", {"Migrants": 2}),
        ("services", {"HIV testing": 2, "legal aid": 1}),
        ("sizes", {str(size.label): int(size == "small") for size in Organisation.Size} | {"not said": 2}),
        (
            "listings",
            {
                "listed with its country": 1,
                "listed with its region only": 1,
                "known to the secretariat, not listed": 1,
            },
        ),
        ("joined", {"2024": 1, "2025": 0, "2026": 1, "not known": 1}),
        ("checks", {"checked within a year": 2, "due": 1, "of these, reminded in vain": 0}),
    ],
)
def test_members_are_counted(key: str, expected: dict[str, int]) -> None:
    """Hidden ones too; those who have left or never joined are not."""
    assert counted(key) == expected


@pytest.mark.usefixtures("network")
def test_the_rest_is_counted() -> None:
    """People and practices."""
    people = counted("people")
    assert (people["leads: also looks after its people"], people["members for whom nobody acts"]) == (1, 2)
    practices = counted("practices")
    assert [practices[name] for name in ("published", "of these, for members only", "drafts")] == [1, 1, 1]
    assert list(counted("issues").values()) == [1]


@pytest.mark.usefixtures("network")
def test_page_and_files(coordinator: Client) -> None:
    """Each chart with its table; the same numbers to download."""
    page = page_of(coordinator.get(PAGE))
    assert "3 members." in page.text
    assert "Zambia" in page.text
    csv = coordinator.get(FILE.format("csv"))
    assert "Members by country,Zambia,2" in csv.content.decode()
    assert "no-store" in csv["Cache-Control"]
    assert coordinator.get(FILE.format("xlsx")).content.startswith(b"PK")
    assert coordinator.get(FILE.format("pdf")).status_code == 404


def test_of_nobody(coordinator: Client) -> None:
    """A network without members is no mistake."""
    assert coordinator.get(PAGE).status_code == 200


def test_queries_do_not_grow(coordinator: Client, django_assert_max_num_queries: Any) -> None:
    """However many there are."""
    for _ in range(5):
        make_organisation().populations.add(make_population())
    with django_assert_max_num_queries(30):
        coordinator.get(PAGE)


def test_only_the_secretariat(editor: Client, moderator: Client, visitor: Client, administrator: Client) -> None:
    """Nobody else learns where hidden members are."""
    member = signed_in(make_user(staff=False))
    for url in (PAGE, FILE.format("csv")):
        assert (editor.get(url).status_code, moderator.get(url).status_code) == (403, 403)
        assert administrator.get(url).status_code == 200
        assert administrator.post(url).status_code == 405
        for outside in (visitor, member):
            assert outside.get(url)["Location"].startswith("/admin/login/")
