"""`manage.py load_seeds` and texts that name figures, or that follow another."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from factsheets.models import FactsheetText, SectionText
from factsheets.translating import State, parts
from tests.campaign.test_load_seeds import change, load
from tests.campaign.test_load_seeds import seeds as seeds

pytestmark = pytest.mark.django_db

ENGLISH = "factsheets/migrants/factsheet.en.md"
FRENCH = "factsheets/migrants/factsheet.fr.md"


@pytest.fixture
def french(seeds: Path) -> Path:
    """The seeds, with the factsheet in French."""
    sections = "## La loi {#policy}\n\nUn.\n\n## Partenaires {#other}\n\nDeux.\n"
    (seeds / FRENCH).write_text(f"---\ntitle: La santé en chemin\n---\n\nAperçu.\n\n{sections}")
    load(seeds)
    return seeds


def states() -> list[State]:
    sheet = FactsheetText.objects.get(language="en").factsheet
    return [part.state for part in parts(sheet, "fr")]


def test_translation_that_came_with_its_source_is_up_to_date(french: Path) -> None:
    assert states() == [State.CURRENT] * 3
    assert set(SectionText.objects.filter(language="en").values_list("translated_from", flat=True)) == {""}


def test_source_that_changes_alone_leaves_its_translation_behind(french: Path) -> None:
    change(french, ENGLISH, "First.", "The first.")
    load(french)
    assert states() == [State.CURRENT, State.BEHIND, State.CURRENT]
    change(french, FRENCH, "Un.", "Le premier.")
    load(french)
    assert states() == [State.CURRENT] * 3


def test_unknown_code_is_named_with_its_line(seeds: Path) -> None:
    change(seeds, ENGLISH, "Second.", "Second, [[prevalenc]].")
    with pytest.raises(CommandError, match=r"factsheet\.en\.md:12: .*no figure “prevalenc”.*“prevalence”"):
        load(seeds)


def test_code_of_a_figure_in_the_files_is_known(seeds: Path) -> None:
    change(seeds, ENGLISH, "Second.", "Second, [[prevalence]].")
    load(seeds)
    assert SectionText.objects.filter(body="Second, [[prevalence]].").exists()
