"""`manage.py load_seeds` on endorsements."""

from pathlib import Path

import pytest

from campaign.endorsing import withdraw
from campaign.models import Endorsement
from tests.campaign.test_load_seeds import change, load, refused, write

pytestmark = pytest.mark.django_db
PATH = "endorsements/note.md"
FILE = """---
endorsements:
  - number: 1
    version: 1
    capacity: civil-society
    shown_as: name
    name: Sample organisation, Zambia
    country: ZM
    organisation: zambia
    received_at: 2026-03-03T08:00:00+00:00
    published_at: 2026-03-04T08:00:00+00:00
  - number: 2
    version: 1
    capacity: person
    shown_as: count
    received_at: 2026-03-03T09:00:00+00:00
---
"""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Return a folder of seeds."""
    folder = tmp_path / "seeds"
    files = {
        "campaign/nobody.en.md": "---\ntitle: Nobody\n---\n",
        "deliverables/note/deliverable.en.md": "---\ntitle: Note\nkind: guidance-note\n---\n",
        "deliverables/note/version-1.en.md": "---\ntitle: Note\nnumber: 1\nstate: final\n---\n\nOne.\n",
        "organisations/zambia.en.md": "---\ntitle: Sample organisation, Zambia\ncountry: ZM\n---\n",
        PATH: FILE,
    }
    for path, text in files.items():
        write(folder, path, text)
    return folder


def test_creates_what_the_file_says(seeds: Path) -> None:
    assert "endorsements: created 2" in load(seeds)
    first, second = Endorsement.objects.public().order_by("received_at")
    assert (first.name, first.country, first.version.number) == ("Sample organisation, Zambia", "ZM", 1)
    assert first.organisation
    assert first.organisation.slug == "zambia"
    assert (second.name, second.shown_as) == ("", "count")
    assert [event.action for event in first.events.all()] == ["publish"]
    assert first.decided_by
    assert not first.decided_by.is_active


def test_a_second_run_changes_nothing_and_publishes_nothing_again(seeds: Path) -> None:
    load(seeds)
    row = Endorsement.objects.get(shown_as="name")
    withdraw(row)
    assert "endorsements: left 2" in load(seeds)
    row.refresh_from_db()
    assert (row.state, row.name) == ("withdrawn", "")


def test_says_what_it_changed(seeds: Path) -> None:
    load(seeds)
    change(seeds, PATH, "country: ZM", "country: ZW")
    assert "endorsements: changed 1 (note 1: country), left 1" in load(seeds)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("number: 2", "number: 1", f"{PATH}:12: number: there is another endorsement of this number"),
        ("number: 2", "number: two", f"{PATH}:12: number: write a whole number"),
        ("version: 1\n    capacity: person", "version: 9\n    capacity: person", "there is no version 9"),
        ("capacity: person", "capacity: king", "“king”|'king'"),
        ("organisation: zambia", "organisation: nobody", "there is no organisation “nobody”"),
        ("shown_as: count", "shown_as: name", "Say the name under which"),
        ("    received_at: 2026-03-03T09:00:00+00:00\n", "", "say when it was received"),
        ("country: ZM", "colour: red", "colour: unknown key"),
        (FILE, "---\nendorsements: none\n---\n", "endorsements: write a list of endorsements"),
    ],
)
def test_refuses(seeds: Path, old: str, new: str, problem: str) -> None:
    change(seeds, PATH, old, new)
    said = "\n".join(refused(seeds))
    assert any(part in said for part in problem.split("|")), said
    assert not Endorsement.objects.exists()
