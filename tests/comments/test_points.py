"""Points: parts of a comment, each in its author's words, that get an answer each."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from comments import marks
from comments.erasure import erase
from comments.models import Comment, Point
from comments.points import CannotSplit, Part, split
from comments.submission import withdraw
from tests.factories import make_answer, make_closed_consultation, make_comment, make_published_comment, make_user

pytestmark = pytest.mark.django_db
BODY = "Count the days.\nAnd pay  the peers. Thank you."


@pytest.fixture
def by() -> User:
    """Who divides."""
    return make_user("Editor")


@pytest.fixture
def comment() -> Comment:
    """A comment with two demands."""
    return make_published_comment(body=BODY)


def texts(comment: Comment) -> list[tuple[str, str]]:
    """Return label and words of a comment's points."""
    return [(point.label, point.text) for point in comment.points.order_by("position")]


def test_comment_is_divided(comment: Comment, by: User) -> None:
    key = make_published_comment().consultation.version.texts.get().paragraphs.filter(number=1).get().key_id
    split(comment, parts=[Part("pay the peers.", key, "proposal"), Part("Count the\n days")], by=by)
    assert texts(comment) == [("1.1", "pay the peers."), ("1.2", "Count the\n days")]
    first = comment.points.get(position=1)
    assert (first.paragraph_key_id, first.kind) == (key, "proposal")
    entry = LogEntry.objects.get()
    assert (entry.user, "peers" in entry.change_message) == (by, False)


@pytest.mark.parametrize(
    ("parts", "row", "wrong"),
    [
        ([], None, "at least one"),
        (["Count the days", ""], 1, "Say which words"),
        (["Count the nights"], 0, "not words of the comment"),
        (["peers", "pay the peers", "peers "], 2, "the same words"),
    ],
)
def test_parts_that_are_not_right(comment: Comment, by: User, parts: list[str], row: int | None, wrong: str) -> None:
    with pytest.raises(CannotSplit, match=wrong) as raised:
        split(comment, parts=[Part(text) for text in parts], by=by)
    assert raised.value.row == row
    assert texts(comment) == [("1.1", "")]


def test_all_of_it_is_one_point_again(comment: Comment, by: User) -> None:
    split(comment, parts=[Part("Count the days."), Part("Thank you.")], by=by)
    split(comment, parts=[Part(" ".join(BODY.split()))], by=by)
    assert texts(comment) == [("1.1", "")]


def test_point_whose_words_stay_keeps_its_answer(comment: Comment, by: User) -> None:
    split(comment, parts=[Part("Count the days."), Part("pay the peers")], by=by)
    answer = make_answer(comment)
    split(comment, parts=[Part("Thank you."), Part("Count  the days.")], by=by)
    assert texts(comment) == [("1.1", "Thank you."), ("1.2", "Count the days.")]
    assert list(answer.points.values_list("position", flat=True)) == [2]


def test_point_with_a_published_answer_stays(comment: Comment, by: User) -> None:
    answer = make_answer(comment)
    with pytest.raises(CannotSplit, match="published answer"):
        split(comment, parts=[Part("Count the days."), Part("pay the peers")], by=by)
    type(answer).objects.update(state="draft", published_at=None)
    split(comment, parts=[Part("Count the days."), Part("pay the peers")], by=by)
    assert not answer.points.exists()


def test_words_around_what_was_taken_out(by: User) -> None:
    mark = marks.mark("endangers")
    comment = make_published_comment(body=f"The officer {mark} helped us.")
    told = marks.in_words(f"officer {mark} helped")
    split(comment, parts=[Part(marks.from_words(told)), Part("us.")], by=by)
    assert comment.points.get(position=1).text == f"officer {mark} helped"


def test_comments_that_are_not_published_have_no_points(by: User) -> None:
    taken_back, erased = make_published_comment(), make_published_comment()
    withdraw(taken_back)
    erase(erased)
    for comment in (make_comment(), taken_back, erased):
        with pytest.raises(CannotSplit, match="published comment"):
            split(comment, parts=[Part("")], by=by)


def test_point_that_opens_leads_back_from_answered(by: User) -> None:
    consultation = make_closed_consultation()
    comment = make_published_comment(consultation, body=BODY)
    split(comment, parts=[Part("Count the days.")], by=by)
    make_answer(comment)
    type(consultation).objects.update(answered_at=consultation.closes_at)
    split(comment, parts=[Part("Count the days."), Part("pay the peers")], by=by)
    consultation.refresh_from_db()
    assert consultation.answered_at is None
    assert Point.objects.open().count() == 1
