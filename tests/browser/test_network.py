"""Members look after their profile, share what they do, and speak as members; staff decide, and the public reads."""

import re
from collections.abc import Callable
from secrets import token_hex
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.sign_in import MEMBER, ORGANISATION, OTHER_MEMBER, sign_in, sign_in_member
from tests.browser.test_accessibility import violations
from tests.factories import make_paper

pytestmark = pytest.mark.xdist_group("browser")
NAME, OTHER_NAME = "Sample organisation, Zambia", "Sample organisation, Portugal"
PROFILE = f"/en/network/{ORGANISATION}/"
PHONE: Any = {"width": 360, "height": 740}
TABLE = b"month,visits\r\n2026-01,12\r\n2026-02,17\r\n"
DOCUMENT = "/en/deliverables/white-paper/"


def heading(page: Page) -> Locator:
    """Return the page's main heading."""
    return page.get_by_role("heading", level=1)


def open_desk(desk: Page, what: str, name: str) -> None:
    """Follow the admin's front page to what waits, and open it."""
    desk.goto("/admin/")
    desk.get_by_role("link", name=re.compile(what)).click()
    desk.locator("#result_list tr", has_text=name).get_by_role("link").first.click()


def approve(desk: Page, told: str) -> None:
    """Press the button, and be told what came of it."""
    desk.get_by_role("button", name="Approve").click()
    expect(desk.locator("li.success")).to_contain_text(told)


