"""The people of an organisation: who sees and changes them, and that somebody always leads."""

from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from advocacy import inviting, people
from advocacy.inviting import MOST_OPEN
from advocacy.models import Invitation, Membership, Organisation, Role
from tests.advocacy.joining_rows import acting, make_invitation, make_member, people_url
from tests.campaign.mail import Postbox, mail_server
from tests.comments.loop import errors_beside, page_of
from tests.comments.test_submission import at_once
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
# Pages for leads alone; `{0}` is a member and `{1}` an invitation.
PAGES = ["people/", "people/{0}/remove/", "leave/", "erase/"]
BUTTONS = ["people/{0}/role/", "invitations/{1}/withdraw/", "invitations/{1}/again/"]


@pytest.fixture
def lead() -> Membership:
    """Somebody who leads an organisation, alone."""
    return make_member(make_organisation(slug="society"), first_name="Amina")


@pytest.fixture
def organisation(lead: Membership) -> Organisation:
    """Their organisation."""
    return lead.organisation


@pytest.fixture
def postbox(settings: Settings) -> Any:
    """What the mail server got."""
    with mail_server(settings) as box:
        yield box


@pytest.mark.parametrize("page", [*PAGES, *BUTTONS])
def test_ladder(lead: Membership, visitor: Client, page: str) -> None:
    """Another organisation's lead finds nothing, a contributor and a reader may not, a visitor has to sign in."""
    organisation = lead.organisation
    small = make_member(organisation, Role.READER)
    invitation = make_invitation(organisation)
    url = people_url(organisation, page.format(small.pk, invitation.pk))
    stranger = acting(make_member())
    rows = (small, make_member(organisation, Role.CONTRIBUTOR))
    for method in ("post",) if page in BUTTONS else ("get", "post"):
        assert getattr(stranger, method)(url).status_code == 404
        for row in rows:
            assert getattr(acting(row), method)(url).status_code == 403
    assert visitor.post(url)["Location"].endswith(f"?next={url}")
    assert acting(lead).put(url).status_code == 405
    if page in BUTTONS:
        assert acting(lead).get(url).status_code == 405
    else:
        assert acting(lead).get(url).status_code == 200
        assert acting(lead).get(url)["Cache-Control"].startswith("no-store")
    assert Membership.objects.filter(organisation=organisation).count() == 3


@pytest.mark.parametrize("page", [*PAGES[1:2], *BUTTONS])
def test_another_organisations_rows(lead: Membership, page: str) -> None:
    """By their number under one's own organisation they are not there."""
    other = make_member()
    invitation = make_invitation(other.organisation)
    for numbers in ((other.pk, invitation.pk), (0, 0)):
        url = people_url(lead.organisation, page.format(*numbers))
        assert acting(lead).post(url, {"role": "reader"}).status_code == 404
    other.refresh_from_db()
    assert Invitation.objects.waiting().count() == 1


def test_list(lead: Membership, organisation: Organisation) -> None:
    make_member(organisation, Role.READER, first_name="<i>Ben</i>")
    make_member(first_name="Stranger")
    make_invitation(organisation, address="guest@society.example")
    page = page_of(acting(lead).get(people_url(organisation)))
    for said in ("Amina", "this is you", "<i>Ben</i>", "Reads what members share", "guest@society.example"):
        assert said in page.text
    assert "Stranger" not in page.text
    assert page_of(acting(lead).get("/en/accounts/")).all("a", href=people_url(organisation))


def test_invite(lead: Membership, organisation: Organisation, postbox: Postbox) -> None:
    response = acting(lead).post(people_url(organisation), {"address": "guest@society.example", "role": "reader"})
    assert response["Location"] == people_url(organisation)
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.invited_by) == ("reader", lead.user)
    assert postbox.mails[0][0] == ["guest@society.example"]
    assert Client().get("/" + postbox.links[0].split("/", 3)[3]).status_code == 200


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"address": ""}, 400, "required"),
        ({"address": "nobody"}, 400, "valid email"),
        ({"address": "a@b.example Bcc: c@d.example"}, 400, "valid email"),
        ({"role": "owner"}, 400, ""),
        ({"address": "waits@society.example"}, 409, "waits already"),
        ({"address": "AMINA@society.example"}, 409, "acts for the organisation already"),
    ],
)
def test_invite_badly(lead: Membership, sent: dict[str, str], status: int, said: str) -> None:
    lead.user.email = "amina@society.example"
    lead.user.save()
    make_invitation(lead.organisation, address="waits@society.example")
    values = {"address": "guest@society.example", "role": "reader"} | sent
    response = acting(lead).post(people_url(lead.organisation), values)
    assert response.status_code == status
    assert said in errors_beside(page_of(response), "address")
    assert page_of(response).one("input", name="address").get("value") == values["address"]
    assert Invitation.objects.count() == 1


