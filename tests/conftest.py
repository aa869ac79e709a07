"""The named cast, as fixtures, and the database that all tests stand on."""

import gc
import os
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override
from whitenoise import WhiteNoise

from tests.databases import migrated
from tests.factories import make_user


def pytest_collection_finish() -> None:
    """Look for rubbish seldom, and never among what is there by now: that would take a third of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def signed_in(user: User) -> Client:
    """Return a client that is signed in as `user`."""
    client = Client()
    client.force_login(user)
    return client


def released(response: Any) -> Any:
    """Return an answer whose files are closed; its own close() would end the connection to the database too."""
    for close in response._resource_closers:
        close()
    return response


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy a database that is migrated already."""
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = migrated(os.environ["DATABASE_URL"])


@pytest.fixture(scope="session", autouse=True)
def static_files() -> Iterator[None]:
    """Let every client know the static files that the first one listed: that takes longer than most pages."""
    listed: dict[str, Any] = {}
    list_files = WhiteNoise.add_files

    def list_once(self: WhiteNoise, root: str, prefix: str | None = None) -> None:
        if not listed:
            list_files(self, root, prefix)
            listed.update(self.files)
        self.files.update(listed)

    with patch.object(WhiteNoise, "add_files", list_once):
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test starts in English, whatever language the last request of the one before was in."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """No test reaches a limit because of what others sent."""
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    """Somebody who reads, and who may comment."""
    return Client(enforce_csrf_checks=False)


@pytest.fixture
def editor(db: None) -> Client:
    """Staff who write and answer."""
    return signed_in(make_user("Editor"))


@pytest.fixture
def moderator(db: None) -> Client:
    """Staff who decide on comments."""
    return signed_in(make_user("Moderator"))


@pytest.fixture
def coordinator(db: None) -> Client:
    """Staff who look after the network."""
    return signed_in(make_user("Network coordinator"))


@pytest.fixture
def administrator(db: None) -> Client:
    """Staff who may do everything."""
    return signed_in(make_user(is_superuser=True))
