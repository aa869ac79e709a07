"""The moderators' two decisions: what they do, what goes wrong with them, and who may take them."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from comments import moderation
from comments.models import Comment, CommentState, ModerationEvent
from comments.submission import withdraw
from tests.campaign.admin_pages import address, page_of
from tests.conftest import signed_in
from tests.factories import (
    make_closed_consultation,
    make_comment,
    make_consultation,
    make_user,
)

QUEUE = address(Comment, "changelist")
REFUSAL = {"reason": "advert", "note": "It sells something."}
SECRET = "Words that only the desk may show."

pytestmark = pytest.mark.django_db
each_decision = pytest.mark.parametrize("decision", ["approve", "refuse"])


def test_approve_publishes_and_goes_on_to_the_next(moderator: Client) -> None:
    consultation = make_consultation()
    first, second = (
        make_comment(consultation, received_at=consultation.opens_at + timedelta(hours=hour)) for hour in (1, 2)
    )
    response = moderator.post(address(first, "approve"), follow=True)
    assert response.redirect_chain == [(address(second, "change"), 302)]
    assert "Published as comment 1." in response.content.decode()
    first.refresh_from_db()
    assert (first.state, first.number) == (CommentState.PUBLISHED, 1)
    assert first.decided_by_id == int(moderator.session["_auth_user_id"])
    assert Client().get(first.get_absolute_url()).status_code == 200


def test_refuse_keeps_the_reason_and_goes_back_to_an_empty_queue(moderator: Client) -> None:
    comment = make_comment()
    response = moderator.post(address(comment, "refuse"), REFUSAL, follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    assert "Refused." in response.content.decode()
    comment.refresh_from_db()
    assert comment.state == CommentState.REFUSED
    assert {"reason": comment.refusal_reason, "note": comment.refusal_note} == REFUSAL
    assert comment.events.get().action == ModerationEvent.Action.REFUSE


@each_decision
def test_what_was_passed_over_comes_again_at_the_end(moderator: Client, decision: str) -> None:
    consultation = make_consultation()
    passed_over, last = (
        make_comment(consultation, received_at=consultation.opens_at + timedelta(hours=hour)) for hour in (1, 2)
    )
    response = moderator.post(address(last, decision), REFUSAL)
    assert response["Location"] == address(passed_over, "change")


def test_approve_after_the_consultation_has_closed(moderator: Client) -> None:
    comment = make_comment(make_closed_consultation())
    assert moderator.post(address(comment, "approve")).status_code == 302
    comment.refresh_from_db()
    assert comment.state == CommentState.PUBLISHED


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"note": "Kept as typed"}, "This field is required."),
        ({"reason": "because", "note": "Kept as typed"}, "Select a valid choice."),
        ({"reason": "advert", "note": "Kept as typed" + "x" * 500}, "at most 500 characters"),
        ({"reason": "advert", "note": "Kept as typed\0"}, "Null characters are not allowed."),
    ],
)
def test_refusal_that_is_not_right_keeps_what_was_typed(moderator: Client, sent: dict[str, str], wrong: str) -> None:
    comment = make_comment()
    response = moderator.post(address(comment, "refuse"), sent)
    assert response.status_code == 400
    page = page_of(response)
    (errors,) = page.all("ul", class_="errorlist")[:1]
    assert wrong in errors.text
    assert "Kept as typed" in page.one("textarea", name="note").text
    comment.refresh_from_db()
    assert comment.state == CommentState.PENDING


def test_no_reason_is_chosen_beforehand(moderator: Client) -> None:
    page = page_of(moderator.get(address(make_comment(), "change")))
    assert not [radio for radio in page.all("input", type="radio") if "checked" in radio.attributes]


@each_decision
def test_decision_of_somebody_else_is_told(moderator: Client, decision: str) -> None:
    colleague = make_user("Moderator")
    comment = moderation.approve(make_comment(), by=colleague)
    response = moderator.post(address(comment, decision), REFUSAL)
    assert response.status_code == 409
    (note,) = page_of(response).all("p", class_="errornote")
    assert "published" in note.text
    assert colleague.username in note.text
    assert ModerationEvent.objects.count() == 1


@each_decision
def test_comment_taken_back_meanwhile(moderator: Client, decision: str) -> None:
    comment = make_comment(body=SECRET)
    withdraw(comment)
    response = moderator.post(address(comment, decision), REFUSAL)
    assert response.status_code == 409
    assert "took this comment back" in response.content.decode()
    assert SECRET not in response.content.decode()


def test_decision_that_comes_between_looking_and_deciding(moderator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock decides, not the page."""
    comment = make_comment()
    decide = moderation.refuse

    def meanwhile(found: Comment, **how: Any) -> Comment:
        moderation.approve(Comment.objects.get(pk=found.pk), by=make_user())
        return decide(found, **how)

    monkeypatch.setattr(moderation, "refuse", meanwhile)
    assert moderator.post(address(comment, "refuse"), REFUSAL).status_code == 409


# --- who may


@each_decision
def test_decisions_are_posts(moderator: Client, decision: str) -> None:
    comment = make_comment()
    assert moderator.get(address(comment, decision)).status_code == 405
    comment.refresh_from_db()
    assert comment.state == CommentState.PENDING


@each_decision
def test_decisions_want_a_token(decision: str) -> None:
    comment = make_comment()
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_user("Moderator"))
    assert careful.post(address(comment, decision), REFUSAL).status_code == 403


@each_decision
@pytest.mark.parametrize("who", ["editor", "coordinator", "nobody in particular", "sees nothing"])
def test_others_decide_nothing(decision: str, who: str) -> None:
    roles = {"editor": "Editor", "coordinator": "Network coordinator"}
    user = make_user(roles.get(who, ""))
    if who == "sees nothing":
        user.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    comment = make_comment()
    assert signed_in(user).post(address(comment, decision), REFUSAL).status_code == 403
    comment.refresh_from_db()
    assert comment.state == CommentState.PENDING


@each_decision
def test_visitors_are_led_to_the_login(visitor: Client, decision: str) -> None:
    comment = make_comment()
    for response in (visitor.post(address(comment, decision), REFUSAL), visitor.get(address(comment, "change"))):
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


# --- what is kept


def test_no_log_holds_any_text(moderator: Client, caplog: pytest.LogCaptureFixture) -> None:
    one, other = (make_comment(body=SECRET) for _ in range(2))
    moderator.post(address(one, "approve"))
    moderator.post(address(other, "refuse"), {"note": SECRET})
    moderator.post(address(other, "refuse"), REFUSAL)
    moderator.post(address(other, "refuse"), REFUSAL)
    assert SECRET not in caplog.text
    assert not LogEntry.objects.filter(change_message__contains=SECRET)
    assert not [value for event in ModerationEvent.objects.values() for value in event.values() if value == SECRET]
