"""Invitations: the page behind the link, what it needs, and that it opens once, in time, for one person."""

import re
from datetime import timedelta
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy import inviting
from advocacy.models import Invitation, Membership, Organisation
from tests.advocacy.joining_rows import PASSWORD, make_invitation, make_member, people_url
from tests.campaign.mail import Postbox, mail_server
from tests.comments.loop import errors_beside, page_of
from tests.comments.test_submission import at_once
from tests.conftest import signed_in
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "guest@society.example"
HOME = "/en/accounts/"
CHOSEN = {"name": "Wanjiru", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def postbox(settings: Settings) -> Any:
    """What the mail server got."""
    with mail_server(settings) as box:
        yield box


@pytest.fixture
def link(postbox: Postbox) -> str:
    """The page of an invitation to `ADDRESS`, as its mail names it."""
    make_invitation(make_organisation(slug="society"), address=ADDRESS, role="lead")
    return path(postbox)


def path(postbox: Postbox) -> str:
    """Return the last link that was mailed, without its host."""
    return re.sub(r"^https?://[^/]+", "", postbox.links[-1])


def token_of(link: str) -> str:
    """Return the secret in an address."""
    return link.rstrip("/").rpartition("/")[2]


def assert_gone(response: Any) -> None:
    """Assert that a page says what to do, since the link opens nothing."""
    assert response.status_code == 410
    assert "ask whoever invited you" in page_of(response).text
    assert "no-store" in response["Cache-Control"]


def test_mail(link: str, postbox: Postbox) -> None:
    ((to, mail),) = postbox.mails
    assert to == [ADDRESS]
    assert "within 14 days" in mail.get_content()
    assert "society" not in mail["Subject"].lower()
    assert "Title of" not in mail.get_content()


def test_page_says_who_invites_to_what_and_uses_nothing_up(visitor: Client, link: str) -> None:
    for _ in range(2):
        response = visitor.get(link)
        assert response.status_code == 200
    page = page_of(response)
    for said in ("Title of society", ADDRESS, "the secretariat", "Leads"):
        assert said in page.text
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert set(response.cookies) == {"csrftoken"}
    assert not User.objects.filter(email=ADDRESS).exists()
    assert visitor.head(link).status_code == 200


def test_lead_who_invites_is_named(visitor: Client, postbox: Postbox) -> None:
    lead = make_member(first_name="Amina")
    make_invitation(lead.organisation, by=lead.user)
    assert "Amina" in page_of(visitor.get(path(postbox))).text


def test_account_is_made(visitor: Client, link: str) -> None:
    response = visitor.post(link, CHOSEN)
    assert (response.status_code, response["Location"]) == (302, HOME)
    user = User.objects.get(email=ADDRESS)
    assert (user.username, user.first_name, user.is_staff) == (ADDRESS, "Wanjiru", False)
    assert user.check_password(PASSWORD)
    membership = Membership.objects.get()
    assert (membership.user, membership.organisation.slug, membership.role) == (user, "society", "lead")
    assert "Title of society" in page_of(visitor.get(HOME)).text
    invitation = Invitation.objects.get()
    assert invitation.used_at
    assert (invitation.sealed, invitation.address_hash) == ("", "")


def test_name_may_stay_empty(visitor: Client, link: str) -> None:
    assert visitor.post(link, CHOSEN | {"name": ""}).status_code == 302
    assert User.objects.get(email=ADDRESS).first_name == ""


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"password": ""}, "password", "required"),
        ({"again": ""}, "again", "required"),
        ({"again": "another long password"}, "again", "not the same"),
        ({"password": "short", "again": "short"}, "password", "at least 12"),
        ({"password": "1qaz2wsx3edc", "again": "1qaz2wsx3edc"}, "password", "too common"),
        ({"password": ADDRESS, "again": ADDRESS}, "password", "too similar"),
        ({"name": "x" * 151}, "name", "150"),
        ({"name": "a\x00b"}, "name", "Null"),
    ],
)
def test_bad_input(visitor: Client, link: str, sent: dict[str, str], field: str, said: str) -> None:
    response = visitor.post(link, CHOSEN | sent)
    page = page_of(response)
    assert response.status_code == 400
    assert said in errors_beside(page, field)
    assert not any(e.get("value") for e in page.all("input", type="password"))
    assert not Membership.objects.exists()
    assert visitor.post(link, CHOSEN).status_code == 302


def test_wrong_method(visitor: Client, link: str) -> None:
    assert visitor.put(link).status_code == 405


@pytest.mark.parametrize("token", ["x", "0", "a" * 300, "%00", "é"])
def test_bad_token(visitor: Client, token: str) -> None:
    assert_gone(visitor.get(f"/en/accounts/invitations/{token}/"))
    assert_gone(visitor.post(f"/en/accounts/invitations/{token}/", CHOSEN))


def test_used_twice(visitor: Client, link: str) -> None:
    visitor.post(link, CHOSEN)
    for client in (visitor, Client()):
        assert_gone(client.get(link))
        assert_gone(client.post(link, CHOSEN))
    assert User.objects.filter(email=ADDRESS).count() == 1


@pytest.mark.parametrize("how", ["late", "withdrawn", "renewed", "left"])
def test_opens_nothing_any_more(visitor: Client, link: str, how: str) -> None:
    invitation = Invitation.objects.get()
    if how == "late":
        now = timezone.now()
        Invitation.objects.update(invited_at=now - timedelta(days=15), expires_at=now)
    elif how == "withdrawn":
        inviting.withdraw(invitation, by=make_user())
    elif how == "renewed":
        inviting.renew(invitation, by=make_user())
    else:
        Organisation.objects.update(state="withdrawn", left="2026-01-01")
    assert_gone(visitor.get(link))
    assert_gone(visitor.post(link, CHOSEN))
    assert not Membership.objects.exists()


