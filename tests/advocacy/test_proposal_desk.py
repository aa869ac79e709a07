"""The desk for proposals: what would change, the page as it would be, and decisions that are taken once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy.models import Issue, Membership, Organisation, Practice, Proposal
from advocacy.proposing import approve, hide, propose, withdraw
from advocacy.shapes import PRACTICE, PROFILE
from publishing.models import Mail
from tests.campaign.admin_pages import address, page_of
from tests.conftest import signed_in
from tests.factories import make_issue, make_member, make_picture, make_proposal, make_user
from tests.publishing.html import parse

pytestmark = pytest.mark.django_db
QUEUE = "/admin/advocacy/proposal/"


@pytest.fixture
def membership(db: None) -> Membership:
    """Somebody who writes for a member."""
    return make_member()[1]


@pytest.fixture
def proposal(membership: Membership) -> Proposal:
    """A proposal of theirs, for the year of foundation."""
    return make_proposal(membership)


def sent(proposal: Proposal, **fields: str) -> dict[str, str]:
    """Return what the desk's page sends."""
    return {"version": proposal.proposed_at.isoformat(), **fields}


def told(response: Any) -> dict[str, str]:
    """Return the differences that a page shows, by their labels."""
    lists = page_of(response).all("dl", class_="differences")
    return {dt.text: dd.text for each in lists[:1] for dt, dd in zip(each.all("dt"), each.all("dd"), strict=True)}


