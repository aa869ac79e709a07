"""The secretariat's desk for applications: the queue, the checklist, the decisions, and who may take them."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy import joining
from advocacy.models import REQUIRED_CHECKS, Application, FormerSlug, Invitation, Organisation
from comments.moderation import AlreadyDecided
from tests.advocacy.joining_rows import make_application, make_checked
from tests.campaign.admin_pages import address, page_of
from tests.campaign.mail import Postbox, mail_server
from tests.comments.test_submission import at_once
from tests.factories import make_issue, make_organisation, make_population, make_user

pytestmark = pytest.mark.django_db
QUEUE = address(Application, "changelist")
ALL = [each.value for each in REQUIRED_CHECKS]
REFUSAL = {"reason": "other-work", "note": "Try the other network."}
each_decision = pytest.mark.parametrize("decision", ["approve", "refuse", "tick"])


def sent(decision: str) -> dict[str, Any]:
    """Return what a browser sends with a decision."""
    return REFUSAL if decision == "refuse" else {"checked": ALL}


def listed(response: Any) -> list[str]:
    """Return the names in the queue, in order."""
    return [link.text for link in page_of(response).all("a") if "/change/" in link.get("href")][1::2]


@pytest.fixture
def postbox(settings: Settings) -> Any:
    """What the mail server got."""
    with mail_server(settings) as box:
        yield box


def test_queue_holds_what_waits_oldest_first(coordinator: Client) -> None:
    now = timezone.now()
    make_application(name="The later", received_at=now - timedelta(hours=1))
    make_application(name="<b>earlier</b>", received_at=now - timedelta(hours=2))
    joining.withdraw(make_application())
    assert listed(coordinator.get(QUEUE)) == ["<b>earlier</b>", "The later"]
    assert len(listed(coordinator.get(f"{QUEUE}?state=all"))) == 3


def test_front_page_says_how_many_wait(coordinator: Client, editor: Client) -> None:
    make_application()
    make_application()
    assert page_of(coordinator.get("/admin/")).all("a", href=QUEUE)[0].text == "2 applications to join"
    assert not page_of(editor.get("/admin/")).all("a", href=QUEUE)


def test_desk_reads_like_a_profile(coordinator: Client) -> None:
    population = make_population()
    row = make_application(
        name="<i>Quiet</i> Society",
        populations=[population.slug, "gone"],
        hopes="More <b>allies</b>.",
        email="wanjiru@society.example",
        own_name="جمعية",
        own_name_language="ar",
        services=["legal-aid"],
    )
    page = page_of(coordinator.get(address(row, "change")))
    for said in ("<i>Quiet</i> Society", "Kenya", "legal aid", "More <b>allies</b>.", "wanjiru@society.example"):
        assert said in page.text
    assert f"Title of {population.slug}" in page.text
    assert page.one("span", lang="ar").get("dir") == "rtl"


def test_checklist_says_who_and_when(coordinator: Client) -> None:
    row = make_application()
    assert coordinator.post(address(row, "tick"), {"checked": ["reachable", "known", "magic"]}).status_code == 302
    assert coordinator.post(address(row, "tick"), {"checked": ["reachable"]}).status_code == 302
    assert list(joining.ticked(row)) == ["reachable"]
    assert [(e.action, e.item) for e in row.events.all()] == [
        ("tick", "reachable"),
        ("tick", "known"),
        ("untick", "known"),
    ]
    page = page_of(coordinator.get(address(row, "change")))
    assert "checked" in page.one("input", id="check-reachable").attributes
    assert "checked" not in page.one("input", id="check-known").attributes
    assert str(joining.ticked(row)["reachable"].by) in page.one("section", class_="checklist").text


@pytest.mark.parametrize("missing", ALL)
def test_accepting_needs_every_check(coordinator: Client, missing: str) -> None:
    """What was ticked is saved all the same."""
    row = make_application()
    response = coordinator.post(address(row, "approve"), {"checked": [each for each in ALL if each != missing]})
    assert response.status_code == 400
    assert "make sure of all that is needed" in page_of(response).one("p", class_="errornote").text
    row.refresh_from_db()
    assert row.state == "pending"
    assert len(joining.ticked(row)) == len(ALL) - 1
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("listing", "state"), [("country", "published"), ("region", "published"), ("unlisted", "draft")]
)
def test_accept_makes_the_organisation(coordinator: Client, listing: str, state: str) -> None:
    issue, population = make_issue(), make_population()
    row = make_application(
        name="Quiet Society",
        listing=listing,
        cities=["Nairobi"],
        populations=[population.slug, "gone"],
        issues=[issue.slug],
        services=["testing"],
        languages=["sw"],
        founded=1999,
        site="https://society.example/",
        body="Who we are.",
        hopes="More allies.",
    )
    following = make_application()
    response = coordinator.post(address(row, "approve"), {"checked": ALL}, follow=True)
    assert response.redirect_chain == [(address(following, "change"), 302)]
    made = Organisation.objects.get()
    assert (made.slug, made.listing, made.state, made.country) == ("quiet-society", listing, state, "KE")
    assert (made.region, made.founded, made.joined) == ("014", 1999, timezone.localdate())
    assert (made.cities, made.services, made.languages) == (["Nairobi"], ["testing"], ["sw"])
    assert (list(made.populations.all()), list(made.issues.all())) == ([population], [issue])
    text = made.texts.get()
    assert (text.language, text.title, text.summary) == ("en", "Quiet Society", row.summary)
    assert (text.body, text.hopes) == ("Who we are.", "More allies.")
    status = Client().get("/en/network/quiet-society/").status_code
    assert status == (404 if listing == "unlisted" else 200)
    row.refresh_from_db()
    assert (row.state, row.organisation) == ("accepted", made)
    assert {name: getattr(row, name) for name in Application.personal} == Application.personal
    assert not (made.contact_email or made.contact_person)


def test_slugs_are_never_taken_twice(coordinator: Client) -> None:
    FormerSlug.objects.create(slug="quiet-society-2", organisation=make_organisation(slug="merged"))
    for name in ("Quiet Society", "Quiet, Society!", "团体"):
        coordinator.post(address(make_application(name=name), "approve"), {"checked": ALL})
    slugs = set(Organisation.objects.values_list("slug", flat=True))
    assert slugs == {"merged", "quiet-society", "quiet-society-3", "member"}


def test_accept_mails_the_invitation_in_their_language(coordinator: Client, postbox: Postbox) -> None:
    row = make_application(name="Quiet Society", email="bureau@society.example", language="fr")
    coordinator.post(address(row, "approve"), {"checked": ALL})
    ((to, mail),) = postbox.mails
    assert to == ["bureau@society.example"]
    assert "Quiet" not in mail.as_string()
    (link,) = postbox.links
    assert "/fr/accounts/invitations/" in link
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.organisation.slug) == ("lead", "quiet-society")
    assert link.rstrip("/").rpartition("/")[2] not in (invitation.token_hash, invitation.sealed)


def test_refuse_mails_the_reason_and_forgets(coordinator: Client, postbox: Postbox) -> None:
    row = make_application(email="bureau@society.example")
    response = coordinator.post(address(row, "refuse"), REFUSAL, follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    ((to, mail),) = postbox.mails
    assert to == ["bureau@society.example"]
    assert "outside of what this network is about" in mail.get_content()
    assert "Try the other network." in mail.get_content()
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in Application.personal} == Application.personal
    assert (row.state, row.refusal_reason, row.refusal_note) == ("refused", *REFUSAL.values())


@pytest.mark.parametrize("wrong", [{}, {"reason": "hate"}, {"reason": "other-work", "note": "x" * 501}])
def test_refuse_without_a_reason(coordinator: Client, wrong: dict[str, str]) -> None:
    row = make_application()
    response = coordinator.post(address(row, "refuse"), {"note": "Kept as typed", **wrong})
    assert response.status_code == 400
    assert page_of(response).one("textarea").text.startswith(wrong.get("note", "Kept as typed"))
    row.refresh_from_db()
    assert row.state == "pending"


@each_decision
def test_too_late(coordinator: Client, decision: str) -> None:
    """The other's decision is shown, and what was typed is kept."""
    row = make_application()
    other = make_user("Network coordinator", first_name="Other")
    joining.refuse(row, by=other, reason="not-reached")
    response = coordinator.post(address(row, decision), sent(decision))
    assert response.status_code == 409
    text = page_of(response).one("p", class_="errornote").text
    assert f"not accepted by {other.get_username()}" in text
    if decision == "refuse":
        assert page_of(response).one("textarea", id="typed").text == REFUSAL["note"]
    withdrawn = make_application()
    joining.withdraw(withdrawn)
    assert coordinator.post(address(withdrawn, decision), sent(decision)).status_code == 409


