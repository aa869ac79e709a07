"""Every public page, as a browser sees it: nothing tracks, nothing breaks, nothing sticks out."""

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests.browser.conftest import Portal

pytestmark = pytest.mark.xdist_group("browser")
LANGUAGES = ("en", "fr", "ar")
WIDTHS = (320, 360, 768, 1280, 1440)
FORM = re.compile("/comments/new/|/receipt/")
# What a page holds, told in one go: the crawl asks for hundreds.
LOOK = """() => {
  const links = [...document.querySelectorAll("a[href]")];
  return {
    headings: document.querySelectorAll("h1").length,
    links: links.map((a) => a.href),
    dead: links.map((a) => a.getAttribute("href")).filter((h) => h[0] === "#" && !document.getElementById(h.slice(1))),
  };
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Watch:
    """What a page did that it should not have done."""

    def __init__(self, page: Page, portal: Portal) -> None:
        self.host = urlsplit(portal.url).netloc
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.location['url']}: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != self.host:
            self.complaints.append(f"asked {request.url}")
