"""What becomes of an endorsement: decisions, receipts, taking back, and what the database refuses."""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from campaign import endorsing
from campaign.models import Deliverable, Endorsement, EndorsementEvent
from comments.moderation import AlreadyDecided
from tests.campaign.endorsement_rows import (
    RECEIPT,
    SUBMISSION,
    by_organisation,
    decider,
    form_url,
    list_url,
    make_endorsement,
    make_endorsement_event,
    make_published_endorsement,
    make_unconfirmed,
)
from tests.campaign.mail import mail_server
from tests.comments.loop import RECEIPT as PAGE
from tests.comments.loop import code_of, page_of
from tests.comments.test_submission import at_once
from tests.factories import make_organisation, make_version

pytestmark = pytest.mark.django_db

MINE: dict[str, Any] = {"submission_key": SUBMISSION, "name": "Quiet Society", "country": "KE"}


def shown(client: Client, **values: str) -> Any:
    """Return the receipt's page."""
    response = client.post(PAGE, {"code": RECEIPT, **values})
    assert response.status_code == 200
    return page_of(response)


def assert_forgotten(row: Endorsement) -> None:
    """Assert that nothing of the row tells who signed."""
    row.refresh_from_db()
    assert (row.name, row.country, row.email, row.organisation) == ("", "", "", None)


# --- Receipts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (make_unconfirmed, "waiting to be confirmed by the organisation"),
        (make_endorsement, "waiting for a moderator"),
        (make_published_endorsement, "published"),
    ],
)
def test_receipt_shows_the_state_and_takes_back(visitor: Client, make: Any, state: str) -> None:
    row = make(**MINE)
    page = shown(visitor)
    assert page.one("span", class_="state").text == state
    assert "Quiet Society" in page.one("dl").text
    assert page.one("a", href=row.deliverable.get_absolute_url())
    page = shown(visitor, withdraw="1")
    assert page.one("span", class_="is-withdrawn").text == "withdrawn"
    assert "Quiet Society" not in page.text
    assert "Kenya" not in page.text
    assert not page.all("button", name="withdraw")
    assert_forgotten(row)
    assert [event.action for event in row.events.all()] == ["withdraw"]
    assert "Quiet Society" not in visitor.get(list_url(row.deliverable)).content.decode()
    shown(visitor, withdraw="1")
    assert row.events.count() == 1


def test_receipt_tells_why_it_was_refused(visitor: Client) -> None:
    row = make_endorsement(**MINE)
    endorsing.refuse(row, by=decider(), reason="not-genuine", note="Line <1>")
    page = shown(visitor)
    assert page.one("span", class_="is-refused")
    assert "We could not make sure that it comes from whom it names." in page.one("dl").text
    assert "Line <1>" in page.one("dl").text
    assert decider().username not in page.text
    assert_forgotten(row)


def test_receipt_names_no_deliverable_that_is_not_public(visitor: Client) -> None:
    row = make_endorsement(**MINE)
    Deliverable.objects.update(state="draft")
    assert row.deliverable.slug not in shown(visitor).text


def test_almost_the_code(visitor: Client) -> None:
    make_endorsement(**MINE)
    near = RECEIPT[:-1] + ("2" if RECEIPT[-1] != "2" else "3")
    assert visitor.post(PAGE, {"code": near, "withdraw": "1"}).status_code == 404
    assert Endorsement.objects.get().state == "pending"


# --- Decisions -----------------------------------------------------------------------------------------------------


def test_approve() -> None:
    row = endorsing.approve(make_endorsement(), by=decider())
    assert list(Endorsement.objects.public()) == [row]
    event = row.events.get()
    assert (event.action, event.by) == ("publish", decider())


@pytest.mark.parametrize("make", [make_unconfirmed, make_published_endorsement])
def test_only_what_waits_is_decided(make: Any) -> None:
    row = make()
    with pytest.raises(AlreadyDecided):
        endorsing.approve(row, by=decider())
    with pytest.raises(AlreadyDecided):
        endorsing.refuse(row, by=decider(), reason="no-name")
    assert not EndorsementEvent.objects.exists()


def test_an_organisation_is_public_once() -> None:
    """Whichever letters it writes large; in another country it may be another organisation."""
    first = make_published_endorsement(name="Quiet Society", country="KE")
    again = make_endorsement(first.version, name="QUIET society", country="KE")
    with pytest.raises(endorsing.AlreadySigned):
        endorsing.approve(again, by=decider())
    endorsing.approve(make_endorsement(first.version, name="Quiet Society", country="ZM"), by=decider())
    endorsing.approve(make_endorsement(name="Quiet Society", country="KE"), by=decider())
    endorsing.withdraw(first)
    endorsing.approve(again, by=decider())


