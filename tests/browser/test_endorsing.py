"""Signing a document: from a reader to the page, and back to the reader."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.sign_in import sign_in

pytestmark = pytest.mark.xdist_group("browser")
DOCUMENT = "/en/deliverables/code-of-conduct/"


def count(page: Page) -> int:
    """Return how many have signed."""
    page.goto(DOCUMENT)
    shown = page.locator("main").get_by_role("link", name=re.compile(r"^\d+ endorsements?$"))
    return int(re.sub(r"\D", "", shown.inner_text()))


def show_receipt(page: Page, code: str) -> None:
    """Ask what became of an endorsement."""
    page.goto(DOCUMENT)
    page.get_by_role("link", name="Find what I sent").click()
    page.get_by_label("Receipt code").fill(code.lower())
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your endorsement")


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_signing(new_context: Callable[..., BrowserContext], javascript: bool) -> None:
    """Sign by initials; a moderator approves; the page shows it; taken back, it is gone."""
    context = new_context(java_script_enabled=javascript)
    page = context.new_page()
    desk = sign_in(new_context(java_script_enabled=javascript), "moderator")
    before = count(page)

    # A form with a mistake comes back as it was.
    page.get_by_role("link", name="Sign this document").click()
    page.get_by_label("Who signs").select_option(label="researcher")
    page.get_by_label("by initials").check()
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Name")).to_be_visible()
    expect(page.get_by_label("by initials")).to_be_checked()
    page.get_by_role("textbox", name="Name").fill("Quirina Xylander-Zorn")
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your endorsement has arrived")
    code = page.locator(".receipt").inner_text()
    assert [cookie.get("name") for cookie in context.cookies()] == ["csrftoken"]

    # It waits, and is nowhere public; the desk knows the initials alone.
    assert count(page) == before
    show_receipt(page, code)
    expect(page.locator("main .state")).to_have_text("waiting for a moderator")
    desk.goto("/admin/")
    desk.get_by_role("link", name=re.compile("to look at")).click()
    desk.get_by_role("link", name="Q. X.-Z.").click()
    expect(desk.locator("main")).not_to_contain_text("Xylander")
    desk.get_by_role("button", name="Approve").click()
    expect(desk.get_by_text("Published.")).to_be_visible()

    # It counts, and stands in the list.
    assert count(page) == before + 1
    page.locator("main").get_by_role("link", name=f"{before + 1} endorsements").click()
    listed = page.locator("main li", has_text="Q. X.-Z.")
    expect(listed).to_contain_text("researcher")

    # Taken back, it is gone.
    show_receipt(page, code)
    page.get_by_role("button", name="Take my endorsement back").click()
    expect(page.locator("main")).to_contain_text("You have taken it back.")
    assert count(page) == before
    page.goto(f"{DOCUMENT}endorsements/")
    expect(page.locator("main")).not_to_contain_text("Q. X.-Z.")