@each_decision
def test_who_may_decide(editor: Client, moderator: Client, visitor: Client, decision: str) -> None:
    row = make_application()
    for client in (editor, moderator):
        assert client.get(address(row, "change")).status_code == 403
        assert client.post(address(row, decision), sent(decision)).status_code == 403
    assert visitor.post(address(row, decision), sent(decision)).status_code == 302
    assert visitor.get(address(row, "change")).status_code == 302
    row.refresh_from_db()
    assert row.state == "pending"
    assert not row.events.exists()


@each_decision
def test_wrong_method_and_bad_id(coordinator: Client, decision: str) -> None:
    row = make_application()
    assert coordinator.get(address(row, decision)).status_code == 405
    assert coordinator.post(address(row, "change")).status_code == 405
    for wrong in ("0", "x", "9" * 30):
        assert coordinator.post(address(Application, decision, wrong), sent(decision)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "warned"),
    [
        ({"name": "QUIET  society."}, True),
        ({"name": "Société tranquille"}, True),
        ({"name": "Other", "site": "http://www.society.example/about"}, True),
        ({"name": "Other", "own_name": "Calme", "own_name_language": "fr"}, True),
        ({"name": "Other", "site": "https://other.example"}, False),
    ],
)
def test_possible_duplicate(coordinator: Client, fields: dict[str, str], warned: bool) -> None:
    member = make_organisation(site="https://society.example/", own_name="Calme", own_name_language="fr")
    member.texts.update(title="Quiet Society")
    member.texts.create(language="fr", title="Societe Tranquille")
    row = make_application(**fields)
    page = page_of(coordinator.get(address(row, "change")))
    assert bool(page.all("a", href=address(member, "change"))) is warned
    twin = make_application(**fields)
    assert page_of(coordinator.get(address(row, "change"))).all("a", href=address(twin, "change"))


