"""Members write to who shares a practice, through the outbox: neither side learns an address by it."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy.models import Membership, Organisation, Practice, PracticeQuestion, Role
from publishing.models import Mail
from publishing.sealing import unseal
from tests.factories import make_member, make_organisation, make_practice

pytestmark = pytest.mark.django_db
ADDRESS = "/en/accounts/practices/shared/ask/"


@pytest.fixture
def practice(db: None) -> Practice:
    """What another member shares."""
    return make_practice(slug="shared")


@pytest.fixture
def lead(practice: Practice) -> Membership:
    """Who leads that member."""
    return make_member(role=Role.LEAD, organisation=practice.organisation)[1]


@pytest.fixture
def member(db: None) -> tuple[Client, Membership]:
    """Somebody who reads for the member `ours`."""
    return make_member(role=Role.READER, organisation=make_organisation(slug="ours"))


def form(**fields: str) -> dict[str, str]:
    return {"form_key": str(uuid4()), "message": "How many letters?"} | fields


def mails() -> list[dict[str, Any]]:
    return [json.loads(unseal(mail.sealed)) for mail in Mail.objects.order_by("pk")]


def test_a_message_goes_to_those_who_lead(lead: Membership, member: tuple[Client, Membership]) -> None:
    client, membership = member
    make_member(organisation=lead.organisation)
    second = make_member(role=Role.LEAD, organisation=lead.organisation)[1]
    assert client.get(ADDRESS).status_code == 200
    response = client.post(ADDRESS, form())
    assert response.status_code == 201
    assert {mail["to"] for mail in mails()} == {lead.user.email, second.user.email}
    mail = mails()[0]
    assert "How many letters?" in mail["text"]
    assert "Title of ours" in mail["text"]
    assert str(PracticeQuestion.objects.get().pk) in mail["subject"]
    assert membership.user.email not in json.dumps(mail)
    assert mail["headers"] == {}
    assert lead.user.email not in response.content.decode()


def test_an_address_is_given_by_who_has_it(lead: Membership, member: tuple[Client, Membership]) -> None:
    client, membership = member
    client.post(ADDRESS, form(give_address="on"))
    [mail] = mails()
    assert mail["headers"] == {"Reply-To": membership.user.email}
    assert membership.user.email in mail["text"]


def test_where_nobody_leads_it_goes_to_the_secretariat(
    practice: Practice, member: tuple[Client, Membership], settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "secretariat@example.org"
    member[0].post(ADDRESS, form())
    assert [mail["to"] for mail in mails()] == ["secretariat@example.org"]


def test_who_is_not_listed_is_not_named(lead: Membership, member: tuple[Client, Membership]) -> None:
    Organisation.objects.filter(slug="ours").update(state="draft", listing="unlisted")
    member[0].post(ADDRESS, form())
    [mail] = mails()
    assert "Title of ours" not in mail["text"]
    assert "a member that is not listed" in mail["text"]


def test_it_is_written_in_a_language_of_who_gets_it(lead: Membership, member: tuple[Client, Membership]) -> None:
    Organisation.objects.filter(pk=lead.organisation_id).update(languages=["wo", "fr"])
    member[0].post(ADDRESS.replace("/en/", "/ar/"), form())
    assert "practice" not in mails()[0]["subject"]


def test_for_one_of_several(lead: Membership, member: tuple[Client, Membership]) -> None:
    client, membership = member
    second = make_organisation(slug="second")
    Membership.objects.create(organisation=second, user=membership.user, role=Role.READER)
    assert client.post(ADDRESS, form(organisation="")).status_code == 400
    assert client.post(ADDRESS, form(organisation="0")).status_code == 400
    assert client.post(ADDRESS, form(organisation=str(second.pk))).status_code == 201
    assert "Title of second" in mails()[0]["text"]


def test_sent_twice_is_one_mail(lead: Membership, member: tuple[Client, Membership]) -> None:
    same = form()
    for _ in range(2):
        assert member[0].post(ADDRESS, same).status_code == 201
    assert Mail.objects.count() == 1


def test_only_so_many_a_day(
    lead: Membership, member: tuple[Client, Membership], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advocacy.asking.MOST_A_DAY", 1)
    client, _membership = member
    client.post(ADDRESS, form())
    response = client.post(ADDRESS, form(message="And how long?"))
    assert response.status_code == 429
    assert response["Retry-After"]
    assert "And how long?" in response.content.decode()
    PracticeQuestion.objects.update(asked_at=timezone.now() - timedelta(days=2))
    assert client.post(ADDRESS, form()).status_code == 201


@pytest.mark.parametrize("fields", [{"message": " "}, {"message": "x" * 5001}, {"form_key": "x"}])
def test_bad_input(lead: Membership, member: tuple[Client, Membership], fields: dict[str, str]) -> None:
    assert member[0].post(ADDRESS, form(**fields)).status_code == 400
    assert not Mail.objects.exists()


def test_who_may_ask(practice: Practice, lead: Membership, member: tuple[Client, Membership], visitor: Client) -> None:
    assert visitor.get(ADDRESS).status_code == 302
    assert make_member(organisation=practice.organisation)[0].get(ADDRESS).status_code == 404
    assert member[0].get(ADDRESS.replace("shared", "none")).status_code == 404
    assert member[0].put(ADDRESS).status_code == 405
    member[1].delete()
    assert member[0].get(ADDRESS).status_code == 403


def test_who_asked_is_forgotten(lead: Membership, member: tuple[Client, Membership]) -> None:
    member[0].post(ADDRESS, form())
    PracticeQuestion.objects.update(asked_at=timezone.now() - timedelta(days=91))
    call_command("forget_drafts", stdout=StringIO())
    assert not PracticeQuestion.objects.exists()
