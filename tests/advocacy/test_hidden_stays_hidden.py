"""What an organisation hid comes back by nobody's slip: not with an old record, nor with an old spreadsheet."""

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.models import Organisation, Practice
from tests.factories import make_organisation, make_practice
from tests.publishing.html import parse

pytestmark = pytest.mark.django_db


def restore_address(thing: Organisation | Practice) -> str:
    """Return the address that brings the thing's oldest record back."""
    name = type(thing).__name__.lower()
    record = type(thing).history.filter(id=thing.pk).order_by("history_id").first()
    return reverse(f"admin:advocacy_{name}_restore", args=[thing.pk, name, record.history_id])


def test_old_record_of_an_organisation_shows_no_more_of_it(coordinator: Client, visitor: Client) -> None:
    organisation = make_organisation(founded=1990, contact_phone="+260 1", contact_shown=["phone"], cities=["Ndola"])
    organisation.founded, organisation.listing, organisation.contact_shown = 1991, "region", []
    organisation.save()
    url = restore_address(organisation)
    asked = parse(coordinator.get(url).content.decode()).text
    assert "1990" in asked
    assert "listed with its country" not in asked
    assert coordinator.post(url).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.founded, organisation.listing, organisation.contact_shown) == (1990, "region", [])
    assert "Ndola" not in visitor.get(organisation.get_absolute_url()).content.decode()


def test_old_record_lists_nobody_again(coordinator: Client, visitor: Client) -> None:
    """Nor does it refuse: what else it says can be had back."""
    organisation = make_organisation(founded=1990)
    organisation.founded, organisation.listing, organisation.state = 1991, "unlisted", "withdrawn"
    organisation.save()
    assert coordinator.post(restore_address(organisation)).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.founded, organisation.listing, organisation.state) == (1990, "unlisted", "withdrawn")
    assert visitor.get(organisation.get_absolute_url()).status_code == 404


def test_old_record_of_a_practice_is_for_members_still(coordinator: Client, visitor: Client) -> None:
    practice = make_practice(year=2019)
    practice.year, practice.audience = 2020, "members"
    practice.save()
    assert coordinator.post(restore_address(practice)).status_code == 302
    practice.refresh_from_db()
    assert (practice.year, practice.audience) == (2019, "members")
    assert visitor.get(practice.get_absolute_url()).status_code == 404