def test_renewed_link_opens(visitor: Client, link: str, postbox: Postbox) -> None:
    inviting.renew(Invitation.objects.get(), by=make_user())
    assert path(postbox) != link
    assert visitor.post(path(postbox), CHOSEN).status_code == 302


def test_somebody_with_an_account_signs_in_and_is_added(visitor: Client, link: str) -> None:
    user = make_user(staff=False, email=ADDRESS.upper())
    page = page_of(visitor.get(link))
    assert not page.all("input", name="password")
    (sign_in,) = [a.get("href") for a in page.one("main").all("a", class_="button")]
    assert sign_in.endswith(f"?next={link.replace('/', '%2F')}")
    assert visitor.post(link, CHOSEN).status_code == 409
    for other in (signed_in(make_user()), visitor):
        assert other.post(link).status_code == 409
    assert not Membership.objects.exists()
    mine = signed_in(user)
    assert "signed in with this address" in page_of(mine.get(link)).text
    assert mine.post(link)["Location"] == HOME
    assert Membership.objects.get().user == user
    assert User.objects.filter(email__iexact=ADDRESS).count() == 1


def test_invited_to_more_than_one_has(link: str) -> None:
    """A role grows by an invitation, and never shrinks."""
    user = make_user(staff=False, email=ADDRESS)
    Membership.objects.create(organisation=Organisation.objects.get(), user=user, role="reader")
    signed_in(user).post(link)
    assert Membership.objects.get().role == "lead"


def test_one_waits_for_each_address() -> None:
    first = make_invitation(address=ADDRESS)
    with pytest.raises(inviting.AlreadyInvited):
        make_invitation(first.organisation, address=ADDRESS.upper())
    make_invitation(address=ADDRESS)  # of another organisation
    Invitation.objects.filter(pk=first.pk).update(
        invited_at=timezone.now() - timedelta(days=20), expires_at=timezone.now()
    )
    make_invitation(first.organisation, address=ADDRESS)
    first.refresh_from_db()
    assert first.withdrawn_at
    assert first.sealed == ""


def test_late_ones_are_forgotten() -> None:
    late, recent = make_invitation(), make_invitation()
    now = timezone.now()
    Invitation.objects.filter(pk=late.pk).update(
        invited_at=now - timedelta(days=50), expires_at=now - timedelta(days=31)
    )
    call_command("expire_invitations", stdout=(said := StringIO()))
    assert said.getvalue() == "withdrawn: 1\n"
    late.refresh_from_db()
    recent.refresh_from_db()
    assert (late.sealed, bool(recent.sealed)) == ("", True)


def test_neither_secret_nor_address_is_stored(link: str) -> None:
    with connection.cursor() as cursor:
        for table in ("advocacy_invitation", "publishing_mail"):
            cursor.execute(f"SELECT row::text FROM {table} AS row")  # noqa: S608 - our own tables
            rows = " ".join(str(row) for row in cursor.fetchall())
            assert token_of(link) not in rows
            assert "guest" not in rows


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"used_at": timezone.now()}, "invitation_address_while_it_waits"),
        ({"sealed": ""}, "invitation_address_while_it_waits"),
        (
            {"used_at": timezone.now(), "withdrawn_at": timezone.now(), "sealed": "", "address_hash": ""},
            "invitation_used_or_withdrawn",
        ),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "invitation_ends_after_start"),
    ],
)
def test_database_refuses(changes: dict[str, Any], constraint: str) -> None:
    make_invitation()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Invitation.objects.update(**changes)


@pytest.mark.django_db(transaction=True)
def test_two_who_follow_it_at_once(link: str) -> None:
    """One account, one membership; the other is told."""
    register = partial(inviting.register, token_of(link), name="", password=PASSWORD)
    results = at_once([register] * 3)
    assert sorted(type(result).__name__ for result in results) == ["NoInvitation", "NoInvitation", "User"]
    assert User.objects.filter(email=ADDRESS).count() == Membership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_of_one_person_at_once(link: str, postbox: Postbox) -> None:
    """One makes the account; the other asks to sign in with it, and still stands."""
    make_invitation(address=ADDRESS)
    other = path(postbox)
    results = at_once(
        [partial(inviting.register, token_of(each), name="", password=PASSWORD) for each in (link, other)]
    )
    assert sorted(type(result).__name__ for result in results) == ["HasAccount", "User"]
    assert Invitation.objects.waiting().count() == 1


@pytest.mark.django_db(transaction=True)
def test_followed_while_it_is_withdrawn(link: str) -> None:
    """Whichever comes first."""
    invitation, by = Invitation.objects.get(), make_user()
    results = at_once(
        [
            partial(inviting.register, token_of(link), name="", password=PASSWORD),
            partial(inviting.withdraw, invitation, by=by),
        ]
    )
    invitation.refresh_from_db()
    assert isinstance(results[0], User) is bool(invitation.used_at)
    assert bool(invitation.used_at) is not bool(invitation.withdrawn_at)
    assert Membership.objects.exists() is bool(invitation.used_at)


def test_people_url_is_no_way_in(visitor: Client, link: str) -> None:
    """Until the invitation is used, nothing of the organisation's own pages opens."""
    assert visitor.get(people_url(Organisation.objects.get())).status_code == 302
