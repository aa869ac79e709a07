"""Staff's files and figures: all that was said and decided, but no address, no original and nothing taken back."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from comments import moderation
from comments.erasure import erase
from comments.models import Comment, Consultation, MailAddress
from comments.redaction import redact
from comments.statistics import statistics
from comments.submission import withdraw
from tests.campaign.admin_pages import address
from tests.factories import make_answer, make_comment, make_consultation, make_published_comment, make_user

FILES = address(Comment, "files")
QUEUE = address(Comment, "changelist")
SECRET = "Officer Doe"

pytestmark = pytest.mark.django_db


def get(client: Client, consultation: Consultation, kind: str) -> Any:
    """Return a file."""
    response = client.get(FILES, {"consultation": str(consultation.pk), "format": kind})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert f"{consultation.slug}-staff.{kind}" in response["Content-Disposition"]
    return response


def filled() -> Consultation:
    """Return a consultation with a comment of every kind."""
    consultation, by = make_consultation(), make_user("Moderator")
    answered = make_published_comment(consultation, body="=1+1", name_kind="own-name", name="@Sara")
    make_answer(answered)
    answered.points.update(verdict="answers", verdict_at=timezone.now())
    moderation.refuse(make_comment(consultation, body="Refused words"), by=by, reason="hate", note="Not here.")
    redacted = make_comment(consultation, body=f"{SECRET} refused us", held_for=["words"])
    redact(redacted, by=by, typed=f"[[{SECRET}]] refused us", reason="endangers", destroy=False)
    MailAddress.objects.create(comment=redacted, sealed="sealed-address", language="en")
    withdraw(make_comment(consultation, body=SECRET, name_kind="own-name", name=SECRET))
    erase(make_comment(consultation, body=SECRET))
    make_comment(body="Of another consultation")
    return consultation


def test_json(editor: Client) -> None:
    response = get(editor, filled(), "json")
    rows = {row["state"]: row for row in response.json()["comments"]}
    assert set(rows) == {"published", "refused", "withdrawn", "erased"}
    assert (rows["refused"]["words"], rows["refused"]["refusal_note"]) == ("Refused words", "Not here.")
    assert rows["withdrawn"]["words"] is rows["erased"]["words"] is None
    first = response.json()["comments"][0]
    assert (first["words"], first["decided_by"], first["points"][0]["verdict"]) == ("=1+1", "decider", "answers")
    for absent in (SECRET, "sealed-address", "Of another consultation"):
        assert absent not in response.content.decode()


def test_csv_is_disarmed(editor: Client) -> None:
    response = get(editor, filled(), "csv")
    rows = list(csv.DictReader(StringIO(response.content.decode())))
    assert (rows[0]["words"], rows[0]["name"], rows[0]["points"]) == (
        "'=1+1",
        "'@Sara",
        "1.1 accepted published answers",
    )
    assert rows[2]["held_for"] == "words"
    assert "Words taken out by a moderator" in rows[2]["words"]
    assert SECRET not in response.content.decode()


def test_xlsx_is_disarmed(editor: Client) -> None:
    sheet = load_workbook(BytesIO(get(editor, filled(), "xlsx").content)).active
    assert sheet is not None
    header, first, *_rest = sheet.iter_rows(values_only=True)
    assert dict(zip(header, first, strict=True))["words"] == "'=1+1"


@pytest.mark.parametrize("query", [{"format": "csv"}, {"consultation": "x"}, {"consultation": "1", "format": "exe"}])
def test_bad_input_is_told(editor: Client, query: dict[str, str]) -> None:
    assert editor.get(FILES, query).status_code == 400
    assert editor.post(FILES).status_code == 405


def test_moderators_take_no_files(moderator: Client) -> None:
    assert moderator.get(FILES).status_code == 403
    assert FILES not in moderator.get(QUEUE).content.decode()


def test_file_asks_as_often_for_many_comments_as_for_few(editor: Client) -> None:
    consultation, counts = make_consultation(), []
    for more in (2, 8):
        for _ in range(more):
            make_answer(make_published_comment(consultation))
        with CaptureQueriesContext(connection) as queries:
            get(editor, consultation, "csv")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_statistics() -> None:
    assert (statistics().waiting, statistics().oldest, statistics().median_days) == (0, None, None)
    now, consultation = timezone.now(), make_consultation(opens_at=timezone.now() - timedelta(days=200))
    for days in (1, 2, 3, 10):
        comment = make_comment(consultation, received_at=now - timedelta(days=days), language="fr")
        moderation.approve(comment, by=make_user())
    old = make_comment(consultation, received_at=now - timedelta(days=199))
    moderation.refuse(old, by=make_user(), reason="hate")
    Comment.objects.filter(pk=old.pk).update(decided_at=now - timedelta(days=120))
    make_comment(consultation, received_at=now - timedelta(days=4), held_for=["words", "links"])
    make_comment(consultation, received_at=now - timedelta(days=5), held_for=["words"])
    found = statistics()
    assert (found.waiting, found.oldest) == (2, (now - timedelta(days=5)).date())
    assert found.held == {"holds a watched word": 2, "holds many links": 1}
    assert (found.decided, found.by_state, found.by_language) == (4, {"published": 4}, {"French": 4})
    assert (found.median_days, found.slow_days) == (3, 8)


def test_statistics_stand_above_the_queue_and_on_the_front_page(moderator: Client, coordinator: Client) -> None:
    moderation.approve(make_comment(), by=make_user())
    assert "half within" in moderator.get(QUEUE).content.decode()
    assert "1 comment decided in 90 days" in moderator.get("/admin/").content.decode()
    assert "decided in 90 days" not in coordinator.get("/admin/").content.decode()
