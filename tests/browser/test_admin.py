"""The admin's own scripts and styles run under the content security policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, expect

from tests.browser.portal import Portal
from tests.browser.sign_in import sign_in

pytestmark = pytest.mark.xdist_group("browser")


def test_editor_at_work(new_context: Callable[..., BrowserContext], portal: Portal) -> None:
    """Signing in, changing a version, sending a spreadsheet: no error in the console, no other host asked."""
    context = new_context()
    faults: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(message.text)

    context.on("console", complain)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("request", lambda r: faults.append(r.url) if not r.url.startswith(f"{portal.url}/") else None)
    page = sign_in(context, "editor")
    page.get_by_role("link", name="Versions").first.click()
    page.locator("#result_list tbody th a").first.click()
    expect(page.get_by_role("button", name="Save", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.get_by_role("link", name="Preview").first.click()
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.goto("/admin/factsheets/figure/import/")
    page.locator("#id_file").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"code,year\n"})
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    assert faults == []
