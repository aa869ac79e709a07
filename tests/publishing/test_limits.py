"""Networks are counted, addresses are not kept: who shares a network shares a count, whichever device it is."""

import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from publishing import limits


def counted(address: str, name: str = "comment", **headers: str) -> int:
    """Count one request from an address."""
    return limits.count(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers), name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.7", "203.0.113.250"),
        ("2001:db8:7::1", "2001:db8:7:ffff:1:2:3:4"),
        ("203.0.113.7", "::ffff:203.0.113.8"),
    ],
    ids=["IPv4", "IPv6", "IPv4 in IPv6"],
)
def test_one_network(one: str, other: str) -> None:
    """Neighbours are counted together."""
    assert [counted(one), counted(other), counted(one)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("one", "other"), [("203.0.113.7", "203.0.114.7"), ("2001:db8:7::1", "2001:db8:8::1")], ids=["IPv4", "IPv6"]
)
def test_two_networks(one: str, other: str) -> None:
    """Others are not, nor are other things that are sent."""
    assert [counted(one), counted(other), counted(one, "receipt")] == [1, 1, 1]


def test_too_many() -> None:
    """One more than the most, and then each, until the hour is over."""
    for _ in range(limits.PER_HOUR["endorsement"]):
        counted("203.0.113.7", "endorsement")
    for _ in range(2):
        with pytest.raises(limits.TooMany):
            counted("203.0.113.7", "endorsement")
    assert counted("198.51.100.1", "endorsement") == 1


def test_next_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits as long as the page says may send again."""
    assert [counted("203.0.113.7"), counted("203.0.113.7")] == [1, 2]
    later = time.time() + limits.seconds_to_wait()
    monkeypatch.setattr(time, "time", lambda: later)
    assert counted("203.0.113.7") == 1


@pytest.mark.parametrize("address", ["", "unix:", "unknown", "203.0.113.7:99", "203.0.113"])
def test_no_address(address: str) -> None:
    """A server that tells none does not lock everybody out."""
    assert [counted(address) for _ in range(40)] == [0] * 40


def test_behind_a_proxy(settings: Settings) -> None:
    """Its own entry is the last: what stands before, anybody may have made up. Without a proxy nobody is believed."""
    made_up = {"X-Forwarded-For": "192.0.2.1, 203.0.113.7"}
    assert [counted("127.0.0.1", **made_up), counted("127.0.0.1")] == [1, 2]
    settings.BEHIND_PROXY = True
    assert [counted("127.0.0.1", **made_up), counted("127.0.0.1", **{"X-Forwarded-For": "203.0.113.9"})] == [1, 2]
    assert counted("127.0.0.1", **{"X-Forwarded-For": "203.0.113.7, 192.0.2.1"}) == 1
    assert counted("127.0.0.1") == 0


def test_no_address_is_kept() -> None:
    """Neither an address nor its network stands in the cache, and without the day's salt nobody can find them out."""
    counted("203.0.113.7")
    store: dict[str, Any] = cache._cache  # type: ignore[attr-defined] # what the memory cache holds
    assert len(store) == 2
    assert not any("203.0" in f"{key} {value!r}" for key, value in store.items())
    first = set(store)
    cache.clear()
    counted("203.0.113.7")
    assert len(first & set(store)) == 1  # the salt's own name
