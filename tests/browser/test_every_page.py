"""Every public page, as a browser sees it: nothing tracks, nothing breaks, nothing sticks out."""

import re
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.browser.portal import Portal

pytestmark = pytest.mark.xdist_group("browser")
WIDTHS = (360, 320, 768, 1024, 1280, 1440)
FORM = re.compile("/(?:comments|endorsements)/new/|/receipt/|/join/|/news/digest/")
# Pages that differ in nothing but which comment, paragraph, figure or member they show: one of each is enough.
ALIKE = re.compile(
    r"(?<=/comments/)\d+|(?<=/paragraphs/)\d+|(?<=paragraph=)\d+|(?<=reply-to=)\d+"
    r"|(?<=/figures/)(?!dictionary/)[\w-]+|(?<=indicator=)[\w-]+"
    # One member of a country and one of a region, and the directory narrowed in one way.
    r"|(?<=/network/)(?!sample-organisation-northern-africa/)[\w-]+|(?<=/network/\?)(?!page=).+"
)
# What a page holds, told in one go: the crawl asks for hundreds.
LOOK = """() => {
  // As they are written: in a picture, a link's own `href` is no string.
  const links = [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"));
  const here = links.filter((href) => href.startsWith("#"));
  return {
    headings: document.querySelectorAll("h1").length,
    links: links.map((href) => new URL(href, location.href).href),
    dead: here.filter((href) => !document.getElementById(href.slice(1))),
  };
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Walk:
    """A reader who follows every link of one language, and notes what a page should not have done."""

    def __init__(self, page: Page, portal: Portal, language: str) -> None:
        self.page, self.portal = page, portal
        self.start = f"{portal.url}/{language}/"
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        """Violations of the content security policy arrive here too."""
        if message.type in ("error", "warning"):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.portal.url).netloc:
            self.faults.append(f"{self.page.url}: asked {request.url}")

    def follow(self, addresses: list[str]) -> list[str]:
        """Visit these and all that they lead to; return the form pages among them, not visited."""
        forms: list[str] = []
        known = set(addresses)
        for address in addresses:
            for link in self.look(address):
                link = urldefrag(link).url
                kind = ALIKE.sub("", link)
                is_page = link.startswith(self.start) and urlsplit(link).path.endswith("/")
                # That leads to signing in (test_accounts.py).
                is_page &= "/accounts/" not in link
                if is_page and kind not in known:
                    known.add(kind)
                    (forms if FORM.search(link) else addresses).append(link)
        return forms

    def look(self, address: str) -> list[str]:
        """Open a page at every width; return its links."""
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        response = self.page.goto(address)
        seen = self.page.evaluate(LOOK)
        found = [
            *([f"answered {response.status}"] if response and response.status != 200 else []),
            *([f"{seen['headings']} main headings"] if seen["headings"] != 1 else []),
            *(f"nothing at {link}" for link in seen["dead"]),
        ]
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            if (over := self.page.evaluate(OVERFLOW)) > 0:
                found.append(f"{over} px too wide for {width}")
        self.faults += [f"{address}: {fault}" for fault in found]
        links: list[str] = seen["links"]
        return links


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_page(page: Page, portal: Portal, language: str) -> None:
    """All that links lead to: no error, no other host, no cookie but on form pages, no overflow, no dead link."""
    walk = Walk(page, portal, language)
    pages = [walk.start]
    forms = walk.follow(pages)
    assert len(pages) > 60
    assert page.context.cookies() == []
    for form in forms:
        walk.look(form)
    assert [cookie.get("name") for cookie in page.context.cookies()] == ["csrftoken"]
    assert walk.faults == []
