"""Reading with a keyboard, at night, on paper, and in another language."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal

pytestmark = pytest.mark.xdist_group("browser")
TEXT = "/en/deliverables/guidance-note/"
FOCUS = """() => {
  const focused = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const { left, top, width, height } = focused.getClientRects()[0];
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return {
    uncovered: focused.contains(there) || Boolean(there?.contains(focused)),
    outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
  };
}"""
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize("address", [TEXT, "/ar/consultations/guidance-note-second-draft/comments/new/?paragraph=12"])
def test_focus_can_be_seen(page: Page, address: str) -> None:
    """Wherever the keyboard leads, down and up again, the focus has an outline and nothing lies on it."""
    page.goto(address)
    for press in [*["Tab"] * 25, *["Shift+Tab"] * 15]:
        page.keyboard.press(press)
        focused = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        assert page.evaluate(FOCUS) == {"uncovered": True, "outlined": True}, focused


def test_skip_link(page: Page) -> None:
    """The first stop of the keyboard leads past the menu."""
    page.goto(TEXT)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [360, 1280])
def test_contents(page: Page, width: int) -> None:
    """Each line of the contents leads to its heading, which the bar on top does not cover."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(TEXT)
    contents = page.get_by_role("navigation", name="Contents")
    if width < 768:
        contents.get_by_text("Contents").first.click()
    for link in contents.get_by_role("link").all()[1:4]:
        link.click()
        heading = page.locator(f":is(h2, h3)[id='{(link.get_attribute('href') or '')[1:]}']")
        expect(heading).to_be_in_viewport(ratio=1)
        assert heading.evaluate(
            "h => document.elementFromPoint(h.getBoundingClientRect().x + 2, h.getBoundingClientRect().y + 2) === h"
        )


def test_languages(page: Page, portal: Portal) -> None:
    """Another language shows the same page."""
    page.goto("/en/factsheets/health-in-prison/")
    for code, direction in (("fr", "ltr"), ("ar", "rtl"), ("en", "ltr")):
        page.locator(f"nav a[hreflang={code}]").click()
        expect(page).to_have_url(f"{portal.url}/{code}/factsheets/health-in-prison/")
        expect(page.locator("html")).to_have_attribute("dir", direction)
        expect(page.locator("html")).to_have_attribute("lang", code)


def test_dark(page: Page) -> None:
    """The page is dark where the reader's device is."""
    page.emulate_media(color_scheme="light")
    page.goto("/en/")
    light = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) != light


def test_paper(page: Page) -> None:
    """On paper, paragraphs keep their numbers, and what one can only press is gone."""
    page.goto(TEXT)
    page.emulate_media(media="print")
    expect(page.locator("#p12 .pilcrow")).to_be_visible()
    expect(page.locator("#p12 .pilcrow")).to_contain_text("12")
    expect(page.get_by_role("link", name="Exit", exact=True)).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("link", name="Comment on paragraph 12")).to_be_hidden()
