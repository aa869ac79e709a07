"""`manage.py load_seeds`: issues with their figures and paragraphs, practices with all their parts."""

from pathlib import Path

import pytest

from advocacy.models import Issue, Practice
from campaign.models import Version
from tests.campaign.test_load_seeds import _media, change, load, refused, seeds, write
from tests.factories import make_version

__all__ = ["_media", "seeds"]

pytestmark = pytest.mark.django_db
ISSUE = "issues/data.en.md"
PRACTICE = "practices/log.en.md"


@pytest.fixture
def more(seeds: Path) -> Path:
    """Return the small folder with an issue that names a figure and paragraphs, and a practice."""
    write(
        seeds,
        ISSUE,
        "---\ntitle: Lack of data\nfigures: [prevalence]\nparagraphs: [note 2, note 1]\n"
        "response: They count.\n---\nIt is.\n",
    )
    write(
        seeds,
        PRACTICE,
        "---\ntitle: A log\nkind: data-set\norganisation: zambia\naudience: members\nlicence: cc0\n"
        "setting: A gate\nresults: Less.\nevidence: None.\nrepeat: So.\n---\nDone.\n",
    )
    return seeds


def numbers() -> list[int | None]:
    rows = Issue.objects.get().paragraphs.filter(key__paragraphs__text__version__number=1)
    return list(rows.order_by("key__paragraphs__number").values_list("key__paragraphs__number", flat=True))


def test_creates_what_the_files_say(more: Path) -> None:
    assert "shared issues: created 1" in load(more)
    issue = Issue.objects.public().get()
    assert [figure.code for figure in issue.figures.all()] == ["prevalence"]
    assert issue.texts.get().response == "They count."
    assert numbers() == [1, 2]
    practice = Practice.objects.get()
    text = practice.texts.get()
    assert (practice.audience, practice.licence, text.setting) == ("members", "cc0", "A gate")
    assert (text.body, text.results, text.evidence, text.repeat) == ("Done.", "Less.", "None.", "So.")


def test_a_second_run_changes_nothing_and_a_third_says_what(more: Path) -> None:
    load(more)
    assert {line.split(": ")[1].split()[0] for line in load(more)} == {"left"}
    change(more, ISSUE, "[note 2, note 1]", "[note 2]")
    change(more, ISSUE, "[prevalence]", "[]")
    assert "shared issues: changed 1 (data: figures, paragraphs)" in load(more)
    assert numbers() == [2]


def test_paragraphs_stay_when_staff_publish_a_version(more: Path) -> None:
    load(more)
    before = set(Issue.objects.get().paragraphs.values_list("key", flat=True))
    make_version(Version.objects.get().deliverable, body="New.\n\nOne.\n\nTwo.")
    assert "shared issues: left 1" in load(more)
    assert set(Issue.objects.get().paragraphs.values_list("key", flat=True)) == before


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (ISSUE, "note 2", "note 9", f"{ISSUE}:4: paragraphs: the last paragraph of “note” is 2"),
        (ISSUE, "note 2", "nothing 2", f"{ISSUE}:4: paragraphs: there is no deliverable “nothing”"),
        (
            ISSUE,
            "note 2",
            "note two",
            f"{ISSUE}:4: paragraphs: write a deliverable and a paragraph's number, not “note two”",
        ),
        (
            ISSUE,
            "[note 2, note 1]",
            "note 2",
            f"{ISSUE}:4: paragraphs: write a list of paragraphs, as “guidance-note 12”",
        ),
        (ISSUE, "[prevalence]", "[unknown]", f"{ISSUE}:3: figures: there is no figure “unknown”"),
        (PRACTICE, "cc0", "mine", f"{PRACTICE}:6: licence: Value 'mine' is not a valid choice."),
        (
            PRACTICE,
            "audience: members",
            "audience: friends",
            f"{PRACTICE}:5: audience: Value 'friends' is not a valid choice.",
        ),
    ],
)
def test_refuses_broken_files(more: Path, path: str, old: str, new: str, said: str) -> None:
    change(more, path, old, new)
    assert refused(more)[0] == said
