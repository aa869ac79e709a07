"""Pictures on a slow line: the text is there before them, and stays where it is when they come."""

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.xdist_group("browser")
# What a telephone gets at the edge of the network.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
ADDRESSES = [
    "/en/factsheets/health-in-prison/",
    "/ar/factsheets/health-on-the-move/",
    "/en/news/first-network-meeting/",
    "/en/campaign/",
    "/en/campaign/advisory-group/",
]
PLACES = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, figcaption)")].map(element => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x + scrollX, y + scrollY, width, height].map(Math.round).join(" ");
})"""
LOADED = "() => [...document.querySelectorAll('main img')].every(image => image.complete && image.naturalWidth)"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length"
WATCH = """window.shifts = [];
new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(entry => entry.value)))
  .observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ADDRESSES)
def test_text_comes_first_and_stays(page: Page, address: str, width: int) -> None:
    """While every picture is held back the whole text is painted; when they come, nothing moves."""
    held: list[Route] = []
    let_through = False

    def hold(route: Route) -> None:
        if let_through:
            route.continue_()
        else:
            held.append(route)

    page.route("**/pictures/**", hold)
    page.add_init_script(WATCH)
    page.set_viewport_size({"width": width, "height": 700})
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    pictures = page.locator("main img")
    with page.expect_request("**/pictures/**"):
        page.goto(address, wait_until="domcontentloaded")
        page.wait_for_function(PAINTED)
        pictures.last.scroll_into_view_if_needed()
    expect(page.locator("footer")).to_be_visible()
    before = page.evaluate(PLACES)
    assert before and held
    assert not page.evaluate(LOADED)

    let_through = True
    for route in held:
        route.continue_()
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
    page.wait_for_function(LOADED)
    assert page.evaluate(PLACES) == before
    assert page.evaluate("window.shifts") == []


def test_a_telephone_gets_the_narrow_one_in_the_best_format(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto("/en/news/first-network-meeting/")
    page.wait_for_function(LOADED)
    assert page.locator("main img").evaluate("image => image.currentSrc").endswith("-480.avif")
