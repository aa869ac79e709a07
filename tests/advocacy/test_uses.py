"""Members say that they used what others share; it shows once the secretariat has approved it."""

import json
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy import using
from advocacy.models import Membership, Practice, PracticeUse, Role
from publishing.models import Mail
from publishing.sealing import unseal
from tests.factories import make_member, make_organisation, make_practice, make_practice_use, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/en/accounts/organisations/ours/uses/shared/"
FORM = {"note": "It halved our <i>losses</i>.", "year": "2023"}


@pytest.fixture
def practice(db: None) -> Practice:
    """What another member shares."""
    return make_practice(slug="shared")


@pytest.fixture
def member(db: None) -> tuple[Client, Membership]:
    """Somebody who writes for the member `ours`."""
    return make_member(organisation=make_organisation(slug="ours"))


@pytest.fixture
def anna(db: None) -> User:
    """The network's coordinator."""
    return make_user("Network coordinator")


def public_page(visitor: Client) -> str:
    return visitor.get("/en/practices/shared/").content.decode()


def test_a_note_shows_once_it_is_approved(
    practice: Practice, member: tuple[Client, Membership], visitor: Client, anna: User
) -> None:
    client, _membership = member
    assert client.get(ADDRESS).status_code == 200
    response: Any = client.post(ADDRESS, FORM)
    assert (response.status_code, response.url) == (302, ADDRESS)
    assert "waits for the secretariat" in client.get(ADDRESS).content.decode()
    assert "Used by" not in public_page(visitor)
    using.approve(PracticeUse.objects.get(), by=anna)
    shown = public_page(visitor)
    assert "Used by 1 member" in shown
    assert "It halved our &lt;i&gt;losses&lt;/i&gt;." in shown
    assert "Title of ours" in shown


def test_a_changed_note_waits_while_the_old_one_stands(
    practice: Practice, member: tuple[Client, Membership], visitor: Client, anna: User
) -> None:
    client, membership = member
    make_practice_use(practice, organisation=membership.organisation, note="It helped.")
    for note in ("It helped more.", "It helped most."):
        client.post(ADDRESS, {**FORM, "note": note})
    assert "It helped." in public_page(visitor)
    using.approve(PracticeUse.objects.pending().get(), by=anna)
    shown = public_page(visitor)
    assert "It helped most." in shown
    assert "Used by 1 member" in shown


def test_the_same_note_again_changes_nothing(practice: Practice, member: tuple[Client, Membership]) -> None:
    client, membership = member
    use = make_practice_use(practice, organisation=membership.organisation)
    client.post(ADDRESS, {"note": use.note, "year": use.year})
    assert PracticeUse.objects.get().state == "published"


def test_taking_back(practice: Practice, member: tuple[Client, Membership], visitor: Client) -> None:
    client, membership = member
    make_practice_use(practice, organisation=membership.organisation)
    client.post(ADDRESS, FORM)
    assert client.post(ADDRESS, {"take_back": "1"}).status_code == 302
    assert not PracticeUse.objects.exists()
    assert "Used by" not in public_page(visitor)


def test_a_refusal_has_a_reason_that_is_told(
    practice: Practice, member: tuple[Client, Membership], anna: User
) -> None:
    client, _membership = member
    client.post(ADDRESS, FORM)
    use = PracticeUse.objects.get()
    with pytest.raises(IntegrityError, match="practiceuse_refused_has_reason"), transaction.atomic():
        using.refuse(use, by=anna, reason="")
    using.refuse(use, by=anna, reason="It names a patient.")
    assert "It names a patient." in client.get(ADDRESS).content.decode()
    with pytest.raises(using.AlreadyDecided):
        using.approve(use, by=anna)


def test_who_said_it_is_told_what_came_of_it(
    practice: Practice, member: tuple[Client, Membership], anna: User
) -> None:
    client, _membership = member
    for decide in (using.approve, partial(using.refuse, reason="It names a patient.")):
        client.post(ADDRESS, FORM | {"note": str(decide)[:400]})
        decide(PracticeUse.objects.pending().get(), by=anna)
    approved, refused = (json.loads(unseal(mail.sealed)) for mail in Mail.objects.order_by("pk"))
    assert "It is public now" in approved["text"]
    assert "It names a patient." in refused["text"]
    assert "ours" not in approved["text"]


@pytest.mark.parametrize(
    "fields", [{"note": ""}, {"note": "x" * 501}, {"year": ""}, {"year": "1066"}, {"year": "2999"}, {"note": "a\0"}]
)
def test_bad_input(practice: Practice, member: tuple[Client, Membership], fields: dict[str, str]) -> None:
    response = member[0].post(ADDRESS, FORM | {"note": "It helped us much."} | fields)
    assert response.status_code == 400
    assert not PracticeUse.objects.exists()
    if "year" in fields:
        assert "It helped us much." in response.content.decode()


