"""The revisions of a practice: what readers compare, and what stays with members or with staff."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from advocacy.models import Membership, Practice, Proposal, Role
from advocacy.proposing import approve, propose
from advocacy.shapes import PRACTICE
from tests.factories import add_text, make_issue, make_member, make_practice, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(db: None) -> Membership:
    """Who writes for the member that shares `shared`."""
    return make_member()[1]


@pytest.fixture
def practice(membership: Membership) -> Practice:
    """What was there before anybody proposed."""
    at = datetime(2026, 3, 2, tzinfo=timezone.get_current_timezone())
    practice = make_practice(membership.organisation, slug="shared", published_at=at)
    practice.texts.update(title="A letter", body="We wrote one letter.")
    return practice


@pytest.fixture
def anna(db: None) -> User:
    """The network's coordinator."""
    return make_user("Network coordinator")


def revise(practice: Practice, membership: Membership, by: User, note: str = "", **changes: Any) -> Proposal:
    """Return a proposal that was approved."""
    practice = Practice.objects.get(pk=practice.pk)
    values = PRACTICE.read(practice)
    for name, value in changes.items():
        (values["texts"]["en"] if name in values["texts"]["en"] else values)[name] = value
    return approve(propose(membership=membership, practice=practice, values=values, note=note), by=by)


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_one_text_is_one_revision(practice: Practice, visitor: Client) -> None:
    assert "Revisions" not in read(visitor, "/en/practices/shared/")
    page = read(visitor, "/en/practices/shared/revisions/")
    assert "Revision 1" in page
    assert "2 March 2026" in page


def test_revisions_are_listed_and_compared(
    practice: Practice, membership: Membership, anna: User, visitor: Client
) -> None:
    issue = make_issue(slug="issue")
    revise(practice, membership, anna, "Two letters", body="We wrote two letters.", issues=["issue"])
    revise(practice, membership, anna, year=2025, results="Fewer were lost.")
    page = read(visitor, "/en/practices/shared/")
    assert "Revision 3" in page
    assert "Two letters" in page
    changed = read(visitor, "/en/practices/shared/revisions/1/2/")
    assert "We wrote <del>one</del><ins>two</ins> <del>letter</del><ins>letters</ins>." in changed
    assert f"<ins>{issue.texts.get().title}</ins>" in changed
    both = read(visitor, "/en/practices/shared/revisions/1/3/")
    assert "<ins>Fewer were lost.</ins>" in both
    assert "<ins>2025</ins>" in both
    response: Any = visitor.get("/en/practices/shared/revisions/3/1/")
    assert response.url == "/en/practices/shared/revisions/1/3/"
    for pair in ("1/1", "1/4", "0/1"):
        read(visitor, f"/en/practices/shared/revisions/{pair}/", 404)
    assert visitor.post("/en/practices/shared/revisions/").status_code == 405
    read(visitor, "/en/practices/none/revisions/", 404)


def test_a_shared_practice_begins_with_its_first_proposal(membership: Membership, anna: User, visitor: Client) -> None:
    draft = Practice.objects.create(organisation=membership.organisation, slug="shared", kind="method")
    values = {**PRACTICE.read(draft), "texts": {"en": dict.fromkeys(PRACTICE.texts, "") | {"title": "T", "body": "B"}}}
    approve(propose(membership=membership, practice=draft, values=values, note="The first"), by=anna)
    page = read(visitor, "/en/practices/shared/revisions/")
    assert "Revision 1" in page
    assert "The first" in page
    assert "Revision 2" not in page


def test_what_was_for_members_stays_with_them(
    practice: Practice, membership: Membership, anna: User, visitor: Client
) -> None:
    Practice.objects.update(audience="members")
    revise(practice, membership, anna, "For us alone", body="We wrote to Anna.")
    read(visitor, "/en/practices/shared/revisions/", 404)
    revise(practice, membership, anna, "For everybody", audience="public", body="We wrote to somebody.")
    revise(practice, membership, anna, "And more", body="We wrote to everybody.")
    page = read(visitor, "/en/practices/shared/revisions/") + read(visitor, "/en/practices/shared/")
    assert "For everybody" in page
    assert "For us alone" not in page
    for pair in ("1/2", "2/3", "1/4"):
        read(visitor, f"/en/practices/shared/revisions/{pair}/", 404)
    assert "Anna" not in read(visitor, "/en/practices/shared/revisions/3/4/")
    reader = make_member(role=Role.READER)[0]
    assert "For us alone" in read(reader, "/en/accounts/practices/shared/revisions/")
    assert "Anna" in read(reader, "/en/accounts/practices/shared/revisions/2/3/")


def test_what_staff_withhold_is_compared_by_nobody(
    practice: Practice, membership: Membership, anna: User, visitor: Client
) -> None:
    revise(practice, membership, anna, body="We wrote two letters.")
    slip = revise(practice, membership, anna, "A slip", body="We wrote to Anna.")
    revise(practice, membership, anna, body="We wrote three letters.")
    Proposal.objects.filter(pk=slip.pk).update(withheld=True)
    for client, start in ((visitor, "/en"), (make_member(role=Role.READER)[0], "/en/accounts")):
        assert "A slip" not in read(client, f"{start}/practices/shared/revisions/")
        read(client, f"{start}/practices/shared/revisions/2/3/", 404)
        assert "Anna" not in read(client, f"{start}/practices/shared/revisions/2/4/")


@pytest.mark.parametrize("address", ["revisions/", "revisions/1/2/"])
def test_members_pages_are_for_members(practice: Practice, visitor: Client, address: str) -> None:
    url = f"/en/accounts/practices/shared/{address}"
    assert visitor.get(url).status_code == 302
    reader, membership = make_member(role=Role.READER)
    assert reader.post(url).status_code == 405
    assert reader.get(url.replace("shared", "none")).status_code == 404
    membership.delete()
    assert reader.get(url).status_code == 403


def test_text_that_is_not_ready_is_in_no_revision(
    practice: Practice, membership: Membership, anna: User, visitor: Client
) -> None:
    """Proposals hold it, since they hold all there is."""
    revise(practice, membership, anna, title="Two letters")
    draft = add_text(practice, "fr", title="Un brouillon", ready=False)
    revise(practice, membership, anna, title="Three letters")
    page = "/en/practices/shared/revisions/2/3/"
    assert "Three" in read(visitor, page)
    assert "Un brouillon" not in read(visitor, page)
    draft.ready = True
    draft.save()
    assert "Un brouillon" in read(visitor, page)
