"""The form with which an organisation asks to join: its ladder, its receipt, and how little is kept of it."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client

from advocacy import joining
from advocacy.models import Application, ApplicationEvent
from comments.models import WatchedWord
from comments.moderation import AlreadyDecided
from comments.receipts import receipt_hash
from comments.traps import stamp
from publishing.sealing import unseal
from tests.advocacy.joining_rows import (
    JOIN,
    code_of_application,
    fields_of,
    filled,
    make_application,
    make_checked,
)
from tests.comments.loop import RECEIPT, code_of, errors_beside, errors_on_top, page_of, typed
from tests.factories import make_issue, make_population, make_user

pytestmark = pytest.mark.django_db


def test_form_opens(visitor: Client) -> None:
    make_issue(slug="papers")
    response = visitor.get(JOIN)
    page = page_of(response)
    assert {"name", "country", "contact_person", "email", "issues", "form_key", "stamp"} <= fields_of(page)
    assert set(response.cookies) == {"csrftoken"}
    assert visitor.head(JOIN).status_code == 200
    assert page_of(visitor.get("/en/network/")).all("a", href=JOIN)


def test_form_says_what_becomes_public(visitor: Client) -> None:
    fields = page_of(visitor.get(JOIN)).all("div", class_="field")
    private = [field.one("label").text for field in fields if field.all("span", class_="is-private")]
    assert [label.partition(" optional")[0].partition(" not public")[0] for label in private] == [
        "Contact person",
        "E-mail address of that person",
    ]


def test_application_arrives(visitor: Client) -> None:
    issue, population = make_issue(), make_population()
    values = filled(
        name="Quiet Society",
        own_name="جمعية هادئة",
        own_name_language="arabic",
        cities="Nairobi, Mombasa ; Nairobi",
        languages="Swahili, english, luo",
        founded="1999",
        size="small",
        site="society.example",
        populations=[population.slug],
        issues=[issue.slug],
        services=["testing", "legal-aid"],
        body="First line.\r\n\r\nSecond.",
    )
    code = code_of(visitor.post(JOIN, values))
    row = Application.objects.get()
    assert (row.name, row.own_name, row.own_name_language) == ("Quiet Society", "جمعية هادئة", "ar")
    assert (row.cities, row.languages) == (["Nairobi", "Mombasa"], ["sw", "en", "luo"])
    assert (row.populations, row.issues) == ([population.slug], [issue.slug])
    assert row.services == ["testing", "legal-aid"]
    assert (row.founded, row.size, row.site) == (1999, "small", "https://society.example")
    assert row.body == "First line.\n\nSecond."
    assert (row.state, row.language, row.receipt_hash) == ("pending", "en", receipt_hash(code))
    assert not Session.objects.exists()


def test_contact_is_sealed(visitor: Client) -> None:
    """No column holds it as it was typed."""
    visitor.post(JOIN, filled(contact_person="Wanjiru Rivers", email="wanjiru@society.example"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT application::text FROM advocacy_application AS application")
        (row,) = cursor.fetchone() or ("",)
    assert "anjiru" not in row
    sealed = Application.objects.get().sealed
    assert json.loads(unseal(sealed)) == {"person": "Wanjiru Rivers", "email": "wanjiru@society.example"}


def test_language_of_the_reader_is_kept(visitor: Client) -> None:
    visitor.post("/fr/join/", filled(languages="anglais, Swahili", text_language="fr"))
    row = Application.objects.get()
    assert (row.language, row.text_language, row.languages) == ("fr", "fr", ["en", "sw"])


def test_the_same_form_sent_twice_is_one_application(visitor: Client) -> None:
    values = filled()
    first, second = (code_of(visitor.post(JOIN, values)) for _ in range(2))
    assert first == second
    assert Application.objects.count() == 1
    assert code_of(visitor.post(JOIN, values | {"name": "Another"})) != first


# --- Bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"listing": ""}, "listing", "required"),
        ({"listing": "everywhere"}, "listing", "valid choice"),
        ({"name": " "}, "name", "required"),
        ({"name": "x" * 201}, "name", "200"),
        ({"name": "a\x00b"}, "name", "Null"),
        ({"own_name": "X"}, "own_name_language", "which language"),
        ({"own_name": "X", "own_name_language": "en, fr"}, "own_name_language", "one language"),
        ({"languages": "klingonese"}, "languages", "“klingonese” is no language"),
        ({"country": "XX"}, "country", "valid choice"),
        ({"cities": ", ".join(map(str, range(21)))}, "cities", "at most 20"),
        ({"cities": "x" * 81}, "cities", "very long"),
        ({"founded": "1066"}, "founded", "1800"),
        ({"founded": "3000"}, "founded", "less than"),
        ({"site": "javascript:alert(1)"}, "site", "valid URL"),
        ({"populations": ["nobody"]}, "populations", "valid choice"),
        ({"services": "magic"}, "services", "valid choice"),
        ({"issues": ["none"]}, "issues", "valid choice"),
        ({"text_language": "xx"}, "text_language", "valid choice"),
        ({"summary": ""}, "summary", "required"),
        ({"body": "x" * 10_001}, "body", "10000"),
        ({"email": "no address"}, "email", "valid email"),
        ({"email": ""}, "email", "required"),
        ({"consent": ""}, "consent", "required"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(visitor: Client, sent: dict[str, Any], field: str, said: str) -> None:
    response = visitor.post(JOIN, filled(pressing="As typed.") | sent)
    page = page_of(response)
    assert response.status_code == 400
    assert said in errors_beside(page, field)
    assert typed(page)["pressing"] == "As typed."
    assert not Application.objects.exists()


def test_form_without_its_key(visitor: Client) -> None:
    response = visitor.post(JOIN, filled(form_key="x"))
    assert response.status_code == 400
    assert "got lost" in errors_on_top(page_of(response))
    assert code_of(visitor.post(JOIN, filled(form_key=typed(page_of(response))["form_key"])))


def test_wrong_method(visitor: Client) -> None:
    assert visitor.put(JOIN).status_code == 405
    assert visitor.delete(JOIN).status_code == 405


def test_too_many(visitor: Client) -> None:
    """What is typed is kept; the same form again is no new one, and is never asked to wait."""
    values = filled()
    assert visitor.post(JOIN, values).status_code == 201
    for _ in range(9):
        assert visitor.post(JOIN, filled()).status_code == 201
    response = visitor.post(JOIN, filled(hopes="As typed."))
    assert response.status_code == 429
    assert typed(page_of(response))["hopes"] == "As typed."
    assert visitor.post(JOIN, values).status_code == 201
    assert Application.objects.count() == 10


def test_traps_only_hold(visitor: Client) -> None:
    WatchedWord.objects.create(word="casino")
    code_of(visitor.post(JOIN, filled(homepage="https://spam.example", hopes="Casino!", stamp=stamp())))
    assert Application.objects.get().held_for == ["trap", "fast", "words"]


# --- The receipt ---------------------------------------------------------------------------------------------------


def shown(client: Client, application: Application, **more: str) -> Any:
    """Return the answer to an application's receipt code."""
    return client.post(RECEIPT, {"code": code_of_application(application), **more})


