"""Forms sent by other sites are refused; people's own forms arrive, and what they typed is never lost."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from comments.models import Comment, Consultation
from tests.comments.loop import RECEIPT, code_of, filled, form_url, kept, page_of
from tests.factories import make_consultation, make_published_comment

pytestmark = pytest.mark.django_db
HERE: dict[str, Any] = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def consultation() -> Consultation:
    """An open one with a comment."""
    consultation = make_consultation()
    make_published_comment(consultation)
    return consultation


@pytest.fixture
def phone() -> Client:
    """A phone, as the server sees it: nothing is waved through."""
    return Client(enforce_csrf_checks=True)


def token(phone: Client, url: str, **headers: Any) -> str:
    """Open a form and return its token."""
    page = page_of(phone.get(url, **headers))
    return page.all("input", name="csrfmiddlewaretoken")[0].get("value")


@pytest.mark.parametrize("query", [{}, {"paragraph": 1}, {"reply_to": 1}])
def test_own_form_arrives(phone: Client, consultation: Consultation, query: dict[str, int]) -> None:
    """With cookie, token and this site's origin."""
    url = form_url(consultation, **query)
    assert code_of(phone.post(url, filled(csrfmiddlewaretoken=token(phone, url)), **HERE))


def test_own_form_arrives_over_https(phone: Client, consultation: Consultation) -> None:
    """There browsers without an Origin must name the page they come from; form pages let them."""
    url = form_url(consultation)
    sent = filled(csrfmiddlewaretoken=token(phone, url, secure=True))
    assert phone.post(url, sent, secure=True).status_code == 403
    assert phone.post(url, sent, secure=True, HTTP_REFERER="https://elsewhere.example/").status_code == 403
    assert code_of(phone.post(url, sent, secure=True, HTTP_REFERER=f"https://testserver{url}"))
    assert code_of(phone.post(url, sent, secure=True, HTTP_ORIGIN="https://testserver"))


def test_form_sent_back_with_errors_arrives(phone: Client, consultation: Consultation) -> None:
    """The page with the errors is a form page like the first."""
    url = form_url(consultation)
    response = phone.post(url, filled(body="", csrfmiddlewaretoken=token(phone, url)), **HERE)
    assert response.status_code == 400
    again = page_of(response).all("input", name="csrfmiddlewaretoken")[0].get("value")
    assert code_of(phone.post(url, filled(csrfmiddlewaretoken=again), **HERE))


@pytest.mark.parametrize(
    "origin",
    ["null", "https://elsewhere.example", "http://testserver.elsewhere.example", "http://testserver:81", "x"],
)
def test_other_origins(phone: Client, consultation: Consultation, origin: str) -> None:
    """Refused, even with the right cookie and token."""
    url = form_url(consultation)
    sent = filled(csrfmiddlewaretoken=token(phone, url))
    response = phone.post(url, sent, HTTP_ORIGIN=origin)
    assert response.status_code == 403
    assert not Comment.objects.pending().exists()


@pytest.mark.parametrize("change", ["no cookie", "no token", "wrong token", "other cookie"])
def test_cookie_lost(phone: Client, consultation: Consultation, change: str) -> None:
    """The page says what to do, and gives the text back."""
    url = form_url(consultation, paragraph=1)
    sent = filled(body="\r\n <i>A long</i> thought", csrfmiddlewaretoken=token(phone, url))
    if change == "no cookie":
        phone.cookies.clear()
    elif change == "no token":
        del sent["csrfmiddlewaretoken"]
    elif change == "wrong token":
        sent["csrfmiddlewaretoken"] = "x" * 64
    else:
        phone.cookies["csrftoken"] = "y" * 32
    response = phone.post(url, sent, **HERE)
    assert response.status_code == 403
    page = page_of(response)
    assert kept(page) == "\r\n <i>A long</i> thought"
    assert page.one("a", class_="button").get("href") == url
    assert "no-store" in response["Cache-Control"]
    assert not Comment.objects.pending().exists()


def test_receipt_needs_its_cookie_too(phone: Client) -> None:
    """Nobody can be made to look up or withdraw a comment by another page; the code is not shown again."""
    response = phone.post(RECEIPT, {"code": "K7QF-2M9X-WD4T", "withdraw": "1"}, **HERE)
    assert response.status_code == 403
    assert "K7QF" not in response.content.decode()


def test_cookie(phone: Client, consultation: Consultation, settings: Any) -> None:
    """It goes with the browser, no script reads it, other sites' forms don't carry it."""
    settings.CSRF_COOKIE_SECURE = True
    for url in (form_url(consultation), RECEIPT):
        cookies = Client().get(url).cookies
        assert list(cookies) == ["csrftoken"]
        cookie = cookies["csrftoken"]
        assert (cookie["max-age"], cookie["expires"], cookie["domain"], cookie["path"]) == ("", "", "", "/")
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] in ("Strict", "Lax")


@pytest.mark.parametrize("method", ["get", "head"])
def test_form_pages_headers(phone: Client, consultation: Consultation, method: str) -> None:
    """Stored nowhere; and the browser may say where the form comes from, to this site alone."""
    for url in (form_url(consultation), form_url(consultation, reply_to=1), RECEIPT):
        response = getattr(phone, method)(url)
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "same-origin"


def test_reading_pages_headers(phone: Client, consultation: Consultation) -> None:
    """No cookie, and none asked for: any cache may serve one visitor's page to the next."""
    page = f"/en/consultations/{consultation.slug}/"
    for url in ("/en/consultations/", page, f"{page}?paragraph=1", f"{page}comments/1/"):
        response = phone.get(url)
        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response["Vary"]
        assert response["Referrer-Policy"] == "no-referrer"
        head = phone.head(url)
        assert (head.status_code, head.content) == (200, b"")
        assert set(head.headers) == set(response.headers)


def test_whole_loop_leaves_no_trace(phone: Client, consultation: Consultation) -> None:
    """Comment, receipt, withdrawal: no session begins, no other cookie is set, no answer may be stored."""
    url = form_url(consultation)
    sent = phone.post(url, filled(csrfmiddlewaretoken=token(phone, url)), **HERE)
    answers = [sent]
    values = {"code": code_of(sent), "csrfmiddlewaretoken": token(phone, RECEIPT)}
    answers.append(phone.post(RECEIPT, values, **HERE))
    answers.append(phone.post(RECEIPT, values | {"withdraw": "1"}, **HERE))
    answers.append(phone.post(RECEIPT, values | {"code": "K7QF-2M9X-WD4T"}, **HERE))
    assert [answer.status_code for answer in answers] == [201, 200, 200, 404]
    for answer in answers:
        assert set(answer.cookies) <= {"csrftoken"}
        assert "no-store" in answer["Cache-Control"]
    assert set(phone.cookies) == {"csrftoken"}
    assert not Session.objects.exists()


def test_sign_in_page_is_a_form_page(visitor: Client) -> None:
    """Its view guards itself, which must not hide from us that it hands out a token."""
    response = visitor.get("/en/accounts/login/")
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
