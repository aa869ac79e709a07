"""A walk over every public page: nobody is tracked, nothing is fetched elsewhere, no link is dead."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag
from uuid import uuid4

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from advocacy.digest.subscribing import MAILING as DIGEST
from comments.telling import token_for
from publishing.languages import direction
from tests.advocacy.joining_rows import filled as application
from tests.campaign.addresses import EXAMPLES, FORM_PAGES, NOT_LINKED, Route, routes
from tests.campaign.crawl import Site
from tests.campaign.digest_rows import TOKEN as DIGEST_TOKEN
from tests.campaign.endorsement_rows import RECEIPT as SIGNED_RECEIPT
from tests.campaign.endorsement_rows import TOKEN
from tests.campaign.world import RECEIPT, build_world
from tests.publishing.html import Element, language_problems, levels, parse, words

# One process makes the rows once for all tests here.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walk")]
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
FOREIGN = {"style", "iframe", "frame", "object", "embed", "video", "audio", "base"}
LETTER = re.compile(r"[^\W\d_]")
NEW = "/fr/consultations/second-draft/comments/new/"


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo at the end all that was written."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal with rows of every kind, made once for all tests here."""
    media = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=media), django_db_blocker.unblock(), rolled_back():
        build_world()
        yield Site()


def test_every_address_has_an_example() -> None:
    """A new URL pattern joins the walk by getting an example in `tests/campaign/addresses.py`."""
    there = {route.key for route in ROUTES}
    assert there - set(EXAMPLES) == set(), "has no example address"
    assert set(EXAMPLES) - there == set(), "has an example, but no URL pattern"
    assert all(EXAMPLES.values())


def assert_safe_headers(response: Any) -> None:
    """Assert what every answer's headers say: nothing foreign comes in, nothing is told to others."""
    csp = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert {name: value.split() for name, value in csp.items()} == CSP
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def assert_no_trace(response: Any) -> None:
    """Assert that the answer leaves nothing behind."""
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def assert_form_headers(response: Any) -> None:
    """Assert that a form's page leaves only its own cookie, and that until the browser is closed."""
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"
    assert set(response.cookies) == {"csrftoken"}
    cookie = response.cookies["csrftoken"]
    assert cookie["httponly"]
    assert cookie["samesite"] in ("Lax", "Strict")
    assert not cookie["expires"]
    assert not cookie["max-age"]


@EACH
def test_headers(site: Site, route: Route, language: str) -> None:
    """No cookie but a form's, no referrer, a policy that lets nothing foreign in."""
    for address in route.addresses(language):
        response = site.get(address)
        assert response.status_code == (302 if address == "/" else 200), address
        assert_safe_headers(response)
        if route.name in FORM_PAGES:
            assert_form_headers(response)
        else:
            assert_no_trace(response)


def assert_own(root: Element) -> None:
    """Assert that nothing is inline and nothing comes from elsewhere."""
    for element in root:
        assert not [name for name in element.attributes if name == "style" or name.startswith("on")], element.tag
        assert element.tag not in ("style", "iframe", "frame", "object", "embed", "video", "audio", "base"), (
            element.tag
        )
        if element.tag == "script" and element.get("type") == "application/ld+json":
            assert json.loads(element.text)["@context"] == "https://schema.org"
        elif element.tag == "script":
            assert element.get("src")
            assert not element.text
        loaded = [element.get("src"), element.get("srcset"), element.get("poster"), element.get("action")]
        loaded += [element.get("href")] if element.tag in ("link", "use", "image") else []
        assert all(re.match(r"/(?!/)", address) for address in loaded if address), loaded
        if element.tag == "a":
            assert re.match(r"https?://|mailto:|/(?!/)|#|\?", element.get("href")), element.get("href")
        assert element.get("http-equiv").lower() != "refresh"


def assert_frame(root: Element, language: str) -> None:
    """Assert what every page has: language, title, one heading, a way out."""
    html = root.one("html")
    assert html.get("lang") == language
    assert html.get("dir") == direction(language)
    assert root.one("h1").text
    assert levels(root)[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels(root), levels(root)[1:], strict=False))
    title = root.one("head").one("title").text
    assert re.search(rf"\w · {re.escape(settings.SITE_NAME)}$", title), title
    leave = root.one("a", class_="exit")
    assert leave.get("rel") == "nofollow noreferrer"
    assert leave.get("href") == settings.EXIT_URL
    assert root.one("main").get("id") == "main"
    assert root.all("a", class_="skip", href="#main")
    assert [e.get("src") for e in root.all("img") if "alt" not in e.attributes] == []


