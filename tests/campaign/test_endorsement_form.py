"""The form that signs a deliverable: its ladder, what it asks for, and how little of it is kept."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from advocacy.models import Membership
from campaign.endorsing import initials
from campaign.models import Deliverable, Endorsement, Version
from comments.receipts import receipt_hash
from tests.campaign.endorsement_rows import by_organisation, filled, form_url, sign
from tests.comments.loop import code_of, errors_beside, errors_on_top, page_of, typed
from tests.conftest import signed_in
from tests.factories import make_deliverable, make_organisation, make_user, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def deliverable() -> Deliverable:
    """Return one with a final version."""
    return make_version().deliverable


def test_form_opens(visitor: Client, deliverable: Deliverable) -> None:
    response = visitor.get(form_url(deliverable))
    values = typed(page_of(response))
    assert values.pop("form_key")
    assert values == {"capacity": "", "shown_as": "name", "name": "", "country": "", "email": ""}
    assert set(response.cookies) == {"csrftoken"}
    assert visitor.head(form_url(deliverable)).status_code == 200


def test_form_says_what_becomes_public(visitor: Client, deliverable: Deliverable) -> None:
    fields = page_of(visitor.get(form_url(deliverable))).all("div", class_="field")
    private = [field.one("label").text for field in fields if field.all("span", class_="is-private")]
    assert len(private) == 1
    assert private[0].startswith("E-mail address")
    assert sum(bool(field.all("span", class_="is-public")) for field in fields) == 3


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({}, ("name", "Wanjiru Rivers")),
        ({"shown_as": "initials"}, ("initials", "W. R.")),
        ({"shown_as": "count"}, ("count", "")),
        ({"shown_as": "count", "name": ""}, ("count", "")),
        ({"name": "  Wanjiru \n Rivers "}, ("name", "Wanjiru Rivers")),
        ({"email": "me@home.example"}, ("name", "Wanjiru Rivers")),
        ({"email": "no address"}, ("name", "Wanjiru Rivers")),
    ],
)
def test_person(visitor: Client, deliverable: Deliverable, sent: dict[str, str], kept: tuple[str, str]) -> None:
    """A person waits for a moderator at once; no address is kept, and no more of the name than will be shown."""
    response = sign(visitor, deliverable, country="KE", **sent)
    code = code_of(response)
    row = Endorsement.objects.get()
    assert (row.shown_as, row.name) == kept
    assert (row.state, row.capacity, row.country, row.email) == ("pending", "health-worker", "KE", "")
    assert (row.deliverable, row.version) == (deliverable, deliverable.versions.get())
    assert row.receipt_hash == receipt_hash(code)
    assert set(response.cookies) <= {"csrftoken"}
    assert response["Cache-Control"] == "no-store"
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Wanjiru Rivers", "W. R."),
        ("jean-pierre le Goff", "J.-P. L. G."),
        ("Élodie", "É."),
        ("محمد علي", "م. ع."),
        ("Иван Иванович Петров", "И. И. П."),
        ("王小明", "王."),
        ("नीला देवी", "नी. दे."),
        ("A B C D E F", "A. B. C. D."),
        ("Anna 7 (x)", "A."),
        ("7 --", ""),
    ],
)
def test_initials(name: str, short: str) -> None:
    """In any script, with the marks that belong to a letter."""
    assert initials(name) == short


def test_the_same_form_sent_twice_is_one_endorsement(visitor: Client, deliverable: Deliverable) -> None:
    values = filled(shown_as="initials")
    first, second = (code_of(visitor.post(form_url(deliverable), values)) for _ in range(2))
    assert first == second
    assert Endorsement.objects.count() == 1
    assert code_of(visitor.post(form_url(deliverable), values | {"name": "Another Person"})) != first
    assert Endorsement.objects.count() == 2


def test_signs_the_version_that_is_current(visitor: Client, deliverable: Deliverable) -> None:
    Version.objects.update(state="superseded")
    newer = make_version(deliverable)
    make_version(deliverable, state="draft")
    code_of(sign(visitor, deliverable))
    assert Endorsement.objects.get().version == newer


# --- Bad input -----------------------------------------------------------------------------------------------------

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"capacity": ""}, "capacity"),
    ({"capacity": "king"}, "capacity"),
    ({"shown_as": ""}, "shown_as"),
    ({"shown_as": "portrait"}, "shown_as"),
    ({"name": ""}, "name"),
    ({"name": " \n\u2028 "}, "name"),
    ({"name": "\0"}, "name"),
    ({"name": "x" * 151}, "name"),
    ({"shown_as": "initials", "name": ""}, "name"),
    ({"shown_as": "initials", "name": "12 34"}, "name"),
    ({"country": "XX"}, "country"),
    (by_organisation(email=""), "email"),
    (by_organisation(email="nobody"), "email"),
    (by_organisation(email="a@example.org\nBcc: b@example.org"), "email"),
    (by_organisation(email=f"{'a' * 250}@example.org"), "email"),
    (by_organisation(name=""), "name"),
    (by_organisation(name="", shown_as="count"), "name"),
    (by_organisation(shown_as="initials"), "shown_as"),
]


@pytest.mark.parametrize(("sent", "field"), WRONG, ids=range(len(WRONG)))
def test_wrong(visitor: Client, deliverable: Deliverable, sent: dict[str, Any], field: str) -> None:
    """Said beside the field and on top, with everything typed still there."""
    values = filled(**sent)
    response = visitor.post(form_url(deliverable), values)
    assert response.status_code == 400
    page = page_of(response)
    assert errors_beside(page, field)
    assert errors_beside(page, field) in errors_on_top(page)
    assert typed(page)["form_key"] == values["form_key"]
    if field != "name":
        assert typed(page)["name"] == values["name"]
    assert not Endorsement.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "0"])
def test_lost_key(visitor: Client, deliverable: Deliverable, key: str) -> None:
    """The form comes back with another."""
    response = visitor.post(form_url(deliverable), filled(form_key=key))
    assert response.status_code == 400
    assert len(typed(page_of(response))["form_key"]) == 36


def test_nothing_sent(visitor: Client, deliverable: Deliverable) -> None:
    assert visitor.post(form_url(deliverable)).status_code == 400


def test_nothing_to_sign(visitor: Client) -> None:
    """No such deliverable, none that is public, or none with a version."""
    hidden = make_version(make_deliverable(state="draft")).deliverable
    draft = make_version(state="draft").deliverable
    for missing in (hidden, draft, make_deliverable(), Deliverable(slug="none")):
        for send in (visitor.get, visitor.post):
            assert send(form_url(missing), filled()).status_code == 404
    assert not Endorsement.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_wrong_method(visitor: Client, deliverable: Deliverable, method: str) -> None:
    assert getattr(visitor, method)(form_url(deliverable)).status_code == 405


def test_a_form_without_its_cookie(deliverable: Deliverable) -> None:
    """Refused, with the name given back."""
    response = Client(enforce_csrf_checks=True).post(form_url(deliverable), filled())
    assert response.status_code == 403
    assert page_of(response).one("textarea").text == "Wanjiru Rivers"


# --- Members of the network ----------------------------------------------------------------------------------------


def member(**fields: Any) -> tuple[Client, Membership]:
    """Return somebody who is signed in and acts for an organisation."""
    user = make_user(staff=False)
    membership = Membership.objects.create(user=user, organisation=make_organisation(**fields))
    return signed_in(user), membership


def test_member_signs_without_a_mail(deliverable: Deliverable) -> None:
    """The rest comes from the profile; a moderator looks at it all the same, and sees who signed."""
    client, membership = member(slug="zambia")
    values = typed(page_of(client.get(form_url(deliverable))))
    assert values["member"] == str(membership.organisation_id)
    code_of(client.post(form_url(deliverable), values))
    row = Endorsement.objects.get()
    assert (row.state, row.name, row.country, row.email) == ("pending", "Title of zambia", "ZM", "")
    assert (row.organisation, row.capacity) == (membership.organisation, "civil-society")
    event = row.events.get()
    assert (event.action, event.by) == ("confirm", membership.user)


def test_member_at_risk_tells_no_country(deliverable: Deliverable) -> None:
    client, membership = member(listing="region")
    code_of(sign(client, deliverable, member=membership.organisation_id, capacity="", country="ZM"))
    assert Endorsement.objects.get().country == ""


def test_member_may_sign_for_themselves(deliverable: Deliverable) -> None:
    client, _ = member()
    code_of(sign(client, deliverable, member=""))
    row = Endorsement.objects.get()
    assert (row.organisation, row.name, row.events.count()) == (None, "Wanjiru Rivers", 0)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"member": "0"}, "member"),
        ({"member": "", "capacity": ""}, "capacity"),
        ({"shown_as": "initials"}, "shown_as"),
    ],
)
def test_member_in_the_wrong(deliverable: Deliverable, sent: dict[str, str], field: str) -> None:
    client, membership = member()
    response = sign(client, deliverable, **{"member": str(membership.organisation_id)} | sent)
    assert response.status_code == 400
    assert errors_beside(page_of(response), field)


@pytest.mark.parametrize("who", ["visitor", "another", "hidden", "reader"])
def test_nobody_else_signs_for_a_member(visitor: Client, deliverable: Deliverable, who: str) -> None:
    """Nobody who isn't signed in, is no member or only reads, and nobody for an organisation that is not public."""
    client, membership = member(**{"state": "draft"} if who == "hidden" else {})
    if who == "reader":
        Membership.objects.update(role="reader")
    client = {"visitor": visitor, "another": signed_in(make_user())}.get(who, client)
    assert not page_of(client.get(form_url(deliverable))).all("input", name="member")
    sign(client, deliverable, member=membership.organisation_id)
    assert Endorsement.objects.get().organisation is None
