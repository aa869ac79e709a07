"""The directory as files: a table, for programs, for maps; all by one list of columns."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from advocacy.map.world import place_of
from advocacy.models import Organisation
from advocacy.organisation_data import COLUMNS
from tests.factories import make_issue, make_organisation, make_population

pytestmark = pytest.mark.django_db
NAMES = [column.name for column in COLUMNS]


@pytest.fixture
def rows(settings: Settings) -> dict[str, Organisation]:
    """One member that has everything, and one at risk."""
    settings.SITE_ADDRESS = "https://portal.example.org"
    full = make_organisation(
        slug="full",
        country="KE",
        cities=["Nairobi", "Kisumu"],
        languages=["sw", "en"],
        services=["housing", "release"],
        founded=1999,
        size="small",
        site="https://example.org/",
        joined="2020-10-28",
        checked="2026-01-02",
        own_name="Shirika",
        own_name_language="sw",
        contact_person="A. Person",
        contact_email="person@example.org",
        contact_shown=["person", "email"],
    )
    full.populations.add(make_population(slug="people"))
    full.issues.add(make_issue(slug="data"))
    full.texts.update(title="=HYPERLINK(1)", summary="What it does.")
    risk = make_organisation(slug="risk", country="EG", cities=["Kairo"], listing="region", services=["housing"])
    return {"full": full, "risk": risk}


TOLD: dict[str, Any] = {
    "slug": "full",
    "url": "https://portal.example.org/en/network/full/",
    "name": "=HYPERLINK(1)",
    "summary": "What it does.",
    "language": "en",
    "own_name": "Shirika",
    "own_name_language": "sw",
    "country": "KE",
    "country_name": "Kenya",
    "region": "014",
    "region_name": "Eastern Africa",
    "continent": "002",
    "cities": ["Nairobi", "Kisumu"],
    "populations": ["people"],
    "services": ["housing", "release"],
    "languages": ["sw", "en"],
    "issues": ["data"],
    "founded": 1999,
    "size": "small",
    "site": "https://example.org/",
    "joined": "2020-10-28",
    "checked": "2026-01-02",
}


def test_table(visitor: Client, rows: dict[str, Organisation]) -> None:
    response = visitor.get("/en/network.csv")
    assert response["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response["Content-Disposition"].startswith('attachment; filename="network-')
    full, risk = csv.DictReader(StringIO(response.content.decode()))
    assert list(full) == NAMES
    cells = {name: "; ".join(value) if isinstance(value, list) else str(value) for name, value in TOLD.items()}
    assert full == cells | {"name": "'=HYPERLINK(1)"}
    assert [risk[name] for name in ("country", "country_name", "cities", "region")] == ["", "", "", "015"]


def test_for_programs(visitor: Client, rows: dict[str, Organisation]) -> None:
    told = json.loads(visitor.get("/en/network.json").content)
    assert [field["name"] for field in told["fields"]] == NAMES
    assert told["terms"].startswith("You may use this list freely")
    assert told["organisations"][0] == TOLD
    assert "person@example.org" not in json.dumps(told)
    assert told["organisations"][1]["country"] == ""


def test_for_maps(visitor: Client, rows: dict[str, Organisation]) -> None:
    """RFC 7946: a feature each, with a position or none; longitude stands first."""
    response = visitor.get("/en/network.geojson")
    assert response["Content-Type"] == "application/geo+json"
    told = json.loads(response.content)
    assert told["type"] == "FeatureCollection"
    full, risk = told["features"]
    assert full == {
        "type": "Feature",
        "id": "full",
        "geometry": {"type": "Point", "coordinates": list(place_of("KE") or ())},
        "properties": TOLD,
    }
    assert (risk["geometry"], risk["properties"]["region_name"]) == (None, "Northern Africa")


def test_files_hold_what_the_page_shows(visitor: Client, rows: dict[str, Organisation]) -> None:
    for query, slugs in {"?service=release": ["full"], "?region=015": ["risk"], "?q=kairo": []}.items():
        told = json.loads(visitor.get(f"/en/network.json{query}").content)
        assert [row["slug"] for row in told["organisations"]] == slugs
    french = json.loads(visitor.get("/fr/network.json?region=015").content)
    assert french["organisations"][0]["region_name"] == "Afrique septentrionale"


@pytest.mark.parametrize("form", ["csv", "json", "geojson"])
def test_a_file_that_has_not_changed_is_not_sent_again(
    visitor: Client, rows: dict[str, Organisation], form: str
) -> None:
    address = f"/en/network.{form}"
    etag = visitor.get(address)["ETag"]
    assert visitor.get(address, headers={"if-none-match": etag}).status_code == 304
    rows["full"].state = "withdrawn"
    rows["full"].save()
    assert visitor.get(address, headers={"if-none-match": etag}).status_code == 200
    for method in (visitor.post, visitor.put, visitor.delete, visitor.patch):
        assert method(address).status_code == 405


def test_nobody(visitor: Client) -> None:
    assert visitor.get("/en/network.csv").content.decode().strip() == ",".join(NAMES)
    assert json.loads(visitor.get("/en/network.geojson").content)["features"] == []
