"""Redaction: the public copy loses the words everywhere, and the original is sealed or destroyed."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from comments.marks import mark
from comments.models import Comment, CommentTranslation, ModerationEvent, SealedOriginal
from comments.moderation import AlreadyDecided
from comments.redaction import TAKEN_OUT, brackets, redact, spans, to_mark
from comments.submission import withdraw
from publishing.sealing import unseal
from tests.campaign.admin_pages import address, errors, page_of
from tests.factories import make_comment, make_point, make_published_comment, make_user

BODY = "Officer Doe refused us.\nHe is at Main Street, says Doe."
SECRET = "Officer Doe"
TYPED = BODY.replace(SECRET, f"[[{SECRET}]]")
CUT = BODY.replace(SECRET, mark("endangers"))
FORM = {"text": TYPED, "reason": "endangers", "original": "seal"}

pytestmark = pytest.mark.django_db


def take_out(comment: Comment, **changes: Any) -> Comment:
    """Redact as a moderator."""
    values: dict[str, Any] = {"by": make_user(), "typed": TYPED, "reason": "endangers", "destroy": False}
    return redact(comment, **values | changes)


@pytest.mark.parametrize(
    ("body", "typed", "found"),
    [
        ("one two", "[[one]] two", [(0, 3)]),
        ("one two", "[[one]] [[two]]", [(0, 3), (4, 7)]),
        ("[one] two", "[[[one]]] two", [(0, 5)]),
        ("one two", "one[[ ]]two", []),
        ("one two", "one two", []),
        ("see [[1]]", "[[[see]]] [[1]]", [(0, 3)]),
        (f"one {mark('hate')} two", f"one {TAKEN_OUT} [[two]]", [(6, 9)]),
        (f"one {mark('hate')} two", f"[[one {TAKEN_OUT}]] two", [(0, 5)]),
    ],
)
def test_what_is_marked(body: str, typed: str, found: list[tuple[int, int]]) -> None:
    assert spans(body, typed) == found


@pytest.mark.parametrize(
    "typed",
    ["[[one two", "one]] two", "[[[[one]]]] two", "]]one[[ two", "[[ein]] two", "one  two", "", "[[one]] two "],
)
def test_what_is_marked_wrongly(typed: str) -> None:
    with pytest.raises(ValidationError):
        spans("one two", typed)


def test_brackets_are_longer_than_the_authors() -> None:
    assert brackets("a [b] c") == ("[[", "]]")
    assert brackets("a [[b]]") == ("[[[", "]]]")


def test_words_go_from_the_middle_of_an_address() -> None:
    comment = make_published_comment(body="See https://example.org/doe today")
    typed = "See https://example.org/[[doe]] today"
    take_out(comment, typed=typed)
    html = Client().get(comment.get_absolute_url()).content.decode()
    assert '<a href="https://example.org/" rel="nofollow ugc noreferrer">https://example.org/</a><mark' in html


def test_pending_comment_is_published_without_the_words() -> None:
    comment = make_comment(body=BODY, shingles=[1, 2])
    take_out(comment)
    comment.refresh_from_db()
    assert (comment.state, comment.number, comment.body, comment.shingles) == ("published", 1, CUT, [])
    assert comment.redacted_at is not None
    assert [event.action for event in comment.events.all()] == ["redact", "publish"]
    assert comment.events.all()[0].reason == "endangers"
    page = Client().get(comment.get_absolute_url()).content.decode()
    assert SECRET not in page
    assert "Words taken out by a moderator" in page
    assert "officer" not in str(Comment.objects.values_list("search").get())


def test_original_is_sealed_once_and_destroyed_at_will() -> None:
    comment = make_published_comment(body=BODY, name_kind="own-name", name="Sara", organisation="Right")
    take_out(comment, hide_name=True)
    comment.refresh_from_db()
    assert (comment.name_kind, comment.name, comment.organisation) == ("none", "", "")
    take_out(comment, typed=to_mark(comment.body).replace("Main Street", "[[Main Street]]"))
    sealed = SealedOriginal.objects.get().sealed
    assert json.loads(unseal(sealed)) == {
        "body": BODY,
        "name": "Sara",
        "organisation": "Right",
        "name_kind": "own-name",
        "consulted_how": "",
    }
    comment.refresh_from_db()
    take_out(comment, typed=to_mark(comment.body).replace("says Doe", "[[says Doe]]"), destroy=True)
    assert not SealedOriginal.objects.exists()
    comment.refresh_from_db()
    assert comment.body == f"{mark('endangers')} refused us.\nHe is at {mark('endangers')}, {mark('endangers')}."
    assert [event.action for event in comment.events.all()] == ["redact", "redact", "redact-for-good"]


def test_points_and_translations_lose_the_words_too() -> None:
    comment = make_published_comment(body=BODY)
    whole = comment.points.get()
    touched = make_point(comment, "Officer  Doe refused")
    inside = make_point(comment, "Doe refused us.")
    elsewhere = make_point(comment, "He is at Main Street")
    strange = make_point(comment, "Officer Doe, as somebody typed it")
    fields = {"language": "fr", "body": "L’officier Doe", "translator": "a volunteer", "entered_by": make_user()}
    CommentTranslation.objects.create(comment=comment, **fields)
    take_out(comment)
    for point in (whole, touched, inside, elsewhere, strange):
        point.refresh_from_db()
    gone = mark("endangers")
    assert [whole.text, touched.text, inside.text] == ["", f"{gone} refused", f"{gone} refused us."]
    assert [elsewhere.text, strange.text] == ["He is at Main Street", ""]
    assert not CommentTranslation.objects.exists()


def test_nothing_is_taken_out_of_what_is_not_there_any_more() -> None:
    comment = make_comment(body=BODY)
    withdraw(comment)
    with pytest.raises(AlreadyDecided):
        take_out(comment)


# --- the page


def test_page_previews_and_publishes(moderator: Client) -> None:
    comment = make_comment(body=BODY)
    response = moderator.post(address(comment, "redact"), FORM | {"preview": "yes", "events": "0"})
    assert response.status_code == 200
    (shown,) = page_of(response).all("div", class_="shown")
    assert SECRET not in shown.text
    assert "It could put someone in danger." in shown.text
    comment.refresh_from_db()
    assert (comment.state, comment.body) == ("pending", BODY)
    assert moderator.post(address(comment, "redact"), FORM | {"events": "0"}).status_code == 302
    comment.refresh_from_db()
    assert (comment.state, comment.body) == ("published", CUT)
    assert SECRET not in page_of(moderator.get(address(comment, "change"))).text


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"text": BODY}, "Nothing is marked."),
        ({"text": "[[" + BODY}, "Each [[ needs its ]]"),
        ({"text": TYPED + " And more."}, "Only [[ and ]] may be added"),
        ({"text": ""}, "This field is required."),
        ({"reason": "duplicate"}, "Select a valid choice."),
        ({"original": ""}, "This field is required."),
    ],
)
def test_bad_input_keeps_what_was_typed(moderator: Client, changes: dict[str, str], wrong: str) -> None:
    comment = make_comment(body=BODY)
    response = moderator.post(address(comment, "redact"), FORM | changes)
    assert response.status_code == 400
    assert wrong in errors(response)
    assert page_of(response).one("textarea", name="text").text == (FORM | changes)["text"].replace("\n", " ")
    comment.refresh_from_db()
    assert comment.body == BODY


def test_name_alone_can_go(moderator: Client) -> None:
    comment = make_comment(body=BODY, name_kind="own-name", name="Sara")
    assert moderator.post(address(comment, "redact"), FORM | {"text": BODY, "hide_name": "on"}).status_code == 302
    comment.refresh_from_db()
    assert (comment.name, comment.body) == ("", BODY)


def test_other_redaction_meanwhile_is_told(moderator: Client) -> None:
    comment = make_published_comment(body=BODY)
    take_out(comment)
    response = moderator.post(address(comment, "redact"), FORM | {"events": "0"})
    assert response.status_code == 409
    assert "redacted; the original is sealed" in page_of(response).text
    assert ModerationEvent.objects.count() == 1


def test_original_is_read_by_administrators_on_record(administrator: Client, moderator: Client) -> None:
    comment = make_comment(body=BODY)
    take_out(comment)
    url = address(comment, "original")
    assert moderator.post(url).status_code == 403
    assert administrator.get(url).status_code == 405
    response = administrator.post(url)
    assert SECRET in page_of(response).text
    assert response["Cache-Control"] == "no-store"
    last = comment.events.last()
    assert last is not None and (last.action, last.by_id) == ("unseal", int(administrator.session["_auth_user_id"]))
    assert administrator.post(address(make_comment(), "original")).status_code == 404


def test_original_that_cannot_be_read_is_no_fault(administrator: Client) -> None:
    comment = make_comment(body=BODY)
    take_out(comment)
    SealedOriginal.objects.update(sealed="nonsense")
    assert "nobody can read it" in page_of(administrator.post(address(comment, "original"))).text
    assert not comment.events.filter(action="unseal").exists()
