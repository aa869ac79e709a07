"""Each page for members asks the database a fixed number of questions, however much members share."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from advocacy.models import Membership, Organisation, Practice, Proposal, Role
from advocacy.shapes import PROFILE
from tests.advocacy.joining_rows import make_invitation
from tests.advocacy.test_roles import NEEDS, address, rows
from tests.conftest import released, signed_in
from tests.factories import (
    make_issue,
    make_member_user,
    make_organisation,
    make_population,
    make_practice,
    make_practice_file,
    make_practice_use,
    make_revision,
)

pytestmark = pytest.mark.django_db

# What each page costs that is there to be read. Who is signed in takes two questions, and for whom they act one more.
COSTS = {
    "members-home": 6,
    "members-practices": 11,
    # With its files, who used it, its revisions, and for whom the reader could say so too.
    "members-practice": 20,
    "members-practice-edit": 17,
    "members-ask": 9,
    "members-practice-file": 4,
    "members-practice-revisions": 8,
    "members-practice-revision": 9,
    "members-own-practices": 8,
    "members-practice-new": 9,
    "members-use": 10,
    "member-profile": 8,
    "member-profile-edit": 14,
    "organisation-people": 7,
    "person-remove": 6,
    "organisation-stop": 5,
    "organisation-leave": 5,
    "organisation-erase": 7,
    "member-check": 11,
}


def fill() -> None:
    """Give ours, and what it shares, one more of everything."""
    ours = Organisation.objects.get(slug="ours")
    practices = Practice.objects.filter(slug__in=["our-practice", "their-practice"])
    user = make_organisation()
    ours.issues.add(issue := make_issue())
    ours.populations.add(population := make_population())
    for practice in [*practices, make_practice(ours), make_practice(user), make_practice(audience="members")]:
        practice.issues.add(issue)
        practice.populations.add(population)
        make_practice_file(practice)
        make_practice_use(practice, organisation=make_organisation())
        make_revision(practice, note="More")
    make_member_user(ours, Role.READER)
    make_invitation(ours)
    values = PROFILE.read(ours)
    decided = {"state": "refused", "reason": "Not yet.", "decided_at": timezone.now()}
    Proposal.objects.create(organisation=ours, before=values, values=values, decided_by=make_member_user(), **decided)


def lead(count: int) -> Client:
    """Return somebody who leads ours and as many other members."""
    user = make_member_user(Organisation.objects.get(slug="ours"), Role.LEAD)
    for _ in range(count):
        Membership.objects.create(organisation=make_organisation(), user=user, role=Role.LEAD)
    return signed_in(user)


@pytest.mark.parametrize("count", [2, 8])
def test_costs(count: int, settings: Settings, tmp_path: Path) -> None:
    """The same for few rows and for many; addresses that only take something in, or lead on, are not pages."""
    settings.MEDIA_ROOT = tmp_path
    named = rows()
    for _ in range(count):
        fill()
    client = lead(count)
    found = {}
    for name in NEEDS:
        with CaptureQueriesContext(connection) as queries:
            response = released(client.get(address(name, named)))
        if response.status_code == 200 and "_" not in name:
            found[name] = len(queries)
    assert found == COSTS
