"""The moderators' desk: the queue, a comment's page, and the two decisions."""

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
    make_published_comment,
    make_user,
    paragraph_of,
)

QUEUE = address(Comment, "changelist")
DECISIONS = ("approve", "refuse")
REFUSAL = {"reason": "advert", "note": "It sells something."}
SECRET = "Words that only the desk may show."

pytestmark = pytest.mark.django_db
each_decision = pytest.mark.parametrize("decision", DECISIONS)


def listed(response: Any) -> list[Any]:
    """Return the rows of a list, as pages."""
    return page_of(response).one("table", id="result_list").all("tbody")[0].all("tr")


def column(response: Any, name: str) -> list[str]:
    """Return a column of a list."""
    return [cell.text for row in listed(response) for cell in row if cell.has(class_=f"field-{name}")]


# --- the queue


def test_queue_holds_what_waits_oldest_first(moderator: Client) -> None:
    consultation = make_consultation()
    make_published_comment(consultation)
    start = consultation.opens_at
    late = make_comment(consultation, body="The later one", received_at=start + timedelta(hours=5))
    early = make_comment(consultation, body="The earlier one", received_at=start + timedelta(hours=2))
    response = moderator.get(QUEUE)
    assert column(response, "first_words") == ["The earlier one", "The later one"]
    assert [row.pk for row in response.context["cl"].result_list] == [early.pk, late.pk]


def test_queue_tells_who_what_and_about_which_paragraph(moderator: Client) -> None:
    consultation = make_consultation()
    key = paragraph_of(consultation, 2).key
    body = "<b>سلام</b> " + "x" * 200
    make_comment(consultation, language="ar", name_kind="pseudonym", name="سارة", paragraph_key=key, body=body)
    response = moderator.get(QUEUE)
    assert column(response, "paragraph") == ["2"]
    assert column(response, "author") == ["سارة"]
    assert column(response, "written_in") == ["Arabic"]
    assert column(response, "received") == [consultation.opens_at.strftime("%-d %B %Y")]
    (words,) = column(response, "first_words")
    assert words.startswith("<b>سلام</b> xxx")
    assert words.endswith("…")
    assert len(words) < 100
    (row,) = listed(response)
    assert row.all("span", lang="ar", dir="rtl")


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 1), ("?state=all", 3), ("?state=published", 1), ("?state=refused", 0), ("?state=strange", 0)],
)
def test_queue_can_show_other_states(moderator: Client, query: str, count: int) -> None:
    make_comment()
    make_published_comment()
    withdraw(make_comment(body=SECRET))
    response = moderator.get(QUEUE + query)
    assert response.context["cl"].result_count == count
    assert SECRET not in response.content.decode()


def test_queue_is_filtered_by_consultation_and_language(moderator: Client) -> None:
    one = make_comment(language="fr")
    make_comment(language="en")
    for query in ({"language": "fr"}, {"consultation__id__exact": one.consultation_id}, {"q": one.body}):
        response = moderator.get(QUEUE, query)
        assert [row.pk for row in response.context["cl"].result_list] == [one.pk]
    assert "French" in page_of(moderator.get(QUEUE)).text


def test_queue_offers_no_way_to_add_or_delete(administrator: Client) -> None:
    make_comment()
    response = administrator.get(QUEUE)
    page = page_of(response)
    assert not page.all("a", class_="addlink", href=address(Comment, "add"))
    assert not page.all("select", name="action")
    assert response.context["cl"].model_admin.get_actions(response.wsgi_request) == {}


# --- a comment's page


def test_page_shows_the_text_as_typed(moderator: Client) -> None:
    body = "One line\n\n  indented <script>alert(1)</script>\n> quoted"
    comment = make_comment(body=body, language="ar")
    page = page_of(moderator.get(address(comment, "change")))
    (text,) = page.all("pre", class_="comment-text", lang="ar", dir="rtl")
    assert "".join(text.pieces()) == body
    assert not page.all("script")


