"""An organisation leaves, or is erased so that no table holds its name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from pytest_django import Settings

from advocacy import inviting, joining, leaving
from advocacy.models import Erasure, Invitation, MemberComment, Membership, Organisation, Practice, Proposal, Role
from campaign.endorsing import endorse
from campaign.models import Endorsement
from publishing import limits
from publishing.models import Picture, PreviewLink
from publishing.preview_links import make_link
from tests.advocacy.joining_rows import (
    acting,
    code_of_application,
    make_checked,
    make_invitation,
    make_member,
    people_url,
)
from tests.advocacy.people import quick_passwords
from tests.campaign.admin_pages import address
from tests.campaign.admin_pages import page_of as admin_page_of
from tests.campaign.mail import send_all
from tests.comments.loop import RECEIPT, errors_beside, page_of
from tests.comments.test_submission import at_once
from tests.factories import (
    PASSWORD,
    add_text,
    make_organisation,
    make_picture,
    make_practice,
    make_published_comment,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db
CANARY = "zygomorphic"
NAME = f"{CANARY.title()} Society"


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Passwords take no time here."""
    with quick_passwords():
        yield


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
    membership = make_member(organisation, email=f"lead@{CANARY}.example", password=make_password(PASSWORD))
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
    assert not Membership.objects.current().exists()
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
    response = acting(lead).post(people_url(lead.organisation, "erase/"), {"name": name, "password": PASSWORD})
    assert response.status_code == 400
    assert errors_beside(page_of(response), "name")
    assert page_of(response).one("input", name="name").get("value") == name
    assert Organisation.objects.exists()


def test_erasing_needs_the_password(lead: Membership) -> None:
    """Who finds a phone signed in, or a session, erases nobody; nor by trying passwords for long."""
    client, url = acting(lead), people_url(lead.organisation, "erase/")
    for password in ("", "wrong"):
        response = client.post(url, {"name": NAME, "password": password})
        assert response.status_code == 400
        assert errors_beside(page_of(response), "password")
        assert not page_of(response).one("input", name="password").get("value")
    with patch.dict(limits.PER_HOUR, account=1):
        response = client.post(url, {"name": NAME, "password": PASSWORD})
    assert response.status_code == 429
    assert page_of(response).one("input", name="name").get("value") == NAME
    assert Organisation.objects.exists()


def test_lead_has_it_erased(lead: Membership, organisation: Organisation, visitor: Client) -> None:
    """Whose account it was is signed out; those who act for others, or are staff, stay."""
    both = make_member(organisation, Role.READER)
    other = Membership.objects.create(organisation=make_organisation(), user=both.user)
    staff = make_user()
    Membership.objects.create(organisation=organisation, user=staff)
    alone = make_member(organisation, Role.READER)
    client = acting(lead)
    typed = {"name": f" {NAME.upper()}", "password": PASSWORD}
    response = client.post(people_url(organisation, "erase/"), typed)
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


def leave_traces(lead: Membership, editor: User) -> None:
    """Have the name of an organisation stand where nothing hangs on it: in the log, in a link, in an endorsement."""
    organisation = lead.organisation
    signed = {"capacity": "civil-society", "shown_as": "name", "name": NAME, "country": "", "email": ""}
    deliverable = make_version().deliverable
    endorse(deliverable=deliverable, form_key=uuid4(), by=lead.user, organisation=organisation, **signed)
    make_link(organisation, by=editor)
    for thing in (organisation, Practice.objects.get()):
        content_type = ContentType.objects.get_for_model(thing)
        log = {"object_id": thing.pk, "object_repr": str(thing), "action_flag": CHANGE}
        LogEntry.objects.create(user=editor, content_type=content_type, **log)


