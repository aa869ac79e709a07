"""Organisations in the admin: what may be known is chosen with care, and warned about."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy.exposure import gives_away
from advocacy.models import Organisation
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import add_text, make_organisation, make_picture, make_practice

pytestmark = pytest.mark.django_db


def save(client: Client, organisation: Organisation, **fields: Any) -> Any:
    """Send the form of an organisation with some fields changed."""
    url = address(organisation, "change")
    return client.post(url, typed(client.get(url), "organisation_form") | fields)


def warnings(response: Any) -> list[str]:
    """Return what staff are warned of."""
    return [str(message) for message in get_messages(response.wsgi_request) if message.level_tag == "warning"]


def test_a_form_left_alone_changes_nothing(coordinator: Client) -> None:
    """Not even a language that CLDR does not list."""
    organisation = make_organisation(services=["housing"], languages=["ny", "pt-br"], cities=["Lusaka", "Ndola"])
    names = ("services", "languages", "cities", "contact_shown", "country", "listing")
    before = Organisation.objects.values(*names).get()
    response = save(coordinator, organisation)
    assert response.status_code == 302, errors(response)
    after = Organisation.objects.values(*names).get()
    assert sorted(after.pop("languages")) == sorted(before.pop("languages"))
    assert after == before


def test_all_its_texts_can_be_written(coordinator: Client) -> None:
    organisation = make_organisation()
    response = save(coordinator, organisation, **{"texts-0-pressing": "Much.", "texts-0-hopes": "*More*."})
    assert response.status_code == 302, errors(response)
    text = organisation.texts.get()
    assert (text.pressing, text.hopes_html) == ("Much.", "<p><em>More</em>.</p>")


def test_services_are_ticked_and_languages_found_by_name(coordinator: Client) -> None:
    page = page_of(coordinator.get(address(make_organisation(languages=["sw"]), "change")))
    assert {field.get("type") for field in page.all("input", name="services")} == {"checkbox"}
    chosen = [o.text for o in page.one("select", name="languages").all("option") if "selected" in o.attributes]
    assert chosen == ["Swahili (sw)"]


def test_one_that_is_not_listed_stays_a_draft_and_can_be_previewed(
    coordinator: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    organisation = make_organisation(logo=make_picture())
    response = save(coordinator, organisation, listing="unlisted")
    assert "cannot be published" in errors(response)
    response = save(coordinator, organisation, listing="unlisted", state="draft")
    assert response.status_code == 302, errors(response)
    preview = coordinator.get(address(organisation, "preview"))
    assert preview.status_code == 200
    assert "A red wall" in preview.content.decode()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, []),
        ({"slug": "voices-of-egypt"}, ["the page’s address (the slug)", "its text in English"]),
        ({"site": "https://voices.org.eg/about"}, ["the site’s address"]),
        ({"site": "https://voices.example.org/eg"}, []),
        ({"own_name": "Stimmen aus Ägypten", "own_name_language": "de"}, ["the name in its own language"]),
        ({"contact_email": "we@voices.eg", "contact_shown": ["email"]}, ["the e-mail address"]),
        ({"contact_email": "we@voices.eg"}, []),
    ],
)
def test_what_would_tell_the_country(fields: dict[str, Any], where: list[str]) -> None:
    assert gives_away(make_organisation(country="EG", cities=["Kairo"], listing="region", **fields)) == where
    assert gives_away(make_organisation(country="EG", **{"slug": "listed"} | {"cities": ["Kairo"]})) == []


def test_texts_that_would_tell_the_country(coordinator: Client) -> None:
    organisation = make_organisation(country="EG", cities=["Kairo"], listing="region")
    assert warnings(save(coordinator, organisation)) == []
    add_text(organisation, "fr", body="Nous aidons en Égypte.")
    practice = make_practice(organisation)
    practice.texts.update(setting="A prison in kairo")
    assert warnings(save(coordinator, organisation)) == [
        "Its country or a city can be read, though only the region should be, in: its text in French; "
        "a practice in English."
    ]


def test_filters(coordinator: Client) -> None:
    make_organisation(slug="in-zambia", country="ZM", checked=timezone.localdate())
    make_organisation(slug="in-egypt", country="EG", listing="region", checked="2020-01-01")
    make_organisation(slug="in-france", country="FR", checked=timezone.localdate())
    url = address(Organisation, "changelist")
    for query, slug in {
        "country=EG": "in-egypt",
        "region=014": "in-zambia",
        "listing__exact=region": "in-egypt",
        "check=due": "in-egypt",
    }.items():
        page = page_of(coordinator.get(f"{url}?{query}"))
        assert [row.text for row in page.all("th", class_="field-slug")] == [slug], query