def test_persons_of_one_name_may_both_sign() -> None:
    first = make_published_endorsement(name="W. R.", capacity="person", shown_as="initials")
    endorsing.approve(
        make_endorsement(first.version, name="W. R.", capacity="person", shown_as="initials"), by=decider()
    )


@pytest.mark.django_db(transaction=True)
def test_the_same_form_and_the_same_decision_at_once(settings: Settings) -> None:
    """One row with one receipt and one mail; of two endorsements by one organisation one is published."""
    first = make_endorsement(name="Quiet Society")
    second = make_endorsement(first.version, name="quiet society")
    by, url, sent = decider(), form_url(first.deliverable), by_organisation()
    with mail_server(settings) as box:
        codes = at_once([lambda: code_of(Client().post(url, sent))] * 8)
        assert len(box.mails) == 1
    assert len(set(codes)) == 1, codes
    assert Endorsement.objects.filter(state="unconfirmed").count() == 1
    results = at_once([partial(endorsing.approve, row, by=by) for row in (first, second, first, second)])
    assert sorted(type(result).__name__ for result in results)[-1] == "Endorsement"
    assert Endorsement.objects.public().count() == EndorsementEvent.objects.count() == 1


# --- What the database refuses -------------------------------------------------------------------------------------

REFUSED: list[tuple[Any, dict[str, Any], str]] = [
    (make_endorsement, {"email": "a@example.org"}, "endorsement_address_until_confirmed"),
    (make_published_endorsement, {"email": "a@example.org"}, "endorsement_address_until_confirmed"),
    (make_unconfirmed, {"email": ""}, "endorsement_address_until_confirmed"),
    (make_unconfirmed, {"capacity": "person"}, "endorsement_address_until_confirmed"),
    (make_endorsement, {"name": ""}, "endorsement_name_as_chosen"),
    (make_endorsement, {"shown_as": "initials"}, "endorsement_name_as_chosen"),
    (make_endorsement, {"capacity": "person", "shown_as": "count"}, "endorsement_name_as_chosen"),
    (make_endorsement, {"capacity": "person", "name": ""}, "endorsement_name_as_chosen"),
    (make_endorsement, {"state": "withdrawn"}, "endorsement_gone_tells_nothing"),
    (make_endorsement, {"state": "expired"}, "endorsement_gone_tells_nothing"),
    (make_endorsement, {"state": "published"}, "endorsement_decided_by_someone"),
    (make_published_endorsement, {"decided_by": None}, "endorsement_decided_by_someone"),
    (make_published_endorsement, {"published_at": None}, "endorsement_published_at"),
    (make_endorsement, {"refusal_reason": "no-name"}, "endorsement_refused_has_reason"),
]


@pytest.mark.parametrize(("make", "change", "constraint"), REFUSED, ids=range(len(REFUSED)))
def test_database_refuses(make: Any, change: dict[str, Any], constraint: str) -> None:
    row = make()
    if change == {"state": "published"}:
        change = {**change, "published_at": timezone.now()}
    if change == {"state": "expired"}:
        row.organisation = make_organisation()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Endorsement.objects.filter(pk=row.pk).update(**change)


def test_database_refuses_a_second_public_one_of_an_organisation() -> None:
    first = make_published_endorsement(name="Quiet Society")
    second = make_endorsement(first.version, name="quiet society")
    for field in ("state", "published_at", "decided_at", "decided_by"):
        setattr(second, field, getattr(first, field))
    with pytest.raises(ValidationError, match="has signed before"):
        second.validate_constraints()
    with pytest.raises(IntegrityError, match="endorsement_organisation_signs_once"), transaction.atomic():
        second.save()


@pytest.mark.parametrize("change", [{"by": None}, {"reason": ""}])
def test_database_refuses_a_decision_of_nobody_or_without_reason(change: dict[str, Any]) -> None:
    event = make_endorsement_event()
    with pytest.raises(IntegrityError), transaction.atomic():
        EndorsementEvent.objects.filter(pk=event.pk).update(**change)


def test_a_member_that_leaves_takes_no_endorsement_along() -> None:
    row = make_published_endorsement(organisation=make_organisation(), version=make_version())
    assert row.organisation
    row.organisation.delete()
    assert list(Endorsement.objects.filter(organisation=None).public().exclude(name="")) == [row]
