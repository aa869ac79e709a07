"""Which of the public organisations a reader asks for.

What a region-only organisation has of country and cities stands in no fact, no choice and no count here: no filter,
no word and no difference between two pages can tell it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, Prefetch, Q, TextField, Value
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from advocacy.models import Issue, Organisation, OrganisationText
from factsheets.models import KeyPopulation
from publishing import filtering
from publishing.filtering import Choice, Fact, Found, choice_field, narrow, words_field
from publishing.languages import TranslatedQuerySet, place_name
from publishing.places import CONTINENT_OF, CONTINENTS, REGION_OF, without_accents
from publishing.search import bare, has_words


@dataclass(frozen=True)
class Asked(filtering.Asked):
    """What a reader asks for, in the words of the address."""

    country: str = ""
    region: str = ""
    population: str = ""
    service: str = ""
    issue: str = ""


class FilterForm(filtering.FilterForm):
    """The filters, as they stand in the address."""

    unknown = _("No organisation has “%(value)s”.")

    q = words_field()
    country = choice_field(_("Country"))
    region = choice_field(_("Region"))
    population = choice_field(_("Works with"))
    service = choice_field(_("Service"))
    issue = choice_field(_("Shared issue"))


def found_in(data: QueryDict, issues: Iterable[Issue]) -> Found[Asked]:
    """Return the public organisations that an address asks for, by region; `issues` are all that are public."""
    facts = _facts()
    form = FilterForm(data, _choices(facts, KeyPopulation.objects.public().for_list(), issues))
    if not form.is_valid():
        return Found(form, None, [])
    asked = Asked(**form.cleaned_data)
    worded = set(_with_words(asked.q).values_list("pk", flat=True)) if asked.q else None
    return narrow(form, asked, facts, worded)


def organisations_of(keys: list[int], *more: Prefetch[Any]) -> list[Organisation]:
    """Return organisations as lists show them, in this order, and fetch more with them."""
    rows = Organisation.objects.public().for_list().prefetch_related(*more).in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _facts() -> list[Fact]:
    """Return what filters ask of each public organisation, in the order of lists, in one query."""
    populations = KeyPopulation.objects.public().filter(organisations=OuterRef("pk")).values("slug")
    issues = Issue.objects.public().filter(organisations=OuterRef("pk")).values("slug")
    rows = Organisation.objects.public().values_list(
        "pk", "listing", "country", "region", "services", ArraySubquery(populations), ArraySubquery(issues)
    )
    facts = []
    for pk, listing, country, region, services, people, shared in rows.order_by("slug"):
        values = {
            "country": [country] if listing == Organisation.Listing.COUNTRY else [],
            "region": [region, *filter(None, [CONTINENT_OF.get(region)])],
            "population": people,
            "service": services,
            "issue": shared,
        }
        facts.append(Fact(pk, values))
    return sorted(facts, key=lambda fact: _name_of(fact.values["region"][0]))


def _choices(facts: list[Fact], people: Iterable[Any], issues: Iterable[Any]) -> dict[str, list[Choice]]:
    """Return what can be chosen: whatever some public organisation has."""
    choices = {
        "country": sorted(map(_place, REGION_OF), key=lambda choice: _name_of(choice.value)),
        "region": list(map(_place, _regions())),
        "population": [Choice(row.slug, row.text.title, row.text.language) for row in people],
        "service": [Choice(kind.value, capfirst(str(kind.label))) for kind in Organisation.Service],
        "issue": [Choice(row.slug, row.text.title, row.text.language) for row in issues],
    }
    there = {name: {value for fact in facts for value in fact.values[name]} for name in choices}
    return {name: [choice for choice in some if choice.value in there[name]] for name, some in choices.items()}


def _place(code: str) -> Choice:
    return Choice(code, capfirst(place_name(code)))


def _regions() -> list[str]:
    """Return the continents in the order of their names, each followed by its regions."""

    def place(code: str) -> tuple[str, bool, str]:
        return _name_of(CONTINENT_OF.get(code, code)), code in CONTINENT_OF, _name_of(code)

    return sorted([*CONTINENTS, *CONTINENT_OF, "001"], key=place)


def _name_of(code: str) -> str:
    return without_accents(place_name(code))


def _with_words(text: str) -> TranslatedQuerySet[Any]:
    """Return the public organisations that have these words, or are where they say; also a piece of a text."""
    piece = Q(title__icontains=text) | Q(summary__icontains=text) | Q(plain__icontains=text)
    texts = OrganisationText.objects.ready().filter(has_words(text) | piece)
    wanted = without_accents(text).casefold()
    places = [code for code in (*REGION_OF, *CONTINENT_OF) if wanted in _name_of(code).casefold()]
    named = Q(bare_name__icontains=bare(Value(text))) | Q(region__in=places)
    # Cities and country are asked of those alone that show them.
    listed = Q(listing=Organisation.Listing.COUNTRY)
    there = listed & (Q(bare_cities__icontains=bare(Value(text))) | Q(country__in=places))
    cities: Any = Func(F("cities"), Value(", "), function="array_to_string", output_field=TextField())
    rows = Organisation.objects.public().alias(bare_name=bare(F("own_name")), bare_cities=bare(cities))
    return rows.filter(Q(pk__in=texts.values("organisation")) | named | there)
