"""The portal seen through a real Chromium. No test here touches a row behind the portal's back."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from deploy.browser import NAMES
from tests.browser.portal import Portal, serve


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """A portal that all browser tests share."""
    with serve() as running:
        yield running


# pytest-playwright keeps these three for the whole session. But its event loop, as long as it runs, forbids Django's
# tests the database, and in random order some come later: so they last for one module.


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives the browser."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium that there is. Where there is none the tests fail: skipped, they would tell nobody anything."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), playwright.chromium.executable_path]
    path = next((path for path in candidates if path and os.path.exists(path)), None)
    if path is None:
        pytest.fail("There is no Chromium here: install one, or name its path in CHROMIUM.", pytrace=False)
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-default-apps"]
    sandboxed = os.geteuid() != 0  # root cannot have one
    with playwright.chromium.launch(executable_path=path, args=quiet, chromium_sandbox=sandboxed) as started:
        yield started


@pytest.fixture(scope="module")
def browser_context_args(portal: Portal) -> dict[str, Any]:
    """Addresses without a host are the portal's."""
    return {"base_url": portal.url, "locale": "en-GB"}
