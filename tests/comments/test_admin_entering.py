"""Entering what came by letter, mail or meeting: the public form's checks, and the day it came."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from comments.receipts import receipt_hash
from tests.campaign.admin_pages import address, errors, page_of
from tests.comments.loop import filled
from tests.factories import make_closed_consultation, make_consultation, paragraph_of

ADD = address(Comment, "add")

pytestmark = pytest.mark.django_db


def letter(**changes: Any) -> dict[str, Any]:
    """Return the form filled in, about a consultation of its own."""
    consultation = changes.pop("consultation", None) or make_consultation()
    day = timezone.now() - timedelta(days=3)
    return filled(consultation=consultation.pk, channel="letter", received_on=day.date().isoformat(), **changes)


def test_letter_waits_in_the_queue(moderator: Client) -> None:
    consultation = make_consultation()
    sent = letter(consultation=consultation, paragraph="2", body="As written.", language="fr")
    response = moderator.post(ADD, sent)
    assert response.status_code == 201
    assert response["Cache-Control"] == "no-store"
    comment = Comment.objects.get()
    assert (comment.state, comment.channel, comment.body, comment.language) == (
        "pending",
        "letter",
        "As written.",
        "fr",
    )
    assert comment.paragraph_key == paragraph_of(consultation, 2).key
    assert comment.received_at.date().isoformat() == sent["received_on"]
    assert comment.entered_by_id == int(moderator.session["_auth_user_id"])
    code = page_of(response).one("p", class_="receipt").text
    assert receipt_hash(code) == comment.receipt_hash
    assert code not in moderator.get(address(comment, "change")).content.decode()


def test_sent_twice_it_is_one(moderator: Client) -> None:
    sent = letter()
    codes = {page_of(moderator.post(ADD, sent)).one("p", class_="receipt").text for _ in range(2)}
    assert len(codes) == Comment.objects.count() == 1


def test_letter_that_came_in_time_is_entered_after_closing(moderator: Client) -> None:
    assert moderator.post(ADD, letter(consultation=make_closed_consultation())).status_code == 201


@pytest.mark.parametrize("days", [-30, 1, 40])
def test_day_on_which_no_comments_were_taken(moderator: Client, days: int) -> None:
    day = (timezone.now() + timedelta(days=days)).date().isoformat()
    response = moderator.post(ADD, letter() | {"received_on": day, "body": "Kept"})
    assert response.status_code == 400
    assert "took no comments" in errors(response)
    assert page_of(response).one("textarea", name="body").text == "Kept"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"body": ""}, "This field is required."),
        ({"body": "x" * 30_001}, "at most 30000 characters"),
        ({"paragraph": "99"}, "no paragraph of this number"),
        ({"paragraph": "x"}, "Enter a whole number."),
        ({"channel": "web"}, "Select a valid choice."),
        ({"consultation": "999999"}, "Select a valid choice."),
        ({"received_on": "yesterday"}, "Enter a valid date."),
        ({"name_kind": "own-name"}, "Write the name to appear under"),
        ({"form_key": "x"}, "got lost on the way"),
    ],
)
def test_bad_input_is_told(moderator: Client, changes: dict[str, str], wrong: str) -> None:
    response = moderator.post(ADD, letter() | changes)
    assert response.status_code == 400
    assert wrong in errors(response)
    assert not Comment.objects.exists()


def test_consultations_that_nobody_sees_take_none(moderator: Client) -> None:
    assert moderator.post(ADD, letter(consultation=make_consultation(state="draft"))).status_code == 400


def test_other_methods_are_refused(moderator: Client) -> None:
    assert moderator.put(ADD).status_code == 405


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York"])
def test_ends_of_the_calendar(administrator: Client, day: str, zone: str) -> None:
    """The first and the last day there are have no day beside them in some zones."""
    consultation = make_consultation(timezone=zone)
    sent = filled() | {"consultation": consultation.pk, "channel": "letter", "received_on": day}
    assert administrator.post(address(Comment, "add"), sent).status_code == 400