class TestPage:
    """What the coordinator reads."""

    def test_queue_is_the_oldest_first(self, coordinator: Client, proposal: Proposal) -> None:
        second = make_proposal()
        Proposal.objects.filter(pk=second.pk).update(proposed_at=timezone.now() - timedelta(days=3))
        approve(make_proposal(), by=make_user())
        links = page_of(coordinator.get(QUEUE)).one("table", id="result_list").all("th", class_="field-proposed")
        assert [link.one("a").get("href").split("/")[4] for link in links] == [str(second.pk), str(proposal.pk)]

    def test_each_difference_old_and_new(self, coordinator: Client, membership: Membership) -> None:
        issue = make_issue()
        organisation = membership.organisation
        organisation.size = "small"
        organisation.save()
        texts = {"en": PROFILE.read(organisation)["texts"]["en"] | {"summary": "What it does."}}
        made = make_proposal(
            membership,
            size="large",
            country="KE",
            languages=["bem"],
            issues=[issue.slug],
            texts=texts,
            services=["testing"],
        )
        response = coordinator.get(address(made, "change"))
        assert told(response) == {
            "Country": "ZambiaKenya",
            "Languages": "Bemba",
            "Services": "HIV testing",
            "Shared issues": f"Title of {issue.slug}",
            "Size": "small: up to 10 peoplelarge: more than 50 people",
            "Summary (English)": "What it is aboutdoes.",
        }
        assert page_of(response).all("ins")[0].text == "Kenya"

    def test_what_staff_changed_of_the_same(self, coordinator: Client, proposal: Proposal) -> None:
        Organisation.objects.update(founded=2001, size="small")
        text = page_of(coordinator.get(address(proposal, "change"))).text
        assert told(coordinator.get(address(proposal, "change"))) == {"Founded": "20011999"}
        assert "Changed by staff since then" in text
        assert "Size" not in text

    def test_page_as_it_would_be(self, coordinator: Client, membership: Membership, visitor: Client) -> None:
        """In the language asked for; nothing of it stays."""
        values = PROFILE.read(membership.organisation)
        values["texts"]["fr"] = values["texts"]["en"] | {"title": "Le nom proposé"}
        made = propose(membership=membership, values=values)
        response = coordinator.get(address(made, "preview"), {"language": "fr"})
        assert parse(response.content.decode()).one("h1").text == "Le nom proposé"
        assert "proposé" not in visitor.get(f"/fr/network/{membership.organisation.slug}/").content.decode()
        assert coordinator.get(address(made, "preview"), {"language": "xx"}).status_code == 404

    def test_logo_is_shown(
        self, coordinator: Client, membership: Membership, settings: Settings, tmp_path: Path
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        picture = make_picture()
        made = make_proposal(membership, logo=picture.slug)
        image = page_of(coordinator.get(address(made, "change"))).one("img", class_="picture")
        assert image.get("src") == address(picture, "image")
        assert coordinator.get(address(made, "preview")).status_code == 200

    def test_front_page(self, coordinator: Client, editor: Client, proposal: Proposal) -> None:
        """How many wait, since when, and who hid of late."""
        day = timezone.now() - timedelta(days=5)
        Proposal.objects.filter(pk=proposal.pk).update(proposed_at=day)
        make_proposal()
        hide(membership=(hiding := make_member()[1]), listing="region")
        Organisation.objects.update(checked=timezone.localdate())
        rows = [row.text for row in page_of(coordinator.get("/admin/")).one("section", class_="waiting").all("li")]
        assert rows == [
            f"2 proposals of members oldest proposed {day.strftime('%-d %B %Y')}",
            f"{hiding.organisation} is less visible by its own choice since {timezone.now().strftime('%-d %B %Y')}",
        ]
        assert "proposals" not in page_of(editor.get("/admin/")).one("section", class_="waiting").text


class TestDecisions:
    """Once, by somebody who may."""

    def test_approve_and_go_on(self, coordinator: Client, proposal: Proposal) -> None:
        following = make_proposal()
        response = coordinator.post(address(proposal, "approve"), sent(proposal))
        assert response["Location"] == address(following, "change")
        proposal.refresh_from_db()
        assert proposal.state == "approved"
        assert Organisation.objects.get(pk=proposal.organisation_id).founded == 1999
        assert Mail.objects.get().kind == "proposal"

    def test_refuse_with_a_reason(self, coordinator: Client, proposal: Proposal) -> None:
        response = coordinator.post(address(proposal, "refuse"), sent(proposal, reason=" "))
        assert response.status_code == 400
        response = coordinator.post(address(proposal, "refuse"), sent(proposal, reason="Not the year we know."))
        assert response["Location"] == QUEUE
        proposal.refresh_from_db()
        assert (proposal.state, proposal.reason) == ("refused", "Not the year we know.")
        assert "Not the year we know." in page_of(coordinator.get(address(proposal, "change"))).text

    @pytest.mark.parametrize("decision", ["approve", "refuse"])
    def test_another_was_first(self, coordinator: Client, proposal: Proposal, decision: str) -> None:
        """With what was decided, and what one typed."""
        approve(proposal, by=User.objects.create(username="ben"))
        response = coordinator.post(address(proposal, decision), sent(proposal, reason="My reason"))
        assert response.status_code == 409
        text = page_of(response).text
        assert "This was decided before: approved by ben" in text
        assert "My reason" in text

    def test_the_member_was_first(self, coordinator: Client, proposal: Proposal, membership: Membership) -> None:
        """By taking it back."""
        withdraw(proposal, by=membership.user)
        response = coordinator.post(address(proposal, "approve"), sent(proposal))
        assert response.status_code == 409
        assert "took this proposal back" in page_of(response).text

    @pytest.mark.parametrize("version", ["other", "", "x", "2026-13-45T99:00:00Z", "2026-01-01"])
    def test_the_member_changed_it_meanwhile(
        self, coordinator: Client, proposal: Proposal, membership: Membership, version: str
    ) -> None:
        seen = sent(proposal, reason="My reason")
        if version != "other":
            seen["version"] = version
        make_proposal(membership, founded=2000)
        for decision in ("approve", "refuse"):
            response = coordinator.post(address(proposal, decision), seen)
            assert response.status_code == 409
            assert "changed the proposal after you opened this page" in page_of(response).text
            assert page_of(response).one("textarea", name="reason").text == "My reason"
        assert told(response) == {"Founded": "2000"}

    def test_a_rule_is_against_it_by_now(self, coordinator: Client, membership: Membership) -> None:
        """The desk says which, on the page and in its preview."""
        made = make_proposal(membership, issues=[make_issue().slug])
        Issue.objects.all().delete()
        for response in (
            coordinator.post(address(made, "approve"), sent(made)),
            coordinator.get(address(made, "preview")),
        ):
            assert response.status_code == 409
            assert "Shared issues: No longer there:" in page_of(response).text
        made.refresh_from_db()
        assert made.state == "pending"

    def test_a_new_practice(self, coordinator: Client, membership: Membership) -> None:
        """It becomes public with the decision."""
        practice = Practice.objects.create(organisation=membership.organisation, slug="new", kind="method")
        words = dict.fromkeys(PRACTICE.texts, "") | {"title": "What we did"}
        values = PRACTICE.read(practice) | {"texts": {"en": words}}
        made = propose(membership=membership, practice=practice, values=values)
        assert "the page becomes public" in page_of(coordinator.get(address(made, "change"))).text
        assert "What we did" in coordinator.get(address(made, "preview")).content.decode()
        coordinator.post(address(made, "approve"), sent(made))
        assert Practice.objects.public().get() == practice


class TestWho:
    """The coordinator and administrators."""

    @pytest.mark.parametrize(("role", "status"), [("Editor", 403), ("Moderator", 403), ("", 403), ("member", 302)])
    def test_nobody_else(self, proposal: Proposal, membership: Membership, role: str, status: int) -> None:
        client = signed_in(membership.user) if role == "member" else signed_in(make_user(role))
        for path in (QUEUE, address(proposal, "change"), address(proposal, "preview")):
            assert client.get(path).status_code == status
        for decision in ("approve", "refuse"):
            assert client.post(address(proposal, decision), sent(proposal, reason="No")).status_code == status
        proposal.refresh_from_db()
        assert proposal.state == "pending"

    def test_an_administrator(self, administrator: Client, proposal: Proposal) -> None:
        assert administrator.get(address(proposal, "change")).status_code == 200

    def test_wrong_addresses_and_methods(self, coordinator: Client, proposal: Proposal) -> None:
        for key in ("0", "x", "9" * 30):
            for name in ("change", "approve", "refuse", "preview"):
                path = f"{QUEUE}{key}/{name}/"
                post = name in ("approve", "refuse")
                assert (coordinator.post(path) if post else coordinator.get(path)).status_code == 404
        assert coordinator.get(address(proposal, "approve")).status_code == 405
        assert coordinator.post(address(proposal, "change")).status_code == 405
        assert coordinator.post(address(proposal, "preview")).status_code == 405
        assert coordinator.get(f"{QUEUE}add/").status_code == 403
        assert coordinator.post(address(proposal, "delete")).status_code == 403