def wrong_languages(root: Element, language: str) -> Iterator[str]:
    """Yield the texts that a screen reader would read out in a wrong voice; each text tells its own language."""
    yield from language_problems(root)
    for element, text in words(root):
        if element.tag in ("title", "meta", "link"):
            continue
        lang = element.inherited("lang")
        if set(re.findall(r"\b([a-z]{2})_text\b", text)) - {lang}:
            yield f"{lang}: {text[:80]!r}"
        elif lang != language and LETTER.search(text) and not (mine(element, lang, text) or is_named(element)):
            yield f"{lang}, not {language}: {text[:80]!r} in <{element.tag}>"


def mine(element: Element, language: str, text: str) -> bool:
    """Whether a text, or the block that it stands in, says that it is in this language."""
    return any(f"{language}_text" in words for words in (text, element.block.text))


def is_named(element: Element) -> bool:
    """Whether it is the name of a language, or a source's title, each in its own language."""
    return any("hreflang" in e.attributes or e.get("rel") == "noreferrer" for e in [element, *element.ancestors])


@EACH
def test_html(site: Site, route: Route, language: str) -> None:
    """Well formed, nothing inline, nothing foreign, one heading, a way out, and every text in its language."""
    for address in route.addresses(language):
        root = site.page(address)
        if root is not None:
            assert_own(root)
            assert_frame(root, language)
            assert list(wrong_languages(root, language)) == [], address


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_is_dead_and_no_page_an_island(site: Site, language: str) -> None:
    """Whatever a page links answers, with the place that the link names, and links lead to every page."""
    reached = site.crawl(language)
    for address in reached:
        assert site.get(address).status_code == 200, address
        for link in site.links(address):
            target, fragment = urldefrag(link)
            if fragment and target in reached:
                there = site.page(target)
                assert there is not None
                assert fragment in there.ids, f"{address} links {link}"
    pages = [address for route in ROUTES if not route.beside for address in route.addresses(language)]
    assert {page for page in pages if not any(part in page for part in NOT_LINKED)} - set(reached) == set()


def form(**fields: str) -> dict[str, str]:
    """Return the fields of a comment."""
    return {"body": "fr_text", "language": "fr", "name_kind": "none", "form_key": str(uuid4())} | fields


SIGN = "/fr/deliverables/guidance/endorsements/new/"
CONFIRM = f"/fr/endorsements/confirm/{TOKEN}/"


def signed(**fields: str) -> dict[str, str]:
    """Return the fields of an endorsement."""
    return {"capacity": "person", "shown_as": "count", "form_key": str(uuid4())} | fields


SENT = [
    ("signed", SIGN, signed(), 201),
    ("signed badly", SIGN, signed(shown_as="name"), 400),
    ("confirmed", CONFIRM, {}, 200),
    ("nothing to confirm", "/fr/endorsements/confirm/x/", {}, 410),
    ("endorsement's receipt", "/fr/receipt/", {"code": SIGNED_RECEIPT}, 200),
    ("endorsement's withdrawal", "/fr/receipt/", {"code": SIGNED_RECEIPT, "withdraw": "1"}, 200),
    ("application", "/fr/join/", application(text_language="fr"), 201),
    ("application that lacks something", "/fr/join/", application(name=""), 400),
    ("no invitation", "/fr/accounts/invitations/x/", {}, 410),
    ("sent", NEW, form(), 201),
    ("previewed", NEW, form(preview="1"), 200),
    ("mails ended", f"/fr/mail/stop/{token_for(0)}/", {}, 200),
    ("digest asked for", "/fr/news/digest/", {"email": "reader@society.example", "language": "fr"}, 200),
    ("digest asked for badly", "/fr/news/digest/", {"email": "reader", "language": "fr"}, 400),
    ("digest confirmed", f"/fr/news/digest/confirm/{DIGEST_TOKEN}/", {}, 200),
    ("no digest to confirm", "/fr/news/digest/confirm/x/", {}, 410),
    ("digest ended", f"/fr/news/digest/stop/{DIGEST.token_for(0)}/", {}, 200),
    ("no such mails", "/fr/mail/stop/x/", {}, 404),
    ("to erase", "/fr/receipt/", {"code": RECEIPT, "erase": "1"}, 200),
    ("nothing to say", "/fr/receipt/", {"code": RECEIPT, "verdict": "answers"}, 409),
    ("invalid", NEW, form(body=""), 400),
    ("late", "/fr/consultations/first-draft/comments/new/", form(), 409),
    ("unknown receipt", "/fr/receipt/", {"code": "0000-0000-0000"}, 404),
    ("no receipt", "/fr/receipt/", {"code": "x"}, 400),
    ("receipt", "/fr/receipt/", {"code": RECEIPT}, 200),
    ("withdrawal", "/fr/receipt/", {"code": RECEIPT, "withdraw": "1"}, 200),
    ("erasure", "/fr/receipt/", {"code": RECEIPT, "erase": "sure"}, 200),
]


