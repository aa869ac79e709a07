"""Two moderators at one comment: claims, pages that are out of date, spam and back, erasure, taking down."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from comments import moderation
from comments.models import Comment, ModerationEvent
from tests.campaign.admin_pages import address, page_of
from tests.comments.test_submission import at_once
from tests.conftest import signed_in
from tests.factories import make_comment, make_published_comment, make_user

REFUSAL = {"reason": "advert", "note": "It sells something."}
SECRET = "Words that erasure destroys."

pytestmark = pytest.mark.django_db


def test_claim_and_give_back(moderator: Client) -> None:
    comment = make_comment()
    assert moderator.post(address(comment, "claim")).status_code == 302
    comment.refresh_from_db()
    assert moderation.claimant(comment) is not None
    other = signed_in(make_user("Moderator"))
    page = page_of(other.get(address(comment, "change")))
    assert "is on it since" in page.text
    assert page.all("input", name="take_over")
    other.post(address(comment, "release"))
    comment.refresh_from_db()
    assert comment.claimed_by is not None
    moderator.post(address(comment, "release"))
    comment.refresh_from_db()
    assert not Comment.objects.exclude(claimed_by=None, claimed_at=None).exists()
    assert not ModerationEvent.objects.exists()


@pytest.mark.parametrize("decision", ["approve", "refuse", "spam", "claim", "redact"])
def test_what_another_claimed_is_not_decided(moderator: Client, decision: str) -> None:
    colleague = make_user("Moderator")
    comment = make_comment(body="One two")
    moderation.claim(comment, by=colleague)
    sent = {**REFUSAL, "reason": "hate", "text": "[[One]] two", "original": "destroy", "events": "0"}
    response = moderator.post(address(comment, decision), sent)
    assert response.status_code == 409
    page = page_of(response)
    assert f"{colleague.username} is on it since" in page.text
    if decision == "redact":
        assert page.one("textarea", name="text").text == "[[One]] two"
    else:
        assert page.one("textarea", name="note").text == REFUSAL["note"]
    comment.refresh_from_db()
    assert (comment.state, comment.claimed_by) == ("pending", colleague)


def test_take_over(moderator: Client) -> None:
    comment, colleague = make_comment(), make_user("Moderator")
    moderation.claim(comment, by=colleague)
    assert moderator.post(address(comment, "claim"), {"take_over": "yes"}).status_code == 302
    assert signed_in(colleague).post(address(comment, "approve")).status_code == 409
    assert moderator.post(address(comment, "approve")).status_code == 302


@pytest.mark.parametrize("decision", ["approve", "refuse", "spam"])
def test_page_that_is_out_of_date(moderator: Client, decision: str) -> None:
    comment, colleague = make_comment(), make_user("Moderator")
    moderation.set_aside(comment, by=colleague)
    moderation.put_back(comment, by=colleague)
    response = moderator.post(address(comment, decision), REFUSAL | {"events": "0"})
    assert response.status_code == 409
    (note,) = page_of(response).all("p", class_="errornote")
    assert "put back into the queue" in note.text and colleague.username in note.text
    assert page_of(response).one("textarea", name="note").text == REFUSAL["note"]
    assert moderator.post(address(comment, decision), REFUSAL | {"events": "2"}).status_code == 302


def test_note_to_a_comment_decided_meanwhile_is_kept(moderator: Client) -> None:
    comment = moderation.set_aside(make_comment(), by=make_user())
    response = moderator.post(address(comment, "refuse"), REFUSAL | {"events": "0"})
    assert response.status_code == 409
    assert page_of(response).one("textarea", id="typed").text == REFUSAL["note"]


def test_spam_and_back(moderator: Client) -> None:
    comment = make_comment()
    moderator.post(address(comment, "spam"))
    comment.refresh_from_db()
    assert (comment.state, comment.number) == ("spam", None)
    assert page_of(moderator.get(address(comment, "change"))).all("form", action=address(comment, "return"))
    moderator.post(address(comment, "return"))
    comment.refresh_from_db()
    assert (comment.state, comment.decided_by, comment.decided_at) == ("pending", None, None)
    assert [event.action for event in comment.events.all()] == ["spam", "return"]
    assert moderator.post(address(comment, "return")).status_code == 409


def test_refused_comments_are_not_put_back(moderator: Client) -> None:
    comment = moderation.refuse(make_comment(), by=make_user(), reason="hate")
    assert moderator.post(address(comment, "return")).status_code == 409


def test_published_comment_is_taken_down_and_keeps_its_number(moderator: Client) -> None:
    comment = make_published_comment()
    assert Client().get(comment.get_absolute_url()).status_code == 200
    url = address(comment, "take-down")
    assert page_of(moderator.get(address(comment, "change"))).all("form", action=url)
    assert moderator.post(url, {"note": "Kept"}).status_code == 400
    assert moderator.post(url, REFUSAL).status_code == 302
    comment.refresh_from_db()
    assert (comment.state, comment.number, comment.refusal_reason) == ("refused", 1, "advert")
    assert Client().get(comment.get_absolute_url()).status_code == 410
    assert moderation.approve(make_comment(comment.consultation), by=make_user()).number == 2
    assert moderator.post(url, REFUSAL).status_code == 409


def test_erasing_asks_first_and_leaves_nothing(administrator: Client, moderator: Client) -> None:
    comment = make_published_comment(body=SECRET, name_kind="own-name", name="Sara")
    url = address(comment, "erase")
    assert moderator.get(url).status_code == moderator.post(url).status_code == 403
    assert SECRET in page_of(administrator.get(url)).text
    comment.refresh_from_db()
    assert comment.body == SECRET
    assert administrator.post(url).status_code == 302
    comment.refresh_from_db()
    assert (comment.state, comment.number, comment.body, comment.name) == ("erased", 1, "", "")
    page = page_of(administrator.get(address(comment, "change"))).text
    assert "nothing is left of it" in page
    assert SECRET not in administrator.get(address(Comment, "changelist"), {"state": "all"}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_make_one_event() -> None:
    """Through the desk's own pages, with both pages fresh."""
    comment = make_comment()
    decisions: list[tuple[Any, str]] = [(signed_in(_moderator()), d) for d in ("approve", "refuse", "spam", "approve")]
    tasks: list[Callable[[], Any]] = [
        partial(c.post, address(comment, d), REFUSAL | {"events": "0"}) for c, d in decisions
    ]
    statuses = sorted(response.status_code for response in at_once(tasks))
    assert statuses == [302, 409, 409, 409]
    assert ModerationEvent.objects.count() == 1


def _moderator() -> Any:
    # A test with real transactions starts without the roles.
    return make_user(is_superuser=True)
