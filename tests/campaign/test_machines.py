"""What machines ask: health, robots, security contact, sitemap."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.factories import make_campaign, make_news, make_organisation, make_version

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_healthz_asks_nobody(visitor: Client) -> None:
    """It answers without the database, and by plain HTTP."""
    response = visitor.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.django_db
def test_readyz(visitor: Client) -> None:
    response = visitor.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@contextmanager
def no_database() -> Iterator[None]:
    """Point the connection to a port where nothing listens."""
    connection.close()
    there = {name: connection.settings_dict[name] for name in ("HOST", "PORT", "OPTIONS")}
    connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": "9", "OPTIONS": {"connect_timeout": 2}}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= there


@pytest.mark.django_db(transaction=True)
def test_readyz_without_a_database(visitor: Client) -> None:
    with no_database():
        response = visitor.get("/readyz")
    assert (response.status_code, response.content) == (503, b"no database\n")
    assert visitor.get("/readyz").status_code == 200


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_health_is_asked_by_plain_http(visitor: Client, settings: Settings, address: str) -> None:
    """A balancer beside the process speaks no HTTPS; everybody else is sent there."""
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(address).status_code == 200
    response = Client().get("/robots.txt")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/robots.txt")


def test_robots(visitor: Client) -> None:
    response = visitor.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/plain")
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /fr/receipt/", "Disallow: /ar/search/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_security_contact(visitor: Client) -> None:
    """RFC 9116."""
    response = visitor.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"].startswith("text/plain")
    assert fields["Contact"] == settings.SECURITY_CONTACT
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=1) < expires - timezone.now() < timedelta(days=366)
    assert fields["Preferred-Languages"].split(", ") == [code for code, _ in settings.LANGUAGES]


def locations(client: Client) -> dict[str, dict[str, str]]:
    """Return the addresses in the sitemap, each with what it names in other languages."""
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    return {
        url.findtext("s:loc", "", NAMES): {
            link.get("hreflang", ""): link.get("href", "") for link in url.iterfind("x:link", NAMES)
        }
        for url in root.iterfind("s:url", NAMES)
    }


@pytest.mark.django_db
def test_sitemap_names_every_page_in_every_language(visitor: Client) -> None:
    make_campaign()
    version = make_version()
    news = make_news()
    found = locations(visitor)
    codes = [code for code, _ in settings.LANGUAGES]
    for path in (
        *("", "campaign/", "campaign/advisory-group/", "deliverables/", "network/", "figures/", "events/"),
        *(f"news/{news.slug}/", f"deliverables/{version.deliverable.slug}/"),
        f"deliverables/{version.deliverable.slug}/versions/1/",
    ):
        alternates = {code: f"http://testserver/{code}/{path}" for code in codes}
        for code in codes:
            there = found[f"http://testserver/{code}/{path}"]
            assert {k.lower(): v for k, v in there.items() if k != "x-default"} == alternates
            assert there["x-default"] == f"http://testserver/{path}" or "x-default" in there


@pytest.mark.django_db
def test_every_address_in_the_sitemap_answers(visitor: Client) -> None:
    make_campaign()
    make_version()
    make_organisation()
    for address, alternates in locations(visitor).items():
        if "/en/" in address:
            assert visitor.get(address).status_code == 200, address
            default = visitor.get(alternates["x-default"], follow=True)
            assert default.status_code == 200, alternates["x-default"]


@pytest.mark.django_db
def test_sitemap_leaves_out_what_is_each_readers_own(visitor: Client) -> None:
    assert not [address for address in locations(visitor) if re.search("receipt|search|admin|comments", address)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt"]
)
def test_reading_is_all_one_can_do(visitor: Client, address: str) -> None:
    assert visitor.head(address).status_code in (200, 302)
    for method in (visitor.post, visitor.put, visitor.delete, visitor.patch):
        assert method(address).status_code == 405