@pytest.mark.parametrize(("address", "fields", "status"), [s[1:] for s in SENT], ids=[s[0] for s in SENT])
def test_answers_to_forms(site: Site, address: str, fields: dict[str, str], status: int) -> None:
    """What a form answers is as safe as any page, and is never stored."""
    response: Any = Client().post(address, fields)
    assert response.status_code == status
    assert_safe_headers(response)
    assert response["Cache-Control"] == "no-store"
    assert set(response.cookies) <= {"csrftoken"}
    root = parse(response.content.decode())
    assert_own(root)
    assert_frame(root, "fr")
    assert list(language_problems(root)) == []


def test_a_form_without_its_cookie(site: Site) -> None:
    """The page that refuses a forged form is safe, gives back the text, and is never stored."""
    response: Any = Client(enforce_csrf_checks=True).post(NEW, form(body="A long <i>remark"))
    assert response.status_code == 403
    assert_safe_headers(response)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    root = parse(response.content.decode())
    assert_own(root)
    assert_frame(root, "fr")
    assert root.one("textarea").text == "A long <i>remark"


@pytest.mark.parametrize("language", [*LANGUAGES, "ar"])
def test_the_page_for_nothing_there(site: Site, language: str) -> None:
    """A missing page is as safe as any, in the reader's language."""
    response: Any = Client().get(f"/{language}/deliverables/none/")
    assert response.status_code == 404
    assert_safe_headers(response)
    assert_no_trace(response)
    root = parse(response.content.decode())
    assert_own(root)
    assert_frame(root, language)


def test_redirects_leave_no_trace(site: Site) -> None:
    """Nor do redirects."""
    for address in ("/", "/en/news", "/deliverables/"):
        response: Any = Client().get(address)
        assert response.status_code in (301, 302)
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies


def head(path: Path) -> dict[str, Any]:
    """Return the YAML head of a seed file."""
    found: dict[str, Any] = yaml.safe_load(path.read_text().split("---\n")[1])
    return found


# How addresses would name people, in whole or in short.
NAMES = re.compile(
    r"\bm[ae]n-who|\bmsm\b|\bgay\b|\bpwid\b|inject|\btrans|\bsex\b|same-sex|prisoner|migrant", re.IGNORECASE
)


def test_titles_and_addresses_of_factsheets_are_neutral() -> None:
    """A link preview or a browser tab must not out its reader: neither says whom a factsheet is about."""
    seeds = Path(settings.BASE_DIR) / "seeds"
    codes = [figure["code"] for path in (seeds / "sources").glob("*.md") for figure in head(path).get("figures", [])]
    slugs = [path.name for folder in ("populations", "factsheets") for path in (seeds / folder).iterdir()]
    assert [name for name in (*codes, *slugs) if NAMES.search(name)] == []
    folders = sorted(path.parent for path in (seeds / "factsheets").glob("*/factsheet.en.md"))
    assert folders
    for folder in folders:
        people = head(folder / "factsheet.en.md")["population"]
        for text in folder.glob("factsheet.*.md"):
            name = head(seeds / "populations" / f"{people}.{text.name.split('.')[1]}.md")["title"]
            assert name.lower() not in head(text)["title"].lower()
