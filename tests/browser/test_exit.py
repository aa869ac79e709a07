"""Leaving in a hurry."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.portal import Portal

pytestmark = pytest.mark.xdist_group("browser")
# The second one is a form page, whose referrer policy is another.
PAGES = ["/en/factsheets/health-and-safety-at-work/", "/en/receipt/"]


def left(page: Page, portal: Portal) -> None:
    """The other site is there, and was not told where its reader came from."""
    expect(page).to_have_url(portal.exit_url)
    expect(page.locator("p")).to_have_text("Referrer: none")


@pytest.mark.parametrize("address", PAGES)
def test_plain_link(new_context: Callable[..., BrowserContext], portal: Portal, address: str) -> None:
    """Without JavaScript the link leads away."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(address)
    page.get_by_role("link", name="Exit", exact=True).click()
    left(page, portal)


@pytest.mark.parametrize("address", PAGES)
def test_link_replaces_the_page(page: Page, portal: Portal, address: str) -> None:
    """With JavaScript there is no way back to the page that was left, only to the one before."""
    page.goto("/en/about/privacy/")
    page.goto(address)
    page.get_by_role("link", name="Exit", exact=True).click()
    left(page, portal)
    page.go_back()
    expect(page).to_have_url(f"{portal.url}/en/about/privacy/")


@pytest.mark.parametrize("address", PAGES)
def test_escape_thrice(page: Page, portal: Portal, address: str) -> None:
    """The third press of Escape leaves, and replaces the page too."""
    page.goto(address)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{portal.url}{address}")
    page.keyboard.press("Escape")
    left(page, portal)
    page.go_back()
    expect(page).to_have_url("about:blank")
