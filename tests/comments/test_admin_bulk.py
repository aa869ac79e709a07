"""Deciding on many at once: after a page that names them, each on its own, and what came between is told."""

from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client

from comments import moderation
from comments.admin import bulk
from comments.models import Comment, ModerationEvent
from tests.campaign.admin_pages import address, errors, page_of
from tests.factories import make_comment, make_consultation, make_user

QUEUE = address(Comment, "changelist")
BULK = address(Comment, "bulk")

pytestmark = pytest.mark.django_db


def three() -> list[Comment]:
    """Return three comments that wait."""
    consultation = make_consultation()
    return [make_comment(consultation, body=f"Remark {number}") for number in range(3)]


def ids(rows: list[Comment]) -> dict[str, Any]:
    """Return what a list sends of its ticked rows."""
    return {ACTION_CHECKBOX_NAME: [row.pk for row in rows]}


@pytest.mark.parametrize("decision", ["approve", "refuse", "spam", "claim"])
def test_action_asks_first(moderator: Client, decision: str) -> None:
    rows = three()
    response = moderator.post(QUEUE, {"action": f"bulk_{decision}", **ids(rows[:2])})
    page = page_of(response)
    assert "Decide on 2 comments" in page.text
    assert "Remark 0" in page.text and "Remark 1" in page.text and "Remark 2" not in page.text
    (chosen,) = [e.get("value") for e in page.all("input", name="decision") if "checked" in e.attributes]
    assert chosen == decision
    assert not ModerationEvent.objects.exists()


@pytest.mark.parametrize(
    ("sent", "states"),
    [
        ({"decision": "approve"}, {"published"}),
        ({"decision": "refuse", "reason": "duplicate", "note": "Once is enough."}, {"refused"}),
        ({"decision": "spam"}, {"spam"}),
        ({"decision": "claim"}, {"pending"}),
    ],
)
def test_each_is_decided(moderator: Client, sent: dict[str, str], states: set[str]) -> None:
    rows = three()
    response = moderator.post(BULK, sent | ids(rows), follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    assert ": 3 comments." in response.content.decode()
    assert set(Comment.objects.values_list("state", flat=True)) == states
    assert ModerationEvent.objects.count() == (0 if sent["decision"] == "claim" else 3)
    if sent["decision"] == "claim":
        assert Comment.objects.filter(claimed_by__isnull=False).count() == 3


def test_those_that_others_decided_or_claimed_are_left_and_named(moderator: Client) -> None:
    rows, colleague = three(), make_user("Moderator")
    moderation.refuse(rows[0], by=colleague, reason="hate")
    moderation.claim(rows[1], by=colleague)
    response = moderator.post(BULK, {"decision": "approve", **ids(rows)})
    assert response.status_code == 409
    page = page_of(response)
    assert "Approve: 1 comment." in page.text
    listed = [row.text for row in page.one("section", class_="alike").all("li")]
    assert len(listed) == 2
    assert all(colleague.username in row for row in listed)
    assert list(Comment.objects.order_by("pk").values_list("state", flat=True)) == ["refused", "pending", "published"]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, "This field is required."),
        ({"decision": "refuse", "note": "Kept"}, "This field is required."),
        ({"decision": "forget"}, "Select a valid choice."),
    ],
)
def test_bad_input_keeps_the_choice(moderator: Client, sent: dict[str, str], wrong: str) -> None:
    rows = three()
    response = moderator.post(BULK, sent | ids(rows))
    assert response.status_code == 400
    assert wrong in errors(response)
    kept = page_of(response).all("input", name=ACTION_CHECKBOX_NAME)
    assert [e.get("value") for e in kept] == [str(row.pk) for row in rows]
    assert sent.get("note", "") in page_of(response).one("textarea", name="note").text


@pytest.mark.parametrize("chosen", [[], ["x"], ["9" * 40], ["-1"]])
def test_nothing_chosen(moderator: Client, chosen: list[str]) -> None:
    response = moderator.post(BULK, {"decision": "approve", ACTION_CHECKBOX_NAME: chosen})
    assert response.status_code == 400
    assert "No comment was chosen." in errors(response)


@pytest.mark.parametrize("group", ["", "x", "9" * 40, "999999"])
def test_no_such_group(moderator: Client, group: str) -> None:
    assert moderator.get(BULK, {"alike": group}).status_code == 404


def test_more_than_a_person_looks_over(moderator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    response = moderator.post(QUEUE, {"action": "bulk_approve", **ids(three())}, follow=True)
    assert "choose fewer" in response.content.decode()
    assert not ModerationEvent.objects.exists()
