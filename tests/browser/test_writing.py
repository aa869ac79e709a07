"""Writing a comment: the preview, and the draft that stays on the device only if its owner asks for it."""

from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.xdist_group("browser")
FORM = "/en/consultations/guidance-note-second-draft/comments/new/?paragraph=12"
KEEP = "Keep my draft on this device until I send it"


def write(page: Page, text: str) -> None:
    """Fill in the form, with a folded group opened by hand."""
    page.get_by_label("Your comment").fill(text)
    page.get_by_label("under a name I choose").check()
    page.get_by_label("Name or pseudonym").fill("River")
    page.get_by_text("I speak for others too").click()
    page.get_by_label("How many people were consulted").fill("12")


def expect_written(page: Page, text: str) -> None:
    """All of it is there, the group open."""
    expect(page.get_by_label("Your comment")).to_have_value(text)
    expect(page.get_by_label("under a name I choose")).to_be_checked()
    expect(page.get_by_label("Name or pseudonym")).to_have_value("River")
    expect(page.get_by_label("How many people were consulted")).to_be_visible()
    expect(page.get_by_label("How many people were consulted")).to_have_value("12")


def stored(page: Page) -> int:
    """Return how much the browser keeps for this site."""
    return int(page.evaluate("localStorage.length + sessionStorage.length"))


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_preview(new_context: Callable[..., BrowserContext], javascript: bool) -> None:
    """It shows the comment as it will look, keeps what was typed, and then it can be sent."""
    page = new_context(java_script_enabled=javascript).new_page()
    page.goto(FORM)
    write(page, "First line.\n\n> Quoted.")
    page.get_by_role("button", name="Preview").click()
    preview = page.locator(".preview article")
    expect(preview.locator("strong")).to_have_text("River")
    expect(preview.locator("blockquote")).to_have_text("Quoted.")
    expect_written(page, "First line.\n\n> Quoted.")
    expect(page.get_by_label(KEEP)).to_be_visible(visible=javascript)
    expect(page.get_by_label("Leave this empty")).not_to_be_in_viewport()
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your comment has arrived")


def test_nothing_is_kept_unasked(page: Page) -> None:
    """Whoever comes next to the same phone finds an empty form."""
    page.goto(FORM)
    write(page, f"Quartz{token_hex(4)}")
    page.goto("/en/")
    assert stored(page) == 0
    page.goto(FORM)
    expect(page.get_by_label("Your comment")).to_have_value("")
    expect(page.get_by_label(KEEP)).not_to_be_checked()


def test_draft(page: Page) -> None:
    """Asked for, it stays at its address, without the mail address, until it is sent."""
    text = f"Quartz{token_hex(4)}"
    page.goto(FORM)
    write(page, text)
    page.get_by_text("Send me a mail when something changes").click()
    page.get_by_label("E-mail address").fill("river@example.org")
    page.get_by_label(KEEP).check()
    page.goto("/en/")
    assert "river@" not in page.evaluate("JSON.stringify(localStorage)")
    page.goto(FORM.replace("12", "13"))
    expect(page.get_by_label("Your comment")).to_have_value("")
    page.goto(FORM)
    expect_written(page, text)
    expect(page.get_by_label("E-mail address")).to_have_value("")

    # What the server gives back is newer than the draft.
    page.get_by_label("Name or pseudonym").fill("")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_label("Name or pseudonym")).to_have_value("")
    expect(page.get_by_label("Your comment")).to_have_value(text)
    expect(page.get_by_label(KEEP)).to_be_checked()
    page.get_by_label("Name or pseudonym").fill("Brook")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your comment has arrived")
    assert stored(page) == 0
    page.goto(FORM)
    expect(page.get_by_label("Your comment")).to_have_value("")


def test_draft_no_longer_wanted(page: Page) -> None:
    """It goes at once, not only when the page is left."""
    page.goto(FORM)
    page.get_by_label(KEEP).check()
    write(page, "Quartz")
    assert stored(page) == 1
    page.get_by_label(KEEP).uncheck()
    assert stored(page) == 0
