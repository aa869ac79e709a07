"""Which of the public figures a reader asks for."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factsheets.models import Figure, FigureQuerySet, FigureText, Indicator, KeyPopulation
from publishing.languages import direction, place_name
from publishing.search import MAX_QUERY, has_words
from publishing.widgets import LanguageSelect

# Stands in the address for figures about all key populations.
ALL = "all"


@dataclass(frozen=True)
class Asked:
    """What a reader asks for, in the words of the address."""

    q: str = ""
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

    def query(self, *, page: int | None = None) -> str:
        """Return the query string that asks for this, and for one page of it."""
        query = urlencode({name: value for name, value in (asdict(self) | {"page": page}).items() if value})
        return f"?{query}" if query else ""

    def without(self, name: str) -> "Asked":
        """Return the same but for one filter."""
        return replace(self, **{name: getattr(Asked, name)})


@dataclass(frozen=True)
class Fact:
    """What filters ask of one public figure."""

    pk: int
    population: str
    indicator: str
    place: str
    author: str
    year: int | None
    superseded: bool

    def fits(self, asked: Asked) -> bool:
        """Whether it is asked for, as far as its words don't matter."""
        if asked.since and not (self.year and self.year >= asked.since):
            return False
        if asked.until and not (self.year and self.year <= asked.until):
            return False
        if self.superseded and not asked.superseded:
            return False
        return all(getattr(asked, name) in ("", getattr(self, name)) for name in CHOSEN)


# The filters whose choices come from the figures themselves.
CHOSEN = ("population", "indicator", "place", "author")


@dataclass(frozen=True)
class Choice:
    """A value of a filter, and what it is called, where in another language than the page's."""

    value: str
    label: str
    language: str = ""


class FilterForm(forms.Form):
    """The filters, as they stand in the address."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=MAX_QUERY,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off"}),
    )
    population = forms.ChoiceField(label=_("Key population"), required=False, widget=LanguageSelect)
    indicator = forms.ChoiceField(label=_("Indicator"), required=False, widget=LanguageSelect)
    place = forms.ChoiceField(label=_("Place"), required=False, widget=LanguageSelect)
    author = forms.ChoiceField(label=_("Source"), required=False, widget=LanguageSelect)
    since = forms.IntegerField(label=_("From the year"), required=False, min_value=1981, max_value=2100)
    until = forms.IntegerField(label=_("To the year"), required=False, min_value=1981, max_value=2100)
    superseded = forms.ChoiceField(
        label=_("Superseded figures"),
        required=False,
        choices=[("", _("left out")), ("shown", _("shown too"))],
    )

    def __init__(self, data: QueryDict, choices: dict[str, list[Choice]]) -> None:
        super().__init__(data)
        self.named = {name: {choice.value: choice for choice in found} for name, found in choices.items()}
        for name, found in choices.items():
            field: Any = self.fields[name]
            field.choices = [("", "–"), *((choice.value, choice.label) for choice in found)]
            field.error_messages["invalid_choice"] = _("No figure has “%(value)s”.")
            field.widget.languages = {choice.value: choice.language for choice in found}

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        data: dict[str, Any] = self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("This year is before the first one."))
        return data

    def count(self, leave: Callable[[str, str], int]) -> None:
        """Write beside each choice how many figures it leaves, and offer none that leaves nothing."""
        for name in CHOSEN:
            widget: Any = self.fields[name].widget
            chosen = self.cleaned_data[name]
            widget.choices = [
                (value, f"{label} ({leave(name, value)})" if value else label)
                for value, label in widget.choices
                if not value or value == chosen or leave(name, value)
            ]

    def label_of(self, name: str, value: Any) -> Choice:
        """Return what a chosen value is called."""
        if name in CHOSEN:
            return self.named[name][value]
        return Choice(value, gettext("shown too") if name == "superseded" else str(value))


@dataclass(frozen=True)
class Chosen:
    """A filter that is set; `url` is the page without it."""

    label: str
    choice: Choice
    url: str

    @property
    def dir(self) -> str:
        """The direction of what the choice is called."""
        return direction(self.choice.language)


@dataclass(frozen=True)
class Found:
    """The figures that an address asks for; where a filter is wrong, `asked` is nothing and the form says why."""

    form: FilterForm
    asked: Asked | None
    keys: list[int]

    @property
    def figures(self) -> FigureQuerySet:
        """The figures asked for, as lists show them, in their order."""
        return Figure.objects.shown().filter(pk__in=self.keys).order_by("indicator", "position", "code")

    def chosen(self, address: str) -> list[Chosen]:
        """Return the filters that are set; `address` is the page's without any."""
        if self.asked is None:
            return []
        return [
            Chosen(
                str(self.form.fields[row.name].label),
                self.form.label_of(row.name, getattr(self.asked, row.name)),
                f"{address}{self.asked.without(row.name).query()}",
            )
            for row in fields(Asked)
            if getattr(self.asked, row.name)
        ]


def found_in(data: QueryDict) -> Found:
    """Return the public figures that the filters of an address ask for."""
    populations = {row.pk: row for row in KeyPopulation.objects.public().for_list()}
    facts = _facts({pk: row.slug for pk, row in populations.items()})
    form = FilterForm(data, _choices(facts, populations.values()))
    if not form.is_valid():
        return Found(form, None, [])
    asked = Asked(**form.cleaned_data)
    if asked.q:
        worded = set(_with_words(asked.q).values_list("pk", flat=True))
        facts = [fact for fact in facts if fact.pk in worded]
    # Without one filter at a time, the figures tell how many each of its choices would leave.
    counts = {
        name: Counter(getattr(fact, name) for fact in facts if fact.fits(asked.without(name))) for name in CHOSEN
    }
    form.count(lambda name, value: counts[name][value])
    return Found(form, asked, [fact.pk for fact in facts if fact.fits(asked)])


def _facts(populations: dict[int, str]) -> list[Fact]:
    """Return what filters ask of each public figure, in one query."""
    newer = Exists(Figure.objects.public().filter(pk=OuterRef("superseded_by")))
    rows = Figure.objects.public().annotate(superseded=newer)
    columns = ("pk", "population", "indicator", "place", "source__author", "year", "superseded")
    return [
        Fact(pk, ALL if population is None else populations.get(population, ""), *rest)
        for pk, population, *rest in rows.values_list(*columns)
    ]


def _choices(facts: list[Fact], populations: Iterable[KeyPopulation]) -> dict[str, list[Choice]]:
    """Return what can be chosen: whatever some public figure has."""
    there = {name: {getattr(fact, name) for fact in facts} for name in CHOSEN}
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