def test_erased_name_is_in_no_table(
    lead: Membership, organisation: Organisation, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """Nor on any page, nor in a file; what somebody signed as a member of it is taken back."""
    leave_traces(lead, make_user("Editor"))
    held = {"advocacy_organisation", "advocacy_historicalorganisationtext", "django_admin_log", "campaign_endorsement"}
    assert held <= set(tables())
    assert [path for path in tmp_path.rglob("*") if path.is_file()]
    with django_capture_on_commit_callbacks(execute=True):
        leaving.erase(organisation, part=Erasure.Part.LEAD, by=lead.user)
    assert tables() == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not PreviewLink.objects.exists()
    assert Endorsement.objects.get().state == "withdrawn"
    assert send_all() == 0


def test_erased_after_it_left(lead: Membership, organisation: Organisation) -> None:
    """What leaving left behind goes too, with the accounts."""
    leaving.leave(organisation, by=lead.user)
    leaving.erase(organisation, part=Erasure.Part.SECRETARIAT, by=make_user())
    assert tables() == []


def test_logo_that_something_else_shows_stays(lead: Membership) -> None:
    picture = Picture.objects.get()
    make_organisation(logo=picture)
    leaving.erase(lead.organisation, part=Erasure.Part.LEAD, by=lead.user)
    assert Picture.objects.get() == picture


def test_receipt_of_the_application_stays(visitor: Client) -> None:
    """It tells that there was one, and nothing of it."""
    coordinator = make_user("Network coordinator")
    application = make_checked(coordinator, name=NAME)
    organisation = joining.accept(application, by=coordinator)
    leaving.erase(organisation, part=Erasure.Part.SECRETARIAT, by=coordinator)
    response = visitor.post(RECEIPT, {"code": code_of_application(application)})
    assert response.status_code == 200
    assert NAME not in response.content.decode()
    assert tables() == []


# --- By the secretariat --------------------------------------------------------------------------------------------


def chosen(*organisations: Organisation, **more: str) -> dict[str, Any]:
    """Return what the admin's list sends."""
    return {"action": "erase", "_selected_action": [row.pk for row in organisations], **more}


def test_secretariat_erases_after_a_question(coordinator: Client, lead: Membership) -> None:
    url = address(Organisation, "changelist")
    stays = make_organisation()
    page = admin_page_of(coordinator.post(url, chosen(lead.organisation)))
    assert f"{NAME}, 1 practice, 1 person" in page.text
    assert Organisation.objects.count() == 2
    assert coordinator.post(url, chosen(lead.organisation, sure="yes")).status_code == 302
    assert list(Organisation.objects.all()) == [stays]
    assert tables() == []
    assert Erasure.objects.get().part == "secretariat"
    assert "the secretariat" in admin_page_of(coordinator.get(address(Erasure, "changelist"))).text


@pytest.mark.parametrize("button", ["delete", "delete_selected"])
def test_deleting_is_erasing(coordinator: Client, button: str) -> None:
    """By whatever button: what it said as a member keeps no name, and no log does."""
    organisation = make_organisation(slug=f"{CANARY}-society")
    comment = make_published_comment(name_kind="organisation", organisation=NAME, place="ZM")
    MemberComment.objects.create(comment=comment, organisation=organisation)
    assert tables()
    if button == "delete":
        url, data = address(organisation, "delete"), {"post": "yes"}
    else:
        url, data = address(Organisation, "changelist"), chosen(organisation, post="yes") | {"action": button}
    assert coordinator.post(url, data).status_code == 302
    assert not Organisation.objects.exists()
    assert tables() == []
    assert Erasure.objects.get().part == "secretariat"


def test_who_may_erase(editor: Client, moderator: Client, visitor: Client, lead: Membership) -> None:
    url = address(Organisation, "changelist")
    for client in (editor, moderator):
        assert client.post(url, chosen(lead.organisation, sure="yes")).status_code == 403
    assert visitor.post(url, chosen(lead.organisation, sure="yes")).status_code == 302
    assert Organisation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_at_once() -> None:
    """Leaving, erasing, inviting and following an invitation: nobody waits for ever, and in the end it is gone."""
    lead = make_member()
    organisation, by = lead.organisation, lead.user
    invitation = make_invitation(organisation)
    results = at_once(
        [
            lambda: leaving.erase(organisation, part=Erasure.Part.LEAD, by=by),
            lambda: leaving.leave(organisation, by=by),
            lambda: inviting.invite(organisation, address="a@society.example", role="reader", by=by),
            lambda: inviting.renew(invitation, by=by),
        ]
    )
    assert results[0] is None
    told = (Organisation.DoesNotExist, inviting.NotInvited, inviting.NoInvitation, Invitation)
    assert all(result is None or isinstance(result, told) for result in results[1:]), results
    assert not Organisation.objects.exists()
    assert not Invitation.objects.exists()
