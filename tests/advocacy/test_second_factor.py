"""An app's codes and recovery codes: offered to members, required of staff."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from publishing import limits
from tests.advocacy.people import HERE, give_code, give_password, is_in, member, quick_passwords, staff
from tests.conftest import signed_in
from tests.factories import PASSWORD, make_second_factor, make_user
from tests.publishing.html import parse
from tests.totp import KEY, shown_by_app

pytestmark = pytest.mark.django_db
ACTIVATE = f"{HERE}2fa/totp/activate/"
DEACTIVATE = f"{HERE}2fa/totp/deactivate/"
CODES = f"{HERE}2fa/recovery-codes/"
CODE_PAGE = f"{HERE}2fa/authenticate/"


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Passwords take no time here."""
    with quick_passwords():
        yield


def came_in(user: User) -> Client:
    """Return a client that gave the password a moment ago, so that nobody asks again."""
    client = Client()
    give_password(client, user)
    return client


def key_on(page: Any) -> str:
    """Return the key that the page shows in words."""
    return str(parse(page.content.decode()).one("p", class_="is-key").text)


def set_up(client: Client) -> list[str]:
    """Set up an app; return the recovery codes."""
    key = key_on(client.get(ACTIVATE))
    response = client.post(ACTIVATE, {"code": shown_by_app(key)})
    assert response["Location"] == CODES
    page = parse(client.get(CODES).content.decode())
    return [e.text for e in page.one("ul", class_="codes").all("li")]


def test_member_sets_up_an_app(visitor: Client) -> None:
    """Key, picture and link are one; then sign-in takes a code, once each."""
    user = member()
    client = came_in(user)
    page = client.get(ACTIVATE)
    root = parse(page.content.decode())
    assert root.one("svg", class_="qr").get("role") == "img"
    link = next(e.get("href") for e in root.all("a") if e.get("href").startswith("otpauth:"))
    assert f"secret={key_on(page)}" in link
    codes = set_up(client)
    assert len(set(codes)) == 10
    assert give_password(visitor, user)["Location"] == CODE_PAGE
    assert not is_in(visitor)
    assert give_code(visitor, "000000").status_code == 400
    assert give_code(visitor, codes[0])["Location"] == HERE
    again = Client()
    give_password(again, user)
    assert give_code(again, codes[0]).status_code == 400
    assert give_code(again, codes[1]).status_code == 302


def test_a_code_counts_once(visitor: Client) -> None:
    """Who looked over a shoulder comes too late."""
    user = member()
    make_second_factor(user)
    code = shown_by_app(KEY)
    other = Client()
    for client in (visitor, other):
        give_password(client, user)
    assert [give_code(visitor, code).status_code, give_code(other, code).status_code] == [302, 400]


