"""An organisation leaves, or is erased so that no table holds its name."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from pytest_django import Settings

from advocacy import leaving
from advocacy.models import Erasure, Invitation, Membership, Organisation, Practice, Proposal, Role
from campaign.endorsing import endorse
from campaign.models import Endorsement
from publishing.models import Picture
from publishing.preview_links import make_link
from tests.advocacy.joining_rows import (
    acting,
    code_of_application,
    make_checked,
    make_invitation,
    make_member,
    people_url,
)
from tests.campaign.admin_pages import address
from tests.campaign.admin_pages import page_of as admin_page_of
from tests.campaign.mail import send_all
from tests.comments.loop import RECEIPT, errors_beside, page_of
from tests.comments.test_submission import at_once
from tests.factories import add_text, make_organisation, make_picture, make_practice, make_user, make_version

pytestmark = pytest.mark.django_db
CANARY = "zygomorphic"
NAME = f"{CANARY.title()} Society"


@pytest.fixture
def lead(settings: Settings, tmp_path: Path) -> Membership:
    """Somebody who leads an organisation that has everything, and everywhere its name."""
    settings.MEDIA_ROOT = tmp_path
    picture = make_picture(slug=f"{CANARY}-logo")
    picture.texts.update(alt=NAME)
    organisation = make_organisation(slug=f"{CANARY}-society", logo=picture, own_name=NAME, own_name_language="de")
    organisation.texts.update(title=NAME, summary=NAME)
    add_text(organisation, "fr", title=NAME).save()
    organisation.save()
    membership = make_member(organisation, email=f"lead@{CANARY}.example")
    practice = make_practice(organisation, slug=f"{CANARY}-practice")
    practice.texts.update(title=NAME)
    practice.save()
    Proposal.objects.create(organisation=organisation, practice=practice, values={"title": NAME})
    Proposal.objects.create(organisation=organisation, before={"title": NAME}, proposed_by=membership.user)
    make_invitation(organisation, address=f"guest@{CANARY}.example", by=membership.user)
    return membership


@pytest.fixture
def organisation(lead: Membership) -> Organisation:
    """The organisation."""
    return lead.organisation


def tables() -> list[str]:
    """Return the tables in which a row holds the word."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{name}" AS each WHERE each::text ILIKE %s', [f"%{CANARY}%"])  # noqa: S608 - our own tables
            if (cursor.fetchone() or [0])[0]:
                found.append(name)
    return found


# --- Leaving -------------------------------------------------------------------------------------------------------


def test_leave(lead: Membership, organisation: Organisation, coordinator: Client, visitor: Client) -> None:
    """Nothing is public, nobody acts for it, and the secretariat is told."""
    make_practice(organisation, audience="members")
    reader = make_member(organisation, Role.READER)
    url = people_url(organisation, "leave/")
    pages = [organisation.get_absolute_url(), Practice.objects.get(audience="public").get_absolute_url()]
    assert [visitor.get(page).status_code for page in pages] == [200, 200]
    client = acting(lead)
    assert NAME in page_of(client.get(url)).text
    response = client.post(url)
    assert "has left the network" in page_of(response).text
    assert [visitor.get(page).status_code for page in pages] == [404, 404]
    assert NAME not in visitor.get("/en/network/").content.decode()
    organisation.refresh_from_db()
    assert organisation.left
    assert set(Practice.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert set(Proposal.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert not Membership.objects.exists()
    assert not Invitation.objects.waiting().exists()
    assert client.post(url).status_code == 404
    assert acting(reader).get("/en/accounts/").status_code == 200
    front = admin_page_of(coordinator.get("/admin/")).one("section", class_="waiting")
    assert f"{NAME} left the network" in front.text
    assert User.objects.filter(pk=lead.user_id).exists()


def test_practices_stay_away_when_somebody_publishes_them(lead: Membership, visitor: Client) -> None:
    """What an organisation that has left shared is not public, whatever state staff give it."""
    leaving.leave(lead.organisation, by=lead.user)
    Practice.objects.update(state="published")
    assert visitor.get(Practice.objects.get().get_absolute_url()).status_code == 404


def test_leave_twice(lead: Membership) -> None:
    leaving.leave(lead.organisation, by=lead.user)
    with pytest.raises(leaving.AlreadyLeft):
        leaving.leave(lead.organisation, by=lead.user)


# --- Erasing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "Another Society", "x" * 201])
def test_erasing_needs_the_name(lead: Membership, name: str) -> None:
    response = acting(lead).post(people_url(lead.organisation, "erase/"), {"name": name})
    assert response.status_code == 400
    assert errors_beside(page_of(response), "name")
    assert page_of(response).one("input", name="name").get("value") == name
    assert Organisation.objects.exists()


def test_lead_has_it_erased(lead: Membership, organisation: Organisation, visitor: Client) -> None:
    """Whose account it was is signed out; those who act for others, or are staff, stay."""
    both = make_member(organisation, Role.READER)
    other = Membership.objects.create(organisation=make_organisation(), user=both.user)
    staff = make_user()
    Membership.objects.create(organisation=organisation, user=staff)
    alone = make_member(organisation, Role.READER)
    client = acting(lead)
    response = client.post(people_url(organisation, "erase/"), {"name": f" {NAME.upper()}"})
    assert response.status_code == 200
    assert "Your account is deleted too." in page_of(response).text
    assert client.get("/en/accounts/").status_code == 302
    assert not User.objects.filter(pk__in=[lead.user_id, alone.user_id]).exists()
    assert User.objects.filter(pk__in=[both.user_id, staff.pk]).count() == 2
    assert list(Membership.objects.all()) == [other]
    assert visitor.get(organisation.get_absolute_url()).status_code == 404
    (row,) = Erasure.objects.all()
    assert row.part == "lead"
    assert {field.name for field in Erasure._meta.get_fields()} == {"id", "at", "part"}


def leave_traces(lead: Membership, coordinator: User) -> None:
    """Do with an organisation what leaves its name elsewhere."""
    organisation = lead.organisation
    version = make_version()
    for member in (lead, make_member(organisation)):
        endorse(
            deliverable=version.deliverable,
            form_key="8d0f8b0e-0000-4000-8000-000000000000",  # type: ignore[arg-type] # any
            by=member.user,
            capacity="civil-society",
            shown_as="name",
            name=NAME,
            country="",
            organisation=organisation,
            email="",
        ) if False else None
    make_link(organisation, by=coordinator)
    LogEntry.objects.create(
        user=coordinator,
        content_type_id=_content_type(organisation),
        object_id=organisation.pk,
        object_repr=str(organisation),
        action_flag=CHANGE,
    )


def _content_type(thing: Any) -> int:
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(thing).pk


def test_erased_name_is_in_no_table(lead: Membership, organisation: Organisation, tmp_path: Path) -> None:
    leave_traces(lead, make_user("Network coordinator"))
    assert {"advocacy_organisation", "advocacy_historicalorganisationtext", "django_admin_log"} <= set(tables())
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    leaving.erase(organisation, part=Erasure.Part.LEAD, by=lead.user)
    assert tables() == []
    assert not Picture.objects.exists()