def test_page_shows_what_it_is_about(moderator: Client) -> None:
    consultation = make_consultation()
    paragraph = paragraph_of(consultation)
    first = make_published_comment(consultation, body="What was said first")
    reply = make_comment(consultation, paragraph_key=paragraph.key, reply_to=first)
    text = page_of(moderator.get(address(reply, "change"))).text
    assert f"¶ {paragraph.number}" in text
    assert paragraph.plain in text
    assert "What was said first" in text


def test_page_never_shows_what_belongs_to_the_author(administrator: Client) -> None:
    comment = make_comment()
    for page in ("change", "history"):
        content = administrator.get(address(comment, page)).content.decode()
        assert comment.receipt_hash not in content
        assert str(comment.submission_key) not in content
    assert "submission" not in administrator.get(QUEUE).content.decode()


def test_page_of_a_decided_comment_tells_the_decision_and_offers_none(moderator: Client) -> None:
    comment = moderation.approve(make_comment(), by=make_user(first_name="Ada"))
    page = page_of(moderator.get(address(comment, "change")))
    assert not page.all("form", action=address(comment, "approve"))
    assert "What was decided" in page.text
    assert comment.decided_by is not None
    assert comment.decided_by.username in page.text


def test_text_taken_back_is_shown_no_more(moderator: Client) -> None:
    comment = make_comment(body=SECRET)
    reply = make_comment(comment.consultation, reply_to=comment)
    withdraw(comment)
    for row in (comment, reply):
        content = moderator.get(address(row, "change")).content.decode()
        assert SECRET not in content
        assert "Its author has taken it back." in content


def test_page_opens_where_no_version_names_the_consultation(moderator: Client) -> None:
    comment = make_comment()
    version = comment.consultation.version
    version.state, version.consultation = "final", None
    version.save()
    assert moderator.get(address(comment, "change")).status_code == 200


@pytest.mark.parametrize("number", ["999999", "abc", "9" * 40, "1_3A"])
@pytest.mark.parametrize("page", ["change", *DECISIONS])
def test_no_such_comment(moderator: Client, page: str, number: str) -> None:
    url = address(Comment, page, 1).replace("/1/", f"/{number}/")
    response = moderator.get(url) if page == "change" else moderator.post(url, REFUSAL)
    assert response.status_code == 404


def test_nobody_edits_a_comment(administrator: Client) -> None:
    comment = make_comment(body="As it was")
    assert administrator.post(address(comment, "change"), {"body": "As it never was"}).status_code == 405
    assert administrator.post(address(comment, "delete"), {"post": "yes"}).status_code == 403
    comment.refresh_from_db()
    assert comment.body == "As it was"


# --- the decisions


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


def test_editors_read_the_queue_without_deciding(editor: Client) -> None:
    comment = make_comment()
    assert editor.get(QUEUE).status_code == 200
    page = page_of(editor.get(address(comment, "change")))
    assert {form.get("id") for form in page.all("form")} == {"logout-form"}


def test_editors_answer_published_comments(editor: Client, moderator: Client) -> None:
    comment = make_published_comment()
    link = f"/admin/comments/answer/add/?comment={comment.pk}"
    assert page_of(editor.get(address(comment, "change"))).all("a", href=link)
    assert not page_of(moderator.get(address(comment, "change"))).all("a", href=link)


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_coordinators_do_not_read_comments(coordinator: Client, page: str) -> None:
    comment = make_comment()
    assert coordinator.get(address(comment, page) if page == "change" else QUEUE).status_code == 403


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


def test_desk_is_never_stored(moderator: Client) -> None:
    comment = make_comment()
    for response in (moderator.get(QUEUE), moderator.get(address(comment, "change"))):
        assert "no-store" in response["Cache-Control"]
    assert "no-store" in moderator.post(address(comment, "refuse"), {})["Cache-Control"]
