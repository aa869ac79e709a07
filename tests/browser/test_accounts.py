"""A member signs in, sets up an app, and signs in with its codes; staff do so before they see anything."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.sign_in import PASSWORD, PLAIN_MEMBER, give_code, give_password, sign_in_member
from tests.browser.test_accessibility import violations
from tests.totp import shown_by_app

pytestmark = pytest.mark.xdist_group("browser")
HERE = "/en/accounts/"
# Each page that a member with an app sees without being asked for the password once more.
PAGES = ["", "2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/"]
PAGES += ["password/change/", "erase/", "logout/"]


def sign_out(page: Page) -> None:
    """Press the button that every page of one's own has."""
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(HERE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def set_up(page: Page) -> str:
    """Set up an app and return its key."""
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_role("img", name="The key as a picture")).to_be_visible()
    key = page.locator(".is-key").inner_text()
    assert f"secret={key}" in (page.get_by_role("link", name="Open it in the app").get_attribute("href") or "")
    page.get_by_label("Code", exact=True).fill(shown_by_app(key))
    page.get_by_role("button", name="Switch it on").click()
    return key


@pytest.mark.parametrize("javascript", [True, False])
def test_member_with_an_app(new_context: Callable[..., BrowserContext], javascript: bool) -> None:
    """Sets it up, signs in with a code of its own, then with a recovery code, and does without it again."""
    context = new_context(java_script_enabled=javascript)
    page = sign_in_member(context, PLAIN_MEMBER)
    key = set_up(page)
    expect(page.locator(".codes li")).to_have_count(10)
    recovery = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    sign_out(page)
    give_password(page, PLAIN_MEMBER)
    give_code(page, shown_by_app(key))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your organisations")
    sign_out(page)
    give_password(page, PLAIN_MEMBER)
    give_code(page, recovery)
    page.get_by_role("link", name="App and recovery codes").click()
    page.get_by_role("link", name="Switch it off").click()
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_text("Not set up.")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_accessibility(new_context: Callable[..., BrowserContext], scheme: Any, width: int) -> None:
    """axe finds nothing, on phones and on computers; nothing sticks out, and nothing is refused by the policy."""
    context = new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "warning" else None)
    page.goto(f"{HERE}password/reset/")
    faults += violations(page)
    page.goto(f"{HERE}login/")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()
    faults += violations(page)
    give_password(page, PLAIN_MEMBER)
    page.get_by_role("link", name="Set up an app").click()
    faults += violations(page)
    page.go_back()
    key = set_up(page)
    for address in PAGES:
        page.goto(f"{HERE}{address}")
        faults += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
    sign_out(page)
    give_password(page, PLAIN_MEMBER)
    faults += violations(page)
    give_code(page, shown_by_app(key))
    page.goto(f"{HERE}2fa/totp/deactivate/")
    page.get_by_role("button", name="Switch it off").click()
    assert faults == []


def test_a_new_editor_sets_up_an_app(new_context: Callable[..., BrowserContext]) -> None:
    """As after the first `make run`: a password alone leads to the app, and only from there to the admin."""
    page = new_context().new_page()
    page.goto("/admin/")
    give_password(page, "newcomer")
    expect(page.get_by_text("nobody reaches the admin with a password alone")).to_be_visible()
    page.goto("/admin/comments/comment/")
    expect(page).to_have_url(re.compile("/2fa/totp/activate/$"))
    key = page.locator(".is-key").inner_text()
    page.get_by_label("Code", exact=True).fill(shown_by_app(key))
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_role("link", name="On to the admin").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def test_a_wrong_password_tells_nothing(page: Page) -> None:
    """What was typed stays, but for the password."""
    page.goto(f"{HERE}login/")
    page.get_by_label("E-mail address or user name").fill(PLAIN_MEMBER)
    page.get_by_label("Password", exact=True).fill(PASSWORD[:-1])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("no account with this name and this password")
    expect(page.get_by_label("E-mail address or user name")).to_have_value(PLAIN_MEMBER)
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