def test_contact_that_nobody_can_read_any_more(coordinator: Client) -> None:
    """The secret key was changed: the organisation is accepted, and the secretariat invites by hand."""
    row = make_application()
    Application.objects.update(sealed="sealed with another key")
    assert "cannot be read any more" in page_of(coordinator.get(address(row, "change"))).text
    assert coordinator.post(address(row, "approve"), {"checked": ALL}).status_code == 302
    made = Organisation.objects.get()
    values = {"organisation": made.pk, "address": "office@society.example", "role": "lead", "language": "en"}
    assert coordinator.post(address(Invitation, "add"), values).status_code == 302
    again = coordinator.post(address(Invitation, "add"), values)
    assert "waits already" in page_of(again).text
    assert Invitation.objects.waiting().count() == 1


def test_invitations_are_sent_again_and_withdrawn(coordinator: Client, postbox: Postbox) -> None:
    joining.accept(make_checked(), by=make_user())
    invitation = Invitation.objects.get()
    for action in ("send_again", "send_again", "withdraw", "withdraw", "send_again"):
        before = Invitation.objects.get().token_hash
        data = {"action": action, "_selected_action": [invitation.pk]}
        assert coordinator.post(address(Invitation, "changelist"), data).status_code == 302
        assert (Invitation.objects.get().token_hash == before) is (action == "withdraw" or not invitation.sealed)
        invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None
    assert postbox.mails == []  # none had gone out yet


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once() -> None:
    """One decides, the other is told; one organisation at most."""
    anna: User = make_user()
    row = make_checked(anna)
    results = at_once(
        [
            lambda: joining.accept(row, by=anna),
            lambda: joining.accept(row, by=anna),
            lambda: joining.refuse(row, by=anna, reason="other-work"),
        ]
    )
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 2
    row.refresh_from_db()
    assert Organisation.objects.count() == (row.state == "accepted")


def test_nothing_of_an_application_is_in_an_address(coordinator: Client) -> None:
    """Addresses reach logs: no filter looks into what was sent."""
    make_application()
    assert coordinator.get(f"{QUEUE}?sealed__contains=a").status_code == 400
