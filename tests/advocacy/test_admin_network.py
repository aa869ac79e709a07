"""The network in the admin."""

from typing import Any

import pytest
from django.test import Client

from advocacy.models import Event, News, Organisation, Practice
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import make_event, make_issue, make_organisation, make_population, make_practice

pytestmark = pytest.mark.django_db


def test_coordinator_writes_an_organisation(coordinator: Client) -> None:
    issue, population = make_issue(), make_population()
    url = address(Organisation, "add")
    fields = typed(coordinator.get(url), "organisation_form") | {
        "slug": "a-member",
        "country": "ZM",
        "cities": "Lusaka, Ndola",
        "languages": ["en", "ny"],
        "services": ["housing", "release"],
        "contact_shown": ["email"],
        "issues": [issue.pk],
        "populations": [population.pk],
        "texts-0-title": "A member",
    }
    response = coordinator.post(url, fields)
    assert response.status_code == 302, errors(response)
    found = Organisation.objects.get()
    assert (found.region, found.cities, found.languages) == ("014", ["Lusaka", "Ndola"], ["en", "ny"])
    assert (found.services, found.contact_shown) == (["housing", "release"], ["email"])
    assert list(found.issues.all()) == [issue]


def test_country_is_chosen_by_name(coordinator: Client) -> None:
    page = page_of(coordinator.get(address(make_organisation(country="ZM"), "change")))
    (chosen,) = [option for option in page.one("select", name="country") if "selected" in option.attributes]
    assert (chosen.get("value"), chosen.text) == ("ZM", "Zambia")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"country": "XX"}, "valid choice"),
        ({"country": ""}, "This field is required."),
        ({"languages": ["en", "klingonese"]}, "klingonese is not one of the available choices"),
        ({"slug": "no slug"}, "valid “slug”"),
        ({"founded": "3000"}, "less than or equal to 2100"),
        ({"site": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"published_at_0": "", "published_at_1": ""}, "Say from when it is public."),
    ],
)
def test_organisation_that_is_not_right(coordinator: Client, fields: dict[str, Any], wrong: str) -> None:
    organisation = make_organisation()
    url = address(organisation, "change")
    response = coordinator.post(url, {**typed(coordinator.get(url), "organisation_form"), **fields})
    assert response.status_code == 200
    assert wrong in errors(response)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ends_at_0": "2020-01-01"}, "It ends before it starts."),
        ({"timezone": "Mars/Olympus"}, "is no time zone"),
        ({"country": "XX"}, "valid choice"),
    ],
)
def test_event_that_is_not_right(editor: Client, fields: dict[str, str], wrong: str) -> None:
    event = make_event()
    url = address(event, "change")
    response = editor.post(url, {**typed(editor.get(url), "event_form"), **fields})
    assert response.status_code == 200
    assert wrong in errors(response)


def test_event_may_have_no_country(editor: Client) -> None:
    event = make_event(country="AT")
    url = address(event, "change")
    response = editor.post(url, {**typed(editor.get(url), "event_form"), "country": ""})
    assert response.status_code == 302, errors(response)
    event.refresh_from_db()
    assert event.country == ""


@pytest.mark.parametrize("model", [News, Event])
def test_editors_write_news_and_events_alone(editor: Client, model: type[News | Event]) -> None:
    assert editor.get(address(model, "add")).status_code == 200
    for other in (Organisation, Practice):
        assert editor.get(address(other, "add")).status_code == 403


def test_moderators_write_nothing(moderator: Client) -> None:
    for model in (Organisation, Practice, News, Event):
        assert moderator.get(address(model, "changelist")).status_code == 403


def test_keys_that_are_none(coordinator: Client) -> None:
    """Whoever makes a form of their own gets an answer, and nothing of it is taken."""
    practice = make_practice()
    assert coordinator.post("/admin/advocacy/practice/add/", {"organisation": "none"}).status_code == 400
    chosen = {"action": "delete_selected", "_selected_action": "none"}
    assert coordinator.post("/admin/advocacy/practice/", chosen).status_code == 400
    assert list(Practice.objects.all()) == [practice]
