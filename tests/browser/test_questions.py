"""Somebody doubts a figure: from its page to the moderator, and back to its page."""

from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.sign_in import sign_in
from tests.browser.test_loop import send

pytestmark = pytest.mark.xdist_group("browser")
FIGURE = "/en/figures/prevalence-law-2022/"


def test_figure_is_questioned(new_context: Callable[..., BrowserContext]) -> None:
    """Without JavaScript, by links and buttons alone."""
    page = new_context(java_script_enabled=False).new_page()
    question = f"Which countries are in it, and is {token_hex(4)} among them?"
    page.goto(FIGURE)
    page.get_by_role("link", name="Question this figure").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Comment on Figure")
    expect(page.locator("blockquote")).to_contain_text("7.5%")
    page.get_by_label("Your comment").fill(question)
    code = send(page)
    page.goto(FIGURE)
    expect(page.locator("main")).not_to_contain_text(question)

    desk = sign_in(new_context(java_script_enabled=False), "moderator")
    desk.goto("/admin/comments/comment/")
    desk.get_by_role("link", name=question[:40]).click()
    expect(desk.locator("main blockquote")).to_contain_text("7.5%")
    desk.get_by_role("button", name="Approve").click()

    page.goto(FIGURE)
    expect(page.locator("main")).to_contain_text("1 question")
    expect(page.locator("main")).to_contain_text("Not yet answered", ignore_case=True)
    page.get_by_role("link", name=question).click()
    expect(page.locator("blockquote")).to_contain_text("7.5%")
    page.goto("/en/receipt/")
    page.get_by_label("Receipt code").fill(code)
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main .state").first).to_have_text("published", ignore_case=True)
