"""Asks the addresses of sources and instruments whether they still answer.

Politely: one question at a time to a host, headers alone where the host allows, and never again what failed. Of what
stands there nothing is read or kept. An address leads to public hosts or is not asked: who may write one must not
reach through it what only this machine can.
"""

import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv6Address, IPv6Network, ip_address
from queue import SimpleQueue
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.db import transaction

from factsheets.models import Asked
from factsheets.models.asked import ELSEWHERE, NO_ANSWER

TIMEOUT = 10
REDIRECTS = 5
HOSTS_AT_ONCE = 4
# Between two questions to one host.
PAUSE = 1.0
MOVED = (301, 302, 303, 307, 308)
# These say that something is there no more, or is broken; 403 and 429 only say that machines are unwelcome.
GONE = (404, 410)
# Numbers that hide an IPv4 address, perhaps one of this network: NAT64, 6to4, Teredo.
TUNNELS = [IPv6Network(name) for name in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]
# What was found at each address of a thing: nothing where it answers, else what is wrong.
Found = tuple[Asked, dict[str, str]]


class NotPublic(Exception):
    """An address leads to no public host, or to no host at all."""


def ask(address: str, *, private: bool = False) -> str:
    """Return what is wrong with an address, or nothing. `private` lets it lead into one's own network."""
    try:
        for _turn in range(REDIRECTS + 1):
            status, location = _status("HEAD", address, private)
            if status >= 400:
                # Many hosts answer only to those who want all of it; we hang up after the headers.
                status, location = _status("GET", address, private)
            if status not in MOVED or not location:
                return str(status) if status in GONE or status >= 500 else ""
            address = urljoin(address, location)
    except (NotPublic, ValueError):
        return ELSEWHERE
    except (OSError, HTTPException):
        return NO_ANSWER
    return ELSEWHERE


def _status(method: str, address: str, private: bool) -> tuple[int, str | None]:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotPublic
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname, parts.port or kind.default_port, timeout=TIMEOUT)
    # Looks the host up and connects in one step, so that it cannot be another host by then.
    connection._create_connection = partial(_connect, private)  # type: ignore[attr-defined] # http.client's own seam
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    try:
        agent = f"link-check (+{settings.SITE_ADDRESS})"
        connection.request(method, target, headers={"User-Agent": agent, "Accept": "*/*"})
        response = connection.getresponse()
        return response.status, response.getheader("Location")
    finally:
        connection.close()


def _connect(private: bool, address: tuple[str, int], *args: object) -> socket.socket:
    places = [place[4] for place in socket.getaddrinfo(*address, type=socket.SOCK_STREAM)]
    if not private and not all(_is_public(str(place[0])) for place in places):
        raise NotPublic
    for number, place in enumerate(places, 1):
        try:
            return socket.create_connection((str(place[0]), address[1]), TIMEOUT)
        except OSError:
            if number == len(places):
                raise
    raise OSError


def _is_public(number: str) -> bool:
    found = ip_address(number.partition("%")[0])
    if isinstance(found, IPv6Address):
        if any(found in network for network in TUNNELS):
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast


def ask_all(things: Sequence[Asked], *, private: bool = False, pause: float = PAUSE) -> Iterator[Found]:
    """Yield what is wrong with each thing's addresses, as the answers come."""
    by_host: dict[str, list[tuple[int, str, str]]] = {}
    waiting = {}
    for number, thing in enumerate(things):
        addresses = [(field, getattr(thing, field)) for field in thing.asked if getattr(thing, field)]
        waiting[number] = len(addresses)
        for field, address in addresses:
            host = address.partition("://")[2].partition("/")[0].lower()
            by_host.setdefault(host, []).append((number, field, address))
    answers: SimpleQueue[tuple[int, str, str]] = SimpleQueue()

    def ask_host(questions: list[tuple[int, str, str]]) -> None:
        for turn, (number, field, address) in enumerate(questions):
            wrong = NO_ANSWER
            try:
                time.sleep(pause if turn else 0)
                wrong = ask(address, private=private)
            finally:
                answers.put((number, field, wrong))

    found: dict[int, dict[str, str]] = {number: {} for number in waiting}
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for questions in by_host.values():
            pool.submit(ask_host, questions)
        for _answer in range(sum(waiting.values())):
            number, field, wrong = answers.get()
            found[number][field] = wrong
            if len(found[number]) == waiting[number]:
                yield things[number], found[number]


def is_offline(found: Sequence[Found]) -> bool:
    """Whether no host answered at all: then it is this machine that has no network, and nothing is known."""
    wrongs = [wrong for _thing, answers in found for wrong in answers.values() if wrong != ELSEWHERE]
    return bool(wrongs) and all(wrong == NO_ANSWER for wrong in wrongs)


@transaction.atomic
def record(found: Sequence[Found], *, at: datetime) -> None:
    """Write down what was found, but for addresses that were changed meanwhile.

    Once without an answer is no trouble yet; the second time in a row it is.
    """
    for thing, answers in found:
        told = [
            f"{field}:{wrong}"
            for field, wrong in answers.items()
            if wrong and (wrong != NO_ANSWER or thing.failed_last_time)
        ]
        values = {"tried_at": at, "trouble": " ".join(told)}
        if not any(answers.values()):
            values["answered_at"] = at
        same = {field: getattr(thing, field) for field in thing.asked}
        type(thing)._default_manager.filter(pk=thing.pk, **same).update(**values)
