"""Signing in, passwords, and the ways that stay closed."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from publishing import limits
from publishing.logs import SafeFormatter
from publishing.models import Mail
from tests.advocacy.people import HERE, give_password, is_in, member, quick_passwords, staff
from tests.campaign.mail import Postbox, mail_server
from tests.conftest import signed_in
from tests.factories import PASSWORD, make_user
from tests.publishing.html import parse

pytestmark = pytest.mark.django_db
LOGIN = f"{HERE}login/"
RESET = f"{HERE}password/reset/"
CHANGE = f"{HERE}password/change/"
NEW = "seven quiet herons cross"
# Every page of an account's own, with the methods it takes.
OWN = {
    "": {"GET"},
    "erase/": {"GET", "POST"},
    "reauthenticate/": {"GET", "POST"},
    "password/change/": {"GET", "POST"},
    "2fa/": {"GET"},
    "2fa/totp/activate/": {"GET", "POST"},
    "2fa/totp/deactivate/": {"GET", "POST"},
    "2fa/recovery-codes/": {"GET"},
    "2fa/recovery-codes/generate/": {"GET", "POST"},
    "2fa/recovery-codes/download/": {"GET"},
}


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Passwords take no time here."""
    with quick_passwords():
        yield


@pytest.fixture
def box(settings: Settings) -> Iterator[Postbox]:
    """The portal's mail server."""
    with mail_server(settings) as postbox:
        yield postbox


def words(response: Any) -> str:
    """Return what a page says."""
    return parse(response.content.decode()).one("main").text


def test_member_signs_in_and_out(visitor: Client) -> None:
    """By address, in whatever letters; the session ends with the browser, or with a button."""
    user = member()
    response = give_password(visitor, user.username.upper())
    assert (response.status_code, response["Location"]) == (302, HERE)
    cookie = visitor.cookies["sessionid"]
    assert not cookie["expires"] and not cookie["max-age"]
    assert is_in(visitor)
    assert visitor.post(f"{HERE}logout/")["Location"] == "/en/"
    assert not is_in(visitor)
    assert not Session.objects.exists()


def test_next(visitor: Client) -> None:
    """Who was on the way to a page gets there; nobody is led to another site."""
    user = member()
    assert give_password(visitor, user, next="/en/network/")["Location"] == "/en/network/"
    other = Client()
    assert give_password(other, user, next="https://example.org/")["Location"] == HERE


@pytest.mark.parametrize(("name", "password"), [("nobody@example.org", PASSWORD), ("nobody", PASSWORD), ("", "x")])
def test_unknown(visitor: Client, name: str, password: str) -> None:
    """The same answer as to a wrong password, with what was typed, but never a password."""
    user = member()
    wrong = words(give_password(visitor, user, "wrong"))
    response = give_password(visitor, name, password)
    assert response.status_code == 400
    assert name == "" or words(response) == wrong
    assert f'value="{PASSWORD}"' not in response.content.decode()
    assert name == "" or f'value="{name}"' in response.content.decode()
    assert "sessionid" not in response.cookies


def test_closed_account(visitor: Client) -> None:
    """Whoever was shut out learns no more than others."""
    assert give_password(visitor, member(is_active=False)).status_code == 400


def test_nul_and_length(visitor: Client) -> None:
    """What no name can be is refused beside its field."""
    for name in ("a\x00b", "x" * 300):
        assert give_password(visitor, name).status_code == 400


