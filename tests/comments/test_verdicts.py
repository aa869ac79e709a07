"""An author says to each answer whether it answers; and erases what the portal still has."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments.marks import mark
from comments.models import Answer, Comment, MailAddress, ModerationEvent, Point, SealedOriginal
from comments.moderation import refuse
from comments.submission import withdraw
from tests.comments.loop import RECEIPT, errors_on_top, page_of
from tests.comments.mine import CODE, make_mine, make_mine_public, shown
from tests.factories import make_answer, make_point, make_published_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine() -> Comment:
    """My public comment: its first point is answered, its second is not, its third has a draft of an answer."""
    comment = make_mine_public(body="First, this. Then, that. Also this.")
    comment.points.update(text="First, this.")
    make_answer(comment, reason="The first answer.")
    make_point(comment, "Then, that.")
    draft = make_answer(make_published_comment(comment.consultation), reason="Not yet said.", state="draft")
    make_point(comment, "Also this.", answer=draft)
    return comment


def said(comment: Comment, position: int = 1) -> tuple[str, str]:
    """Return what is stored of what its author said."""
    point = comment.points.get(position=position)
    return point.verdict, point.verdict_why


def test_points_with_their_answers(visitor: Client, mine: Comment) -> None:
    """Each point stands with its own words and answer, or says that there is none yet."""
    points = page_of(shown(visitor)).all("section", class_="point")
    assert [point.one("blockquote").text for point in points] == ["First, this.", "Then, that.", "Also this."]
    assert "The first answer." in points[0].text
    assert len(points[0].all("button", name="verdict")) == 2
    for point in points[1:]:
        assert "Not answered yet." in point.text
        assert not point.all("button")
        assert "Not yet said." not in point.text


def test_says_and_changes_it(visitor: Client, mine: Comment) -> None:
    """With or without a line, as often as one likes; the page shows what was said."""
    page = page_of(shown(visitor, verdict="does-not", point="1", why=" It speaks of <b>something else. "))
    assert said(mine) == ("does-not", "It speaks of <b>something else.")
    point = page.all("section", class_="point")[0]
    assert "You said: this does not answer my point." in point.text
    assert point.one("input", name="why").get("value") == "It speaks of <b>something else."
    shown(visitor, verdict="answers", point="1", why="")
    assert said(mine) == ("answers", "")
    assert mine.points.filter(position=1, verdict_at__lte=timezone.now()).exists()
    assert not ModerationEvent.objects.exists()


def test_not_public(visitor: Client, mine: Comment) -> None:
    """Its words are for the editors."""
    shown(visitor, verdict="does-not", point="1", why="Unmistakable quixotry")
    for url in (mine.get_absolute_url(), mine.consultation.get_absolute_url()):
        assert "quixotry" not in visitor.get(url).content.decode()


@pytest.mark.parametrize("position", ["2", "3", "4", "0", "-1", "", "x", "1.5", "١", "9" * 40, "\x00"])
def test_no_such_answer(visitor: Client, mine: Comment, position: str) -> None:
    """Points without a public answer, and no points at all: said in words, and nothing changes."""
    response = shown(visitor, verdict="answers", point=position)
    assert response.status_code == 409
    assert "This answer is no longer there." in errors_on_top(page_of(response))
    assert not Point.objects.exclude(verdict="").exists()


@pytest.mark.parametrize(
    "sent", [{"verdict": "perhaps"}, {"verdict": ""}, {"verdict": "answers", "why": "x" * 301}], ids=range(3)
)
def test_bad_input(visitor: Client, mine: Comment, sent: dict[str, str]) -> None:
    """The page says so, and what was typed is still there."""
    response = shown(visitor, point="1", why=sent.pop("why", "My line"), **sent)
    assert response.status_code == 400
    page = page_of(response)
    assert errors_on_top(page)
    assert page.all("section", class_="point")[0].one("input", name="why").get("value") in ("My line", "x" * 301)
    assert said(mine) == ("", "")


def test_wrong_person(visitor: Client, mine: Comment) -> None:
    """A code speaks for its own comment only; a wrong one for none."""
    other = make_published_comment(mine.consultation)
    make_answer(other)
    shown(visitor, verdict="answers", point="1")
    assert said(other) == ("", "")
    assert visitor.post(RECEIPT, {"code": "K7QF-2M9X-WD4T", "verdict": "does-not", "point": "1"}).status_code == 404
    assert visitor.get(f"{RECEIPT}?code={CODE}&verdict=does-not&point=1").status_code == 200
    assert said(mine) == ("answers", "")


@pytest.mark.parametrize("state", ["withdrawn comment", "withdrawn answer"])
def test_nothing_to_say_any_more(visitor: Client, mine: Comment, state: str) -> None:
    """Where comment or answer is gone meanwhile, nothing is stored."""
    if state == "withdrawn comment":
        withdraw(mine)
    else:
        Answer.objects.update(state="withdrawn")
    assert shown(visitor, verdict="answers", point="1").status_code == 409
    assert said(mine) == ("", "")


def test_redacted(visitor: Client) -> None:
    """The receipt says that words were taken out, why, and where."""
    comment = make_mine_public(body=f"One {mark('endangers')} two", redacted_at=timezone.now())
    ModerationEvent.objects.create(comment=comment, action="redact", by=make_user(), reason="endangers")
    page = page_of(shown(visitor))
    assert "Words taken out" in page.one("dl").text
    assert "It could put someone in danger. redacted; the original is sealed" in page.one("dl").text
    assert "It could put someone in danger." in page.one("mark").text


# --- Erasing -------------------------------------------------------------------------------------------------------

CANARY = "Unmistakable quixotry"


def make_canary() -> Comment:
    """Return my comment with the canary in every row that hangs on it."""
    comment = make_mine_public(body=CANARY, name_kind="own-name", name=CANARY, organisation=CANARY)
    comment.points.update(text=CANARY)
    make_answer(comment)
    comment.points.update(verdict="does-not", verdict_why=CANARY, verdict_at=timezone.now())
    by = make_user()
    comment.translations.create(language="fr", body=CANARY, translator="A volunteer", entered_by=by)
    SealedOriginal.objects.create(comment=comment, sealed=CANARY)
    MailAddress.objects.create(comment=comment, sealed=CANARY, language="en")
    return comment


def tables_with(words: str) -> list[str]:
    """Return which tables hold these words."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row::text FROM "{table}" AS row')  # noqa: S608 - a table's name
            if any(words.lower() in text.lower() for (text,) in cursor.fetchall()):
                found.append(table)
    return found


