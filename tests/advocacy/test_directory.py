"""The directory: its filters combine, and of one at risk no output tells more than the region."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.models import Issue, Organisation
from advocacy.views import directory
from factsheets.models import KeyPopulation
from publishing.languages import place_name
from publishing.places import continent_of
from tests.factories import add_text, make_issue, make_organisation, make_population, make_practice
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db


def page(client: Client, language: str = "en", status: int = 200, **asked: Any) -> Element:
    """Return the page with these filters."""
    response = client.get(f"/{language}/network/?{urlencode(asked)}")
    assert response.status_code == status
    return parse(response.content.decode())


def listed(root: Element) -> list[str]:
    """Return the slugs of the members on a page, in their order."""
    items = [li for section in root.all("section") for li in section.all("li") if li.all("h3")]
    return [li.one("h3").one("a").get("href").split("/")[-2] for li in items]


def options(root: Element, name: str) -> dict[str, str]:
    """Return the choices of a filter, by their values."""
    return {option.get("value"): option.text for option in root.one("select", name=name).all("option")}


@pytest.fixture
def rows() -> dict[str, Organisation]:
    """Members that differ in all that filters ask."""
    prison, drugs = make_population(slug="prison"), make_population(slug="drugs")
    data, stigma = make_issue(slug="data"), make_issue(slug="stigma")
    made: dict[str, Organisation] = {}
    for slug, country, services, people, issues, listing in [
        ("a-zm", "ZM", ["housing", "release"], [prison], [data, stigma], "country"),
        ("b-ke", "KE", ["housing"], [prison, drugs], [stigma], "country"),
        ("c-ke", "KE", ["training"], [], [data], "country"),
        ("d-eg", "EG", ["training"], [drugs], [data], "country"),
        ("e-risk", "EG", ["housing", "training"], [drugs], [data], "region"),
        ("f-fr", "FR", [], [prison], [], "country"),
    ]:
        member = made[slug] = make_organisation(slug=slug, country=country, services=services, listing=listing)
        member.populations.set(people)
        member.issues.set(issues)
    named = {"own_name": "Shirika la mfano", "own_name_language": "sw"}
    Organisation.objects.filter(slug="b-ke").update(cities=["Nairobi", "São Tomé"], **named)
    Organisation.objects.filter(slug="e-risk").update(cities=["Kairo"])
    made["a-zm"].texts.update(title="A house", body="Beds.", plain="Beds for people who come back.")
    add_text(made["f-fr"], "fr", title="Une maison", body="Des lits.")
    return made


WORDS = {
    "": ["a-zm", "b-ke", "c-ke", "d-eg", "e-risk", "f-fr"],
    "coming": ["a-zm"],
    "lits": ["f-fr"],
    "SHIRIKA": ["b-ke"],
    "sao tome": ["b-ke"],
    "zambia": ["a-zm"],
    "egypt": ["d-eg"],
    "kairo": [],
    "northern africa": ["d-eg", "e-risk"],
    "' OR 1=1 --": [],
    "%": [],
    "_": [],
}


def test_words(visitor: Client, rows: dict[str, Organisation]) -> None:
    """They stand in profiles, names and places, but not in the places of one at risk."""
    assert {words: sorted(listed(page(visitor, q=words))) for words in WORDS} == WORDS


def test_words_and_filters_combine(visitor: Client, rows: dict[str, Organisation]) -> None:
    assert listed(page(visitor, q="kenya", service="housing", population="drugs")) == ["b-ke"]


FILTERS = {
    "country": ["", "ZM", "KE", "EG", "FR"],
    "region": ["", "014", "015", "155", "002", "150"],
    "population": ["", "prison", "drugs"],
    "service": ["", "housing", "release", "training"],
    "issue": ["", "data", "stigma"],
}


def naive(asked: dict[str, str]) -> list[str]:
    """Return what filters should leave, one row and one filter at a time."""
    rules: dict[str, Callable[[Organisation], list[str]]] = {
        "country": lambda row: [row.country] if row.listing == "country" else [],
        "region": lambda row: [row.region, continent_of(row.region)],
        "population": lambda row: [one.slug for one in row.populations.all()],
        "service": lambda row: row.services,
        "issue": lambda row: [one.slug for one in row.issues.all()],
    }
    members = Organisation.objects.order_by("slug")
    return [row.slug for row in members if all(not v or v in rules[name](row) for name, v in asked.items())]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.fixed_dictionaries({name: st.sampled_from(values) for name, values in FILTERS.items()}))
def test_any_filters(visitor: Client, rows: dict[str, Organisation], asked: dict[str, Any]) -> None:
    """Whatever is asked, what is found is what each filter alone would leave, and counts say what others would."""
    root = parse(visitor.get(f"/en/network/?{urlencode(asked)}").content.decode())
    assert sorted(listed(root)) == naive(asked)
    for name, values in FILTERS.items():
        counts = {value: len(naive(asked | {name: value})) for value in values if value}
        shown = {value: text.rpartition("(")[2].rstrip(")") for value, text in options(root, name).items() if value}
        assert shown == {v: str(count) for v, count in counts.items() if count or v == asked[name]}


def test_what_is_chosen_is_shown_and_can_be_removed(visitor: Client, rows: dict[str, Organisation]) -> None:
    root = page(visitor, country="KE", service="housing")
    chosen = root.one("ul", class_="chosen").all("li")
    assert [(e.text.removesuffix(e.one("a").text).strip(), e.one("a").get("href")) for e in chosen] == [
        ("Country: Kenya", "/en/network/?service=housing#members"),
        ("Service: Housing and shelter", "/en/network/?country=KE#members"),
    ]
    assert root.one("p", role="status").text == "1 organisation"
    french = [link.get("href") for link in root.all("a") if link.get("hreflang") == "fr"]
    assert french == ["/fr/network/?country=KE&service=housing"]
    assert root.all("a", href="/en/network.csv?country=KE&service=housing")


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"country": "XX"}, "No organisation has “XX”."),
        ({"country": "LY"}, "No organisation has “LY”."),
        ({"region": "Africa"}, "No organisation has “Africa”."),
        ({"service": "<b>"}, "No organisation has “<b>”."),
        ({"q": "x" * 201}, "at most 200 characters"),
        ({"q": "\x00"}, "Null characters are not allowed."),
    ],
)
def test_filters_that_are_wrong(
    visitor: Client, rows: dict[str, Organisation], asked: dict[str, str], wrong: str
) -> None:
    root = page(visitor, status=400, **asked)
    assert wrong in root.one("div", class_="errors").text
    assert listed(root) == []
    for form in ("csv", "json", "geojson"):
        assert visitor.get(f"/en/network.{form}", asked).status_code == 400


def test_nothing_found(visitor: Client, rows: dict[str, Organisation]) -> None:
    root = page(visitor, country="FR", issue="data")
    assert "No organisation is like this." in root.text
    assert root.one("p", role="status").text == "0 organisations"


def test_pages(visitor: Client, rows: dict[str, Organisation], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "PAGE_SIZE", 4)
    first = page(visitor, region="002")
    assert listed(first) == ["a-zm", "b-ke", "c-ke", "d-eg"]
    following = first.one("a", rel="next").get("href")
    assert following == "/en/network/?region=002&page=2#members"
    second = parse(visitor.get(following).content.decode())
    assert listed(second) == ["e-risk"]
    assert second.one("a", rel="prev").get("href") == "/en/network/?region=002&page=1#members"
    for wrong in ("3", "0", "-1", "x", "²", "9" * 30):
        assert visitor.get("/en/network/", {"page": wrong}).status_code == 404


def everything(client: Client, slug: str) -> dict[str, str]:
    """Return all that the public can read of the network."""
    queries = ["", "?q=Egypt", "?q=Kairo", "?q=Title", "?region=002&service=housing", "?country=EG", "?country=LY"]
    addresses = [f"/en/network/{query}" for query in queries]
    addresses += ["/en/network.csv?q=Egypt", "/en/network.csv", "/en/network.json", "/en/network.geojson"]
    addresses += ["/ar/network/", "/ar/network/?region=015", f"/en/network/{slug}/", f"/ar/network/{slug}/"]
    addresses += ["/en/issues/data/", "/en/practices/shared/", "/en/search/?q=Kairo", "/sitemap.xml"]
    return {address: client.get(address).content.decode() for address in addresses}


def at_risk(issue: Issue, people: KeyPopulation) -> Organisation:
    """Return a member that is listed by region only."""
    member = make_organisation(
        slug="risk",
        country="EG",
        cities=["Kairo"],
        listing="region",
        services=["housing"],
        contact_phone="+20 000",
        contact_address="Kairo",
        contact_email="risk@example.org",
        contact_shown=["phone", "address", "email"],
    )
    member.issues.add(issue)
    member.populations.add(people)
    make_practice(member, slug="shared")
    return member


def test_one_at_risk_could_be_anywhere_in_its_region(visitor: Client) -> None:
    """Not one byte changes if it is in another country: nothing tells it, by no filter, count, word or file."""
    issue, people = make_issue(slug="data"), make_population()
    make_organisation(slug="other", country="EG").issues.add(issue)
    member = at_risk(issue, people)
    before = everything(visitor, member.slug)
    assert "risk@example.org" in before["/en/network/risk/"]
    member.country, member.cities = "LY", ["Tripoli"]
    member.contact_phone, member.contact_address = "+218 000", "Tripoli"
    member.save()
    assert everything(visitor, member.slug) == before


def test_one_at_risk_is_in_no_country(visitor: Client) -> None:
    """Nor does it stand anywhere by name, by code, or as a place on the earth."""
    member = at_risk(make_issue(slug="data"), make_population())
    with override("ar"):
        hidden = ["Egypt", place_name("EG"), "Kairo", '"EG"', "=EG", "+20", "29.41"]
    read = {address: words for address, words in everything(visitor, member.slug).items() if "q=" not in address}
    told = [(address, name) for address, words in read.items() for name in hidden if name in words]
    assert [(address, name) for address, name in told if "country=EG" not in address] == []


def test_one_that_is_not_listed_does_not_exist(visitor: Client) -> None:
    """Everything is as it is without it."""
    issue, people = make_issue(slug="data"), make_population()
    make_organisation(slug="other", country="EG").issues.add(issue)
    member = at_risk(issue, people)
    member.practices.all().delete()
    Organisation.objects.update(published_at=None, state="draft")
    Organisation.objects.filter(slug="other").update(state="published", published_at="2026-01-01T00:00Z")
    Organisation.objects.filter(pk=member.pk).update(listing="unlisted")
    before = everything(visitor, member.slug)
    assert visitor.get("/en/network/risk/").status_code == 404
    member.delete()
    assert everything(visitor, "risk") == before


@pytest.mark.parametrize("count", [1, 6])
def test_queries(visitor: Client, count: int, django_assert_num_queries: Any) -> None:
    for country in ("ZM", "KE", "FR", "IN", "BR", "JP")[:count]:
        member = make_organisation(country=country)
        member.issues.add(make_issue())
        member.populations.add(make_population())
    with django_assert_num_queries(8):
        visitor.get("/en/network/?q=title&region=&country=")
