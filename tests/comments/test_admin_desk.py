"""The moderators' desk: the queue, a comment's page, and who sees them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import moderation
from comments.marks import mark
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
    assert column(response, "paragraph") == ["¶ 2"]
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


def test_queue_offers_the_decisions_to_moderators_and_no_deletion(moderator: Client, editor: Client) -> None:
    make_comment()
    for client, offered in ((moderator, ["bulk_approve", "bulk_refuse", "bulk_spam", "bulk_claim"]), (editor, [])):
        response = client.get(QUEUE)
        actions = response.context["cl"].model_admin.get_actions(response.wsgi_request)
        assert list(actions) == offered
        assert page_of(response).all("a", class_="addlink", href=address(Comment, "add"))


def test_queue_tells_what_held_a_comment_and_who_is_on_it(moderator: Client) -> None:
    colleague = make_user("Moderator")
    held = make_comment(held_for=["words", "links"])
    make_comment(held.consultation)
    moderation.claim(held, by=colleague)
    response = moderator.get(QUEUE)
    assert column(response, "held") == ["holds a watched word, holds many links", "–"]
    assert column(response, "claimed") == [colleague.username, "–"]
    assert [row.pk for row in moderator.get(QUEUE, {"held": "words"}).context["cl"].result_list] == [held.pk]


def test_forgotten_claim_ends(moderator: Client) -> None:
    comment = make_comment()
    moderation.claim(comment, by=make_user("Moderator"))
    Comment.objects.update(claimed_at=timezone.now() - moderation.CLAIM_LASTS)
    assert column(moderator.get(QUEUE), "claimed") == ["–"]
    assert moderator.post(address(comment, "approve")).status_code == 302


def test_alike_comments_are_counted_and_listed_together(moderator: Client) -> None:
    first = make_comment()
    rest = [make_comment(first.consultation, alike=first) for _ in range(2)]
    other = make_comment(first.consultation)
    response = moderator.get(QUEUE)
    assert column(response, "held") == ["2 like this"] * 3 + ["–"]
    (link,) = listed(response)[1].all("a", href=f"?state=all&alike={first.pk}")
    group = moderator.get(QUEUE + link.get("href")).context["cl"].result_list
    assert [row.pk for row in group] == [row.pk for row in (first, *rest)]
    assert moderator.get(QUEUE, {"alike": "any"}).context["cl"].result_count == 3
    for strange in ("x", "9" * 40, "-1"):
        assert moderator.get(QUEUE, {"alike": strange}).status_code == 200
    page = page_of(moderator.get(address(rest[0], "change"))).one("section", class_="alike")
    assert [link.get("href") for link in page.all("li")[0].all("a")] == [address(first, "change")]
    assert "Decide on all 3 that wait" in page.text
    assert not page_of(moderator.get(address(other, "change"))).all("section", class_="alike")


def test_first_words_never_show_half_a_mark(moderator: Client) -> None:
    make_comment(body="x" * 75 + mark("endangers"))
    make_comment(body="Short " + mark("endangers"))
    (long, short) = column(moderator.get(QUEUE), "first_words")
    assert long == "x" * 75 + "…"
    assert short.startswith("Short [Words taken out by a moderator.")


def test_page_leads_to_its_neighbours_in_the_queue(moderator: Client) -> None:
    consultation = make_consultation()
    rows = [
        make_comment(consultation, received_at=consultation.opens_at + timedelta(hours=hour)) for hour in range(1, 4)
    ]
    page = page_of(moderator.get(address(rows[1], "change")))
    assert page.all("a", **{"data-key": "k"})[0].get("href") == address(rows[0], "change")
    assert page.all("a", **{"data-key": "j"})[0].get("href") == address(rows[2], "change")


def test_pages_ask_as_often_for_many_rows_as_for_few(moderator: Client) -> None:
    first = make_comment(held_for=["words"])
    counts = []
    for more in (2, 8):
        for _ in range(more):
            make_comment(first.consultation, alike=first)
        with CaptureQueriesContext(connection) as queries:
            for url in (QUEUE, address(first, "change"), f"{address(Comment, 'bulk')}?alike={first.pk}"):
                assert moderator.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


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


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_coordinators_do_not_read_comments(coordinator: Client, page: str) -> None:
    comment = make_comment()
    assert coordinator.get(address(comment, page) if page == "change" else QUEUE).status_code == 403


def test_desk_is_never_stored(moderator: Client) -> None:
    comment = make_comment()
    for response in (moderator.get(QUEUE), moderator.get(address(comment, "change"))):
        assert "no-store" in response["Cache-Control"]
    assert "no-store" in moderator.post(address(comment, "refuse"), {})["Cache-Control"]
