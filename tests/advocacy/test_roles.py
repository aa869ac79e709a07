"""Everybody at every address below `accounts/`, by GET and by POST; an address that is new has to be told of here."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import Settings

from advocacy.member_urls import urlpatterns as members
from advocacy.models import Membership, Organisation, Role
from campaign.accounts.urls import urlpatterns as accounts
from tests.advocacy.joining_rows import make_invitation
from tests.conftest import released, signed_in
from tests.factories import (
    make_member_user,
    make_organisation,
    make_practice,
    make_practice_file,
    make_proposal,
    make_revision,
    make_user,
)

pytestmark = pytest.mark.django_db

# From whom on somebody gets through, in this order.
ORDER = ["visitor", "stranger", "outsider", Role.READER, Role.CONTRIBUTOR, Role.LEAD]
EVERYBODY, SIGNED_IN, ANY_MEMBER = ORDER[:3]
# Staff act for no member, and have no more rights here than other strangers.
CAST = [*ORDER, "coordinator", "administrator"]

NEEDS: dict[str, str] = {
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_reauthenticate": SIGNED_IN,
    "account_erase": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "members-home": SIGNED_IN,
    "members-practices": ANY_MEMBER,
    "members-practice": ANY_MEMBER,
    "members-practice-edit": Role.CONTRIBUTOR,
    "members-practice-withdraw": Role.CONTRIBUTOR,
    "members-ask": ANY_MEMBER,
    "members-practice-file": ANY_MEMBER,
    "members-practice-revisions": ANY_MEMBER,
    "members-practice-revision": ANY_MEMBER,
    "members-own-practices": Role.READER,
    "members-practice-new": Role.CONTRIBUTOR,
    "members-use": Role.CONTRIBUTOR,
    "member-profile": Role.READER,
    "member-profile-edit": Role.CONTRIBUTOR,
    "member-listing": Role.CONTRIBUTOR,
    "member-profile-withdraw": Role.CONTRIBUTOR,
    "member-logo": Role.CONTRIBUTOR,
    "invitation": EVERYBODY,
    "organisation-people": Role.LEAD,
    "person-role": Role.LEAD,
    "person-remove": Role.LEAD,
    "invitation-withdraw": Role.LEAD,
    "invitation-again": Role.LEAD,
    "organisation-stop": Role.READER,
    "organisation-leave": Role.LEAD,
    "organisation-erase": Role.LEAD,
    "member-check": Role.CONTRIBUTOR,
}
# What is not there for these rows, or not for staff, whoever asks.
NOT_THERE = {
    "account_erase",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "member-logo",
}


def test_each_address_is_told_of() -> None:
    """The table names every address, and none that is not there."""
    assert set(NEEDS) == {pattern.name for pattern in [*members, *accounts] if isinstance(pattern, URLPattern)}


def rows() -> dict[str, Any]:
    """Make what the addresses name, all of it ours, and return it by the names in the addresses."""
    ours = make_organisation(slug="ours")
    practice = make_practice(ours, slug="our-practice")
    theirs = make_practice(slug="their-practice")
    for year in (2020, 2021):
        make_revision(practice, year=year)
    file = make_practice_file(practice)
    person = Membership.objects.get(user=make_member_user(ours, Role.LEAD))
    make_proposal(person)
    invitation = make_invitation(ours)
    return {
        "members-practice-file": [practice.slug, file.pk, file.name],
        "members-practice-revision": [practice.slug, 1, 2],
        "members-use": [ours.slug, theirs.slug],
        "member-logo": [ours.slug, "x"],
        "invitation": ["x"],
        "person-role": [ours.slug, person.pk],
        "person-remove": [ours.slug, person.pk],
        "invitation-withdraw": [ours.slug, invitation.pk],
        "invitation-again": [ours.slug, invitation.pk],
        "account_reset_password_from_key": ["x", "y-z"],
    }


def address(name: str, named: dict[str, Any]) -> str:
    """Return an address of what is there."""
    if name in named:
        return reverse(name, args=named[name])
    if name.startswith("members-practice") and name not in ("members-practices", "members-practice-new"):
        return reverse(name, args=["our-practice"])
    if name == "members-ask":
        return reverse(name, args=["their-practice"])
    if name.startswith(("member-", "organisation-")) or name in ("members-own-practices", "members-practice-new"):
        return reverse(name, args=["ours"])
    return reverse(name)


def somebody(who: str) -> Client:
    """Return a client that is signed in as one of the cast."""
    if who == "visitor":
        return Client()
    if who == "stranger":
        return signed_in(make_user(staff=False))
    if who == "coordinator":
        return signed_in(make_user("Network coordinator"))
    if who == "administrator":
        return signed_in(make_user(is_superuser=True))
    organisation = make_organisation() if who == "outsider" else Organisation.objects.get(slug="ours")
    return signed_in(make_member_user(organisation, Role.LEAD if who == "outsider" else who))


def answers(client: Client, url: str) -> Iterator[Any]:
    """Yield what is answered to GET and POST; nothing of what was done stays, nor does whoever signs out."""
    cookies = client.cookies.output(header="")
    for ask in (client.get, client.post):
        client.cookies = SimpleCookie(cookies)
        with transaction.atomic():
            yield released(ask(url))
            transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)


def is_right(name: str, status: int, location: str, *, rank: int) -> bool:
    """Whether somebody is answered as they should be; 405 comes before anybody is looked at."""
    need = ORDER.index(NEEDS[name])
    asks_to_sign_in = status == 302 and "/accounts/login/" in location
    if rank >= need:
        refused = asks_to_sign_in or (status in (403, 404) and name not in NOT_THERE)
        return status < 500 and not refused
    return status == 405 or (asks_to_sign_in if rank == 0 else status in (403, 404))


@pytest.mark.parametrize("who", CAST)
def test_everybody_everywhere(who: str, settings: Settings, tmp_path: Path) -> None:
    """Whoever may not is led to sign in, or told so, or told nothing; whoever may gets through, and nobody a fault."""
    settings.MEDIA_ROOT = tmp_path
    named = rows()
    client = somebody(who)
    rank = ORDER.index(who) if who in ORDER else ORDER.index("stranger")
    wrong = []
    for name in NEEDS:
        for response in answers(client, address(name, named)):
            status, location = response.status_code, response.headers.get("Location", "")
            if not is_right(name, status, location, rank=rank):
                wrong.append((name, response.request["REQUEST_METHOD"], status))
    assert wrong == []