def test_who_may_speak(practice: Practice, member: tuple[Client, Membership], visitor: Client) -> None:
    assert visitor.get(ADDRESS).status_code == 302
    assert make_member()[0].get(ADDRESS).status_code == 404
    assert make_member(role=Role.READER, organisation=member[1].organisation)[0].get(ADDRESS).status_code == 403
    assert member[0].delete(ADDRESS).status_code == 405
    assert member[0].get(ADDRESS.replace("shared", "none")).status_code == 404


def test_nobody_uses_what_it_shares_itself(member: tuple[Client, Membership]) -> None:
    client, membership = member
    own = make_practice(membership.organisation, slug="shared")
    assert client.post(ADDRESS, FORM).status_code == 404
    with pytest.raises(IntegrityError, match="no user of it"), transaction.atomic():
        make_practice_use(own, organisation=membership.organisation)
    other = make_practice()
    make_practice_use(other, organisation=membership.organisation)
    other.organisation = membership.organisation
    other.save()
    assert not PracticeUse.objects.exists()


def test_one_is_published_and_one_waits(practice: Practice) -> None:
    ours = make_organisation()
    for state in ("published", "pending"):
        make_practice_use(practice, organisation=ours, state=state)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_practice_use(practice, organisation=ours, state=state)


def test_of_those_at_risk_nothing_shows(practice: Practice, visitor: Client) -> None:
    hidden = make_organisation(slug="hidden", state="draft", listing="unlisted")
    make_practice_use(practice, organisation=hidden, note="Said in hiding.")
    region = make_organisation(slug="region", country="EG", listing="region")
    make_practice_use(practice, organisation=region, note="Said in a region.")
    inner = make_member(role=Role.READER)[0].get(practice.members_url).content.decode()
    for shown in (public_page(visitor), inner):
        assert "Used by 1 member" in shown
        assert "Said in hiding." not in shown
        assert "Northern Africa" in shown
        assert "Egypt" not in shown
    assert PracticeUse.objects.public().count() == 1


def test_uses_of_what_is_for_members_are_not_public(practice: Practice) -> None:
    make_practice_use(practice)
    Practice.objects.update(audience="members")
    assert not PracticeUse.objects.public().exists()
    assert "Used by 1 member" in make_member(role=Role.READER)[0].get(practice.members_url).content.decode()


def test_the_desk(practice: Practice, coordinator: Client, editor: Client, moderator: Client) -> None:
    first, second = (make_practice_use(practice, state="pending", note=f"Note {n}") for n in (1, 2))
    desk = reverse("admin:advocacy_practiceuse_changelist")
    assert "2 notes on practices" in coordinator.get("/admin/").content.decode()
    assert coordinator.get(desk).status_code == 200
    page, approve = (reverse(f"admin:advocacy_practiceuse_{name}", args=[first.pk]) for name in ("change", "approve"))
    assert "Note 1" in coordinator.get(page).content.decode()
    for other in (editor, moderator):
        assert other.get(page).status_code == 403
        assert other.post(approve).status_code == 403
    assert coordinator.get(approve).status_code == 405
    assert coordinator.post(approve).status_code == 302
    first.refresh_from_db()
    assert first.state == "published"
    assert coordinator.post(approve).status_code == 409
    refuse = reverse("admin:advocacy_practiceuse_refuse", args=[second.pk])
    assert coordinator.post(refuse, {"reason": ""}).status_code == 400
    assert coordinator.post(refuse, {"reason": "Spam."}).status_code == 302
    second.refresh_from_db()
    assert (second.state, second.reason) == ("refused", "Spam.")
    assert coordinator.post(reverse("admin:advocacy_practiceuse_refuse", args=[0]), {"reason": "x"}).status_code == 404
    assert second.decided_at
    assert second.decided_at <= timezone.now()


def test_somebody_may_say_it_for_several(practice: Practice, member: tuple[Client, Membership]) -> None:
    """The practice's page for members names each that they write for."""
    client, membership = member
    Membership.objects.create(user=membership.user, organisation=make_organisation(slug="ours-too"))
    page = client.get("/en/accounts/practices/shared/")
    assert page.status_code == 200
    for slug in ("ours", "ours-too"):
        assert f"/en/accounts/organisations/{slug}/uses/shared/" in page.content.decode()
        assert f"Title of {slug}<" in page.content.decode()
