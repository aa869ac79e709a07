"""A walk over every public page: nobody is tracked, nothing is fetched elsewhere, nothing unpublished shows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.utils.translation import get_language_info

from publishing.languages import direction
from tests.campaign.addresses import EXAMPLES, FORM_PAGES, NOT_PUBLIC, Route, routes
from tests.campaign.world import RECEIPT, build_world
from tests.publishing.html import Element, language_problems, levels, parse, words

pytestmark = pytest.mark.django_db
ROUTES = routes()
LANGUAGES = ["en", "fr"]
# Every page in both interface languages, and each once from right to left.
WALK = [(route, language) for route in ROUTES for language in ([""] if route.beside else [*LANGUAGES, "ar"])]
EACH = pytest.mark.parametrize(("route", "language"), WALK, ids=[f"{lang}/{r.name}" for r, lang in WALK])
CSP = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "img-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
COMMENT = {
    "body": "My remark",
    "language": "en",
    "name_kind": "none",
    "form_key": "7c1d8b5e-3f0f-4a38-8f0a-3f1d4f3f0a11",
}


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo at the end all that was written."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The rows, made once for all tests here."""
    media = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=media), django_db_blocker.unblock(), rolled_back():
        build_world()
        yield


def get(address: str) -> Any:
    """Return what a visitor gets who was never here before."""
    response = Client().get(address)
    if response.streaming:
        # Reading to the end closes the file.
        list(response.streaming_content)
    return response


def page(response: Any) -> Element:
    """Return the page's tree; it must be well formed."""
    return parse(response.content.decode())


def is_html(response: Any) -> bool:
    """Whether it is a page, and no feed or file."""
    return bool(response["Content-Type"].startswith("text/html")) and response.status_code not in (301, 302)


def test_every_address_has_an_example() -> None:
    """A new URL pattern joins the walk by getting an example in `tests/campaign/addresses.py`."""
    there = {route.key for route in ROUTES}
    assert there - set(EXAMPLES) == set(), "has no example address"
    assert set(EXAMPLES) - there == set(), "has an example, but no URL pattern"
    assert all(EXAMPLES.values())


def assert_safe_headers(response: Any, *, form_page: bool) -> None:
    """Assert what every answer's headers say."""
    csp = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert {name: value.split() for name, value in csp.items()} == CSP
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    if form_page:
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cache-Control"] == "no-store"
        assert set(response.cookies) == {"csrftoken"}
        cookie = response.cookies["csrftoken"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert not cookie["expires"]
        assert not cookie["max-age"]
    else:
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()


@EACH
def test_headers(world: None, route: Route, language: str) -> None:
    """No cookie but a form's, no referrer, a policy that lets nothing foreign in."""
    for address in route.addresses(language):
        response = get(address)
        assert response.status_code == (302 if address == "/" else 200), address
        assert_safe_headers(response, form_page=route.name in FORM_PAGES)


def assert_own(root: Element, *, language: str) -> None:
    """Assert that nothing is inline and nothing comes from elsewhere."""
    for element in root:
        assert not [name for name in element.attributes if name == "style" or name.startswith("on")], element.tag
        assert element.tag not in ("style", "iframe", "frame", "object", "embed", "video", "audio", "base"), (
            element.tag
        )
        if element.tag == "script":
            assert element.get("src")
            assert not element.text
        loaded = [element.get("src"), element.get("srcset"), element.get("poster"), element.get("action")]
        loaded += [element.get("href")] if element.tag in ("link", "use", "image") else []
        for address in filter(None, loaded):
            assert address.startswith("/") and not address.startswith("//"), address
        if element.tag == "a":
            assert re.match(r"https?://|mailto:|/(?!/)|#|\?", element.get("href")), element.get("href")
        if element.tag == "meta":
            assert element.get("http-equiv").lower() != "refresh"


def assert_frame(root: Element, *, language: str) -> None:
    """Assert what every page has: language, title, one heading, a way out."""
    html = root.one("html")
    assert html.get("lang") == language
    assert html.get("dir") == direction(language)
    assert len(root.all("h1")) == 1
    assert root.one("h1").text
    assert levels(root)[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels(root), levels(root)[1:], strict=False))
    title = root.one("title").text
    assert title.endswith(f" · {settings.SITE_NAME}")
    assert len(title) > len(f" · {settings.SITE_NAME}")
    leave = root.one("a", class_="exit")
    assert leave.get("rel") == "nofollow noreferrer"
    assert leave.get("href") == settings.EXIT_URL
    assert root.one("main").get("id") == "main"
    assert root.all("a", class_="skip", href="#main")
    assert list(language_problems(root)) == []
    assert [e.tag for e in root.all("img") if "alt" not in e.attributes] == []


@EACH
def test_html(world: None, route: Route, language: str) -> None:
    """Well formed, nothing inline, nothing foreign, the right language, one heading, a way out."""
    for address in route.addresses(language):
        response = get(address)
        if is_html(response):
            root = page(response)
            assert_own(root, language=language)
            assert_frame(root, language=language)


def wrong_languages(root: Element, language: str) -> Iterator[str]:
    """Yield the texts that a screen reader would read out in a wrong voice; each text tells its own language."""
    for element, text in words(root):
        if element.tag in ("title", "meta", "link"):
            continue
        lang = element.inherited("lang")
        if set(re.findall(r"\b([a-z]{2})_text\b", text)) - {lang}:
            yield f"{lang}: {text[:80]!r}"
        elif (
            f"{lang}_text" not in element.block.text
            and lang != language
            and re.search(r"[^\W\d_]", text)
            and not is_named(element)
        ):
            yield f"{lang}, not {language}: {text[:80]!r} in <{element.tag}>"


def is_named(element: Element) -> bool:
    """Whether it is the name of a language, or a source's title, each in its own language."""
    return any("hreflang" in e.attributes or e.get("rel") == "noreferrer" for e in [element, *element.ancestors])


@EACH
def test_every_text_is_in_its_language(world: None, route: Route, language: str) -> None:
    """Whatever is not in the page's language says so, and nothing else does."""
    for address in route.addresses(language):
        response = get(address)
        if is_html(response):
            assert list(wrong_languages(page(response), language)) == [], address
