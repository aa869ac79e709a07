"""Members say once a year that their profile is right, and are reminded of it three times."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy.checking import AGAIN, YEAR, due, mark_checked, unanswered
from advocacy.models import Membership, Organisation, Role
from publishing.models import Mail
from tests.campaign.admin_pages import address
from tests.campaign.mail import Postbox, mail_server
from tests.conftest import signed_in
from tests.factories import add_text, make_organisation, make_user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LONG_AGO = TODAY - YEAR


@pytest.fixture
def box(settings: Settings) -> Iterator[Postbox]:
    """The portal's mail server."""
    with mail_server(settings) as postbox:
        yield postbox


def member(role: str = Role.LEAD, organisation: Organisation | None = None, **fields: Any) -> Membership:
    """Return somebody who acts for an organisation that is due."""
    organisation = organisation or make_organisation(checked=LONG_AGO)
    user = make_user(staff=False, **{"email": "lead@member.example.org"} | fields)
    return Membership.objects.create(organisation=organisation, user=user, role=role)


def page_of_check(membership: Membership) -> str:
    """Return the address of the page."""
    return f"/en/accounts/organisations/{membership.organisation.slug}/check/"


def remind() -> str:
    """Run the command."""
    out = StringIO()
    call_command("remind_members", stdout=out)
    return out.getvalue().strip()


class TestWhoIsDue:
    """A year after the last check, or after joining."""

    @pytest.mark.parametrize(
        ("fields", "is_due"),
        [
            ({"checked": LONG_AGO}, True),
            ({"checked": LONG_AGO + timedelta(days=1)}, False),
            ({"joined": LONG_AGO}, True),
            ({"joined": LONG_AGO, "checked": TODAY}, False),
            ({}, True),
            ({"checked": LONG_AGO, "state": "draft", "listing": "unlisted", "joined": LONG_AGO}, True),
            ({"state": "draft"}, False),
            ({"checked": LONG_AGO, "state": "withdrawn", "left": TODAY}, False),
        ],
    )
    def test_due(self, fields: dict[str, Any], is_due: bool) -> None:
        """Members only, listed or not."""
        make_organisation(**fields)
        assert due().exists() == is_due

    def test_coordinators_see_them(self, coordinator: Client, editor: Client) -> None:
        """On the front page, and in a list."""
        late, fine = (
            make_organisation(slug="late-one", checked=LONG_AGO),
            make_organisation(slug="fine-one", checked=TODAY),
        )
        front = coordinator.get("/admin/").content.decode()
        assert "1 member to check its profile" in front
        assert "oldest checked" in front
        assert "in vain" not in front
        Organisation.objects.update(checked=None, joined=None)
        assert "oldest checked" not in coordinator.get("/admin/").content.decode()
        Organisation.objects.filter(pk=late.pk).update(checked=LONG_AGO)
        Organisation.objects.filter(pk=fine.pk).update(checked=TODAY)
        assert "to check its profile" not in editor.get("/admin/").content.decode()
        listed = coordinator.get(f"{address(Organisation, 'changelist')}?check=due").content.decode()
        assert late.slug in listed
        assert fine.slug not in listed


