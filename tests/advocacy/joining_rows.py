"""Applications, invitations and people for tests: rows, and forms as a browser sends them."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.test import Client

from advocacy import joining
from advocacy.inviting import invite
from advocacy.models import REQUIRED_CHECKS, Application, Invitation, Membership, Organisation, Role
from comments.receipts import receipt_for
from tests.conftest import signed_in
from tests.factories import make_organisation, make_user, numbers
from tests.publishing.html import Element

JOIN = "/en/join/"
PASSWORD = "five plain words for tests"


def filled(**changes: Any) -> dict[str, Any]:
    """Return the form's values as an organisation fills them in."""
    values = {
        "listing": "country",
        "name": f"Quiet Society {next(numbers)}",
        "own_name": "",
        "own_name_language": "",
        "country": "KE",
        "cities": "",
        "languages": "",
        "founded": "",
        "size": "",
        "site": "",
        "text_language": "en",
        "summary": "We stand at the gate when people come out.",
        "body": "",
        "pressing": "",
        "achievements": "",
        "hopes": "",
        "contact_person": "W. R.",
        "email": "office@society.example",
        "consent": "on",
        "homepage": "",
    }
    return {**values, "form_key": str(uuid4()), **changes}


def make_application(**fields: Any) -> Application:
    """Return an application that waits."""
    form_key = fields.pop("form_key", None) or uuid4()
    received = {name: fields.pop(name) for name in ("received_at", "language") if name in fields}
    values = {
        "name": f"Quiet Society {next(numbers)}",
        "listing": "country",
        "country": "KE",
        "text_language": "en",
        "summary": "We stand at the gate when people come out.",
        "contact_person": "W. R.",
        "email": "office@society.example",
    }
    joining.apply(form_key=form_key, **values | fields)
    application = Application.objects.latest("pk")
    for name, value in received.items():
        setattr(application, name, value)
    application.save()
    return application


def code_of_application(application: Application) -> str:
    """Return its receipt code."""
    return receipt_for(application.submission_key)


def make_checked(by: User | None = None, **fields: Any) -> Application:
    """Return an application of which all that is needed was made sure."""
    application = make_application(**fields)
    joining.tick(application, items=REQUIRED_CHECKS, by=by or make_user("Network coordinator"))
    return application


def make_invitation(organisation: Organisation | None = None, **fields: Any) -> Invitation:
    """Return an invitation that waits; its link is in the outbox."""
    address = f"guest{next(numbers)}@society.example"
    values: dict[str, Any] = {"address": address, "role": Role.CONTRIBUTOR, "by": make_user()}
    return invite(organisation or make_organisation(), **values | fields)


def make_member(organisation: Organisation | None = None, role: str = Role.LEAD, **fields: Any) -> Membership:
    """Return the membership of somebody new."""
    user = make_user(staff=False, **fields)
    return Membership.objects.create(organisation=organisation or make_organisation(), user=user, role=role)


def acting(membership: Membership) -> Client:
    """Return a client that is signed in as a member."""
    return signed_in(membership.user)


def people_url(organisation: Organisation, rest: str = "people/") -> str:
    """Return the address of a page about an organisation's people."""
    return f"/en/accounts/organisations/{organisation.slug}/{rest}"


def fields_of(page: Element) -> set[str]:
    """Return the names of all fields of a page's form."""
    (form,) = page.all("form", class_="form")
    named = [*form.all("input"), *form.all("textarea"), *form.all("select")]
    return {field.get("name") for field in named} - {"", "csrfmiddlewaretoken"}
