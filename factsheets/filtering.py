"""Which of the public figures a reader asks for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factsheets.models import Figure, FigureQuerySet, FigureText, Indicator, KeyPopulation
from publishing import filtering
from publishing.filtering import Choice, Found, choice_field, narrow, words_field
from publishing.languages import place_name
from publishing.search import has_words

# Stands in the address for figures about all key populations.
ALL = "all"
# How figures stand in lists.
ORDER = ("indicator", "position", "code")


@dataclass(frozen=True)
class Asked(filtering.Asked):
    """What a reader asks for, in the words of the address."""

    population: str = ""
    indicator: str = ""
    place: str = ""
    author: str = ""
    since: int | None = None
    until: int | None = None
    superseded: str = ""

    @property
    def narrows(self) -> bool:
        """Whether some current figures are left out."""
        return replace(self, superseded="") != Asked()


@dataclass(frozen=True)
class Fact(filtering.Fact):
    """What filters ask of one public figure."""

    year: int | None
    superseded: bool

    def fits(self, asked: Asked) -> bool:
        """Whether it is asked for, as far as its words don't matter."""
        if asked.since and not (self.year and self.year >= asked.since):
            return False
        if asked.until and not (self.year and self.year <= asked.until):
            return False
        return (asked.superseded or not self.superseded) and super().fits(asked)


# The filters whose choices come from the figures themselves.
CHOSEN = ("population", "indicator", "place", "author")


class FilterForm(filtering.FilterForm):
    """The filters, as they stand in the address."""

    unknown = _("No figure has “%(value)s”.")

    q = words_field()
    population = choice_field(_("Key population"))
    indicator = choice_field(_("Indicator"))
    place = choice_field(_("Place"))
    author = choice_field(_("Source"))
    since = forms.IntegerField(label=_("From the year"), required=False, min_value=1981, max_value=2100)
    until = forms.IntegerField(label=_("To the year"), required=False, min_value=1981, max_value=2100)
    superseded = forms.ChoiceField(
        label=_("Superseded figures"),
        required=False,
        choices=[("", _("left out")), ("shown", _("shown too"))],
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        data: dict[str, Any] = self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("This year is before the first one."))
        return data

    def label_of(self, name: str, value: Any) -> Choice:
        """Return what a chosen value is called."""
        return Choice(value, gettext("shown too")) if name == "superseded" else super().label_of(name, value)


def found_in(data: QueryDict) -> Found[Asked]:
    """Return the public figures that the filters of an address ask for."""
    populations = {row.pk: row for row in KeyPopulation.objects.public().for_list()}
    facts = _facts({pk: row.slug for pk, row in populations.items()})
    form = FilterForm(data, _choices(facts, populations.values()))
    if not form.is_valid():
        return Found(form, None, [])
    asked = Asked(**form.cleaned_data)
    worded = set(_with_words(asked.q).values_list("pk", flat=True)) if asked.q else None
    return narrow(form, asked, facts, worded)


def figures_of(keys: Iterable[int]) -> FigureQuerySet:
    """Return figures as lists show them, in their order."""
    return Figure.objects.shown().filter(pk__in=keys).order_by(*ORDER)


def _facts(populations: dict[int, str]) -> list[Fact]:
    """Return what filters ask of each public figure, in the order of lists, in one query."""
    newer = Exists(Figure.objects.public().filter(pk=OuterRef("superseded_by")))
    rows = Figure.objects.public().annotate(superseded=newer).order_by(*ORDER)
    own = rows.values_list("pk", "population", "indicator", "place", "source__author", "year", "superseded")
    facts = []
    for pk, people, indicator, place, author, year, superseded in own:
        population = ALL if people is None else populations.get(people, "")
        values = {"population": [population], "indicator": [indicator], "place": [place], "author": [author]}
        facts.append(Fact(pk, values, year, superseded))
    return facts


def _choices(facts: list[Fact], populations: Iterable[KeyPopulation]) -> dict[str, list[Choice]]:
    """Return what can be chosen: whatever some public figure has."""
    there = {name: {value for fact in facts for value in fact.values[name]} for name in CHOSEN}
    named = [Choice(row.slug, row.text.title, row.text.language) for row in populations]
    people = [*named, Choice(ALL, gettext("all of them"))]
    places = [Choice(code, capfirst(place_name(code))) for code in there["place"]]
    return {
        "population": [choice for choice in people if choice.value in there["population"]],
        "indicator": [Choice(kind.value, str(kind.label)) for kind in Indicator if kind.value in there["indicator"]],
        "place": sorted(places, key=lambda choice: choice.label),
        "author": [Choice(author, author) for author in sorted(there["author"])],
    }


def _with_words(text: str) -> FigureQuerySet:
    """Return the public figures that have these words, or a source that has; also a piece of a text, as in Chinese."""
    piece = Q(label__icontains=text) | Q(comparison__icontains=text) | Q(note__icontains=text)
    texts = FigureText.objects.ready().filter(has_words(text) | piece)
    source = (
        Q(source__title__icontains=text) | Q(source__author__icontains=text) | Q(source__quoted_from__icontains=text)
    )
    return Figure.objects.public().filter(Q(pk__in=texts.values("figure")) | source | Q(code=text))
