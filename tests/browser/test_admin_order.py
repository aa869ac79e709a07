"""An editor puts sections in order by keyboard and by dragging; a translator’s mark follows the hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.portal import Portal
from tests.browser.sign_in import sign_in

pytestmark = pytest.mark.xdist_group("browser")


def numbers(page: Page) -> dict[str, str]:
    """Return the number of each section, in the order of the page."""
    rows = page.locator(".order ol").first.locator("li").all()
    return {row.locator("label").inner_text(): row.locator("input").input_value() for row in rows}


def opened(context: BrowserContext, link: str) -> Page:
    """Return the page of this name of the factsheet on health and safety at work."""
    page = sign_in(context, "editor")
    page.goto("/admin/factsheets/factsheet/")
    page.get_by_role("link", name="health-and-safety-at-work", exact=True).click()
    page.get_by_role("link", name=link, exact=True).click()
    return page


def test_sections_are_put_in_order(new_context: Callable[..., BrowserContext], portal: Portal) -> None:
    """Nothing is saved before the form is, and then all of it."""
    context = new_context()
    faults: list[str] = []
    context.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page = opened(context, "Put in order")
    before = list(numbers(page))
    down = page.get_by_role("button", name=f"Move down: {before[0]}")
    down.focus()
    page.keyboard.press("Enter")
    expect(down).to_be_focused()
    assert list(numbers(page)) == [before[1], before[0], *before[2:]]
    assert list(numbers(page).values())[:3] == ["1", "2", "3"]
    page.get_by_role("button", name=f"Move up: {before[0]}").click()
    assert list(numbers(page)) == before
    rows = page.locator(".order ol").first.locator("li")
    rows.nth(2).locator("label").drag_to(rows.nth(0), target_position={"x": 30, "y": 2})
    moved = [before[2], before[0], before[1], *before[3:]]
    assert numbers(page) == {name: str(number) for number, name in enumerate(moved, start=1)}
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("3 moved.")
    assert list(numbers(page)) == moved
    # As the other tests found it.
    page.get_by_role("button", name=f"Move down: {before[2]}").click()
    page.get_by_role("button", name=f"Move down: {before[2]}").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("3 moved.")
    assert list(numbers(page)) == before
    assert faults == []


def test_mark_of_a_part_follows_who_writes(new_context: Callable[..., BrowserContext], portal: Portal) -> None:
    """It is set by writing, and left alone where a hand set or took it."""
    page = opened(new_context(), "Français")
    part = page.locator(".part").first
    mark = part.get_by_label("Says the same as the source now")
    mark.uncheck()
    part.get_by_label("Title").last.fill("Autre titre")
    expect(mark).not_to_be_checked()
    page.reload()
    expect(mark).to_be_checked()