def test_erase(visitor: Client) -> None:
    """Asked once more; then no table holds it, and the receipt still says what became of it."""
    comment = make_canary()
    assert len(tables_with("quixotry")) == 5
    page = page_of(shown(visitor, erase="1"))
    assert page.one("h1").text == "Erase it for good?"
    comment.refresh_from_db()
    assert comment.state == "published"
    for _ in range(2):
        response = shown(visitor, erase="sure")
        assert response.status_code == 200
    assert tables_with("quixotry") == []
    comment.refresh_from_db()
    assert (comment.state, comment.number) == ("erased", 1)
    page = page_of(shown(visitor))
    assert page.one("span", class_="is-erased").text == "erased"
    assert "nothing of what you wrote is kept" in page.text
    assert page.one("main").all("button") == []
    assert [(event.action, event.by) for event in comment.events.all()] == [("erase", None)]


@pytest.mark.parametrize("before", ["pending", "refused", "withdrawn"])
def test_erase_what_is_not_public(visitor: Client, before: str) -> None:
    """Whatever became of it, whoever wrote it may erase it."""
    comment = make_mine(body=CANARY)
    if before == "refused":
        refuse(comment, by=make_user(), reason="hate", note=CANARY)
    if before == "withdrawn":
        withdraw(comment)
    assert page_of(shown(visitor)).one("main").all("button", name="erase")
    shown(visitor, erase="sure")
    assert tables_with("quixotry") == []


@pytest.mark.parametrize("sent", [{"erase": "1"}, {"erase": ""}, {"erase": "Sure"}], ids=range(3))
def test_nothing_is_erased_by_the_way(visitor: Client, sent: dict[str, Any]) -> None:
    """Only the second button does it, and no address."""
    make_mine()
    shown(visitor, **sent)
    visitor.get(f"{RECEIPT}?code={CODE}&erase=sure")
    visitor.post(RECEIPT, {"code": "K7QF-2M9X-WD4T", "erase": "sure"})
    assert Comment.objects.get().state == "pending"
