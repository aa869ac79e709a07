"""People who sign in, cheaply: the portal's own way of keeping passwords takes half a second each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.test import Client, override_settings

from tests.factories import PASSWORD, make_member_user, make_user

HERE = "/en/accounts/"
HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Keep passwords in a way that takes no time."""
    with override_settings(PASSWORD_HASHERS=[HASHER]):
        yield


def member(**fields: Any) -> User:
    """Return somebody who acts for an organisation."""
    return make_member_user(password=make_password(PASSWORD), **fields)


def staff(**fields: Any) -> User:
    """Return an editor, with an app."""
    return make_user("Editor", password=make_password(PASSWORD), **fields)


def give_password(client: Client, user: User | str, password: str = PASSWORD, **more: str) -> Any:
    """Return the answer to the first page of signing in."""
    name = user if isinstance(user, str) else user.get_username()
    return client.post(f"{HERE}login/", {"login": name, "password": password, **more})


def give_code(client: Client, code: str) -> Any:
    """Return the answer to the second page."""
    return client.post(f"{HERE}2fa/authenticate/", {"code": code})


def is_in(client: Client) -> bool:
    """Whether the client is signed in."""
    return client.get(HERE).status_code == 200
