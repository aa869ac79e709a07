"""Goes through the portal as a reader does who follows every link."""

import re
from collections import Counter, deque
from io import BytesIO
from typing import Any
from urllib.parse import urldefrag, urljoin

from django.conf import settings
from django.test import Client
from openpyxl import load_workbook

from tests.publishing.html import Element, parse
from tests.publishing.pdfs import text_of

FEW = 4
# One for all: each new client would read the list of static files again.
CLIENT = Client()


def ask(address: str) -> Any:
    """Return what a visitor gets who was never here before; a file is still to be read."""
    CLIENT.cookies.clear()
    return CLIENT.get(address)


def get(address: str) -> Any:
    """Return what a visitor gets who was never here before."""
    response = ask(address)
    if response.streaming:
        # Reading to the end closes the file.
        list(response.streaming_content)
    return response


def words_of(response: Any) -> str:
    """Return what an answer says, whatever kind of file it is."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.get("Content-Type", "").split(";")[0]
    if kind == "application/pdf":
        return text_of(content)
    if kind.endswith("spreadsheetml.sheet"):
        book = load_workbook(BytesIO(content), read_only=True)
        return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return bytes(content).decode(errors="ignore")


def is_html(response: Any) -> bool:
    """Whether it is a page, and no redirect, feed or file."""
    return (
        response.status_code not in (301, 302)
        and not response.streaming
        and response["Content-Type"].startswith("text/html")
    )


class Site:
    """What the portal answered; each address is asked once, since nothing changes meanwhile."""

    def __init__(self) -> None:
        self.responses: dict[str, Any] = {}
        self.trees: dict[str, Element] = {}

    def get(self, address: str) -> Any:
        """Return the answer at an address."""
        if address not in self.responses:
            self.responses[address] = get(address)
        return self.responses[address]

    def page(self, address: str) -> Element | None:
        """Return the tree of a page, or nothing where something else answers; a page must be well formed."""
        response = self.get(address)
        if address not in self.trees and is_html(response):
            self.trees[address] = parse(response.content.decode())
        return self.trees.get(address)

    def links(self, address: str) -> list[str]:
        """Return the public addresses of this portal that a page names, in links and sub-resources."""
        root = self.page(address)
        if root is None:
            return []
        named = [e.get(name) for e in root for name in ("href", "src") if name in e.attributes]
        found = [urljoin(address, link) for link in named if not link.startswith(("http:", "https:", "mailto:"))]
        return [link for link in found if not link.startswith(settings.STATIC_URL) and "/accounts/" not in link]

    def crawl(self, language: str) -> list[str]:
        """Follow every link but those to other languages, and return the addresses found.

        Of addresses that differ only in their numbers (comments, paragraphs) the first few stand for all.
        """
        todo = deque([f"/{language}/"])
        seen = dict.fromkeys(todo)
        others = tuple(f"/{code}/" for code, _ in settings.LANGUAGES if code != language)
        shapes: Counter[str] = Counter()
        while todo:
            for link in self.links(todo.popleft()):
                address, _fragment = urldefrag(link)
                shape = re.sub(r"\d+", "#", address)
                if address not in seen and not address.startswith(others) and shapes[shape] < FEW:
                    shapes[shape] += 1
                    seen[address] = None
                    todo.append(address)
        return list(seen)
