"""An editor sees Markdown as its page will show it, while writing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.portal import Portal
from tests.browser.sign_in import sign_in

pytestmark = pytest.mark.xdist_group("browser")


def test_preview_follows_what_is_typed(new_context: Callable[..., BrowserContext], portal: Portal) -> None:
    """In the text that is there and in one that is added; nothing of it is saved."""
    context = new_context()
    faults: list[str] = []
    context.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page = sign_in(context, "editor")
    page.goto("/admin/campaign/page/add/")
    field = page.locator("#id_texts-0-body")
    field.fill("## A part\n\nOne **strong** word <script>alert(1)</script>")
    shown = page.get_by_role("region", name="Preview").first
    expect(shown.locator("strong")).to_have_text("strong")
    expect(shown.get_by_role("heading", name="A part")).to_be_visible()
    expect(shown.locator(".cleaned")).to_contain_text("<script>")
    page.locator("#id_texts-0-language").select_option("ar")
    expect(shown.locator(".rendered")).to_have_attribute("dir", "rtl")
    page.locator(".add-row a").last.click()
    page.locator("#id_texts-1-body").fill("- second text")
    expect(page.get_by_role("region", name="Preview").nth(1).locator("li")).to_have_text("second text")
    assert faults == []
