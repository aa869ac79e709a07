"""Questions about figures, as a figure's page shows them, and the way to ask."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from comments.models import Consultation
from comments.moderation import take_down
from comments.submission import withdraw
from factsheets.models import Figure
from factsheets.questions import SHOWN, question_url, questions_about
from tests.comments.loop import form_url, page_of
from tests.factories import (
    make_answer,
    make_comment,
    make_consultation,
    make_figure,
    make_point,
    make_published_comment,
    make_user,
)

pytestmark = pytest.mark.django_db
PAGE = "/en/figures/share/"


@pytest.fixture
def figure() -> Figure:
    """A public figure."""
    return make_figure(code="share")


@pytest.fixture
def consultation(figure: Figure) -> Consultation:
    """The round in which questions are taken now."""
    return make_consultation(about="figures", slug="questions")


def section(client: Client) -> str:
    """Return what the figure's page says of questions, or nothing."""
    found = [part for part in page_of(client.get(PAGE)).all("section") if part.all("h2", id="questions")]
    return found[0].text if found else ""


def test_page_shows_questions_and_takes_more(visitor: Client, consultation: Consultation, figure: Figure) -> None:
    answered = make_published_comment(consultation, paragraph_key=figure.key, body="Which year?")
    make_answer(answered)
    make_published_comment(consultation, paragraph_key=figure.key, body="Quelle année ?", language="fr")
    make_published_comment(consultation, paragraph_key=figure.key, reply_to=answered, body="I ask that too.")
    make_published_comment(consultation, paragraph_key=make_figure().key, body="Another figure.")
    shown = section(visitor)
    assert "2 questions" in shown
    assert shown.index("Quelle année ?") < shown.index("not yet answered") < shown.index("Which year?")
    assert "I ask that too." not in shown
    assert "Another figure." not in shown
    page = page_of(visitor.get(PAGE))
    assert page.one("span", lang="fr").text == "Quelle année ?"
    assert page.one("a", class_="button").get("href") == form_url(consultation, paragraph=figure.pk)


def test_long_question_is_cut_and_many_are_counted(
    visitor: Client, consultation: Consultation, figure: Figure, django_assert_num_queries: Any
) -> None:
    for _ in range(SHOWN + 5):
        make_published_comment(consultation, paragraph_key=figure.key, body="<b>word</b> " * 100)
    with django_assert_num_queries(14):
        visitor.get(PAGE)
    page = page_of(visitor.get(PAGE))
    assert len(page.one("ul", class_="list").all("li")) == SHOWN
    assert f"{SHOWN + 5} questions" in page.text
    assert "…" in section(visitor)
    assert "<b>word</b>" in section(visitor)


def test_half_an_answer_is_none(consultation: Consultation, figure: Figure) -> None:
    """A question of two points is answered with the second of them; a draft answers nothing."""
    question: Any = make_published_comment(consultation, paragraph_key=figure.key, body="When? Where?")
    question.points.update(text="When?")
    make_point(question, "Where?")
    make_answer(question)
    assert not questions_about(figure).get().is_answered  # type: ignore[attr-defined] # annotated
    question.points.update(answer=question.points.get(position=1).answer)
    assert questions_about(figure).get().is_answered  # type: ignore[attr-defined] # annotated
    question.points.first().answer.__class__.objects.update(state="draft")
    assert not questions_about(figure).get().is_answered  # type: ignore[attr-defined] # annotated


@pytest.mark.parametrize("how", ["waits", "withdrawn", "taken down", "consultation hidden"])
def test_hidden_question_is_not_there(visitor: Client, consultation: Consultation, figure: Figure, how: str) -> None:
    words = {"paragraph_key": figure.key, "body": "zygomorphic"}
    if how == "waits":
        make_comment(consultation, **words)
    else:
        question = make_published_comment(consultation, **words)
        if how == "withdrawn":
            withdraw(question)
        elif how == "taken down":
            take_down(question, by=make_user("Moderator"), reason="endangers")
        else:
            Consultation.objects.filter(pk=consultation.pk).update(state="withdrawn")
    assert "zygomorphic" not in visitor.get(PAGE).content.decode()
    assert "1 question" not in section(visitor)


def test_hidden_figure_has_no_page(visitor: Client, consultation: Consultation, figure: Figure) -> None:
    make_published_comment(consultation, paragraph_key=figure.key)
    Figure.objects.filter(pk=figure.pk).update(state="withdrawn")
    assert visitor.get(PAGE).status_code == 404


def test_no_question_is_taken(visitor: Client, figure: Figure) -> None:
    """Before a round opens, after it has closed, while it is a draft, and by a consultation about a version."""
    now = timezone.now()
    make_consultation()
    make_consultation(about="figures", opens_at=now + timedelta(days=1))
    make_consultation(about="figures", state="draft")
    closed = make_consultation(about="figures", closes_at=now - timedelta(days=1))
    assert question_url(figure) == ""
    assert section(visitor) == ""
    make_published_comment(closed, paragraph_key=figure.key, body="Which year?")
    assert "Which year?" in section(visitor)
    assert not page_of(visitor.get(PAGE)).all("a", class_="button")


def test_address_costs_one_query_and_speaks_the_readers_language(
    consultation: Consultation, figure: Figure, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1), override("fr"):
        assert question_url(figure) == form_url(consultation, paragraph=figure.pk).replace("/en/", "/fr/")


def test_rounds_stand_together(visitor: Client, consultation: Consultation, figure: Figure) -> None:
    """What was asked in the round before stays on the page; new questions go to the one that is open."""
    before = make_consultation(about="figures", closes_at=timezone.now() - timedelta(days=1))
    make_published_comment(before, paragraph_key=figure.key, body="Asked before.")
    make_published_comment(consultation, paragraph_key=figure.key, body="Asked now.")
    assert "2 questions" in section(visitor)
    assert question_url(figure) == form_url(consultation, paragraph=figure.pk)
