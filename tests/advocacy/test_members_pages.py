"""What all pages of members share: the way back, and for which organisation they are."""

import pytest
from django.urls import reverse

from advocacy.models import Role
from tests.advocacy.joining_rows import make_member as make_other
from tests.advocacy.member_forms import read
from tests.factories import make_member, make_organisation, make_practice

pytestmark = pytest.mark.django_db
HOME = "Your organisations"
NAME = "Society of Friends"


def test_way_back() -> None:
    """Each page about an organisation leads to its overview, and names it above its heading."""
    organisation = make_organisation(slug="society")
    organisation.texts.update(title=NAME)
    client, _membership = make_member(role=Role.LEAD, organisation=organisation)
    person = ["society", make_other(organisation).pk]
    used = make_practice(slug="used")
    practices = ["What your organisation shares"]
    pages = {
        reverse("member-profile", args=["society"]): [],
        reverse("member-profile-edit", args=["society"]): [NAME],
        reverse("member-check", args=["society"]): [NAME],
        reverse("members-own-practices", args=["society"]): [NAME],
        reverse("members-practice-new", args=["society"]): [NAME, *practices],
        reverse("organisation-people", args=["society"]): [NAME],
        reverse("person-remove", args=person): [NAME, "People"],
        reverse("organisation-stop", args=["society"]): [NAME],
        reverse("organisation-leave", args=["society"]): [NAME, "People"],
        reverse("organisation-erase", args=["society"]): [NAME, "People"],
        reverse("members-use", args=["society", "used"]): ["What members share", used.texts.get().title],
    }
    for address, between in pages.items():
        page = read(client.get(address))
        steps = [step.text for step in page.one("nav", class_="crumbs").all("li")]
        assert steps == [HOME, *between], address
        assert page.one("main").one("p", class_="kind").text == NAME, address


def test_menu() -> None:
    """The menu says that one is in the public network where one is, and not on members' pages."""
    client, _membership = make_member()

    def marked(address: str) -> list[str]:
        menu = read(client.get(address)).one("nav", aria_label="Main")
        return [link.text for link in menu.all("a") if "aria-current" in link.attributes]

    assert marked("/en/network/") == marked("/en/join/") == ["Network"]
    assert marked("/en/accounts/practices/") == []


def test_parts_of_forms() -> None:
    """Long forms stand in parts, each with a heading."""
    client, membership = make_member(role=Role.LEAD)
    slug = membership.organisation.slug
    addresses = {
        reverse("join"): "Your work",
        reverse("member-profile-edit", args=[slug]): "Send it",
        reverse("members-practice-new", args=[slug]): "Send it",
    }
    for address, heading in addresses.items():
        form = read(client.get(address)).one("main").one("form", class_="form")
        assert heading in [h2.text for part in form.all("section", class_="part") for h2 in part.all("h2")], address
