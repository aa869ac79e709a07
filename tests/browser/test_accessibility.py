"""axe finds nothing to complain of on any kind of page, as phones and computers show it, by day and by night."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.sign_in import ORGANISATION, sign_in_member
from tests.browser.test_every_page import OVERFLOW

pytestmark = pytest.mark.xdist_group("browser")
NOT_HERE = "not-here/"
# One page of each kind, below the language.
PAGES = [
    "",
    "campaign/",
    "campaign/advisory-group/",
    "deliverables/",
    "deliverables/guidance-note/",
    "deliverables/guidance-note/changes/1/2/",
    "deliverables/guidance-note/versions/1/paragraphs/19/",
    "deliverables/guidance-note/endorsements/",
    "deliverables/guidance-note/endorsements/new/",
    "deliverables/white-paper/",
    "deliverables/code-of-conduct/",
    "consultations/",
    "consultations/guidance-note-2026/",
    "consultations/guidance-note-2026/comments/1/",
    "consultations/guidance-note-second-draft/comments/new/?paragraph=12",
    "receipt/",
    "factsheets/",
    "factsheets/health-and-safety-at-work/",
    "factsheets/health-and-the-law/",
    "factsheets/health-in-prison/",
    "factsheets/compare/",
    "factsheets/compare/human-rights/",
    "factsheets/compare/epidemiology/?population=safety-at-work&population=prison",
    "figures/?population=safety-at-work",
    "figures/dictionary/",
    "figures/prevalence-drug-policy-2022/",
    "join/",
    "network/",
    "network/?region=002&service=housing",
    "network/sample-organisation-zambia/",
    "issues/",
    "network/sample-organisation-northern-africa/",
    "issues/lack-of-data/",
    "practices/?kind=data-set",
    "practices/half-way-housing/",
    "practices/half-way-housing/revisions/",
    "news/",
    "news/first-network-meeting/",
    "news/digest/",
    "events/",
    "events/first-network-meeting/",
    "events/sample-online-meeting/?zone=Asia/Kolkata",
    "search/?q=prison",
    "about/privacy/",
    NOT_HERE,
]
# One page of each kind that members have to themselves, below the language and `accounts/`.
OURS = f"organisations/{ORGANISATION}/"
MEMBERS_PAGES = [
    "practices/?kind=method",
    "practices/half-way-housing/edit/",
    "practices/refusal-log/",
    "practices/refusal-log/ask/",
    f"{OURS}practices/",
    f"{OURS}practices/new/",
    f"{OURS}uses/refusal-log/",
    OURS,
    f"{OURS}edit/",
    f"{OURS}people/",
    f"{OURS}check/",
    f"{OURS}leave/",
    f"{OURS}erase/",
    f"{OURS}stop/",
]
# Each page meets both languages, both schemes and both widths.
WAYS: list[tuple[str, Any, int, list[str]]] = [
    ("en", "light", 360, PAGES[::2]),
    ("ar", "dark", 1280, PAGES[::2]),
    ("en", "dark", 1280, PAGES[1::2]),
    ("ar", "light", 360, PAGES[1::2]),
]
MEMBERS_WAYS: list[tuple[str, Any, int, list[str]]] = [
    ("en", "light", 360, MEMBERS_PAGES[::2]),
    ("ar", "dark", 1280, MEMBERS_PAGES[1::2]),
]


@pytest.mark.parametrize(("language", "scheme", "width", "addresses"), WAYS)
def test_kinds(page: Page, language: str, scheme: Any, width: int, addresses: list[str]) -> None:
    """Half of the kinds, one way."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for address in addresses:
        response = page.goto(f"/{language}/{address}")
        assert response
        assert response.status == (404 if address == NOT_HERE else 200)
        found += violations(page)
    assert found == []


def test_members_pages(new_context: Callable[..., BrowserContext]) -> None:
    """What a member sees who is signed in, each page in one way: on a phone by day, or in Arabic by night."""
    page = sign_in_member(new_context())
    found = []
    for language, scheme, width, addresses in MEMBERS_WAYS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        for address in addresses:
            response = page.goto(f"/{language}/accounts/{address}")
            assert response
            assert response.status == 200, address
            found += violations(page)
            assert page.evaluate(OVERFLOW) <= 0, address
    assert found == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_errors(page: Page, scheme: Any, width: int) -> None:
    """A form that comes back with errors."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/en/consultations/guidance-note-second-draft/comments/new/")
    page.get_by_role("button", name="Send the comment").click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """Return each violation with the element that has it."""
    response = Axe().run(page).response
    return [
        f"{page.url}: {rule['id']}: {node['html'][:150]}: {node['failureSummary']}"
        for rule in response["violations"]
        for node in rule["nodes"]
    ]