def test_secrets_are_sealed() -> None:
    """Nobody reads them in a dump."""
    user = member()
    client = came_in(user)
    key = key_on(client.get(ACTIVATE))
    client.post(ACTIVATE, {"code": shown_by_app(key)})
    assert key not in repr(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_key_that_cannot_be_read_lets_nobody_in(visitor: Client) -> None:
    """As after a change of the portal's own secret."""
    user = member()
    Authenticator.objects.create(user=user, type="totp", data={"secret": "nothing that was sealed"})
    give_password(visitor, user)
    assert give_code(visitor, "000000").status_code == 400


def test_too_many_codes(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guessing ends soon; the right code does not help then."""
    monkeypatch.setitem(limits.PER_HOUR, "code", 2)
    user = member()
    make_second_factor(user)
    give_password(visitor, user)
    assert [give_code(visitor, "000000").status_code for _ in range(2)] == [400, 400]
    response = give_code(visitor, shown_by_app(KEY))
    assert (response.status_code, is_in(visitor)) == (429, False)
    assert "Retry-After" in response


def test_bad_codes(visitor: Client) -> None:
    """What is no code at all is no fault of ours."""
    assert visitor.get(CODE_PAGE)["Location"] == f"{HERE}login/"
    user = member()
    client = came_in(user)
    client.get(ACTIVATE)
    assert [client.post(ACTIVATE, data).status_code for data in ({}, {"code": "x"}, {"code": "9" * 99})] == [400] * 3
    make_second_factor(user)
    give_password(visitor, user)
    assert [visitor.post(CODE_PAGE, data).status_code for data in ({}, {"code": "²"}, {"code": "\x00"})] == [400] * 3
    assert visitor.put(CODE_PAGE).status_code == 405


def test_password_first() -> None:
    """Who finds a phone unlocked cannot change what guards the account."""
    user = member()
    make_second_factor(user)
    client = signed_in(user)
    for page in (DEACTIVATE, CODES, f"{CODES}generate/", f"{CODES}download/"):
        assert client.get(page).status_code in (302, 404)
        assert client.post(page).status_code in (302, 404, 405)
    again = client.post(DEACTIVATE)["Location"]
    assert again == f"{HERE}reauthenticate/?next={DEACTIVATE.replace('/', '%2F')}"
    assert client.post(again, {"password": "wrong"}).status_code == 400
    assert client.post(again, {"password": PASSWORD})["Location"] == DEACTIVATE
    assert client.post(DEACTIVATE).status_code == 302
    assert not Authenticator.objects.exists()


def test_codes_are_shown_kept_and_made_anew() -> None:
    """Those left; new ones void them."""
    client = came_in(member())
    first = set_up(client)
    file = client.get(f"{CODES}download/")
    assert file["Content-Disposition"].startswith("attachment")
    assert re.findall(r"\b\d{8}\b", file.content.decode()) == first
    assert client.post(f"{CODES}generate/")["Location"] == CODES
    page = client.get(CODES).content.decode()
    assert not any(code in page for code in first)


def test_setting_one_up_ends_other_sessions() -> None:
    """Who knew the password is out."""
    user = member()
    other = came_in(user)
    client = came_in(user)
    set_up(client)
    assert (is_in(client), is_in(other)) == (True, False)


def test_staff_sign_in(visitor: Client) -> None:
    """By name and code, and come to the page they were on the way to."""
    user = staff()
    response = visitor.get("/admin/comments/comment/", follow=True)
    address = response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"]
    visitor.post(address, {"login": user.username, "password": PASSWORD})
    assert visitor.get("/admin/")["Location"].startswith("/admin/login/")
    assert give_code(visitor, shown_by_app(KEY))["Location"] == "/admin/comments/comment/"


@pytest.mark.parametrize("superuser", [False, True])
def test_staff_without_see_nothing_of_the_admin(visitor: Client, superuser: bool) -> None:
    """They are led to set one up, and told why; then they are let in."""
    user = staff(is_superuser=superuser)
    Authenticator.objects.all().delete()
    client = signed_in(user)
    pages = [reverse(f"admin:{name}") for name in ("index", "comments_comment_changelist", "password_change")]
    for page in (*pages, "/admin/jsi18n/"):
        for answer in (client.get(page), client.post(page)):
            assert answer["Location"].startswith("/admin/login/")
    assert client.get("/admin/login/")["Location"] == ACTIVATE
    client = came_in(user)
    assert "nobody reaches the admin with a password alone" in client.get("/admin/", follow=True).content.decode()
    set_up(client)
    assert client.get("/admin/").status_code == 200


def test_staff_keep_theirs() -> None:
    """Only administrators take it away, and then its owner is signed out."""
    user = staff()
    client = signed_in(user)
    client.post(f"{HERE}reauthenticate/", {"password": PASSWORD})
    assert client.post(DEACTIVATE).status_code == 400
    assert client.get("/admin/").status_code == 200
    boss = signed_in(make_user(is_superuser=True))
    data = {"action": "take_second_factors_away", "_selected_action": [user.pk]}
    assert boss.post(reverse("admin:auth_user_changelist"), data).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert not is_in(client)
    editor = signed_in(staff())
    assert editor.post(reverse("admin:auth_user_changelist"), data).status_code == 403
