"""Consultations and moderation events in the admin."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Version
from comments.models import Consultation, ModerationEvent
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import (
    make_comment,
    make_consultation,
    make_moderation_event,
    make_published_comment,
)

pytestmark = pytest.mark.django_db


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
