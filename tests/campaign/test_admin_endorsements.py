"""The moderators' desk for endorsements."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from advocacy.models import Membership, Organisation
from campaign.endorsing import withdraw
from campaign.models import Endorsement
from tests.campaign.admin_pages import address, page_of, typed
from tests.campaign.endorsement_rows import (
    list_url,
    make_endorsement,
    make_published_endorsement,
    make_unconfirmed,
)
from tests.factories import make_organisation, make_user

QUEUE = address(Endorsement, "changelist")
REFUSAL = {"reason": "not-genuine", "note": "Please write from your own domain."}
pytestmark = pytest.mark.django_db
each_decision = pytest.mark.parametrize("decision", ["approve", "refuse"])


def listed(response: Any) -> list[str]:
    """Return the names in the queue."""
    rows = page_of(response).one("table", id="result_list").all("tbody")[0]
    return [cell.text for cell in rows if cell.has(class_="field-signatory")]


def test_queue_holds_what_waits_oldest_first(moderator: Client) -> None:
    now = timezone.now()
    late = make_endorsement(name="The later", received_at=now - timedelta(hours=1))
    make_endorsement(late.version, name="<b>earlier</b>", received_at=now - timedelta(hours=2))
    make_unconfirmed(late.version)
    make_published_endorsement(late.version)
    assert listed(moderator.get(QUEUE)) == ["<b>earlier</b>", "The later"]
    assert len(listed(moderator.get(f"{QUEUE}?state=all"))) == 4


def test_front_page_says_how_many_wait_and_forgets_what_is_late(moderator: Client) -> None:
    make_endorsement()
    late = make_unconfirmed(received_at=timezone.now() - timedelta(days=8))
    page = page_of(moderator.get("/admin/"))
    assert page.all("a", href=QUEUE)[0].text == "1 endorsement to look at"
    late.refresh_from_db()
    assert (late.state, late.email) == ("expired", "")


def test_desk_shows_all_but_the_address(moderator: Client) -> None:
    row = make_unconfirmed(name="<i>Quiet</i> Society", country="KE", email="office@society.example")
    response = moderator.get(address(row, "change"))
    text = page_of(response).text
    assert "<i>Quiet</i> Society" in text
    assert "Kenya" in text
    assert "office@" not in response.content.decode()
    assert not page_of(response).all("input", value="Approve")


def test_approve_publishes_and_goes_on_to_the_next(moderator: Client) -> None:
    now = timezone.now()
    first = make_endorsement(name="Quiet Society", received_at=now - timedelta(hours=2))
    second = make_endorsement(received_at=now - timedelta(hours=1))
    response = moderator.post(address(first, "approve"), follow=True)
    assert response.redirect_chain == [(address(second, "change"), 302)]
    assert "Published." in response.content.decode()
    assert "Quiet Society" in Client().get(list_url(first.deliverable)).content.decode()


def test_refuse_tells_why(moderator: Client) -> None:
    row = make_endorsement()
    response = moderator.post(address(row, "refuse"), REFUSAL, follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    row.refresh_from_db()
    assert (row.state, row.name) == ("refused", "")
    assert {"reason": row.refusal_reason, "note": row.refusal_note} == REFUSAL


@pytest.mark.parametrize("sent", [{}, {"reason": "hate"}, {"reason": "no-name", "note": "x" * 501}])
def test_refuse_without_a_reason(moderator: Client, sent: dict[str, str]) -> None:
    row = make_endorsement()
    response = moderator.post(address(row, "refuse"), {"note": "Kept as typed", **sent})
    assert response.status_code == 400
    assert page_of(response).one("textarea").text.startswith(sent.get("note", "Kept as typed"))
    row.refresh_from_db()
    assert row.state == "pending"


@each_decision
def test_too_late(moderator: Client, decision: str) -> None:
    """Withdrawn or decided in the meantime: said, and nothing changes."""
    row = make_endorsement()
    withdraw(row)
    response = moderator.post(address(row, decision), REFUSAL)
    assert response.status_code == 409
    assert "does not wait for a decision" in page_of(response).text
    decided = make_published_endorsement()
    assert moderator.post(address(decided, decision), REFUSAL).status_code == 409


def test_organisation_that_has_signed(moderator: Client) -> None:
    """The desk warns, and does not publish it twice."""
    first = make_published_endorsement(name="Quiet Society")
    again = make_endorsement(first.version, name="quiet society")
    assert "is published" in page_of(moderator.get(address(again, "change"))).one("p", class_="errornote").text
    assert moderator.post(address(again, "approve")).status_code == 409
    again.refresh_from_db()
    assert again.state == "pending"


@each_decision
def test_who_may_decide(editor: Client, coordinator: Client, visitor: Client, decision: str) -> None:
    """Moderators alone; an editor sees the desk."""
    row = make_endorsement()
    assert editor.get(address(row, "change")).status_code == 200
    assert not page_of(editor.get(address(row, "change"))).all("input", value="Approve")
    assert editor.post(address(row, decision), REFUSAL).status_code == 403
    assert coordinator.post(address(row, decision), REFUSAL).status_code == 403
    assert visitor.post(address(row, decision), REFUSAL).status_code == 302
    row.refresh_from_db()
    assert row.state == "pending"


@each_decision
def test_wrong_method_and_bad_id(moderator: Client, decision: str) -> None:
    row = make_endorsement()
    assert moderator.get(address(row, decision)).status_code == 405
    assert moderator.post(address(row, "change")).status_code == 405
    for wrong in ("0", "x", "9" * 30):
        assert moderator.post(address(Endorsement, decision, wrong), REFUSAL).status_code == 404


def test_coordinator_says_who_acts_for_an_organisation(coordinator: Client) -> None:
    organisation = make_organisation()
    user = make_user(staff=False)
    values = typed(coordinator.get(address(organisation, "change")), "organisation_form")
    values |= {"memberships-TOTAL_FORMS": "1", "memberships-0-user": str(user.pk), "memberships-0-role": "lead"}
    assert coordinator.post(address(organisation, "change"), values).status_code == 302
    assert Membership.objects.get().user == user
    assert Organisation.objects.get(memberships__user=user) == organisation
