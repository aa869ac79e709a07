"""What is downloaded, as data: one text in one language, with all that says where it comes from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from publishing.languages import direction
from publishing.pdf.lines import Inline, Node, words


@dataclass(frozen=True)
class Document:
    """A document; `name` tells it from all others, `address` is its page, and `body` what `Tree.finish` gave."""

    name: str
    kind: str
    title: str
    summary: str
    language: str
    address: str
    day: date
    body: list[Node]
    markdown: str
    # What the body's pictures name as their file.
    pictures: Mapping[str, FieldFile] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Its address as people write it."""
        return re.sub("^https?://", "", self.address)

    def data(self) -> dict[str, Any]:
        """Return all that shows, as plain data; two documents that look the same have the same."""
        with override(self.language):
            written = {
                "date": date_format(self.day, "DATE_FORMAT"),
                "contents": gettext("Contents"),
                "notes": gettext("Notes"),
                "notices": [gettext(SAMPLE)] if settings.SAMPLE_CONTENT else [],
            }
        return {
            **tongue(self.language),
            **written,
            "kind": words(self.kind),
            "title": words(self.title),
            "summary": words(self.summary),
            "address": self.address,
            "place": self.place,
            "day": [self.day.year, self.day.month, self.day.day],
            "publisher": settings.SITE_NAME,
            "body": self.body,
        }


# The same words as at the foot of every page.
SAMPLE = "Sample content: organisations, people and comments marked as samples are invented."


def tongue(language: str) -> dict[str, str | None]:
    """Return what typst and browsers want to know of a language."""
    code, _, script = language.partition("-")
    return {"lang": code, "region": {"hans": "CN", "hant": "TW"}.get(script), "dir": direction(language)}


def span(language: str, *parts: str | Node) -> Node:
    """Return words that may be in another language than those around them."""
    return {"t": "span", **tongue(language), "c": list(parts)}


def link(address: str, *parts: str | Node) -> Node:
    """Return a link."""
    return {"t": "a", "href": address, "c": list(parts)}


def joined(separator: str, *parts: str | Node) -> Inline:
    """Return those parts that are not empty, with a separator between."""
    found: Inline = []
    for part in parts:
        if part:
            found += [separator, part] if found else [part]
    return found


def full_address(view: str, *arguments: str | int) -> str:
    """Return the address of a page in the current language, with the portal's own."""
    return f"{settings.SITE_ADDRESS}{reverse(view, args=arguments)}"
