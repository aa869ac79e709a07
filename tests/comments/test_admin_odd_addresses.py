"""Addresses of the desk that no page leads to: an answer that says so, or an empty list; never an error of ours."""

from typing import Any

import pytest
from django.test import Client

from comments.models import Answer, Comment, CommentTranslation, ModerationEvent, Point, Report, WatchedWord
from tests.campaign.admin_pages import address, errors
from tests.factories import make_published_comment

pytestmark = pytest.mark.django_db
BULK = "/admin/comments/comment/bulk/"


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Comment, "state"),
        (Comment, "language"),
        (Comment, "held"),
        (Point, "language"),
        (Point, "kind__exact"),
        (Answer, "state__exact"),
        (CommentTranslation, "language__exact"),
        (ModerationEvent, "action__exact"),
    ],
)
def test_null_character_in_a_filter(administrator: Client, model: Any, name: str) -> None:
    assert administrator.get(address(model, "changelist"), {name: "a\x00b"}).status_code == 400


@pytest.mark.parametrize("group", ["9" * 30, "9" * 5000])
def test_group_that_cannot_be(administrator: Client, group: str) -> None:
    make_published_comment()
    assert administrator.get(address(Comment, "changelist"), {"alike": group, "state": "all"}).status_code == 200
    assert administrator.get(BULK, {"alike": group}).status_code == 404
    assert administrator.post(BULK, {"_selected_action": [group], "decision": "approve"}).status_code == 400


@pytest.mark.parametrize("key", ["x", "9" * 5000])
def test_new_thing_of_no_row(administrator: Client, key: str) -> None:
    assert administrator.get(address(Report, "add"), {"consultation": key}).status_code == 200


def test_watched_word_that_grows(administrator: Client) -> None:
    """Some letters are written as many when texts are compared."""
    response = administrator.post(address(WatchedWord, "add"), {"word": "\ufdfa" * 60, "note": ""})
    assert response.status_code == 200
    assert "at most 60" in errors(response)
