"""Points in the admin: comments are divided, points listed, sorted and answered together; progress is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, Consultation, Point
from comments.submission import withdraw
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import make_answer, make_comment, make_consultation, make_published_comment, paragraph_of

pytestmark = pytest.mark.django_db
BODY = "Count the days.\nAnd pay the peers."
LIST = "/admin/comments/point/"


@pytest.fixture
def comment() -> Comment:
    """A comment with two demands, on the first paragraph."""
    consultation = make_consultation()
    return make_published_comment(consultation, body=BODY, paragraph_key=paragraph_of(consultation).key)


def divide(client: Client, comment: Comment, *texts: str, **fields: Any) -> Any:
    """Send the form with these words."""
    url = address(comment, "points")
    words = {f"points-{number}-text": text for number, text in enumerate(texts)}
    return client.post(url, typed(client.get(url), "points_form") | words | fields)


def texts(comment: Comment) -> list[str]:
    """Return the words of a comment's points."""
    return list(comment.points.order_by("position").values_list("text", flat=True))


def rows(response: Any) -> list[str]:
    """Return the labels of the points on a list."""
    return [cell.text for cell in page_of(response).all("td", class_="field-place")]


def test_comment_is_divided_beside_its_text(editor: Client, comment: Comment) -> None:
    page = page_of(editor.get(address(comment, "points")))
    assert page.one("div", class_="comment-text").text == " ".join(BODY.split())
    assert len(page.all("textarea")) == 4
    more = {"points-1-paragraph": "2", "points-1-kind": "proposal"}
    response = divide(editor, comment, "Count the days.", "pay the peers", **more)
    assert response.status_code == 302
    assert texts(comment) == ["Count the days.", "pay the peers"]
    second = comment.points.get(position=2)
    assert (second.kind, second.paragraph_key) == ("proposal", paragraph_of(comment.consultation, 2).key)
    form = typed(editor.get(address(comment, "points")), "points_form")
    assert (form["points-1-text"], form["points-1-paragraph"]) == ("pay the peers", "2")
    assert divide(editor, comment, **{"points-1-DELETE": "on"}).status_code == 302
    assert texts(comment) == ["Count the days."]


def test_more_rows_keep_what_is_typed(editor: Client, comment: Comment) -> None:
    response = divide(editor, comment, "Count", more="x")
    page = page_of(response)
    assert len(page.all("textarea")) == 7
    assert typed(response, "points_form")["points-0-text"] == "Count"
    assert texts(comment) == [""]


@pytest.mark.parametrize(
    ("words", "fields", "wrong"),
    [
        (["Count the nights."], {}, "not words of the comment"),
        (["Count", ""], {"points-1-kind": "support"}, "Say which words"),
        (["Count", "Count"], {}, "the same words"),
        (["Count"], {"points-0-paragraph": "99"}, "no paragraph 99"),
        (["Count"], {"points-0-paragraph": "x"}, "whole number"),
        (["Count"], {"points-0-kind": "x"}, "valid choice"),
    ],
)
def test_division_that_is_not_right(
    editor: Client, comment: Comment, words: list[str], fields: dict[str, str], wrong: str
) -> None:
    response = divide(editor, comment, *words, **fields)
    assert response.status_code == 400
    assert wrong in errors(response)
    assert typed(response, "points_form")["points-0-text"] == words[0]
    assert texts(comment) == [""]


def test_all_rows_deleted_or_published_answer_lost(editor: Client, comment: Comment) -> None:
    response = divide(editor, comment, **{"points-0-DELETE": "on"})
    assert response.status_code == 400
    assert "at least one point" in page_of(response).text
    make_answer(comment)
    response = divide(editor, comment, "Count")
    assert response.status_code == 400
    assert "has a published answer" in page_of(response).text


@pytest.mark.parametrize("total", ["", "x", "-1", "9999999", "201"])
def test_forged_counts_of_rows(editor: Client, comment: Comment, total: str) -> None:
    assert divide(editor, comment, "Count", **{"points-TOTAL_FORMS": total}).status_code == 400
    assert texts(comment) == [""]


