"""The world map as pages show it: where members are, and of those at risk no more than the region."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from math import atan2, cos, degrees, hypot, radians, sin
from pathlib import Path
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from advocacy.map.projection import Point, projected
from publishing.languages import place_name
from publishing.places import CONTINENT_OF, REGION_OF, REGIONS, sorted_by_name

# Half of the room that a region's name takes, at most.
LABEL = (70, 16)
# After so many nothing overlaps that could be helped.
ROUNDS = 20


@cache
def world() -> dict[str, Any]:
    """Return the map's size, its land, and of each country shape, place and size; `advocacy.map.make` made it."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "world.json").read_text())
    return found


def place_of(country: str) -> Point | None:
    """Return longitude and latitude of a point well inside of a country; it is nobody's address."""
    found = world()["countries"].get(country)
    return (found["place"][0], found["place"][1]) if found else None


@cache
def _middle(region: str) -> Point:
    """Return where the middle of a region is, whoever is in it: the larger a country, the more it counts."""
    x = y = z = 0.0
    for country in REGIONS[region].split():
        there = world()["countries"].get(country)
        if there:
            longitude, latitude = map(radians, there["place"])
            x += cos(latitude) * cos(longitude) * (there["area"] + 1)
            y += cos(latitude) * sin(longitude) * (there["area"] + 1)
            z += sin(latitude) * (there["area"] + 1)
    return projected((degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))))


@dataclass(frozen=True)
class Spot:
    """A country with members, or a region with members that are listed by region only."""

    code: str
    count: int
    url: str
    x: int = 0
    y: int = 0
    path: str = ""
    is_region: bool = False
    current: bool = False
    # Where a region's name stands, above its ring or below.
    label_y: int = 0

    @property
    def name(self) -> str:
        """What the reader calls it."""
        return capfirst(place_name(self.code))

    @property
    def radius(self) -> int:
        """How far from its middle nothing else is drawn."""
        return 25 if self.is_region else 10

    @property
    def label(self) -> str:
        """All that the map says there, in words."""
        if self.is_region:
            words = ngettext(
                "%(place)s: %(count)s organisation that is listed by region only",
                "%(place)s: %(count)s organisations that are listed by region only",
                self.count,
            )
        else:
            words = ngettext("%(place)s: %(count)s organisation", "%(place)s: %(count)s organisations", self.count)
        return words % {"place": self.name, "count": self.count}

    @property
    def listed_as(self) -> str:
        """What it is called in the list beside the map."""
        return gettext("%(region)s, by region only") % {"region": self.name} if self.is_region else self.name


@dataclass(frozen=True)
class Continent:
    """The spots of a continent, for the list beside the map."""

    code: str
    url: str
    spots: list[Spot] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the reader calls it."""
        return capfirst(place_name(self.code))

    @property
    def count(self) -> int:
        """How many members are in it."""
        return sum(spot.count for spot in self.spots)


@dataclass(frozen=True)
class WorldMap:
    """The map and the list beside it."""

    spots: list[Spot]
    continents: list[Continent]

    @property
    def countries(self) -> list[Spot]:
        """The spots that are drawn as a shape too."""
        return [spot for spot in self.spots if not spot.is_region]

    @property
    def size(self) -> str:
        """Its part of the plane."""
        return f"0 0 {world()['width']} {world()['height']}"

    @property
    def land(self) -> str:
        """The path of all land."""
        return str(world()["land"])


def world_map(members: Iterable[tuple[str, str]], url_of: Any, current: str = "") -> WorldMap:
    """Return the map of members, each told by its country and region; the country is empty where it must not show.

    `url_of(country=…)` and `url_of(region=…)` are the addresses of what is there.
    """
    places = list(members)
    by_country = Counter(country for country, _region in places if country)
    by_region = Counter(region for country, region in places if not country)
    found = [_country(code, count, url_of, current) for code, count in by_country.items()]
    found += [_region(code, count, url_of, current) for code, count in by_region.items()]
    spots = sorted_by_name(_apart(sorted(found, key=lambda spot: spot.code)))
    continents: dict[str, list[Spot]] = {}
    for spot in spots:
        region = spot.code if spot.is_region else REGION_OF[spot.code]
        continents.setdefault(CONTINENT_OF.get(region, "001"), []).append(spot)
    listed = [Continent(code, url_of(region=code), some) for code, some in continents.items()]
    return WorldMap(spots, sorted_by_name(listed))


def _apart(spots: list[Spot]) -> list[Spot]:
    """Move spots that lie over each other apart, as far as they must be to be read."""
    at = [(float(spot.x), float(spot.y)) for spot in spots]
    pairs = list(combinations(range(len(spots)), 2))
    for _round in range(ROUNDS):
        for i, j in pairs:
            x, y = at[j][0] - at[i][0], at[j][1] - at[i][1]
            lies = hypot(x, y)
            lacks = spots[i].radius + spots[j].radius - lies
            if lacks > 0:
                x, y = (x / lies * lacks / 2, y / lies * lacks / 2) if lies else (lacks / 2, 0)
                at[i], at[j] = (at[i][0] - x, at[i][1] - y), (at[j][0] + x, at[j][1] + y)
    placed = [replace(spot, x=round(x), y=round(y)) for spot, (x, y) in zip(spots, at, strict=True)]
    return [replace(spot, label_y=_label_y(spot, placed)) for spot in placed]


def _label_y(ring: Spot, spots: list[Spot]) -> int:
    """Return where a region's name covers the fewest spots: above its ring, or below."""

    def covered(y: int) -> int:
        return sum(abs(spot.x - ring.x) < LABEL[0] and abs(spot.y - y) < LABEL[1] for spot in spots)

    return min(ring.y - 30, ring.y + 38, key=covered)


def _country(code: str, count: int, url_of: Any, current: str) -> Spot:
    drawn = world()["countries"].get(code, {"x": 0, "y": 0, "path": ""})
    return Spot(code, count, url_of(country=code), drawn["x"], drawn["y"], drawn["path"], current=code == current)


def _region(code: str, count: int, url_of: Any, current: str) -> Spot:
    x, y = _middle(code)
    return Spot(code, count, url_of(region=code), round(x), round(y), is_region=True, current=code == current)
