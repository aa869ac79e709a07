"""axe finds nothing to complain of on any kind of page, as phones and computers show it, by day and by night."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.xdist_group("browser")
# One page of each kind, below the language.
PAGES = [
    "",
    "campaign/",
    "campaign/advisory-group/",
    "deliverables/",
    "deliverables/guidance-note/",
    "consultations/",
    "consultations/guidance-note-2026/",
    "consultations/guidance-note-2026/comments/1/",
    "consultations/guidance-note-second-draft/comments/new/?paragraph=12",
    "receipt/",
    "factsheets/",
    "factsheets/sex-workers/",
    "figures/",
    "network/",
    "network/sample-organisation-zambia/",
    "issues/lack-of-data/",
    "practices/half-way-housing/",
    "news/",
    "news/first-network-meeting/",
    "events/first-network-meeting/",
    "search/?q=prison",
    "about/privacy/",
    "not-here/",
]
# Two languages, two schemes and two widths; each value meets each other one.
WAYS: list[tuple[str, Any, int]] = [
    ("en", "light", 360),
    ("en", "dark", 1280),
    ("ar", "light", 1280),
    ("ar", "dark", 360),
]


@pytest.mark.parametrize(("language", "scheme", "width"), WAYS)
def test_kinds(page: Page, language: str, scheme: Any, width: int) -> None:
    """Each kind of page."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for address in PAGES:
        page.goto(f"/{language}/{address}")
        found += violations(page)
    assert found == []


def violations(page: Page) -> list[str]:
    """Return each violation with the element that has it."""
    response = Axe().run(page).response
    return [
        f"{page.url}: {rule['id']}: {node['html'][:150]}: {node['failureSummary']}"
        for rule in response["violations"]
        for node in rule["nodes"]
    ]
