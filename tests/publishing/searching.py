"""Asks the search page, and reads its answers."""

from typing import Any
from urllib.parse import urlencode

from django.test import Client

from advocacy.models import News
from tests.factories import (
    add_text,
    published,
    slug,
)
from tests.publishing.html import Element, parse

RESEMBLING = "Nothing has exactly these words. This resembles them:"
NOTHING = "Nothing was found. Other words, or fewer, may help."


def ask(q: str, *, language: str = "en", status: int = 200, **more: Any) -> Element:
    """Return the page that answers a question."""
    response: Any = Client().get(f"/{language}/search/?{urlencode({'q': q, **more})}")
    assert response.status_code == status
    return parse(response.content.decode())


def titles(page: Element) -> list[str]:
    """Return the titles of what was found, in order."""
    lists = page.all("ol", class_="results")
    return [title.text for title in lists[0].all("h2")] if lists else []


def marked(page: Element) -> list[str]:
    """Return the words that are marked."""
    return [mark.text for mark in page.all("mark")]


def write(title: str, body: str, language: str = "en") -> News:
    """Publish news in one language."""
    news = News.objects.create(**published(slug=slug("news")))
    add_text(news, language, title=title, summary="", body=body)
    return news
