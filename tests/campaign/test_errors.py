"""Pages for what went wrong: each says so in the reader's language and leads on."""

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.translation import gettext, override

from campaign.urls import urlpatterns as portal
from tests.publishing.html import Element, parse


def fail(request: HttpRequest, error: str) -> HttpResponse:
    """Fail in a way that no page of ours does on request."""
    raise {"400": BadRequest, "403": PermissionDenied, "500": RuntimeError}[error]("zygomorphic")


urlpatterns = [path("<str:_language>/fail/<str:error>/", lambda r, _language, error: fail(r, error)), *portal]
handler400 = "campaign.errors.bad_request"
handler403 = "campaign.errors.forbidden"
handler404 = "campaign.errors.not_found"
handler500 = "campaign.errors.server_error"
FAILING = override_settings(ROOT_URLCONF=__name__)
TITLES = {
    "400": "We could not read this request",
    "403": "This is not open to you",
    "404": "This page is not here",
}
pytestmark = pytest.mark.django_db


def page(response: Any) -> Element:
    return parse(response.content.decode())


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("status", TITLES)
def test_errors_in_the_readers_language(visitor: Client, status: str, language: str) -> None:
    with FAILING:
        address = f"/{language}/nothing/" if status == "404" else f"/{language}/fail/{status}/"
        response = visitor.get(address)
    assert response.status_code == int(status)
    root = page(response)
    assert root.one("html").get("lang") == language
    with override(language):
        assert root.one("h1").text == gettext(TITLES[status])
    hrefs = {a.get("href") for a in root.one("main").all("a")}
    assert hrefs == {f"/{language}/", f"/{language}/search/"}
    assert "zygomorphic" not in root.text


def test_french_is_french(visitor: Client) -> None:
    """The catalogue is there, so that the tests above compare more than English with English."""
    assert page(visitor.get("/fr/nothing/")).one("h1").text != TITLES["404"]


@pytest.mark.parametrize(("accepted", "language"), [("fr,en;q=0.5", "fr"), ("ar", "ar"), ("tlh", "en"), ("", "en")])
def test_addresses_without_a_language(visitor: Client, accepted: str, language: str) -> None:
    """Then the browser tells which is the reader's."""
    response = visitor.get("/nothing", headers={"Accept-Language": accepted})
    assert response.status_code == 404
    assert page(response).one("html").get("lang") == language


@pytest.mark.parametrize("address", ["/xx/", "/en-us-x/", "/deutsch/", "/en/..%2f..%2fetc/passwd", "/%00", "/en/%ff/"])
def test_strange_addresses(visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_a_fault_of_ours() -> None:
    """A page that needs nothing: no database, no context, no style."""
    with FAILING:
        response: Any = Client(raise_request_exception=False).get("/fr/fail/500/")
    assert response.status_code == 500
    root = parse(response.content.decode())
    assert "Something went wrong on our side" in root.text
    assert "Une erreur est survenue" in root.one("p", lang="fr").text
    assert root.one("a").get("href") == "/"
    assert "zygomorphic" not in root.text
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_host_that_is_not_ours(visitor: Client) -> None:
    response = visitor.get("/fr/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "elsewhere" not in response.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_body_that_is_too_large(visitor: Client, language: str) -> None:
    """Refused before anything reads it, in the reader's language whatever the reader before spoke."""
    visitor.get("/ar/")
    body = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    response = visitor.post(f"/{language}/receipt/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert page(response).one("html").get("lang") == language


@pytest.mark.parametrize("length", ["", "x", "-1", "9" * 400])
def test_a_body_of_strange_length(visitor: Client, length: str) -> None:
    response = visitor.post(
        "/en/receipt/", b"code=x", content_type="application/x-www-form-urlencoded", CONTENT_LENGTH=length
    )
    assert response.status_code in (400, 413)