def test_somebody_else_divided_meanwhile(editor: Client, comment: Comment) -> None:
    url = address(comment, "points")
    form = typed(editor.get(url), "points_form")
    divide(editor, comment, "Count the days.")
    response = editor.post(url, form | {"points-0-text": "pay the peers"})
    assert response.status_code == 409
    assert typed(response, "points_form")["points-0-text"] == "pay the peers"
    assert texts(comment) == ["Count the days."]
    assert editor.post(url, typed(response, "points_form")).status_code == 302
    assert texts(comment) == ["pay the peers"]


def test_unpublished_comment_is_not_divided(editor: Client, comment: Comment) -> None:
    url = address(comment, "points")
    form = typed(editor.get(url), "points_form")
    withdraw(comment)
    assert editor.post(url, form | {"points-0-text": "Count"}).status_code == 400
    assert BODY.split()[0] not in page_of(editor.get(url)).text
    assert editor.get(address(make_comment(), "points")).status_code == 200


def test_others_divide_nothing(moderator: Client, coordinator: Client, visitor: Client, comment: Comment) -> None:
    url = address(comment, "points")
    for client, status in ((moderator, 403), (coordinator, 403), (visitor, 302)):
        assert client.get(url).status_code == status
        assert client.post(url, {"points-0-text": "Count"}).status_code == status
    assert texts(comment) == [""]


def test_pages_that_there_are_not(editor: Client, comment: Comment) -> None:
    for key in ("999999", "abc", "9" * 40):
        assert editor.get(address(comment, "points").replace(f"/{comment.pk}/", f"/{key}/")).status_code == 404
        progress = address(comment.consultation, "progress").replace(f"/{comment.consultation_id}/", f"/{key}/")
        assert editor.get(progress).status_code == 404
    assert editor.put(address(comment, "points")).status_code == 405
    assert editor.post(address(comment.consultation, "progress")).status_code == 405


def test_desk_leads_to_points_and_answer(editor: Client, moderator: Client, comment: Comment) -> None:
    url = address(comment, "change")
    page = page_of(editor.get(url))
    assert page.all("a", href=address(comment, "points"))
    query = f"?consultation={comment.consultation_id}&points=1.1"
    assert [a for a in page.all("a") if a.get("href").replace("&amp;", "&").endswith(query)]
    assert not page_of(moderator.get(url)).all("a", href=address(comment, "points"))


def make_points() -> Consultation:
    """Return a consultation with points of all standings."""
    consultation = make_consultation(answer_due=(timezone.now() + timedelta(days=30)).date())
    key = paragraph_of(consultation, 2).key
    comments = [make_published_comment(consultation, language=code) for code in ("en", "fr", "fr", "ar")]
    comments.append(make_published_comment(consultation, alike=comments[0], paragraph_key=key))
    comments[4].points.update(paragraph_key=key, kind="question")
    make_answer(comments[0])
    make_answer(comments[1], state="draft", published_at=None)
    make_answer(comments[2], state="review", published_at=None)
    for point in comments[0].points.all():
        point.say("does-not", "It says nothing about time.")
        point.save()
    return consultation


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["1.1", "2.1", "3.1", "4.1", "5.1"]),
        ({"answer": "open"}, ["2.1", "3.1", "4.1", "5.1"]),
        ({"answer": "none"}, ["4.1", "5.1"]),
        ({"answer": "draft"}, ["2.1"]),
        ({"answer": "review"}, ["3.1"]),
        ({"answer": "answered"}, ["1.1"]),
        ({"language": "fr"}, ["2.1", "3.1"]),
        ({"paragraph": "2"}, ["5.1"]),
        ({"paragraph": "x"}, []),
        ({"kind__exact": "question"}, ["5.1"]),
        ({"verdict__exact": "does-not"}, ["1.1"]),
        ({"alike": "{first}"}, ["1.1", "5.1"]),
        ({"alike": "x"}, []),
        ({"q": "no such words"}, []),
    ],
)
def test_points_are_filtered(editor: Client, query: dict[str, str], found: list[str]) -> None:
    consultation = make_points()
    withdraw(make_published_comment(consultation))
    first = str(consultation.comments.get(number=1).pk)
    asked = {name: value.format(first=first) for name, value in query.items()}
    asked["comment__consultation__id__exact"] = str(consultation.pk)
    assert rows(editor.get(LIST, asked)) == found


