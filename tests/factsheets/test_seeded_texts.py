"""The portal's own factsheets: complete, cited, and without a number that no figure stands for."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import call_command
from pytest_django import Settings

from factsheets.models import (
    Case,
    CaseText,
    Factsheet,
    FactsheetText,
    Figure,
    PolicyInstrument,
    SectionKind,
    SectionText,
    Source,
)
from factsheets.references import codes_in, unknown_codes
from publishing.markdown import plain
from tests.factsheets.allowed_numbers import ALLOWED
from tests.factsheets.facts import FACTS

seeded = pytest.mark.usefixtures("_seeded")

EVIDENCE = ("populations", "factsheets", "sources", "cases", "instruments")

# About all populations, and so to be named in every factsheet.
FOR_ALL = {"share-world-2019", "prevalence-adults-2022", "target-punitive-laws-2025"}

WORDS = (
    # English; “one” and “first” are left out: they seldom count anything.
    "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundreds? thousands? millions? billions? "
    "dozens? half halves thirds? quarters? fifths? tenths? twice thrice double[ds]? tripled? (?:two|three|ten)fold "
    # French, but for “un” and “premier”.
    "zéro deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante "
    "cinquante soixante cents? mille milliards? demie?s? moitiés? tiers quarts? cinquièmes? dixièmes? doubles? "
    "triples? quadruples? dizaines? douzaines? centaines? milliers?"
)
# `\d` is any script's digit, so the Arabic ones too.
NUMBER = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{'|'.join(WORDS.split())})\b|\bone (?:in|out of)\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# What stands in a text without being said in it: figures by code, notes and the marks that lead to them, addresses,
# the numbers of list items.
UNSAID = re.compile(
    r"\[\[[\w-]+\]\]|^\[\^[\w-]+\]:(?:.*(?:\n+ {4}.*)*)|\[\^[\w-]+\]|<https?:[^>]*>|\]\([^)]*\)|^\d+\. ", re.MULTILINE
)


class Said(NamedTuple):
    """What one stored text of a factsheet says in one language."""

    factsheet: Factsheet
    language: str
    where: str
    html: str
    words: str

    @property
    def figures(self) -> set[str]:
        """The codes of the figures that it names."""
        return set(codes_in(self.html))


@pytest.fixture
def _seeded(db: None, settings: Settings, tmp_path: Path) -> None:
    """Load the seeds about evidence alone, and of the pictures those in use: all of them take long."""
    settings.MEDIA_ROOT = tmp_path / "media"
    own, seeds = Path(settings.BASE_DIR) / "seeds", tmp_path / "seeds"
    for folder in EVIDENCE:
        shutil.copytree(own / folder, seeds / folder)
    (seeds / "pictures").mkdir()
    for file in (own / "factsheets").glob("*/factsheet.en.md"):
        for name in re.findall(r" picture=([\w-]+)\}", file.read_text()):
            for picture in (own / "pictures").glob(f"{name}.*"):
                shutil.copy(picture, seeds / "pictures")
    call_command("load_seeds", seeds, verbosity=0)


def said(*, cases: bool = True) -> Iterator[Said]:
    """Yield every text of every factsheet."""
    for text in FactsheetText.objects.select_related("factsheet"):
        body = "\n\n".join((text.title, text.summary, text.body))
        yield _said(text.factsheet, text, "overview", body)
    for part in SectionText.objects.select_related("section__factsheet"):
        body = f"{part.heading}\n\n{part.body}"
        yield _said(part.section.factsheet, part, f"section {part.section.position}", body)
    for case in CaseText.objects.select_related("case__factsheet") if cases else ():
        yield _said(case.case.factsheet, case, f"case {case.case}", f"{case.title}\n\n{case.body}")


def _said(sheet: Factsheet, text: FactsheetText | SectionText | CaseText, where: str, body: str) -> Said:
    words = re.sub(r"\s+", " ", UNSAID.sub(" ", body))
    return Said(sheet, text.language, f"{sheet} {text.language} {where}", text.body_html, words)


def years_of(sheet: Factsheet) -> set[str]:
    """Return the years that the instruments about a factsheet's people name, and those of its cases."""
    named = [f"{year}" for year in Case.objects.filter(factsheet=sheet).values_list("year", flat=True)]
    for instrument in PolicyInstrument.objects.about(sheet.population_id).prefetch_related("texts"):
        named += [instrument.years, *(f"{text.title} {text.summary} {text.body}" for text in instrument.texts.all())]
    return set(YEAR.findall(" ".join(named)))


