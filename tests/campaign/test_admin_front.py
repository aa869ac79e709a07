"""The admin's front page: what waits, oldest first, and only what one may see."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, Consultation
from tests.campaign.admin_pages import address, page_of
from tests.conftest import signed_in
from tests.factories import (
    make_comment,
    make_consultation,
    make_published_comment,
    make_user,
    make_version,
)

FRONT = "/admin/"

pytestmark = pytest.mark.django_db


def waiting(client: Client) -> list[str]:
    """Return what the front page says is waiting."""
    return [row.text for row in page_of(client.get(FRONT)).one("section", class_="waiting").all("li")]


def make_due(days: int, **fields: Any) -> Consultation:
    """Return a closed consultation whose answers were due so many days ago."""
    today = timezone.now()
    closed: dict[str, Any] = {"opens_at": today - timedelta(days=90), "closes_at": today - timedelta(days=60)}
    return make_consultation(**closed, answer_due=today.date() - timedelta(days=days), **fields)


def test_nothing_waits(administrator: Client) -> None:
    assert waiting(administrator) == []
    assert "Nothing waits for you." in administrator.get(FRONT).content.decode()


def test_comments_wait(moderator: Client) -> None:
    consultation = make_consultation()
    day = consultation.opens_at + timedelta(hours=2)
    for moment in (day + timedelta(days=1), day):
        make_comment(consultation, received_at=moment)
    make_published_comment(consultation)
    (row,) = page_of(moderator.get(FRONT)).one("section", class_="waiting").all("li")
    assert row.text == f"2 comments to moderate oldest received {day.strftime('%-d %B %Y')}"
    assert row.one("a").get("href") == address(Comment, "changelist")
    assert row.one("time").get("datetime") == day.strftime("%Y-%m-%d")


def test_consultations_that_close_soon_or_owe_an_answer(editor: Client) -> None:
    now = timezone.now()
    make_consultation(closes_at=now + timedelta(days=15))
    make_due(-1)
    make_due(0)
    make_due(5, answered_at=now)
    make_due(5, state="draft")
    assert waiting(editor) == []
    soon = make_consultation(closes_at=now + timedelta(days=13))
    overdue = make_due(3)
    rows = page_of(editor.get(FRONT)).one("section", class_="waiting").all("li")
    assert [row.one("a").get("href") for row in rows] == [address(overdue, "change"), address(soon, "change")]
    assert "answers were due" in rows[0].text
    assert "consultation closes" in rows[1].text


def test_drafts_of_versions_come_last(editor: Client) -> None:
    make_version()
    draft = make_version(state="draft", published_at=None)
    unread = make_version(state="draft", published_at=None)
    unread.texts.update(ready=False)
    make_comment()
    rows = waiting(editor)
    assert rows[0].startswith("1 comment to moderate")
    assert rows[1:] == [f"{draft.texts.get().title} draft of version 1", f"{unread.deliverable} draft of version 1"]


@pytest.mark.parametrize(("role", "count"), [("Editor", 3), ("Moderator", 2), ("Network coordinator", 0), ("", 0)])
def test_each_sees_what_they_may_see(role: str, count: int) -> None:
    make_comment()
    make_due(2)
    make_version(state="draft", published_at=None)
    assert len(waiting(signed_in(make_user(role)))) == count


def test_front_page_asks_as_often_for_many_rows_as_for_one(editor: Client) -> None:
    counts = []
    for more in (1, 30):
        for _ in range(more):
            make_comment(make_consultation(closes_at=timezone.now() + timedelta(days=2)))
            make_due(2)
            make_version(state="draft", published_at=None)
        with CaptureQueriesContext(connection) as queries:
            editor.get(FRONT)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    # Each kind is cut off: the rest is a click away.
    assert len(waiting(editor)) == 1 + 20 + 20


def test_admin_keeps_the_strict_policy_and_asks_itself_alone(administrator: Client, visitor: Client) -> None:
    queue = address(Comment, "changelist")
    for client, page in ((administrator, FRONT), (visitor, "/admin/login/"), (administrator, queue)):
        policy = client.get(page)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert "connect-src 'self'" in administrator.get(FRONT)["Content-Security-Policy"]
    assert "connect-src" not in visitor.get("/en/consultations/")["Content-Security-Policy"]


def test_nothing_in_the_admin_is_inline(administrator: Client) -> None:
    comment = make_comment()
    forms = [address(row, "change") for row in (comment, comment.consultation)]
    for page in (FRONT, address(Comment, "changelist"), *forms):
        whole = page_of(administrator.get(page))
        assert not [e for e in whole if "style" in e.attributes or any(name.startswith("on") for name in e.attributes)]
        assert not [e for e in whole.all("script") if not e.get("src")]
