"""The network's directory: who is in it, what members share, and what must not show of those at risk."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from advocacy.models import Organisation
from publishing.languages import place_name
from publishing.places import REGION_OF
from tests.factories import (
    add_text,
    make_issue,
    make_organisation,
    make_population,
    make_practice,
)
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    return parse(response.content.decode())


def facts(root: Element) -> dict[str, str]:
    """Return the definition list of a profile."""
    return {div.one("dt").text: div.one("dd").text for div in root.one("dl", class_="facts").all("div")}


def test_members_stand_by_region_in_the_readers_order(visitor: Client) -> None:
    for country in ("ZM", "KE", "FR", "KZ"):
        make_organisation(slug=f"in-{country.lower()}", country=country)
    root = read(visitor, "/fr/network/")
    sections = [s for s in root.all("section") if s.all("ul", class_="list")]
    found = {s.one("h2").text: [a.get("href").split("/")[-2] for a in s.all("a")] for s in sections}
    assert found == {
        "Afrique orientale": ["in-ke", "in-zm"],
        "Asie centrale": ["in-kz"],
        "Europe de l’Ouest": ["in-fr"],
    }
    assert list(found) == sorted(found)


def test_the_network_counts_its_members(visitor: Client) -> None:
    make_organisation()
    assert read(visitor, "/en/network/").one("p", role="status").text == "1 organisation"
    make_organisation()
    make_organisation(state="draft", published_at=None)
    assert read(visitor, "/en/network/").one("p", role="status").text == "2 organisations"


def test_nobody_yet(visitor: Client) -> None:
    assert "Member organisations will be listed here." in read(visitor, "/en/network/").text


def test_profile(visitor: Client) -> None:
    member = make_organisation(
        country="ZM",
        cities=["Lusaka", "Ndola"],
        languages=["en", "bem"],
        founded=1999,
        size="small",
        site="https://example.org/member",
        joined="2020-10-28",
    )
    people, issue = make_population(slug="people"), make_issue(slug="data")
    member.populations.add(people)
    member.issues.add(issue)
    practice = make_practice(member)
    root = read(visitor, f"/en/network/{member.slug}/")
    assert facts(root) == {
        "Country": "Zambia",
        "Region": "Eastern Africa",
        "Cities": "Lusaka, Ndola",
        "Works with": "Title of people",
        "Languages": "English, Bemba",
        "Founded": "1999",
        "Size": "Small: up to 10 people",
        "In the network since": "28 October 2020",
        "Site": "https://example.org/member",
        "Shared issues": "Title of data",
    }
    assert root.one("a", href="https://example.org/member").get("rel") == "noreferrer"
    assert root.all("a", href=f"/en/practices/{practice.slug}/")


def test_a_profile_shows_only_what_is_known(visitor: Client) -> None:
    member = make_organisation(country="ZM")
    root = read(visitor, f"/en/network/{member.slug}/")
    assert facts(root) == {"Country": "Zambia", "Region": "Eastern Africa"}
    assert "Practices it shares" not in root.text


PLACES = [
    *("network/", "network/{0}/", "issues/", "issues/{1}/", "practices/", "practices/{2}/"),
    *("search/?q=Kairo", "search/?q=Egypt", "search/?q=Title", "search/?q=Ägypten"),
]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("address", [*PLACES, "/sitemap.xml"])
def test_one_at_risk_shows_its_region_alone(visitor: Client, address: str, language: str) -> None:
    """Neither country nor city, on no page, in no search, nowhere."""
    member = make_organisation(country="EG", cities=["Kairo", "Alexandria"], listing="region")
    member.issues.add(issue := make_issue())
    practice = make_practice(member)
    if not address.startswith("/"):
        address = f"/{language}/{address.format(member.slug, issue.slug, practice.slug)}"
    words = visitor.get(address).content.decode().replace('value="', "value=")
    with override(language):
        named = [place_name("EG"), "Kairo", "Alexandria", ">EG<", '"EG"']
    # The search page says again what was asked.
    asked = words.split("value=")[1].split('"')[0] if "search" in address else ""
    assert [name for name in named if name in words and name not in asked] == []


def test_one_at_risk_says_which_region(visitor: Client) -> None:
    member = make_organisation(country="EG", listing="region")
    assert facts(read(visitor, f"/en/network/{member.slug}/")) == {"Region": "Northern Africa"}


def test_the_region_follows_the_country() -> None:
    member = make_organisation(country="ZM")
    assert member.region == "014"
    member.country = "KZ"
    member.save()
    assert Organisation.objects.get().region == REGION_OF["KZ"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("country", "XX"), ("languages", ["no language"]), ("founded", 1492), ("size", "huge"), ("site", "javascript:x")],
)
def test_profiles_hold_only_what_makes_sense(field: str, value: object) -> None:
    member = make_organisation()
    setattr(member, field, value)
    with pytest.raises(ValidationError) as raised:
        member.full_clean()
    assert set(raised.value.message_dict) == {field}


def test_nothing_shared_yet(visitor: Client) -> None:
    assert "Practices that members share will be listed here." in read(visitor, "/en/practices/").text
    assert "Issues that members share will be listed here." in read(visitor, "/en/issues/").text


def test_names_in_other_scripts(visitor: Client) -> None:
    """Each runs its own way."""
    member = make_organisation(slug="member")
    add_text(member, "ar", title="منظمة")
    link = read(visitor, "/ar/network/").one("a", href="/ar/network/member/")
    assert (link.text, link.get("lang"), link.get("dir")) == ("منظمة", "ar", "rtl")
    link = read(visitor, "/fr/network/").one("a", href="/fr/network/member/")
    assert (link.text, link.get("lang"), link.get("dir")) == ("Title of member", "en", "ltr")


ADDRESSES = ["network", "issues", "practices", "news", "events"]


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("slug", ["none", "none%00", "x" * 3000, "%F0%9F%98%80", "-", "none/more"])
def test_no_such_thing(visitor: Client, name: str, slug: str) -> None:
    assert visitor.get(f"/en/{name}/{slug}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["network/", "issues/", "practices/", "network/{0}/", "practices/{1}/", "issues/{2}/"]
)
def test_reading_is_all_one_can_do(visitor: Client, address: str) -> None:
    member = make_organisation()
    url = "/en/" + address.format(member.slug, make_practice(member).slug, make_issue().slug)
    assert visitor.head(url).status_code == 200
    for method in (visitor.post, visitor.put, visitor.delete, visitor.patch):
        assert method(url).status_code == 405
