"""`manage.py load_seeds`: practical steps with their grounds, working groups, good practice and action plans."""

from pathlib import Path

import pytest

from campaign.models import Action, Drafter, GoodPractice, PracticalStep, Version
from tests.campaign.test_load_seeds import _media, change, load, refused, seeds, write
from tests.factories import make_version

__all__ = ["_media", "seeds"]

pytestmark = pytest.mark.django_db
STEP = "steps/pay.en.md"
ACTION = "actions/register.en.md"
MORE = {
    STEP: "---\ntitle: Pay for years\naudience: donors\ngrounds: [note 2, note 1]\n---\nOn time.\n",
    "steps/pay.fr.md": "---\ntitle: Payer des années\n---\n",
    "drafters/nurse.en.md": "---\ntitle: Sample nurse\nrole: Testing\ndeliverable: note\norganisation: zambia\n---\n",
    "good-practice/wall.en.md": (
        "---\ntitle: On the wall\nwho: Nurses\nplace: Lusaka\nevidence: A report\nevidence_url: https://e.org/\n"
        "deliverable: note\ncountry: ZM\n---\nDone.\n"
    ),
    ACTION: (
        "---\ntitle: Register\nowner: All of us\ndeliverable: note\ndue: 2027-03-31\nprogress: under-way\n"
        "updates:\n  - day: 2026-11-01\n    en: Begun.\n    fr: Commencé.\n---\n"
    ),
}


@pytest.fixture
def more(seeds: Path) -> Path:
    """Return the small folder with what the campaign asks."""
    for path, text in MORE.items():
        write(seeds, path, text)
    return seeds


def grounds() -> list[int]:
    """Return the numbers of the paragraphs that the step rests on, as its version has them."""
    step = PracticalStep.objects.get()
    return sorted(p.number or 0 for g in step.grounds.all() for p in g.key.paragraphs.filter(text__language="en"))


def test_creates_what_the_files_say(more: Path) -> None:
    load(more)
    step = PracticalStep.objects.public().get()
    assert (step.slug, step.audience, step.texts.count()) == ("pay", "donors", 2)
    assert grounds() == [1, 2]
    drafter = Drafter.objects.public().get()
    assert drafter.organisation is not None
    assert (drafter.organisation.slug, drafter.texts.get().summary) == ("zambia", "Testing")
    practice = GoodPractice.objects.public().get()
    assert (practice.evidence_url, practice.texts.get().who) == ("https://e.org/", "Nurses")
    action = Action.objects.public().get()
    assert (action.progress, action.texts.get().owner) == ("under-way", "All of us")
    assert {(u.language, u.note) for u in action.updates.all()} == {("en", "Begun."), ("fr", "Commencé.")}


def test_a_second_run_changes_nothing(more: Path) -> None:
    load(more)
    assert {line.split(": ")[1].split()[0] for line in load(more)} == {"left"}


def test_says_what_it_changed(more: Path) -> None:
    load(more)
    change(more, STEP, "[note 2, note 1]", "[note 2]")
    change(more, ACTION, "Commencé.", "C’est parti.")
    change(more, ACTION, "under-way", "done")
    said = load(more)
    assert "practical steps: changed 1 (pay: grounds)" in said
    assert "action plans: changed 1 (register: progress, 2026-11-01 fr note)" in said
    assert grounds() == [2]


def test_grounds_stay_where_they_were_when_staff_publish_a_version(more: Path) -> None:
    load(more)
    before = set(PracticalStep.objects.get().grounds.values_list("key", flat=True))
    make_version(Version.objects.get().deliverable, body="New.\n\nOne.\n\nTwo.")
    assert "practical steps: left 1" in load(more)
    assert set(PracticalStep.objects.get().grounds.values_list("key", flat=True)) == before


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (STEP, "note 2", "note 9", f"{STEP}:4: grounds: the last paragraph of “note” is 2"),
        (STEP, "note 2", "nothing 2", f"{STEP}:4: grounds: there is no deliverable “nothing”"),
        (
            STEP,
            "note 2",
            "note two",
            f"{STEP}:4: grounds: write a deliverable and a paragraph’s number, not “note two”",
        ),
        (STEP, "[note 2, note 1]", "note 2", f"{STEP}:4: grounds: write a list of grounds, as “guidance-note 12”"),
        (STEP, "donors", "everybody", f"{STEP}:3: audience: Value 'everybody' is not a valid choice."),
        (ACTION, "day: 2026-11-01", "day: soon", f"{ACTION}:8: day: write a day, as 2026-03-05"),
        (ACTION, "fr: Comm", "xx: Comm", f"{ACTION}:10: xx: unknown key"),
        (ACTION, "due: 2027-03-31", "due: 2027", f"{ACTION}:5: due: write a day, as 2026-03-05"),
        (ACTION, "under-way", "late", f"{ACTION}:6: progress: Value 'late' is not a valid choice."),
    ],
)
def test_refuses_broken_files(more: Path, path: str, old: str, new: str, said: str) -> None:
    change(more, path, old, new)
    assert refused(more) == [said.replace("’", "'")]
    assert not PracticalStep.objects.exists()


def test_a_broken_version_is_told_alone(more: Path) -> None:
    change(more, "deliverables/note/version-1.en.md", "number: 1", "number: 3")
    assert [line.split(":")[0] for line in refused(more)] == ["deliverables/note/version-1.en.md"]
