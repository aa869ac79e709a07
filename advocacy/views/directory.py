"""The directory of members: as a list with filters, as a map, and as files."""

from dataclasses import replace
from itertools import groupby
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from advocacy.filtering import Asked, found_in, organisations_of
from advocacy.map.world import WorldMap, world_map
from advocacy.models import Issue, Organisation
from advocacy.organisation_data import COLUMNS, TERMS, features
from factsheets.models import KeyPopulation
from publishing.columns import file_name, json_file, table, told
from publishing.csv_file import csv_file
from publishing.filtering import Found
from publishing.languages import reader_language

PAGE_SIZE = 20
# Where on the page the list begins: filters and map lead there.
LIST = "#members"


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """List the member organisations that the filters ask for, by region, and show where they are."""
    issues = list(Issue.objects.public().for_list())
    found, here = found_in(request.GET, issues), reverse("network")
    context: dict[str, Any] = {"form": found.form, "asked": found.asked or Asked(), "issues": issues}
    if found.asked is None:
        return render(request, "advocacy/network.html", context, status=400)
    keys, paged = found.page(request, PAGE_SIZE, here, LIST)
    regions = groupby(organisations_of(keys), key=lambda row: row.region)
    context |= paged | {
        "regions": [list(group) for _region, group in regions],
        "map": _map(found, found.asked, here),
        "terms": TERMS,
    }
    return render(request, "advocacy/network.html", context)


def _map(found: Found[Asked], asked: Asked, here: str) -> WorldMap:
    """Return the map of all places that members are in who fit the other filters."""
    anywhere = replace(asked, country="", region="")

    def url_of(**place: str) -> str:
        return f"{here}{replace(anywhere, **place).query()}{LIST}"

    members = [
        (next(iter(fact.values["country"]), ""), fact.values["region"][0])
        for fact in found.facts
        if fact.fits(anywhere)
    ]
    return world_map(members, url_of, asked.country or asked.region)


def _filed(request: HttpRequest) -> list[Organisation]:
    """Return the organisations that a file holds: those that the filters ask for."""
    found = found_in(request.GET, Issue.objects.public().for_list())
    if found.asked is None:
        raise BadRequest
    people = Prefetch("populations", KeyPopulation.objects.public())
    issues = Prefetch("issues", Issue.objects.public(), to_attr="public_issues")
    return organisations_of(found.keys, people, issues)


@conditional_page
@require_safe
def network_csv(request: HttpRequest) -> HttpResponse:
    """Serve organisations as a table."""
    return csv_file(file_name("network", "csv"), [column.name for column in COLUMNS], table(COLUMNS, _filed(request)))


@conditional_page
@require_safe
def network_json(request: HttpRequest) -> HttpResponse:
    """Serve organisations for programs, with what their columns mean.

    `{version, language, terms, fields: [{name, meaning, type, unit, values}], organisations: [{…}]}`: `version`
    changes when a name here changes its meaning or goes.
    """
    return json_file("network", _about() | {"organisations": [told(COLUMNS, row) for row in _filed(request)]})


@conditional_page
@require_safe
def network_geojson(request: HttpRequest) -> HttpResponse:
    """Serve organisations for maps (RFC 7946): each at its country's point, or nowhere if only its region is told."""
    content = {"type": "FeatureCollection", "features": features(_filed(request))} | _about()
    return json_file("network", content, form="geojson", kind="application/geo+json")


def _about() -> dict[str, Any]:
    return {
        "version": 1,
        "language": reader_language(),
        "terms": str(TERMS),
        "fields": [column.told() for column in COLUMNS],
    }