def test_list_of_points_asks_as_often_for_many(editor: Client) -> None:
    counts = []
    for more in (1, 4):
        for _ in range(more):
            make_points()
        with CaptureQueriesContext(connection) as queries:
            editor.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def act(client: Client, action: str, points: Any, **fields: str) -> Any:
    """Do something with some points."""
    chosen = {"action": action, "_selected_action": [point.pk for point in points]}
    return client.post(LIST, chosen | fields, follow=True)


def test_points_are_answered_together(editor: Client) -> None:
    consultation = make_points()
    points = Point.objects.filter(comment__number__in=[4, 5], comment__consultation=consultation)
    response = act(editor, "answer_together", points)
    ((url, _status),) = response.redirect_chain
    assert url.endswith(f"?consultation={consultation.pk}&points=4.1,5.1")
    form = typed(response, "answer_form")
    assert (form["consultation"], form["points"]) == (str(consultation.pk), "4.1,5.1")
    make_points()
    assert "choose points of one" in page_of(act(editor, "answer_together", Point.objects.all())).text


def test_kinds_are_set(editor: Client) -> None:
    make_points()
    assert "5 points" in page_of(act(editor, "set_kind", Point.objects.all(), kind="objection")).text
    assert set(Point.objects.values_list("kind", flat=True)) == {"objection"}
    act(editor, "set_kind", Point.objects.all(), kind="x")
    assert set(Point.objects.values_list("kind", flat=True)) == {"objection"}


def test_moderators_read_points_and_change_none(moderator: Client, coordinator: Client) -> None:
    make_points()
    assert len(rows(moderator.get(LIST))) == 5
    act(moderator, "set_kind", Point.objects.all(), kind="support")
    assert not Point.objects.filter(kind="support").exists()
    assert coordinator.get(LIST).status_code == 403
    point = Point.objects.all()[0]
    assert moderator.post(address(point, "change"), {"text": "x"}).status_code == 403


def test_progress_of_a_consultation(editor: Client, moderator: Client, coordinator: Client) -> None:
    consultation = make_points()
    assert address(consultation, "progress") in editor.get(address(consultation, "change")).content.decode()
    url = address(consultation, "progress")
    page = page_of(editor.get(url))
    facts = {row.one("dt").text: row.one("dd").text for row in page.one("dl", class_="facts").all("div")}
    assert (facts["Points answered"], facts["Open"], facts["In a draft"], facts["In review"]) == (
        "1 of 5",
        "4",
        "1",
        "1",
    )
    assert "30 days left" in facts["Answer due"]
    tables = [[row.text for row in table.all("tr")[1:]] for table in page.one("div", id="content-main").all("table")]
    assert tables == [["¶ 21", "the whole text3"], ["French2", "Arabic1", "English1"]]
    for link in page.all("a"):
        if link.get("href").startswith(LIST):
            assert rows(editor.get(link.get("href").replace("&amp;", "&")))
    assert moderator.get(url).status_code == 200
    assert coordinator.get(url).status_code == 403
    assert "nothing to answer" in page_of(editor.get(address(make_consultation(), "progress"))).text


def test_progress_asks_as_often_for_many(editor: Client) -> None:
    consultation = make_points()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            editor.get(address(consultation, "progress"))
        counts.append(len(queries))
        for number in range(1, 4):
            make_published_comment(consultation, paragraph_key=paragraph_of(consultation, number).key)
    assert counts[0] == counts[1]


def test_front_page_names_open_points(editor: Client) -> None:
    consultation = make_points()
    page = page_of(editor.get("/admin/"))
    (link,) = page.all("a", href=address(consultation, "progress"))
    assert link.text.startswith("4 open points: ")
