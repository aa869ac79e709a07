"""What a first visit costs: 30 KB in 5 requests, pictures aside."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.xdist_group("browser")
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
# In the languages in which they are written: each is a first visit.
FACTSHEETS = [
    f"/{language}/factsheets/{folder.name}/"
    for folder in sorted((SEEDS / "factsheets").iterdir())
    for language in ("en", "fr")
]


@pytest.mark.parametrize("address", ["/en/deliverables/guidance-note/", "/en/network/", "/ar/network/", *FACTSHEETS])
def test_first_visit(page: Page, address: str) -> None:
    """All that comes over the wire, headers included."""
    needed = asked(page, address)
    assert 1 < len(needed) <= 5
    assert sum(needed) <= 30_000


@pytest.mark.parametrize("kind", ["epidemiology", "barriers"])
def test_comparison(page: Page, kind: str) -> None:
    """It is as long as its factsheets are many, and still asks for no more than any page."""
    assert 1 < len(asked(page, f"/en/factsheets/compare/{kind}/")) <= 5


def asked(page: Page, address: str) -> list[int]:
    """Return the size of all that a page asks for, pictures aside."""
    pictures: set[str] = set()
    sizes: dict[str, int] = {}

    def answered(event: dict[str, Any]) -> None:
        if "/pictures/" in event["response"]["url"]:
            pictures.add(event["requestId"])

    def loaded(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    network = page.context.new_cdp_session(page)
    network.on("Network.responseReceived", answered)
    network.on("Network.loadingFinished", loaded)
    network.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    return [size for request, size in sizes.items() if request not in pictures]
