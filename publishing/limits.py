"""Counts what networks send, so that nobody can flood the portal. No address is stored, logged or kept in mind.

What is counted under is an HMAC of the network's prefix, or of an account's name, whose random salt lives in the cache
alone and for a day at most. The numbers are generous: an office, a shelter, a village behind one address, or all of
Tor may share a network. Without a shared cache (`CACHE_URL`) each process counts for itself.
"""

import hmac
import time
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_bytes
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

HOUR = 60 * 60
DAY = 24 * HOUR
# How many within an hour are still taken from one network; what comes then is asked to wait.
PER_HOUR = {
    "comment": 30,
    "receipt": 30,
    "endorsement": 20,
    "application": 10,
    "invitation": 30,
    "digest": 20,
    # Passwords from one network and for one account, second factors for one account, mails asked for.
    "login": 120,
    "account": 60,
    "code": 20,
    "reset": 20,
    "reset-address": 3,
}
# From how many comments within an hour on a moderator is told of it.
MANY_COMMENTS = 5


class TooMany(Exception):
    """This network has to wait for a while."""


def count(request: HttpRequest, name: str) -> int:
    """Count one more from the request's network and return how many that makes this hour. Raises TooMany.

    Where the server does not tell an address, nothing is counted: better that than one limit for everybody.
    """
    network = _network(request)
    return count_for(network, name) if network else 0


def count_for(who: str, name: str) -> int:
    """Count one more for something else than a network, as for an account, and return how many. Raises TooMany."""
    salt: Any = cache.get_or_set("limits.salt", lambda: token_bytes(32), DAY)
    digest = hmac.digest(salt, f"{name} {who}".encode(), "sha256").hex()
    key = f"limits.{digest}.{int(time.time()) // HOUR}"
    cache.add(key, 0, HOUR)
    try:
        number = cache.incr(key)
    except ValueError:  # emptied meanwhile
        return 1
    if number > PER_HOUR[name]:
        raise TooMany
    return number


def seconds_to_wait() -> int:
    """Return how long it takes until everybody may send again."""
    return HOUR - int(time.time()) % HOUR


def message() -> str:
    """Return what those are told who have to wait."""
    minutes = -(-seconds_to_wait() // 60)
    return ngettext(
        "Very much has come from your network within this hour. Please send this again in %(count)d minute.",
        "Very much has come from your network within this hour. Please send this again in %(count)d minutes.",
        minutes,
    ) % {"count": minutes}


def ask_to_wait(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Answer 429 with a page on which everything typed still stands."""
    response = render(request, template, {**context}, status=429)
    response["Retry-After"] = str(seconds_to_wait())
    return response


def _network(request: HttpRequest) -> str:
    """Return the network that a request comes from, or nothing: an address's first half or so, never all of it."""
    # A proxy adds to this header; what stands before its own entry, anybody may have written.
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        address = ip_address(forwarded if settings.BEHIND_PROXY else request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if not address.ipv4_mapped:
            return str(ip_network((int(address), 48), strict=False))
        address = address.ipv4_mapped
    return str(ip_network((int(address), 24), strict=False))
