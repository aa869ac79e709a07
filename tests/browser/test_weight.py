"""What a first visit costs: 30 KB in 5 requests, pictures aside."""

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("address", ["/en/deliverables/guidance-note/", "/en/factsheets/health-and-safety-at-work/"])
def test_first_visit(page: Page, address: str) -> None:
    """All that comes over the wire, headers included."""
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
    needed = [size for request, size in sizes.items() if request not in pictures]
    assert 1 < len(needed) <= 5
    assert sum(needed) <= 30_000
