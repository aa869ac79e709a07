"""The loop that carries the product: from a reader to the page, and back to the reader."""

import re
from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.sign_in import sign_in

pytestmark = pytest.mark.xdist_group("browser")
CONSULTATION = "/en/consultations/guidance-note-second-draft/"
NOTE = "Paragraph 40 is about this.\nPlease send it there."


def to_the_form(page: Page) -> None:
    """Go from the front page to the form, by links alone."""
    page.goto("/en/")
    page.locator("main").get_by_role("link", name="Guidance note: second draft").click()
    page.get_by_role("link", name="Read the text").click()
    words = page.locator("#p12 .body").inner_text()
    page.get_by_role("link", name="Comment on paragraph 12").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comment on ¶ 12")
    expect(page.locator("blockquote")).to_contain_text(words)


def send(page: Page) -> str:
    """Send the form; return the receipt's code."""
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your comment has arrived")
    code = page.locator(".receipt").inner_text()
    assert re.fullmatch("([0-9A-Z]{4}-){2}[0-9A-Z]{4}", code)
    return code


def show_receipt(page: Page, code: str) -> None:
    """Ask what became of a comment, with its code as it may be typed on a phone."""
    page.goto(CONSULTATION)
    page.get_by_role("link", name="Find what I sent").click()
    page.get_by_label("Receipt code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Show").click()


def expect_nowhere(page: Page, text: str) -> None:
    """No page shows the text: not the consultation's, not the paragraph's, not the next number's, not the search."""
    listed = everything(page)
    assert text not in listed
    following = max(map(int, re.findall(r'id="c(\d+)"', listed))) + 1
    for address in (f"{CONSULTATION}?paragraph=12", f"{CONSULTATION}comments/{following}/"):
        assert text not in page.request.get(address).text()
    page.goto("/en/search/")
    page.get_by_role("searchbox").fill(text)
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q="))
    expect(page.locator("main")).not_to_contain_text(text)


def everything(page: Page) -> str:
    """Return all pages of the consultation's comments."""
    page.goto(CONSULTATION)
    found = page.content()
    while page.get_by_role("link", name="Next").count():
        page.get_by_role("link", name="Next").click()
        found += page.content()
    return found


def tally(page: Page) -> int:
    """Return how many comments paragraph 12 has on the reading page."""
    page.goto("/en/deliverables/guidance-note/")
    shown = page.locator("#p12 .tally")
    return int(re.sub(r"\D", "", shown.inner_text())) if shown.count() else 0


def open_in_queue(desk: Page, text: str) -> None:
    """Go from the admin's front page to the comment, which waits."""
    desk.goto("/admin/")
    desk.get_by_role("link", name=re.compile("to moderate")).click()
    desk.get_by_role("link", name=text).click()
    expect(desk.locator("main")).to_contain_text("waiting for a moderator")
    expect(desk.locator("main blockquote")).to_contain_text("¶ 12")
    expect(desk.locator("main")).to_contain_text(text)


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_loop(new_context: Callable[..., BrowserContext], javascript: bool) -> None:
    """Comment, correct, send; moderate; see it published or learn why not; take it back."""
    page = new_context(java_script_enabled=javascript).new_page()
    desk = sign_in(new_context(java_script_enabled=javascript), "moderator")
    wanted, unwanted = f"Quartz{token_hex(4)} is needed", f"Basalt{token_hex(4)} is nonsense"
    before = tally(page)

    # A form with a mistake comes back as it was, and says what is wrong: on top and beside the field.
    to_the_form(page)
    body, name = page.get_by_label("Your comment"), page.get_by_label("Name or pseudonym")
    body.fill(wanted)
    page.get_by_label("under a name I choose").check()
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Name or pseudonym")).to_be_visible()
    expect(page.locator(".field.has-errors")).to_have_count(1)
    expect(page.locator(".field.has-errors").get_by_label("Name or pseudonym")).to_be_visible()
    expect(page.locator(".field.has-errors .errorlist")).to_contain_text("Write the name to appear under")
    expect(body).to_have_value(wanted)
    expect(page.get_by_label("under a name I choose")).to_be_checked()
    name.fill("River")
    code = send(page)

    to_the_form(page)
    page.get_by_label("Your comment").fill(unwanted)
    code_unwanted = send(page)
    assert code_unwanted != code

    # What waits is nowhere public; its author sees that it waits.
    for text in (wanted, unwanted):
        expect_nowhere(page, text)
    assert tally(page) == before
    show_receipt(page, code)
    expect(page.locator("main .state").first).to_have_text("waiting for a moderator")

    # The desk: one is approved, the other refused with a reason.
    open_in_queue(desk, wanted)
    desk.get_by_role("button", name="Approve").click()
    number = re.sub(r"\D", "", desk.get_by_text("Published as comment").inner_text())
    open_in_queue(desk, unwanted)
    desk.get_by_label("It is not about this text.").check()
    desk.get_by_label("Note to the author").fill(NOTE)
    desk.get_by_role("button", name="Refuse").click()
    expect(desk.get_by_text("Refused. Its author is told the reason.")).to_be_visible()

    # The approved one stands at its paragraph, under its number and the chosen name.
    assert tally(page) == before + 1
    page.locator("#p12 .tally").click()
    expect(page).to_have_url(re.compile(r"\?paragraph=12#comments$"))
    comment = page.locator(f"#c{number}")
    expect(comment).to_contain_text(wanted)
    expect(comment.locator("strong")).to_have_text("River")
    expect(comment).to_contain_text("on ¶ 12")
    comment.get_by_role("link", name=f"Comment {number}", exact=True).click()
    expect(page).to_have_url(re.compile(f"{CONSULTATION}comments/{number}/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Comment {number}")
    page.goto(f"/en/search/?q={wanted.split()[0]}")
    expect(page.locator("main .results")).to_contain_text(wanted)
    show_receipt(page, code)
    expect(page.locator("main .state").first).to_have_text("published")
    expect(page.locator("main").get_by_role("link", name=number, exact=True)).to_be_visible()

    # The refused one is nowhere; its author learns why.
    expect_nowhere(page, unwanted)
    show_receipt(page, code_unwanted)
    expect(page.locator("main .state").first).to_have_text("refused")
    expect(page.locator("main")).to_contain_text("It is not about this text.")
    expect(page.locator("main")).to_contain_text("Please send it there.")

    # Taken back, the published one is nowhere either.
    show_receipt(page, code)
    page.get_by_role("button", name="Take my comment back").click()
    expect(page.locator("main")).to_contain_text("You have taken it back.")
    expect_nowhere(page, wanted)
    assert tally(page) == before
    assert page.request.get(f"{CONSULTATION}comments/{number}/").status in (404, 410)
