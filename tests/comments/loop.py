"""What the tests of the comment loop share: the form as a browser sends it, and what an answer says."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.test import Client

from comments.models import Comment, Consultation
from tests.publishing.html import Element, parse

RECEIPT = "/en/receipt/"


def page_url(consultation: Consultation, **query: Any) -> str:
    """Return the address of a consultation's page."""
    return f"/en/consultations/{consultation.slug}/{_query(query)}"


def comment_url(comment: Comment) -> str:
    """Return a comment's own address, whether it answers or not."""
    return f"{page_url(comment.consultation)}comments/{comment.number or 1}/"


def form_url(consultation: Consultation, **query: Any) -> str:
    """Return the address of the comment form; `reply_to` stands for `reply-to`."""
    return f"/en/consultations/{consultation.slug}/comments/new/{_query(query)}"


def _query(query: dict[str, Any]) -> str:
    named = {name.replace("_", "-"): value for name, value in query.items()}
    return f"?{urlencode(named)}" if named else ""


def filled(**changes: Any) -> dict[str, Any]:
    """Return the form's values, filled in by somebody without a name."""
    values = {
        "body": "A remark.",
        "language": "en",
        "name_kind": "none",
        "name": "",
        "organisation": "",
        "place": "",
        "consulted_count": "",
        "consulted_how": "",
        "consulted_language": "",
        "email": "",
        "homepage": "",
    }
    return {**values, "form_key": str(uuid4()), **changes}


def send(client: Client, consultation: Consultation, *, query: dict[str, Any] | None = None, **changes: Any) -> Any:
    """Send a comment."""
    return client.post(form_url(consultation, **(query or {})), filled(**changes))


def page_of(response: Any) -> Element:
    """Return the answer's page; it must be well formed."""
    return parse(response.content.decode())


def comments_on(client: Client, url: str) -> list[int]:
    """Return the numbers of the comments on a page, replies included, in order."""
    return [int(found.get("id").removeprefix("c")) for found in page_of(client.get(url)).all("article")]


def raw(element: Element) -> str:
    """Return what is typed in a textarea: HTML ignores a first line break in it."""
    return "".join(child for child in element.children if isinstance(child, str)).removeprefix("\n")


def typed(page: Element) -> dict[str, str]:
    """Return what stands in the comment form's fields."""
    (form,) = page.all("form", class_="form")
    values = {e.get("name"): e.get("value") for e in form.all("input") if e.get("type") not in ("radio", "hidden")}
    values |= {e.get("name"): e.get("value") for e in form.all("input", type="hidden")}
    values |= {e.get("name"): e.get("value") for e in form.all("input", type="radio") if "checked" in e.attributes}
    values |= {e.get("name"): raw(e) for e in form.all("textarea")}
    for select in form.all("select"):
        chosen = [e.get("value") for e in select.all("option") if "selected" in e.attributes]
        values |= {select.get("name"): chosen[0]} if chosen else {}
    values.pop("csrfmiddlewaretoken")
    values.pop("", None)  # the choice to keep a draft, which is no part of the form
    return values


def kept(page: Element) -> str:
    """Return the text that a page gives back because it was not sent."""
    return raw(page.one("textarea", id="typed"))


def errors_beside(page: Element, field: str) -> str:
    """Return what is said beside a field, or nothing."""
    return " ".join(found.text for found in page.all("ul", class_="errorlist", id=f"id_{field}_error"))


def errors_on_top(page: Element) -> str:
    """Return what is said above the form, or nothing."""
    return " ".join(found.text for found in page.all("div", class_="errors"))


def code_of(response: Any) -> str:
    """Return the receipt code on the page that thanks for a comment."""
    assert response.status_code == 201
    return page_of(response).one("p", class_="receipt").text