def numbers_left() -> tuple[list[str], set[str]]:
    """Return the numbers that nothing explains, each with its surroundings, and which allowed phrases were needed."""
    texts = list(said())
    known = {sheet: years_of(sheet) for sheet in Factsheet.objects.all()}
    of_figures = {code: str(year) for code, year in Figure.objects.values_list("code", "year")}
    for text in texts:
        known[text.factsheet] |= {of_figures.get(code, "") for code in text.figures}
    left, needed = [], set()
    for text in texts:
        allowed = [(phrase, m.span()) for phrase in ALLOWED for m in re.finditer(re.escape(phrase), text.words)]
        for found in NUMBER.finditer(text.words):
            if found[0] in known[text.factsheet]:
                continue
            start, end = found.span()
            phrases = {phrase for phrase, (first, last) in allowed if first <= start and end <= last}
            needed |= phrases
            if not phrases:
                left.append(f"{text.where}: …{text.words[max(0, start - 40) : end + 40]}…")
    return left, needed


@seeded
def test_every_number_comes_from_a_figure_or_is_allowed_with_its_reason() -> None:
    left, needed = numbers_left()

    assert not left, "\n".join(left)
    assert set(ALLOWED) - needed == set()
    assert all(ALLOWED.values())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22 and 10.3 and 130,000", ["22", "10.3", "130,000"]),
        ("٣ and ۵", ["٣", "۵"]),
        ("Seven, half, one in three, twice", ["Seven", "half", "one in", "three", "twice"]),
        ("No one, at first; somebody tender", []),
        ("la moitié, un tiers, une dizaine, cinq", ["moitié", "tiers", "dizaine", "cinq"]),
    ],
)
def test_numbers_are_found_in_digits_and_words(text: str, found: list[str]) -> None:
    assert NUMBER.findall(text) == found


def test_what_is_not_said_is_not_counted() -> None:
    text = "As [[risk-7]] says[^1], <https://a.example/7>:\n\n7. An item\n\n[^1]: Of 2007,\n    page 7.\n"

    assert NUMBER.findall(UNSAID.sub(" ", text)) == []


@seeded
def test_each_factsheet_is_complete() -> None:
    check_figures_named()
    for sheet in Factsheet.objects.prefetch_related("sections__texts", "texts"):
        kinds = Counter(section.kind for section in sheet.sections.all())
        assert set(SectionKind.values) - {SectionKind.OTHER} <= set(kinds), sheet
        assert kinds[SectionKind.APPROACH] >= 2, sheet
        assert Case.objects.filter(factsheet=sheet).count() >= 2, sheet
        assert PolicyInstrument.objects.public().about(sheet.population_id).count() >= 4, sheet
        for text in sheet.texts.all():
            parts = [t for section in sheet.sections.all() for t in section.texts.all() if t.language == text.language]
            assert len(parts) == len(sheet.sections.all()), text
            words = " ".join((plain(text.body_html), *(plain(part.body_html) for part in parts)))
            assert len(words.split()) >= 900, text


def check_figures_named() -> None:
    """Each factsheet names, in each language, the figures about its people; no figure goes unnamed."""
    named: dict[tuple[str, str], set[str]] = {}
    for text in said(cases=False):
        named.setdefault((text.factsheet.slug, text.language), set()).update(text.figures)

    for (slug, language), codes in named.items():
        about = set(Figure.objects.filter(population__factsheet__slug=slug).values_list("code", flat=True))
        assert (about | FOR_ALL) - codes == set(), (slug, language)
    assert set(Figure.objects.values_list("code", flat=True)) == set().union(*named.values())


@seeded
def test_codes_lead_to_figures_and_are_the_same_in_every_language() -> None:
    assert {text.where: unknown_codes(text.html) for text in said() if unknown_codes(text.html)} == {}

    by_place: dict[str, dict[str, set[str]]] = {}
    for text in said():
        by_place.setdefault(text.where.replace(f" {text.language} ", " "), {})[text.language] = text.figures

    assert {place for place, codes in by_place.items() if len(set(map(frozenset, codes.values()))) > 1} == set()


@seeded
def test_figures_say_what_their_sources_say() -> None:
    stored = {
        figure.code: (
            figure.year,
            (figure.value, figure.low, figure.high, figure.out_of),
            figure.unit,
            figure.qualifier,
            figure.source.address,
        )
        for figure in Figure.objects.select_related("source")
    }

    assert stored == {
        fact.code: (fact.year, fact.numbers(), fact.unit, fact.qualifier, fact.address) for fact in FACTS
    }
    assert not Source.objects.filter(address="").exists()
    assert not Source.objects.filter(figures=None, cases=None).exists()
