"""Countries and regions, as CLDR lists them."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol, TypeVar
from unicodedata import combining, normalize
from zoneinfo import available_timezones

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publishing.languages import locale


class Named(Protocol):
    """A thing with a name."""

    @property
    def name(self) -> str:
        """Its name."""


N = TypeVar("N", bound=Named)

# Which countries lie in which region: United Nations, Standard country or area codes (M49), geographic regions.
# Taiwan, Kosovo and Antarctica, which M49 does not place, stand with their neighbours or with the world.
REGIONS = {
    "011": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "014": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW",
    "015": "DZ EG EH LY MA SD TN",
    "017": "AO CD CF CG CM GA GQ ST TD",
    "018": "BW LS NA SZ ZA",
    "029": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    "013": "BZ CR GT HN MX NI PA SV",
    "005": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    "021": "BM CA GL PM US",
    "143": "KG KZ TJ TM UZ",
    "030": "CN HK JP KP KR MN MO TW",
    "034": "AF BD BT IN IR LK MV NP PK",
    "035": "BN ID KH LA MM MY PH SG TH TL VN",
    "145": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "151": "BG BY CZ HU MD PL RO RU SK UA",
    "154": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    "039": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
    "155": "AT BE CH DE FR LI LU MC NL",
    "053": "AU CC CX HM NF NZ",
    "054": "FJ NC PG SB VU",
    "057": "FM GU KI MH MP NR PW UM",
    "061": "AS CK NU PF PN TK TO TV WF WS",
    "001": "AQ",
}
REGION_OF = {country: region for region, countries in REGIONS.items() for country in countries.split()}

# What the regions make up. M49 has two more regions that lie across these.
CONTINENTS = {
    "002": "011 014 015 017 018 202",
    "019": "029 013 005 021 419",
    "142": "143 030 034 035 145",
    "150": "151 154 039 155",
    "009": "053 054 057 061",
}
CONTINENT_OF = {region: continent for continent, regions in CONTINENTS.items() for region in regions.split()}

TERRITORIES = frozenset(Locale("en").territories)
COUNTRIES = frozenset(REGION_OF)


def continent_of(place: str) -> str:
    """Return the continent of a country or region; the world, where it lies in none or in several."""
    region = REGION_OF.get(place, place)
    return region if region in CONTINENTS else CONTINENT_OF.get(region, "001")


def validate_place(code: str) -> None:
    """Refuse what is neither a country (`ZM`) nor a region (`202`)."""
    if code not in TERRITORIES:
        raise ValidationError(_("“%(code)s” is no country or region."), params={"code": code})


def validate_country(code: str) -> None:
    """Refuse what is no country."""
    if code not in COUNTRIES:
        raise ValidationError(_("“%(code)s” is no country."), params={"code": code})


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def validate_timezone(name: str) -> None:
    """Refuse what is no time zone of the IANA data base."""
    if name not in _timezones():
        raise ValidationError(_("“%(name)s” is no time zone."), params={"name": name})


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by name, in the reader's language and order."""
    names = locale().territories
    return sorted(((code, str(names[code])) for code in COUNTRIES), key=lambda row: without_accents(row[1]))


def place_choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Return regions, then countries, each by name: a region tells less about who lives there."""
    names = locale().territories
    regions = [(code, str(names[code])) for code in REGIONS if code != "001"]
    return [
        (str(_("Regions")), sorted(regions, key=lambda row: without_accents(row[1]))),
        (str(_("Countries")), country_choices()),
    ]


def without_accents(name: str) -> str:
    """By this, Égypte stands among the E."""
    return "".join(letter for letter in normalize("NFKD", name) if not combining(letter))


def sorted_by_name(things: Iterable[N]) -> list[N]:
    """Return things in the order of their names, as a reader looks for them."""
    return sorted(things, key=lambda thing: without_accents(thing.name).casefold())
