"""Somebody ends their account: nothing of them stays."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from advocacy.models import Membership, Proposal
from campaign.models import Endorsement
from publishing import outbox
from publishing.models import Mail
from tests.advocacy.people import HERE, member, quick_passwords, staff
from tests.campaign.endorsement_rows import form_url
from tests.conftest import signed_in
from tests.factories import PASSWORD, make_member_user, make_organisation, make_second_factor, make_version
from tests.publishing.html import parse

pytestmark = pytest.mark.django_db
ERASE = f"{HERE}erase/"


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Passwords take no time here."""
    with quick_passwords():
        yield


def words(response: Any) -> str:
    """Return what a page says."""
    return parse(response.content.decode()).one("main").text


def test_mails_to_them_go(visitor: Client) -> None:
    """Whatever they are about, and those that were set aside; what others wait for stays."""
    user, other = member(), member()
    headers = {"Reply-To": user.email}
    for kind, to in (("proposal", user.email), ("check", user.email.upper()), ("proposal", other.email)):
        outbox.enqueue(kind, to, subject="News", text="News", about=f"{kind} {to}")
    outbox.enqueue("question", other.email, subject="A question", text="Who?", headers=headers)
    outbox.enqueue("digest", user.email, subject="What they asked for without an account", text="News")
    Mail.objects.filter(kind="check").update(set_aside_at=timezone.now())
    assert signed_in(user).post(ERASE, {"password": PASSWORD}).status_code == 200
    left = sorted(Mail.objects.values_list("kind", "about"))
    assert left == [("digest", ""), ("proposal", f"proposal {other.email}")]


def test_everything_goes(visitor: Client) -> None:
    """Memberships, factors, addresses, mails, sessions; the organisation keeps what is its own."""
    user = member()
    organisation = user.memberships.get().organisation
    make_second_factor(user)
    visitor.post(f"{HERE}password/reset/", {"email": user.email})
    Proposal.objects.create(organisation=organisation, proposed_by=user)
    elsewhere, client = signed_in(user), signed_in(user)
    client.post(
        form_url(make_version().deliverable),
        {"member": organisation.pk, "shown_as": "name", "form_key": "0b8f1c1e-6d0b-4b6c-9e0a-111111111111"},
    )
    assert Endorsement.objects.get().organisation == organisation
    response = client.post(ERASE, {"password": PASSWORD})
    assert response.status_code == 200
    assert "Your account is erased" in words(response)
    for model in (Membership, Authenticator, EmailAddress, Session, Mail):
        assert not model.objects.exists(), model
    assert not User.objects.filter(pk=user.pk).exists()
    assert elsewhere.get(HERE).status_code == 302
    assert Endorsement.objects.get().organisation == organisation
    assert Proposal.objects.get().proposed_by is None


def test_not_by_chance(visitor: Client) -> None:
    """Asking is not doing; a wrong password does nothing; nobody erases anybody else."""
    user = member()
    client = signed_in(user)
    assert "for good" in words(client.get(ERASE))
    assert [client.post(ERASE, data).status_code for data in ({}, {"password": "wrong"})] == [400, 400]
    assert visitor.post(ERASE, {"password": PASSWORD})["Location"].startswith(f"{HERE}login/")
    assert client.delete(ERASE).status_code == 405
    assert User.objects.filter(pk=user.pk).exists()


def test_the_only_lead_hands_over_first() -> None:
    """An organisation would be left without anybody; with another lead, or once it has left, it goes."""
    organisation = make_organisation()
    user = member(organisation=organisation, role="lead")
    make_member_user(organisation, "contributor")
    make_member_user(organisation, "lead", is_active=False)
    client = signed_in(user)
    response = client.post(ERASE, {"password": PASSWORD})
    assert response.status_code == 409
    assert f"Title of {organisation.slug}" in words(response)
    make_member_user(organisation, "lead")
    assert client.post(ERASE, {"password": PASSWORD}).status_code == 200
    assert not User.objects.filter(pk=user.pk).exists()


def test_staff_ask_an_administrator() -> None:
    """Decisions stand in their name, and may still where somebody is staff no longer."""
    user = staff()
    client = signed_in(user)
    assert "An administrator closes such an account" in words(client.get(ERASE))
    assert client.post(ERASE, {"password": PASSWORD}).status_code == 403
    organisation = make_organisation()
    former = member()
    Proposal.objects.create(
        organisation=organisation, state="approved", decided_by=former, decided_at=former.date_joined
    )
    response = signed_in(former).post(ERASE, {"password": PASSWORD})
    assert (response.status_code, "An administrator" in words(response)) == (409, True)
    assert User.objects.filter(pk=former.pk).exists()
    assert former.memberships.exists()
