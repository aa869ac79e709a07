"""The columns of the directory's files: what the organisations' pages show, but for ways to write to them.

A contact is given to whoever reads a profile, not to whoever gathers all of them.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from advocacy.map.world import place_of
from advocacy.models import Organisation
from publishing.columns import Column, Kind, told, written_day
from publishing.languages import place_name
from publishing.places import continent_of

COLUMNS = (
    Column("slug", _("Names the organisation, and does not change."), Kind.CODE, lambda o: o.slug),
    Column("url", _("The organisation’s own page."), Kind.ADDRESS, lambda o: permanent(o)),
    Column("name", _("Its name."), Kind.TEXT, lambda o: o.text.title),
    Column("summary", _("What it does, in a sentence."), Kind.TEXT, lambda o: o.text.summary),
    Column(
        "language",
        _("The language of the two texts before; English where there is no translation."),
        Kind.CODE,
        lambda o: o.text.language,
    ),
    Column("own_name", _("Its name in its own language, where that is another."), Kind.TEXT, lambda o: o.own_name),
    Column("own_name_language", _("The language of that name."), Kind.CODE, lambda o: o.own_name_language),
    Column(
        "country",
        _("Its country’s ISO 3166 code; empty where only its region is told, for the safety of people."),
        Kind.CODE,
        lambda o: "" if o.region_only else o.country,
    ),
    Column(
        "country_name",
        _("The country’s name."),
        Kind.TEXT,
        lambda o: "" if o.region_only else place_name(o.country),
    ),
    Column("region", _("Its region’s UN M49 number."), Kind.CODE, lambda o: o.region),
    Column("region_name", _("The region’s name."), Kind.TEXT, lambda o: o.region_name),
    Column(
        "continent", _("The region’s continent, by its UN M49 number."), Kind.CODE, lambda o: continent_of(o.region)
    ),
    Column("cities", _("Where in the country it works."), Kind.TEXTS, lambda o: o.public_cities),
    Column(
        "populations",
        _("The key populations it works with."),
        Kind.CODES,
        lambda o: [row.slug for row in o.populations.all()],
    ),
    Column("services", _("What it offers."), Kind.CODES, lambda o: o.services, Organisation.Service),
    Column("languages", _("The languages it works in."), Kind.CODES, lambda o: o.languages),
    Column("issues", _("The shared issues it faces."), Kind.CODES, lambda o: [row.slug for row in o.public_issues]),
    Column("founded", _("The year in which it was founded."), Kind.YEAR, lambda o: o.founded),
    Column("size", _("How many people work in it, roughly."), Kind.CODE, lambda o: o.size, Organisation.Size),
    Column("site", _("Its own site."), Kind.ADDRESS, lambda o: o.site),
    Column("joined", _("Since when it is in the network."), Kind.DAY, lambda o: written_day(o.joined)),
    Column("checked", _("When it last checked its profile."), Kind.DAY, lambda o: written_day(o.checked)),
)
TERMS = _(
    "You may use this list freely; name this portal as its source. It tells what each organisation agreed to show. "
    "Do not add to it what could put people at risk."
)


def permanent(organisation: Organisation) -> str:
    """Return the address of a profile."""
    return f"{settings.SITE_ADDRESS}{organisation.get_absolute_url()}"


def features(organisations: Iterable[Organisation]) -> list[dict[str, Any]]:
    """Return organisations as GeoJSON (RFC 7946): each at a point of its country's, or nowhere."""
    return [
        {"type": "Feature", "id": row.slug, "geometry": _geometry(row), "properties": told(COLUMNS, row)}
        for row in organisations
    ]


def _geometry(organisation: Organisation) -> dict[str, Any] | None:
    place = None if organisation.region_only else place_of(organisation.country)
    return {"type": "Point", "coordinates": list(place)} if place else None
