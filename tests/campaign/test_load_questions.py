"""`manage.py load_seeds`: a consultation about the figures, and the questions in it."""

from pathlib import Path

import pytest

from comments.models import Comment, Consultation
from factsheets.models import Figure
from tests.campaign.test_load_seeds import _media, change, load, refused, seeds, write

__all__ = ["_media", "seeds"]

pytestmark = pytest.mark.django_db
ROUND = "consultations/questions/consultation.en.md"
FIRST = "consultations/questions/comments/001.md"


@pytest.fixture
def questions(seeds: Path) -> Path:
    """Return the small folder with one question."""
    dates = "opens_at: 2026-03-01T09:00:00Z\ncloses_at: 2027-03-01T09:00:00Z"
    write(seeds, ROUND, f"---\ntitle: Questions\nabout: figures\n{dates}\n---\n\nAsk.\n")
    received = "received_at: 2026-03-03T09:00:00Z"
    write(seeds, FIRST, f"---\nlanguage: en\nname_kind: none\nfigure: prevalence\n{received}\n---\n\nWhich year?\n")
    return seeds


def test_question_points_to_its_figure(questions: Path) -> None:
    load(questions)
    assert Consultation.objects.public().get(slug="questions").is_about_figures
    question = Comment.objects.public().get(consultation__slug="questions")
    assert question.paragraph_key == Figure.objects.get(code="prevalence").key
    assert "comments: left" in " ".join(load(questions))


@pytest.mark.parametrize(
    ("path", "old", "new", "wrong"),
    [
        (FIRST, "figure: prevalence", "figure: none-such", "there is no figure “none-such”"),
        (ROUND, "about: figures", "about: figures\nversion: 1", "it is about the figures, not about a version"),
        (ROUND, "about: figures", "about: weather", "version: write a whole number"),
    ],
)
def test_broken_question(questions: Path, path: str, old: str, new: str, wrong: str) -> None:
    change(questions, path, old, new)
    assert any(path in problem and wrong in problem for problem in refused(questions)), refused(questions)
