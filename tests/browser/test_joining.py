"""Joining the network: from the form without an account to the organisation's own pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.portal import Portal
from tests.browser.sign_in import sign_in
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.xdist_group("browser")
NAME = "Sample society at the gate"
ADDRESS = "gate@society.example"
PHONE: Any = {"width": 360, "height": 740}
PASSWORD = "five plain words for tests"


def test_joining(new_context: Callable[..., BrowserContext], portal: Portal) -> None:
    """Apply, be accepted, follow the mail's link, and look after the people: all without JavaScript, on a phone."""
    context = new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    code = apply(page)
    assert [cookie.get("name") for cookie in context.cookies()] == ["csrftoken"]

    desk = sign_in(new_context(java_script_enabled=False), "coordinator")
    accept(desk)

    link = re.search(r"http\S+", portal.mailed_to(ADDRESS))
    assert link
    page.goto(re.sub(r"^https?://[^/]+", "", link[0]))
    expect(page.locator("main")).to_contain_text(NAME)
    for label in ("Password", "The same password again"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your organisations")
    expect(page.locator("main")).to_contain_text(NAME)

    page.get_by_role("link", name="People", exact=True).click()
    expect(page.locator("main")).to_contain_text(ADDRESS)
    page.get_by_label("E-mail address").fill("guest@society.example")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("heading", name="guest@society.example")).to_be_visible()
    assert "/accounts/invitations/" in portal.mailed_to("guest@society.example")

    # Its profile is public, and names the region alone; the receipt leads to it.
    page.goto("/en/receipt/")
    page.get_by_label("Receipt code").fill(code)
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.locator("main")).not_to_contain_text("Egypt")


def apply(page: Page) -> str:
    """Send the form, once with a mistake, and return the receipt's code."""
    page.goto("/en/network/")
    page.get_by_role("link", name="Join the network").click()
    page.get_by_label("With its region only").check()
    page.get_by_label("Name, in English").fill(NAME)
    page.get_by_role("combobox", name="Country").select_option(label="Egypt")
    page.get_by_label("Languages you work in").fill("Arabic, Klingonese")
    page.get_by_label("People in prison", exact=True).check()
    page.get_by_label("Your work in one sentence").fill("A sample: we stand at the gate.")
    page.get_by_label("E-mail address of that person").fill(ADDRESS)
    page.get_by_label("We may speak for this organisation").check()
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Languages you work in")).to_be_visible()
    expect(page.get_by_label("People in prison", exact=True)).to_be_checked()
    page.get_by_label("Languages you work in").fill("Arabic, english")
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your application has arrived")
    return page.locator(".receipt").inner_text()


def accept(desk: Page) -> None:
    """Find the application on the admin's front page, make sure of all that is needed, and accept it."""
    desk.goto("/admin/")
    desk.get_by_role("link", name=re.compile("applications? to join")).click()
    desk.get_by_role("link", name=NAME).click()
    expect(desk.locator("main")).to_contain_text(ADDRESS)
    desk.get_by_label("Somebody answers").check()
    desk.get_by_role("button", name="Accept").click()
    expect(desk.locator(".errornote")).to_contain_text("make sure of all that is needed")
    expect(desk.get_by_label("Somebody answers")).to_be_checked()
    for check in ("It works with", "Nobody who decides", "It understands"):
        desk.get_by_label(check).check()
    desk.get_by_role("button", name="Accept").click()
    expect(desk.get_by_text("Accepted. The invitation is on its way.")).to_be_visible()


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_axe_finds_nothing(page: Page, language: str, scheme: Any) -> None:
    """The form with all its errors, on a phone."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/{language}/join/")
    page.locator("main form button").click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
