"""A deliverable names who drafted it."""

import pytest
from django.test import Client

from tests.campaign.asks_rows import make_drafter
from tests.factories import add_text, make_deliverable, make_organisation, make_version
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db


def drafters(root: Element) -> dict[str, str]:
    """Return what is said of each member of the working group."""
    items = [li for li in root.all("li") if li.get("id").startswith("drafter-")]
    return {li.get("id").removeprefix("drafter-"): " ".join(li.text.split()) for li in items}


def read(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    return parse(response.content.decode())


def test_people_and_organisations_in_order(visitor: Client) -> None:
    deliverable = make_deliverable(slug="note")
    make_version(deliverable)
    member = make_organisation(slug="member")
    make_drafter(deliverable, slug="second", position=2)
    first = make_drafter(deliverable, slug="first", position=1, organisation=member)
    add_text(first, "fr", title="Une pharmacienne", summary="Les médicaments", body="")
    root = read(visitor, "/en/deliverables/note/")
    assert list(drafters(root).items()) == [
        ("first", "Title of first What it is about. Title of member"),
        ("second", "Title of second What it is about."),
    ]
    assert root.all("a", href="/en/network/member/")
    assert drafters(read(visitor, "/fr/deliverables/note/versions/1/"))["first"].startswith("Une pharmacienne")


def test_machines_are_told_too(visitor: Client) -> None:
    deliverable = make_deliverable(slug="note")
    make_version(deliverable)
    drafter = make_drafter(deliverable, slug="first")
    drafter.texts.update(title='A "quoted" <b>name</b>')
    root = read(visitor, "/en/deliverables/note/")
    assert [meta.get("content") for meta in root.all("meta", name="author")] == ['A "quoted" <b>name</b>']


def test_an_organisation_that_is_not_public_is_left_out(visitor: Client) -> None:
    deliverable = make_deliverable(slug="note")
    make_drafter(deliverable, slug="first", organisation=make_organisation(slug="hidden", state="withdrawn"))
    root = read(visitor, "/en/deliverables/note/")
    assert drafters(root) == {"first": "Title of first What it is about."}


def test_nobody_named(visitor: Client) -> None:
    make_version(make_deliverable(slug="note"))
    make_drafter(slug="elsewhere")
    root = read(visitor, "/en/deliverables/note/")
    assert drafters(root) == {}
    assert root.all("h2", id="drafters") == root.all("meta", name="author") == []
