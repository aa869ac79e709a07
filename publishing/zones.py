"""Time zones: what they are called, how far they are from UTC, and which of them readers can choose."""

from datetime import datetime, timedelta
from functools import cache
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.languages import locale, reader_language

# The first part of a zone's name, and what it is called: the parts of the world, and the oceans with their islands.
PARTS = {
    "Africa": "002",
    "America": "019",
    "Antarctica": "AQ",
    "Asia": "142",
    "Atlantic": _("Atlantic Ocean"),
    "Australia": "AU",
    "Europe": "150",
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
}


def offset(moment: datetime) -> str:
    """Return how far a moment's clock is from UTC, as `UTC+5:30`."""
    away = moment.utcoffset() or timedelta(0)
    hours, minutes = divmod(abs(away) // timedelta(minutes=1), 60)
    sign = "−" if away < timedelta(0) else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "") if away else "UTC"


def zone_name(moment: datetime) -> str:
    """Return what a moment's clock is called in the reader's language, with its distance from UTC."""
    zone, away = str(moment.tzinfo), offset(moment)
    if zone == "UTC":
        return away
    variant = "daylight" if moment.dst() else "standard"
    return gettext(", ").join([_named(zone, variant) or city_of(zone), away])


def city_of(zone: str) -> str:
    """Return the place that a zone is named for, as the reader calls it."""
    told = (locale().time_zones.get(name, {}).get("city") for name in _names(zone))
    return next((str(city) for city in told if city), zone.rpartition("/")[2].replace("_", " "))


def _named(zone: str, variant: str) -> str:
    """Return what a zone's clock is called in summer (`daylight`) or else, where CLDR knows."""
    for name in _names(zone):
        own = locale().time_zones.get(name, {}).get("long", {})
        shared = locale().meta_zones.get(get_global("meta_zones").get(name), {}).get("long", {})
        if called := own.get(variant) or shared.get(variant):
            return str(called)
    return ""


@cache
def _names(zone: str) -> list[str]:
    """Return a zone's name and its older ones: under some of those CLDR still lists it."""
    aliases = get_global("zone_aliases")
    return [zone, *sorted(old for old, new in aliases.items() if new == zone)]


@cache
def _zones() -> list[str]:
    """Return the zones that CLDR knows of, by the names that the IANA data base has for them today."""
    aliases = get_global("zone_aliases")
    known = {aliases.get(zone, zone) for zones in get_global("territory_zones").values() for zone in zones}
    return sorted(zone for zone in known & available_timezones() if zone.split("/")[0] in PARTS)


def zone_choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Return the zones by part of the world and city, in the reader's language and order."""
    return _choices(reader_language())


@cache
def _choices(language: str) -> list[tuple[str, str | list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    territories = locale(language).territories
    for zone in _zones():
        part = PARTS[zone.split("/")[0]]
        groups.setdefault(str(territories.get(str(part), part)), []).append((zone, city_of(zone)))
    grouped: list[tuple[str, str | list[tuple[str, str]]]] = [
        (name, sorted(zones, key=lambda row: _without_accents(row[1]))) for name, zones in groups.items()
    ]
    return [("", "–"), ("UTC", "UTC"), *grouped]


def _without_accents(name: str) -> str:
    return "".join(letter for letter in normalize("NFKD", name) if not combining(letter))


class ZoneForm(forms.Form):
    """By whose clock a reader wants to be told the time."""

    zone = forms.ChoiceField(
        label=_("Your time zone"),
        required=False,
        choices=zone_choices,
        error_messages={"invalid_choice": _("This is no time zone of the list.")},
    )

    @property
    def chosen(self) -> ZoneInfo | None:
        """The zone that was chosen, if one was."""
        name = self.cleaned_data.get("zone") if self.is_valid() else ""
        return ZoneInfo(name) if name else None