def test_many_wait(lead: Membership) -> None:
    for _ in range(MOST_OPEN):
        make_invitation(lead.organisation)
    values = {"address": "guest@society.example", "role": "reader"}
    response = acting(lead).post(people_url(lead.organisation), values)
    assert response.status_code == 409
    assert "Withdraw some" in errors_beside(page_of(response), "address")
    assert acting(make_member()).get(people_url(lead.organisation)).status_code == 404


def test_too_many_mails(lead: Membership, settings: Settings) -> None:
    """Sending again and again is asked to wait."""
    invitation = make_invitation(lead.organisation)
    url = people_url(lead.organisation, f"invitations/{invitation.pk}/again/")
    client = acting(lead)
    statuses = [client.post(url).status_code for _ in range(31)]
    assert statuses == [302] * 30 + [429]


def test_invitations_are_sent_again_and_withdrawn(lead: Membership) -> None:
    invitation = make_invitation(lead.organisation)
    client = acting(lead)
    start = people_url(lead.organisation, f"invitations/{invitation.pk}/")
    assert client.post(f"{start}again/").status_code == 302
    assert Invitation.objects.get().token_hash != invitation.token_hash
    assert client.post(f"{start}withdraw/").status_code == 302
    assert not Invitation.objects.waiting().exists()
    for page in ("again", "withdraw"):
        assert client.post(f"{start}{page}/").status_code == 404


def test_change_roles(lead: Membership, organisation: Organisation) -> None:
    other = make_member(organisation, Role.READER)
    url = people_url(organisation, f"people/{other.pk}/role/")
    assert acting(lead).post(url, {"role": "lead"})["Location"] == people_url(organisation)
    mine = people_url(organisation, f"people/{lead.pk}/role/")
    assert acting(lead).post(mine, {"role": "reader"})["Location"] == "/en/accounts/"
    assert dict(Membership.objects.values_list("pk", "role")) == {lead.pk: "reader", other.pk: "lead"}


def test_no_such_role(lead: Membership) -> None:
    other = make_member(lead.organisation, Role.READER)
    response = acting(lead).post(people_url(lead.organisation, f"people/{other.pk}/role/"), {"role": "owner"})
    assert response.status_code == 400
    assert "valid choice" in page_of(response).one("p", class_="notice").text


@pytest.mark.parametrize("page", ["people/{0}/role/", "people/{0}/remove/", "stop/"])
def test_last_lead_stays(lead: Membership, page: str) -> None:
    make_member(lead.organisation, Role.CONTRIBUTOR)
    closed = make_member(lead.organisation)
    closed.user.is_active = False  # an account that is closed leads nothing
    closed.user.save()
    response = acting(lead).post(people_url(lead.organisation, page.format(lead.pk)), {"role": "reader"})
    assert response.status_code == 409
    assert "Nobody else leads" in page_of(response).one("p", class_="notice").text
    lead.refresh_from_db()
    assert lead.role == Role.LEAD


def test_remove(lead: Membership) -> None:
    other = make_member(lead.organisation, Role.READER)
    url = people_url(lead.organisation, f"people/{other.pk}/remove/")
    assert other.user.get_username() in page_of(acting(lead).get(url)).text
    assert acting(lead).post(url)["Location"] == people_url(lead.organisation)
    assert list(Membership.objects.all()) == [lead]
    assert acting(lead).post(url).status_code == 404
    assert acting(other).get("/en/accounts/").status_code == 200


def test_anybody_may_stop(lead: Membership) -> None:
    reader = make_member(lead.organisation, Role.READER)
    url = people_url(lead.organisation, "stop/")
    assert acting(reader).get(url).status_code == 200
    assert acting(reader).post(url)["Location"] == "/en/accounts/"
    assert acting(reader).get(url).status_code == 404
    assert list(Membership.objects.all()) == [lead]
    assert acting(make_member()).post(url).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["go", "step down"])
def test_two_leads_at_once(how: str) -> None:
    """One goes; the other is the last, and stays."""
    anna = make_member()
    ben = make_member(anna.organisation)
    act: Any = people.remove if how == "go" else partial(people.change_role, role="reader")
    results = at_once([partial(act, row, by=row.user) for row in (anna, ben)])
    assert sorted(type(result).__name__ for result in results) == ["LastLead", "NoneType"]
    assert Membership.objects.filter(role=Role.LEAD).count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_invited_at_once(lead: Membership) -> None:
    """The limit holds, and one address is invited once."""
    for _ in range(MOST_OPEN - 1):
        make_invitation(lead.organisation)
    invite = partial(inviting.invite, lead.organisation, role="reader", by=lead.user)
    results = at_once([partial(invite, address=f"{name}@society.example") for name in ("a", "a", "b", "c")])
    assert sum(isinstance(result, Invitation) for result in results) == 1
    assert all(isinstance(result, Invitation | inviting.NotInvited) for result in results)
