"""Consultations, answers and moderation events in the admin."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Version
from comments.models import Answer, Comment, Consultation, ModerationEvent
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.conftest import signed_in
from tests.factories import (
    make_answer,
    make_comment,
    make_consultation,
    make_moderation_event,
    make_published_comment,
    make_user,
)

CHOICES = "/admin/autocomplete/"
FOR_ANSWERS = {"app_label": "comments", "model_name": "answer", "field_name": "comment"}

pytestmark = pytest.mark.django_db


def answer(client: Client, about: Comment, **fields: Any) -> Any:
    """Send the form for a new answer."""
    url = f"{address(Answer, 'add')}?comment={about.pk}"
    values = {"comment": about.pk, "disposition": "accepted", "reason": "We changed it."}
    return client.post(url, typed(client.get(url), "answer_form") | values | fields)


def test_answer_is_signed_by_who_writes_it() -> None:
    author, colleague = make_user("Editor"), make_user("Editor")
    comment = make_published_comment()
    response = answer(signed_in(author), comment, answered_by=colleague.pk)
    assert response.status_code == 302, errors(response)
    found = Answer.objects.get()
    assert (found.comment, found.answered_by, found.state) == (comment, author, "draft")
    editing = signed_in(colleague)
    url = address(found, "change")
    response = editing.post(url, {**typed(editing.get(url), "answer_form"), "reason": "We changed half of it."})
    assert response.status_code == 302, errors(response)
    found.refresh_from_db()
    assert (found.answered_by, found.reason) == (author, "We changed half of it.")


def test_answer_stays_at_its_comment(editor: Client) -> None:
    found = make_answer(make_published_comment())
    comment = found.comment
    url = address(found, "change")
    fields = typed(editor.get(url), "answer_form")
    assert "comment" not in fields
    editor.post(url, {**fields, "comment": make_published_comment().pk})
    found.refresh_from_db()
    assert found.comment == comment


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"reason": ""}, "This field is required."),
        ({"disposition": "ignored"}, "valid choice"),
        ({"state": "published"}, "Say from when it is public."),
        ({"comment": "999999"}, "valid choice"),
    ],
)
def test_answer_that_is_not_right(editor: Client, fields: dict[str, str], wrong: str) -> None:
    response = answer(editor, make_published_comment(), **fields)
    assert response.status_code == 200
    assert wrong in errors(response)
    assert not Answer.objects.exists()


def test_comments_that_are_not_published_cannot_be_answered(editor: Client) -> None:
    assert "valid choice" in errors(answer(editor, make_comment()))


def test_published_comments_alone_are_offered_for_an_answer(editor: Client) -> None:
    consultation = make_consultation()
    make_comment(consultation)
    comment = make_published_comment(consultation)
    for term in ("", consultation.slug, "1"):
        found = editor.get(CHOICES, {**FOR_ANSWERS, "term": term}).json()["results"]
        assert found == [{"id": str(comment.pk), "text": f"{consultation.slug} 1"}]


@pytest.mark.parametrize("who", ["moderator", "coordinator"])
def test_others_answer_nothing(who: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(who)
    found = make_answer(make_published_comment())
    for url in (address(Answer, "add"), address(found, "change"), address(Answer, "changelist")):
        assert client.get(url).status_code == 403
    assert client.get(CHOICES, FOR_ANSWERS).status_code == (403 if who == "coordinator" else 200)


def test_consultations_are_listed_with_their_comments(editor: Client) -> None:
    consultation = make_consultation()
    make_consultation(slug="without-any")
    for _ in range(3):
        make_comment(consultation)
    for _ in range(2):
        make_published_comment(consultation)
    rows = page_of(editor.get(address(Consultation, "changelist"))).one("table", id="result_list").all("tr")[1:]
    columns = ("field-pending", "field-published")
    counts = {row.one("th").text: [row.one("td", class_=column).text for column in columns] for row in rows}
    assert counts == {consultation.slug: ["3", "2"], "without-any": ["0", "0"]}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"closes_at_0": "2020-01-01"}, "It must close after it opens."),
        ({"answer_due": "2020-01-01"}, "The answer is due before the consultation closes."),
        ({"published_at_0": "", "published_at_1": ""}, "Say from when it is public."),
        ({"opens_at_0": "some day"}, "Enter a valid date."),
    ],
)
def test_consultation_that_is_not_right(editor: Client, fields: dict[str, str], wrong: str) -> None:
    consultation = make_consultation(opens_at=timezone.now() + timedelta(days=1))
    url = address(consultation, "change")
    response = editor.post(url, {**typed(editor.get(url), "consultation_form"), **fields})
    assert response.status_code == 200
    assert wrong in errors(response)


def test_moderators_read_consultations_and_change_none(moderator: Client) -> None:
    consultation = make_consultation()
    url = address(consultation, "change")
    assert consultation.slug in page_of(moderator.get(url)).text
    assert moderator.post(url, {"slug": "renamed"}).status_code == 403
    assert moderator.post(address(consultation, "delete"), {"post": "yes"}).status_code == 403
    assert moderator.get(address(Consultation, "add")).status_code == 403


def test_consultation_with_comments_is_not_deleted(administrator: Client) -> None:
    consultation = make_comment().consultation
    Version.objects.update(state="superseded", consultation=None)
    administrator.post(address(consultation, "delete"), {"post": "yes"})
    assert Consultation.objects.filter(pk=consultation.pk).exists()


def test_events_are_read_and_nothing_else(administrator: Client, moderator: Client) -> None:
    event = make_moderation_event()
    for client in (administrator, moderator):
        assert "refused" in page_of(client.get(address(ModerationEvent, "changelist"))).text
        assert "refused" in page_of(client.get(address(event, "change"))).text
        assert client.get(address(ModerationEvent, "add")).status_code == 403
        assert client.post(address(event, "change"), {"action": "publish"}).status_code == 403
        assert client.post(address(event, "delete"), {"post": "yes"}).status_code == 403
    assert ModerationEvent.objects.get().action == "refuse"


@pytest.mark.parametrize("who", ["editor", "coordinator"])
def test_others_do_not_read_events(who: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(who)
    event = make_moderation_event()
    for url in (address(ModerationEvent, "changelist"), address(event, "change")):
        assert client.get(url).status_code == 403
