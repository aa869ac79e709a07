"""Seed files say why paragraphs were changed, and which comments asked for it."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from campaign.models import Change
from tests.campaign.test_load_seeds import change, load, seeds, write

__all__ = ["seeds"]
pytestmark = pytest.mark.django_db
PATH = "deliverables/note/changes-2.en.md"


@pytest.fixture
def redrafted(seeds: Path) -> Path:
    """Seeds with a second version."""
    first = (seeds / "deliverables/note/version-1.en.md").read_text()
    second = first.replace("number: 1\nstate: consultation", "number: 2\nstate: final").replace(
        "One.", "One, and more of it."
    )
    write(seeds, "deliverables/note/version-2.en.md", second)
    write(seeds, PATH, "---\nchanges:\n  - paragraph: 1\n    reason: Said better.\n    comments: [1]\n---\n")
    return seeds


def test_reasons_are_loaded_once_and_brought_up_to_date(redrafted: Path) -> None:
    assert "changes: created 1" in load(redrafted)
    found = Change.objects.exclude(reason="").get()
    assert (found.reason, found.kind, [c.number for c in found.comments.all()]) == ("Said better.", "edited", [1])
    assert "changes: left 1" in load(redrafted)
    change(redrafted, PATH, "Said better.", "Said best.")
    assert "changes: changed 1 (note 2 ¶ 1: reason)" in load(redrafted)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("paragraph: 1", "paragraph: 9", "changes-2.en.md:3: paragraph: nothing was changed there"),
        ("paragraph: 1", "removed: 9", "changes-2.en.md:3: removed: nothing was changed there"),
        ("paragraph: 1", "paragraph: first", "paragraph: write a whole number"),
        ("reason: Said better.", "because: Said better.", "because: unknown key"),
        ("reason: Said better.", "reason: 5", "say why it was changed"),
        ("comments: [1]", "comments: [77]", "changes-2.en.md:5: comments: there is no comment 77"),
        ("comments: [1]", "comments: one", "comments: write a list of numbers"),
    ],
)
def test_broken_files_are_named(redrafted: Path, old: str, new: str, problem: str) -> None:
    change(redrafted, PATH, old, new)
    with pytest.raises(CommandError) as refused:
        load(redrafted)
    assert problem in str(refused.value)


def test_changes_of_a_version_that_there_is_not(redrafted: Path) -> None:
    (redrafted / "deliverables/note/version-2.en.md").unlink()
    with pytest.raises(CommandError, match="there is no version 2"):
        load(redrafted)