class TestReminders:
    """`manage.py remind_members`."""

    def test_leads_get_a_mail_that_says_nothing_of_them(self, box: Postbox) -> None:
        """Neither readers nor contributors do, nor leads of others."""
        lead = member()
        add_text(lead.organisation, "fr", title="Gens de nulle part")
        for role in (Role.READER, Role.CONTRIBUTOR):
            member(role, lead.organisation, email=f"{role}@member.example.org")
        member(organisation=make_organisation(checked=TODAY), email="other@member.example.org")
        assert (remind(), remind()) == ("reminded: 1", "reminded: 0")
        ((to, mail),) = box.mails
        assert to == ["lead@member.example.org"]
        said = f"{mail['Subject']} {mail.get_content()}"
        assert page_of_check(lead) in said
        for word in ("HIV", "Title of", "Nobody Left Behind", "network"):
            assert word not in said

    def test_three_times_and_then_the_secretariat(self, box: Postbox, coordinator: Client) -> None:
        """A month apart."""
        lead = member(organisation=make_organisation(checked=LONG_AGO - 5 * AGAIN))
        for count in (1, 2, 3):
            assert remind() == "reminded: 1"
            lead.organisation.refresh_from_db()
            assert lead.organisation.reminders == count
            assert not unanswered().exists()
            Organisation.objects.update(reminded_at=timezone.now() - AGAIN)
        assert remind() == "reminded: 0"
        assert list(unanswered()) == [lead.organisation]
        assert "1 member reminded in vain" in coordinator.get("/admin/").content.decode()

    def test_the_year_after_it_begins_anew(self) -> None:
        """However the profile was checked meanwhile: by a form, a spreadsheet, or a proposal."""
        lead = member()
        Organisation.objects.update(reminders=3, reminded_at=timezone.now() - 2 * YEAR)
        assert remind() == "reminded: 1"
        lead.organisation.refresh_from_db()
        assert lead.organisation.reminders == 1

    def test_nobody_to_remind(self) -> None:
        """It is not counted as reminded: it stays in the secretariat's list."""
        member(email="")
        member(Role.READER)
        member(is_active=False)
        assert remind() == "reminded: 0"
        assert due().filter(reminded_at=None).count() == 3

    def test_staff_remind_now(self, coordinator: Client, editor: Client) -> None:
        """Once more than thrice, if they want; never whom it does not concern."""
        lead = member()
        Organisation.objects.update(reminders=3, reminded_at=timezone.now())
        fine = make_organisation(checked=TODAY)
        sent = {"action": "remind_now", "_selected_action": [lead.organisation.pk, fine.pk]}
        page = coordinator.post(address(Organisation, "changelist"), sent, follow=True).content.decode()
        assert "1 organisation reminded." in page
        assert "1 is not due, or nobody leads it" in page
        assert Mail.objects.get().about == f"check:{lead.pk}"
        assert editor.post(address(Organisation, "changelist"), sent).status_code == 403

    def test_staff_mark_as_checked(self, coordinator: Client) -> None:
        """What waits in the outbox about it does not go out any more."""
        lead = member()
        remind()
        sent = {"action": "check_today", "_selected_action": [lead.organisation.pk]}
        coordinator.post(address(Organisation, "changelist"), sent)
        lead.organisation.refresh_from_db()
        assert (lead.organisation.checked, lead.organisation.reminders) == (TODAY, 0)
        assert not Mail.objects.exists()


class TestPage:
    """Where members say so."""

    @pytest.mark.parametrize("role", [Role.LEAD, Role.CONTRIBUTOR])
    def test_it_is_still_right(self, role: str) -> None:
        """They see all that it says, the country and contact of a hidden one too; history tells who said so."""
        hidden = make_organisation(listing="unlisted", state="draft", joined=LONG_AGO, contact_phone="0123")
        membership = member(role, hidden)
        client = signed_in(membership.user)
        assert page_of_check(membership) in client.get("/en/accounts/").content.decode()
        page = client.get(page_of_check(membership)).content.decode()
        for words in ("Zambia", "0123", "not public", "One <strong>strong</strong> paragraph."):
            assert words in page
        response = client.post(page_of_check(membership))
        assert response["Location"] == page_of_check(membership)
        hidden.refresh_from_db()
        assert hidden.checked == TODAY
        assert hidden.history.first().history_user == membership.user
        assert "Last checked:" in client.get(page_of_check(membership)).content.decode()

    def test_others_cannot(self, visitor: Client, coordinator: Client) -> None:
        """Readers may not; to strangers it is not there; visitors sign in first."""
        reader, stranger = member(Role.READER), member()
        url = page_of_check(reader)
        for method in ("get", "post"):
            assert getattr(signed_in(reader.user), method)(url).status_code == 403
            assert getattr(signed_in(stranger.user), method)(url).status_code == 404
            assert getattr(coordinator, method)(url).status_code == 404
            assert "/login/" in getattr(visitor, method)(url)["Location"]
        assert signed_in(reader.user).get("/en/accounts/organisations/nowhere/check/").status_code == 404
        reader.organisation.refresh_from_db()
        assert reader.organisation.checked == LONG_AGO

    def test_wrong_method(self) -> None:
        """Nothing else is taken."""
        membership = member()
        assert signed_in(membership.user).delete(page_of_check(membership)).status_code == 405


def test_checked_twice_at_once_is_checked() -> None:
    """Nothing is wrong with two people saying so."""
    membership = member()
    for _ in range(2):
        mark_checked(membership.organisation, by=membership.user)
    assert not due().exists()