def test_too_many_tries(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for one account from everywhere, nor from one network for all; the right password does not help."""
    monkeypatch.setitem(limits.PER_HOUR, "account", 2)
    user, other = member(), member()
    assert [give_password(visitor, user, "wrong").status_code for _ in range(2)] == [400, 400]
    response = give_password(visitor, user.username.upper())
    assert (response.status_code, "sessionid" in response.cookies) == (429, False)
    assert 0 < int(response["Retry-After"]) <= 3600
    assert "tried too often" in words(response)
    monkeypatch.setitem(limits.PER_HOUR, "login", 3)
    assert give_password(visitor, other).status_code == 429
    store: dict[str, Any] = cache._cache  # type: ignore[attr-defined] # what the memory cache holds
    kept = repr(store).lower()
    assert user.username not in kept
    assert "127.0.0" not in kept


def test_nothing_of_people_is_logged(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Nor does a session say from where somebody came."""
    user = member()
    with caplog.at_level(logging.DEBUG):
        give_password(visitor, user, "wrong")
        give_password(visitor, user)
        visitor.post(f"{HERE}2fa/totp/activate/", {"code": "1"})
        visitor.post(RESET, {"email": user.username})
        visitor.get(f"{RESET}key/1-secret-of-a-link/")
    said = "\n".join(SafeFormatter().format(record) for record in caplog.records if record.levelno > logging.DEBUG)
    assert user.username not in said
    assert "secret-of-a-link" not in said
    sessions = repr([session.get_decoded() for session in Session.objects.all()])
    assert "127.0.0" not in sessions and "REMOTE" not in sessions


def test_sign_up_is_closed(visitor: Client) -> None:
    """Nor is there anything else that allauth would bring."""
    for name in ("signup", "email", "confirm-email", "login/code", "social", "2fa/webauthn", "password/set"):
        assert visitor.get(f"{HERE}{name}/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


@pytest.mark.parametrize("name", OWN)
def test_pages_of_ones_own(visitor: Client, name: str) -> None:
    """Visitors are led to sign in; members see them, in no cache; no other method is taken."""
    address = f"{HERE}{name}"
    assert visitor.get(address)["Location"].startswith(LOGIN)
    client = signed_in(member())
    response = client.get(address)
    assert response.status_code in (200, 302, 404)
    assert "no-store" in response.get("Cache-Control", "no-store")
    for method in {"POST", "PUT", "DELETE"} - OWN[name]:
        assert client.generic(method, address).status_code == 405


def test_reader_s_language(visitor: Client) -> None:
    """An address without a language leads to the reader's."""
    for page in ("", "login/", "2fa/"):
        response = visitor.get(f"/accounts/{page}", headers={"Accept-Language": "fr"})
        assert (response.status_code, response["Location"]) == (302, f"/fr/accounts/{page}")


def test_visitors_get_no_cookie(visitor: Client) -> None:
    """The page of signing in has its form's cookie alone; where it leads from and to, there is none."""
    assert not visitor.get(HERE).cookies
    assert set(visitor.get(LOGIN).cookies) == {"csrftoken"}
    assert not Client().get("/en/network/").cookies


def test_staff_come_to_the_admin(visitor: Client) -> None:
    """Members who knock there are told that it is not theirs."""
    client = signed_in(member())
    assert client.get("/admin/", follow=True).status_code == 403
    assert signed_in(staff()).get(LOGIN)["Location"] == "/admin/"


def test_change_of_password(visitor: Client) -> None:
    """Other sessions end with the old one."""
    user = member()
    elsewhere = signed_in(user)
    client = signed_in(user)
    values = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    wrong = [{"oldpassword": "wrong"}, {"password1": "short", "password2": "short"}, {"password2": "another"}]
    assert [client.post(CHANGE, values | bad).status_code for bad in wrong] == [400] * 3
    response = client.post(CHANGE, values, follow=True)
    assert "Your password is changed" in words(response)
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert give_password(visitor, user, NEW).status_code == 302


def test_forgotten_password(visitor: Client, box: Postbox, settings: Settings) -> None:
    """A mail, a link, another password; each link works once."""
    user = member()
    elsewhere = signed_in(user)
    assert visitor.post(RESET, {"email": user.email.upper()})["Location"] == f"{RESET}done/"
    (link,) = box.links
    assert link.startswith(f"{settings.SITE_ADDRESS}/en/accounts/")
    assert [to for to, _mail in box.mails] == [[user.email]]
    path = urlsplit(link).path
    here = visitor.get(path)["Location"]
    assert user.pk and "set-password" in here
    values = {"password1": NEW, "password2": NEW}
    assert visitor.post(here, values | {"password2": "x"}).status_code == 400
    assert visitor.post(here, values, follow=True).status_code == 200
    assert give_password(visitor, user, NEW).status_code == 302
    assert not is_in(elsewhere)
    assert Client().get(path).status_code == 410
    assert Client().get(f"{RESET}key/1-x-y/").status_code == 410


def test_the_same_answer_for_every_address(visitor: Client, box: Postbox) -> None:
    """Whether it is somebody's or not; one that is none is refused."""
    known, unknown = (visitor.post(RESET, {"email": e}) for e in (member().email, "nobody@example.org"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert words(visitor.get(known["Location"]))
    assert len(box.mails) == 1
    assert visitor.post(RESET, {"email": "no address"}).status_code == 400


def test_nobody_is_flooded_with_mail(visitor: Client, monkeypatch: pytest.MonkeyPatch, box: Postbox) -> None:
    """An address gets few within an hour, and nobody is told; a network that asks for many is."""
    user = member()
    for _ in range(limits.PER_HOUR["reset-address"] + 2):
        assert visitor.post(RESET, {"email": user.email}).status_code == 302
        box.mails  # noqa: B018 - sends what waits
    assert len(box.mails) == limits.PER_HOUR["reset-address"]
    monkeypatch.setitem(limits.PER_HOUR, "reset", 1)
    assert visitor.post(RESET, {"email": "nobody@example.org"}).status_code == 429


def test_mail_is_written_with_its_cause(visitor: Client) -> None:
    """Staff without an address get none; what waits is sealed."""
    visitor.post(RESET, {"email": make_user().username})
    assert not Mail.objects.exists()
    user = member()
    visitor.post(RESET, {"email": user.email})
    mail = Mail.objects.get()
    assert user.email not in mail.sealed
    assert mail.about == f"account:{user.pk}"