def read(page: Page, address: str, text: str) -> None:
    """Open a page that says something."""
    page.goto(address)
    expect(page.locator("main")).to_contain_text(text)


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_profile(new_context: Callable[..., BrowserContext], javascript: bool) -> None:
    """Change it on a phone; the public reads the old text until the coordinator has seen what changes."""
    new = f"Beds for {token_hex(4)} people"
    page = sign_in_member(new_context(java_script_enabled=javascript, viewport=PHONE), app=not javascript)
    reader = new_context(java_script_enabled=javascript).new_page()
    reader.goto(PROFILE)
    old = reader.locator("main .lede").first.inner_text()

    page.get_by_role("link", name="Its profile: how it stands").click()
    page.get_by_role("link", name="Change the profile").click()
    page.locator("#id_en-summary").fill(new)
    page.get_by_label("What changes, in one line").fill(f"Says {new}")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("main .lede").first).to_have_text(new)
    expect(page.get_by_text("Nothing is sent yet.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_role("button", name="Go on writing").click()
    expect(page.locator("#id_en-summary")).to_have_value(new)
    page.get_by_role("button", name="Send to the secretariat").click()
    expect(page.get_by_role("status")).to_contain_text("until it has decided")
    expect(page.locator(".differences ins").first).to_be_visible()
    reader.reload()
    expect(reader.locator("main .lede").first).to_have_text(old)

    desk = sign_in(new_context(java_script_enabled=javascript), "coordinator")
    open_desk(desk, "proposals? of", "zambia")
    expect(desk.locator("main ins", has_text=new.split()[2])).to_be_visible()
    desk.get_by_role("link", name="The page as it would be").click()
    expect(desk.locator("main .lede").first).to_have_text(new)
    desk.get_by_role("link", name="Back to the form").click()
    approve(desk, "Approved: it is in effect.")

    reader.reload()
    expect(reader.locator("main .lede").first).to_have_text(new)
    page.reload()
    expect(page.locator("main")).to_contain_text("Nothing waits for the secretariat.")
    decided = page.locator("section", has=page.get_by_role("heading", name="What was decided"))
    expect(decided.locator("li", has_text=f"Says {new}")).to_contain_text("approved")


def share(page: Page, title: str) -> None:
    """Write a practice, add two files, look at it and send it."""
    page.get_by_role("link", name="What your organisation shares").click()
    page.get_by_role("link", name="Share a practice").click()
    page.get_by_label("everybody").check()
    page.get_by_label("method", exact=True).check()
    page.get_by_label("Title").fill(title)
    page.get_by_label("In one sentence").fill("A sample, for tests.")
    page.get_by_label("What was done").fill("We meet people at the **gate** with a key.")
    for name, kind, content in (("rules.pdf", "application/pdf", make_paper()), ("visits.csv", "text/csv", TABLE)):
        page.get_by_label("Add a file").set_input_files({"name": name, "mimeType": kind, "buffer": content})
        page.locator("#id_file_title").fill(f"The {name} of it")
        page.get_by_role("button", name="Add this file").click()
        expect(page.locator(f"input[value='The {name} of it']")).to_be_visible()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview strong")).to_have_text("gate")
    page.get_by_role("button", name="Send to the secretariat").click()
    expect(page.locator("main li", has_text="waits for the secretariat")).to_be_visible()


def use(page: Page, title: str, note: str) -> None:
    """Find another member's practice, and say how it went."""
    page.get_by_role("link", name="What members share").click()
    page.get_by_role("link", name=title).click()
    page.get_by_role("link", name="We used this").click()
    page.get_by_label("How it went").fill(note)
    page.get_by_label("Since which year").fill("2025")
    page.get_by_role("button", name="Send to the secretariat").click()
    expect(page.get_by_text("waits for the secretariat")).to_be_visible()


def revise(page: Page, title: str, note: str) -> None:
    """Change what was done."""
    page.reload()
    page.locator("main li", has_text=title).get_by_role("link", name="Change it").click()
    page.get_by_label("What was done").fill("We meet people at the **gate** with a telephone.")
    page.get_by_label("What changes, in one line").fill(note)
    page.get_by_role("button", name="Send to the secretariat").click()
    expect(page.locator("main li", has_text=note)).to_be_visible()


def download(page: Page, name: str) -> bytes:
    """Take a file that a page offers."""
    with page.expect_download() as started:
        page.get_by_role("link", name=f"The {name} of it").click()
    return started.value.path().read_bytes()


def test_practice(new_context: Callable[..., BrowserContext]) -> None:
    """Share it with files; somebody downloads them; another member used it; revised, the page tells what changed."""
    title, note = f"Keys {token_hex(4)}", f"It helped {token_hex(4)}."
    page = sign_in_member(new_context())
    reader = new_context().new_page()
    desk = sign_in(new_context(), "coordinator")
    share(page, title)
    reader.goto("/en/practices/")
    expect(reader.get_by_role("link", name=title)).to_have_count(0)
    open_desk(desk, "proposals? of", "zambia")
    expect(desk.locator("main")).to_contain_text(title)
    approve(desk, "Approved: it is in effect.")

    reader.reload()
    reader.get_by_role("link", name=title).click()
    expect(heading(reader)).to_have_text(title)
    address = reader.url
    assert download(reader, "visits.csv") == TABLE
    assert download(reader, "rules.pdf").startswith(b"%PDF-")

    other = sign_in_member(new_context(), OTHER_MEMBER)
    use(other, title, note)
    reader.reload()
    expect(reader.locator("main")).not_to_contain_text(note)
    open_desk(desk, "notes? on", "portugal")
    approve(desk, "Published.")
    reader.reload()
    expect(reader.locator("main li", has_text=note)).to_contain_text(OTHER_NAME)

    revise(page, title, "A telephone instead")
    open_desk(desk, "proposals? of", "zambia")
    approve(desk, "Approved: it is in effect.")
    read(reader, address, "with a telephone")
    # What the seeds do not hold: files, a note, revisions.
    faults = violations(reader)
    reader.get_by_role("link", name="What changed between them").click()
    reader.get_by_role("link", name="What changed since revision 1").click()
    expect(reader.locator(".changed-text del")).to_have_text("key")
    expect(reader.locator(".changed-text ins")).to_have_text("telephone")
    assert faults + violations(reader) == []


def test_speaking(new_context: Callable[..., BrowserContext]) -> None:
    """A comment and an endorsement as the organisation lead to its profile, once a moderator has approved them."""
    said = f"As a member we say {token_hex(4)}."
    page = sign_in_member(new_context(), MEMBER)
    page.goto("/en/consultations/guidance-note-second-draft/comments/new/?paragraph=12")
    page.get_by_label("Your comment").fill(said)
    page.get_by_label(f"as {NAME}").check()
    page.get_by_role("button", name="Send the comment").click()
    expect(heading(page)).to_have_text("Your comment has arrived")
    page.goto(f"{DOCUMENT}endorsements/new/")
    expect(page.get_by_label(NAME)).to_be_checked()
    page.get_by_label("by name").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(heading(page)).to_have_text("Your endorsement has arrived")

    desk = sign_in(new_context(), "moderator")
    open_desk(desk, "to moderate", said)
    expect(desk.locator("main")).to_contain_text("signed in for this member of the network")
    approve(desk, "Published as comment")
    open_desk(desk, "to look at", NAME)
    approve(desk, "Published.")

    reader = new_context().new_page()
    reader.goto("/en/consultations/guidance-note-second-draft/?paragraph=12")
    comment = reader.locator("article", has_text=said)
    expect(comment.get_by_role("link", name="member of the network")).to_have_attribute("href", PROFILE)
    reader.goto(f"{DOCUMENT}endorsements/")
    expect(reader.locator("main").get_by_role("link", name=NAME)).to_have_attribute("href", PROFILE)
