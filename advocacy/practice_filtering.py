"""Which of the public practices a reader asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from advocacy.models import Issue, Practice, PracticeText
from factsheets.models import KeyPopulation
from publishing import filtering
from publishing.filtering import Choice, Fact, Found, choice_field, narrow, words_field
from publishing.search import has_words

# The newest first.
ORDER = ("-published_at", "slug")


@dataclass(frozen=True)
class Asked(filtering.Asked):
    """What a reader asks for, in the words of the address."""

    kind: str = ""
    population: str = ""
    issue: str = ""
    licence: str = ""


class FilterForm(filtering.FilterForm):
    """The filters, as they stand in the address."""

    unknown = _("No practice has “%(value)s”.")

    q = words_field()
    kind = choice_field(_("Kind"))
    population = choice_field(_("Key population"))
    issue = choice_field(_("Shared issue"))
    licence = choice_field(_("Licence"))


def found_in(data: QueryDict) -> Found[Asked]:
    """Return the public practices that the filters of an address ask for."""
    facts = _facts()
    form = FilterForm(data, _choices(facts))
    if not form.is_valid():
        return Found(form, None, [])
    asked = Asked(**form.cleaned_data)
    worded = set(_with_words(asked.q).values_list("practice", flat=True)) if asked.q else None
    return narrow(form, asked, facts, worded)


def practices_of(keys: Iterable[int]) -> Any:
    """Return practices as lists show them, in their order."""
    return Practice.objects.public().for_list().filter(pk__in=keys).order_by(*ORDER)


def _facts() -> list[Fact]:
    """Return what filters ask of each public practice, in the order of lists, in one query."""
    people = KeyPopulation.objects.public().filter(practices=OuterRef("pk")).order_by().values("slug")
    issues = Issue.objects.public().filter(practices=OuterRef("pk")).order_by().values("slug")
    rows = (
        Practice.objects.public()
        .order_by(*ORDER)
        .values_list("pk", "kind", "licence", ArraySubquery(people), ArraySubquery(issues))
    )
    return [
        Fact(pk, {"kind": [kind], "population": people, "issue": issues, "licence": [licence]})
        for pk, kind, licence, people, issues in rows
    ]


def _choices(facts: list[Fact]) -> dict[str, list[Choice]]:
    """Return what can be chosen: whatever some public practice has."""
    there = {
        name: {value for fact in facts for value in fact.values[name]}
        for name in ("kind", "population", "issue", "licence")
    }
    return {
        "kind": [Choice(k.value, capfirst(str(k.label))) for k in Practice.Kind if k.value in there["kind"]],
        "population": _titled(KeyPopulation, there["population"]),
        "issue": _titled(Issue, there["issue"]),
        "licence": [
            Choice(each.value, capfirst(str(each.label)))
            for each in Practice.Licence
            if each.value in there["licence"]
        ],
    }


def _titled(model: Any, slugs: set[str]) -> list[Choice]:
    rows = model.objects.public().for_list().filter(slug__in=slugs)
    return [Choice(row.slug, row.text.title, row.text.language) for row in rows]


def _with_words(text: str) -> QuerySet[PracticeText]:
    """Return the texts that have these words, or a piece of them, as in Chinese; a setting is found by any piece."""
    piece = Q(title__icontains=text) | Q(summary__icontains=text) | Q(setting__icontains=text)
    return PracticeText.objects.ready().filter(has_words(text) | piece)
