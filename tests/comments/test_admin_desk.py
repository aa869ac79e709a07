"""The moderators' desk: the queue, a comment's page, and who sees them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from comments import moderation
from comments.models import Comment
from comments.submission import withdraw
from tests.campaign.admin_pages import address, page_of
from tests.factories import (
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
    comment = make_comment(
        consultation, language="ar", name_kind="pseudonym", name="سارة", paragraph_key=key, body=body
    )
    response = moderator.get(QUEUE)
    assert column(response, "paragraph") == ["2"]
    assert column(response, "author") == ["سارة"]
    assert column(response, "written_in") == ["Arabic"]
    assert column(response, "received") == [comment.received_at.strftime("%-d %B %Y")]
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


# --- who sees it


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


def test_desk_is_never_stored(moderator: Client) -> None:
    comment = make_comment()
    for response in (moderator.get(QUEUE), moderator.get(address(comment, "change"))):
        assert "no-store" in response["Cache-Control"]
    assert "no-store" in moderator.post(address(comment, "refuse"), {})["Cache-Control"]
