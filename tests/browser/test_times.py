"""Times of meetings by the reader's own clock, with a script and without."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portal import Portal

pytestmark = pytest.mark.xdist_group("browser")
MEETING = "events/sample-online-meeting/"
INDIA = "— 24 March 2027, 12:30 – 25 March 2027, 15:30 in your time zone (India Standard Time, UTC+5:30)"


def opened(browser: Browser, portal: Portal, address: str, zone: str, *, script: bool = True) -> Page:
    """Open a page on a device whose clock is that of a zone."""
    context = browser.new_context(base_url=portal.url, timezone_id=zone, java_script_enabled=script)
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize(
    ("address", "zone", "told"),
    [
        (f"/en/{MEETING}", "Asia/Kolkata", INDIA),
        (f"/en/{MEETING}", "UTC", "— 24 March 2027, 07:00 – 25 March 2027, 10:00 in your time zone (UTC)"),
        (
            f"/en/{MEETING}",
            "America/New_York",
            "— 24 March 2027, 03:00 – 25 March 2027, 06:00 in your time zone (Eastern Daylight Time, UTC−4)",
        ),
        ("/en/events/", "Asia/Kolkata", INDIA),
    ],
)
def test_both_clocks(browser: Browser, portal: Portal, address: str, zone: str, told: str) -> None:
    """The event's stands first; the device's is added. No cookie, nothing stored."""
    page = opened(browser, portal, address, zone)
    when = page.locator(".when").first
    expect(when).to_contain_text("24 March 2027, 09:00 – 25 March 2027, 12:00 Central Africa Time, UTC+2")
    expect(when.locator(".yours")).to_have_text(told)
    if MEETING in address:
        assert page.locator(".agenda-time .yours").first.inner_text().endswith("in your time zone")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0
    page.context.close()


def test_one_clock(browser: Browser, portal: Portal) -> None:
    """Where both show the same, once is enough."""
    page = opened(browser, portal, f"/en/{MEETING}", "Africa/Johannesburg")
    expect(page.locator("dl.facts time").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.locator(".yours:visible").count() == 0
    page.context.close()


def test_another_day(browser: Browser, portal: Portal) -> None:
    """In the agenda the day is named where it is another one."""
    page = opened(browser, portal, f"/en/{MEETING}", "Pacific/Honolulu")
    expect(page.locator(".agenda-time .yours").first).to_have_text("— 23 March 2027, 21:00–21:30 in your time zone")
    page.context.close()


def test_without_script(browser: Browser, portal: Portal) -> None:
    """The event's own time, and by the form that of any zone, which other languages keep."""
    page = opened(browser, portal, f"/en/{MEETING}", "Asia/Kolkata", script=False)
    when = page.locator(".when").first
    expect(when).to_contain_text("24 March 2027, 09:00")
    expect(when.locator(".yours")).to_be_hidden()
    page.get_by_text("Times in another time zone").click()
    page.get_by_label("Your time zone").select_option(label="New York")
    page.get_by_role("button", name="Show").click()
    expect(when.locator(".yours")).to_contain_text("— 24 March 2027, 03:00 – 25 March 2027, 06:00 (New York:")
    page.get_by_role("link", name="Français").click()
    expect(page.locator(".when .yours").first).to_contain_text("24 mars 2027 03:00")
    page.context.close()
