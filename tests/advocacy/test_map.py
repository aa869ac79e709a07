"""The world map: it says what the list beside it says, and keeps to what may be told."""

from itertools import combinations
from math import hypot

import pytest
from django.test import Client

from advocacy.map.make import area, drawn, inner_point, simplified
from advocacy.map.projection import WIDTH, projected
from advocacy.map.world import place_of, world, world_map
from publishing.places import COUNTRIES
from tests.factories import make_organisation
from tests.publishing.html import Element, parse


def url_of(**place: str) -> str:
    """Return an address that says what it is asked."""
    return "&".join(f"{name}={value}" for name, value in place.items())


def drawing(client: Client, language: str = "en", query: str = "") -> Element:
    """Return the map on the page of the network."""
    response = client.get(f"/{language}/network/{query}")
    assert response.status_code == 200
    return parse(response.content.decode()).one("svg", class_="map")


def test_every_country_has_its_place() -> None:
    """On the map, in its own shape where it has one, and on the earth."""
    there = world()["countries"]
    assert set(COUNTRIES) - set(there) == {"AQ"}
    height = world()["height"]
    off = [code for code, told in there.items() if not (0 <= told["x"] <= WIDTH and -5 <= told["y"] <= height + 9)]
    assert off == []
    for longitude, latitude in filter(None, map(place_of, COUNTRIES)):
        assert -180 <= longitude <= 180 and -90 <= latitude <= 90
    assert place_of("AQ") is None


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"), [("ZM", 28, -15), ("BR", -53, -10), ("FR", 2, 46), ("FJ", 178, -18)]
)
def test_countries_are_where_they_are(code: str, longitude: float, latitude: float) -> None:
    place = place_of(code)
    assert place
    assert hypot(place[0] - longitude, place[1] - latitude) < 5


def test_areas_are_true() -> None:
    """A square of a degree is as large at 60° as the cosine makes it, and the map is cut where no land is."""

    def square(latitude: float) -> float:
        return area(projected((10 + x, latitude + y)) for x, y in [(0, 0), (1, 0), (1, 1), (0, 1)])

    assert square(59.5) / square(-0.5) == pytest.approx(0.5, abs=0.01)
    assert projected((-168.3, 0))[0] == pytest.approx(0, abs=1)
    assert projected((-168.5, 0))[0] == pytest.approx(WIDTH, abs=1)


def test_shapes_are_made_simple() -> None:
    line = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0)]
    assert simplified(line) == [line[0], line[2], line[3]]
    ring = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert drawn([ring, [(0, 0), (1, 0), (1, 1)]]) == "M0 0l10 0 0 10-10 0z"
    hollow = [(0.0, 0.0), (30.0, 0.0), (30.0, 9.0), (9.0, 9.0), (9.0, 30.0), (0.0, 30.0)]
    x, y = inner_point(hollow)
    assert 0 < x < 30 and 0 < y < 30 and (x < 9 or y < 9)


MEMBERS = [("KE", "014"), ("KE", "014"), ("JM", "029"), ("MD", "151"), ("UA", "151"), ("", "015"), ("", "014")]


def test_spots_and_the_list_say_the_same() -> None:
    found = world_map(MEMBERS, url_of)
    assert [(spot.label, spot.url) for spot in found.spots] == [
        ("Eastern Africa: 1 organisation that is listed by region only", "region=014"),
        ("Jamaica: 1 organisation", "country=JM"),
        ("Kenya: 2 organisations", "country=KE"),
        ("Moldova: 1 organisation", "country=MD"),
        ("Northern Africa: 1 organisation that is listed by region only", "region=015"),
        ("Ukraine: 1 organisation", "country=UA"),
    ]
    assert [(row.name, row.count, [spot.listed_as for spot in row.spots]) for row in found.continents] == [
        ("Africa", 4, ["Eastern Africa, by region only", "Kenya", "Northern Africa, by region only"]),
        ("Americas", 1, ["Jamaica"]),
        ("Europe", 2, ["Moldova", "Ukraine"]),
    ]


def test_spots_lie_apart() -> None:
    spots = world_map(MEMBERS, url_of).spots
    for one, other in combinations(spots, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius - 2


def test_a_ring_stands_where_its_region_is() -> None:
    """Wherever in it the members are, and whoever they are: the same place for all."""
    (ring,) = world_map([("", "054")], url_of).spots
    (x, y) = projected((146, -8))
    assert hypot(ring.x - x, ring.y - y) < 60
    assert ring.path == ""
    assert world_map([("", "054")] * 3, url_of).spots[0].x == ring.x


@pytest.mark.django_db
def test_the_map_is_made_of_links(visitor: Client) -> None:
    for country in ("KE", "KE", "JM"):
        make_organisation(country=country, services=["housing"])
    make_organisation(country="EG", listing="region", services=["housing"])
    svg = drawing(visitor, query="?service=housing&country=KE")
    links = {a.get("aria-label"): a for a in svg.all("a") if a.get("aria-label")}
    assert {name: a.get("href") for name, a in links.items()} == {
        "Jamaica: 1 organisation": "/en/network/?country=JM&service=housing#members",
        "Kenya: 2 organisations": "/en/network/?country=KE&service=housing#members",
        "Northern Africa: 1 organisation that is listed by region only": (
            "/en/network/?region=015&service=housing#members"
        ),
    }
    assert {a.one("title").text for a in links.values()} == set(links)
    assert {a.all("text")[0].text for a in links.values()} == {"1", "2"}
    assert [name for name, a in links.items() if a.get("aria-current")] == ["Kenya: 2 organisations"]
    shapes = svg.one("g", aria_hidden="true").all("a")
    # Jamaica is too small to have a shape.
    assert [a.get("href") for a in shapes] == [links["Kenya: 2 organisations"].get("href")]
    assert all(a.get("tabindex") == "-1" for a in shapes)


@pytest.mark.django_db
def test_a_way_past_the_map_and_none_without_members(visitor: Client) -> None:
    assert '<svg class="map"' not in visitor.get("/en/network/").content.decode()
    make_organisation()
    root = parse(visitor.get("/en/network/").content.decode())
    skip = root.one("main").one("a", class_="skip")
    assert root.one("section", id=skip.get("href").removeprefix("#")).one("h2").text == "Find members"
    assert [a for a in drawing(visitor, "ar").all("a") if a.get("aria-label").startswith("زامبيا: ")]