def test_receipt_shows_where_it_stands(visitor: Client) -> None:
    application = make_application(name="Quiet Society")
    text = page_of(shown(visitor, application)).text
    assert "Quiet Society" in text
    assert "waiting for the secretariat" in text
    assert "office@" not in text


def test_receipt_takes_it_back(visitor: Client) -> None:
    application = make_application(body="What I took back")
    for _ in range(2):
        response = shown(visitor, application, withdraw="1")
        assert "You have taken it back." in page_of(response).text
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert {name: getattr(application, name) for name in Application.personal} == Application.personal
    assert [event.action for event in application.events.all()] == ["withdraw"]


def test_receipt_of_what_was_decided(visitor: Client) -> None:
    coordinator = make_user("Network coordinator")
    refused = make_application()
    joining.refuse(refused, by=coordinator, reason="other-work", note="Try the other network.")
    text = page_of(shown(visitor, refused)).text
    assert "outside of what this network is about" in text
    assert "Try the other network." in text
    accepted = make_checked(name="Quiet Society")
    organisation = joining.accept(accepted, by=coordinator)
    page = page_of(shown(visitor, accepted, withdraw="1"))
    assert page.all("a", href=f"/en/network/{organisation.slug}/")
    accepted.refresh_from_db()
    assert accepted.state == "accepted"


# --- What the database keeps to ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "withdrawn"}, "application_holds_what_waits"),
        ({"sealed": ""}, "application_holds_what_waits"),
        ({"name": ""}, "application_holds_what_waits"),
        ({**Application.personal, "state": "accepted"}, "application_decided_by_someone"),
        ({"refusal_reason": "other-work"}, "application_refused_has_reason"),
    ],
)
def test_database_refuses(changes: dict[str, Any], constraint: str) -> None:
    make_application()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Application.objects.update(**changes)


def test_refused_needs_a_reason() -> None:
    with pytest.raises(IntegrityError, match="application_refused_has_reason"), transaction.atomic():
        joining.refuse(make_application(), by=make_user(), reason="")
    assert not ApplicationEvent.objects.exists()


def test_withdrawn_meanwhile() -> None:
    application = make_checked()
    joining.withdraw(application)
    with pytest.raises(AlreadyDecided):
        joining.accept(application, by=make_user())


def test_another_key_is_another_application() -> None:
    first = make_application(name="One", form_key=uuid4())
    second = make_application(name="One", form_key=uuid4())
    assert first.receipt_hash != second.receipt_hash
