"""What is public of those who signed: counts that expose nobody, those who agreed to be named, the file of both."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from advocacy.proposing import hide
from campaign.models import Deliverable, Endorsement, Version
from tests.campaign.endorsement_rows import (
    csv_url,
    form_url,
    list_url,
    make_endorsement,
    make_published_endorsement,
    make_unconfirmed,
)
from tests.comments.loop import page_of
from tests.factories import make_deliverable, make_member, make_organisation, make_version
from tests.publishing.html import Element

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    """Return a final version."""
    return make_version()


def counts(page: Element) -> dict[str, str]:
    """Return the counts that a page shows, as bars or in a line."""
    bars = [(row.one("dt").text, row.one("dd").text) for dl in page.all("dl", class_="bars") for row in dl.all("div")]
    lines = page.one("main").all("p", class_="meta")
    spans = [(span.text, strong.text) for line in lines for span in line.all("span") for strong in span.all("strong")]
    return dict(bars) or {text.removesuffix(count).strip(): count for text, count in spans}


def names(page: Element) -> list[str]:
    """Return the names that a page lists, with what stands beside them."""
    return [item.text for item in page.one("main").all("li") if item.all("bdi")]


def read_csv(client: Client, deliverable: Deliverable) -> list[dict[str, str]]:
    """Return the rows of the file."""
    return list(csv.DictReader(StringIO(client.get(csv_url(deliverable)).content.decode("utf-8"))))


def person(version: Version, **fields: Any) -> Endorsement:
    """Return a person's public endorsement."""
    return make_published_endorsement(version, **{"capacity": "person", "name": "Wanjiru Rivers"} | fields)


def both(version: Version) -> tuple[str, str]:
    """Return the addresses that show who signed."""
    return version.deliverable.get_absolute_url(), list_url(version.deliverable)


def test_counts_by_kind_and_by_country(visitor: Client, version: Version) -> None:
    for number in range(3):
        person(version, shown_as="count", name="", country="KE")
        make_published_endorsement(version, country="ZM", name=f"Society {number}")
    for url in both(version):
        assert counts(page_of(visitor.get(url))) == {
            "Civil-society organisation": "3",
            "Other person": "3",
            "Kenya": "3",
            "Zambia": "3",
        }
    assert (
        "3 organisations 3 persons"
        in page_of(visitor.get(list_url(version.deliverable))).one("header", class_="head").text
    )


@pytest.mark.parametrize("country", ["KE", ""])
def test_a_country_with_few_is_not_told(visitor: Client, version: Version, country: str) -> None:
    """Two from one country and one from nowhere look like three from nowhere."""
    for number in range(3):
        make_published_endorsement(version, country="ZM", name=f"Society {number}")
    person(version, shown_as="count", name="", country=country)
    person(version, shown_as="initials", name="W. R.", country=country)
    person(version, shown_as="count", name="")
    for url in both(version):
        page = page_of(visitor.get(url))
        assert counts(page)["Other countries, or none told"] == "3"
        assert "Kenya" not in page.one("main").text


def test_names_as_agreed(visitor: Client, version: Version) -> None:
    """Organisations first; a country beside a full name alone; nobody who only wants to count."""
    person(version, name="Zebra Person", country="KE")
    person(version, shown_as="initials", name="A. B.", country="KE")
    person(version, shown_as="count", name="")
    make_published_endorsement(version, name="Only Counted", shown_as="count", country="KE")
    make_published_endorsement(version, name="Named Society", country="KE")
    for url in both(version):
        page = page_of(visitor.get(url))
        listed = names(page)
        assert [line.split(" version")[0] for line in listed] == [
            "Named Society civil-society organisation Kenya",
            "A. B. other person",
            "Zebra Person other person Kenya",
        ]
        assert "Only Counted" not in page.text


def test_names_are_escaped(visitor: Client, version: Version) -> None:
    make_published_endorsement(version, name="<script>alert(1)</script>")
    for url in both(version):
        assert "<script>alert" not in visitor.get(url).content.decode()
        assert names(page_of(visitor.get(url)))[0].startswith("<script>alert(1)</script>")


def test_member_of_the_network_is_linked_while_its_profile_is_public(visitor: Client, version: Version) -> None:
    organisation = make_organisation()
    make_published_endorsement(version, organisation=organisation)
    for url in both(version):
        assert page_of(visitor.get(url)).one("main").all("a", href=organisation.get_absolute_url())
    organisation.state = "withdrawn"
    organisation.save()
    for url in both(version):
        assert not page_of(visitor.get(url)).one("main").all("a", href=organisation.get_absolute_url())


def test_what_is_not_public_shows_nowhere(visitor: Client, version: Version) -> None:
    secret = "Zygomorphic Society"
    make_unconfirmed(version, name=secret, country="KE")
    make_endorsement(version, name=secret, country="KE")
    make_published_endorsement(make_version(), name=secret, country="KE")
    for url in (*both(version), csv_url(version.deliverable)):
        text = visitor.get(url).content.decode()
        assert secret not in text
        assert "Kenya" not in text.partition("<main")[2]
    assert read_csv(visitor, version.deliverable) == []
    assert "Nobody has signed yet." in visitor.get(version.deliverable.get_absolute_url()).content.decode()


def test_pages_of_what_is_not_public(visitor: Client) -> None:
    """Neither list nor file, whoever signed."""
    hidden = make_published_endorsement(make_version(make_deliverable(state="draft"))).deliverable
    for deliverable in (hidden, Deliverable(slug="none")):
        for url in (list_url(deliverable), csv_url(deliverable)):
            assert visitor.get(url).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_wrong_method(visitor: Client, version: Version, method: str) -> None:
    for url in (list_url(version.deliverable), csv_url(version.deliverable)):
        assert getattr(visitor, method)(url).status_code == 405


@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "99999", "٢", "\0", "1.0"])
def test_no_such_page(visitor: Client, version: Version, page: str) -> None:
    assert visitor.get(list_url(version.deliverable), {"page": page}).status_code == 404


def test_a_hundred_to_a_page(visitor: Client, version: Version) -> None:
    for number in range(101):
        person(version, name=f"Person {number:03}")
    first = page_of(visitor.get(list_url(version.deliverable)))
    assert len(names(first)) == 100
    (link,) = first.all("a", rel="next")
    second = page_of(visitor.get(link.get("href")))
    assert [line.split(" other")[0] for line in names(second)] == ["Person 100"]
    assert second.all("a", rel="prev")
    own = page_of(visitor.get(version.deliverable.get_absolute_url()))
    assert len(names(own)) == 12
    assert own.one("p", class_="more").one("a").get("href") == list_url(version.deliverable)


def test_one_can_sign_what_has_a_version(visitor: Client, version: Version) -> None:
    for url in both(version):
        assert page_of(visitor.get(url)).all("a", href=form_url(version.deliverable))
    empty = make_deliverable()
    assert not page_of(visitor.get(list_url(empty))).all("a", href=form_url(empty))


# --- The file ------------------------------------------------------------------------------------------------------


def test_file_holds_what_is_public(visitor: Client, version: Version) -> None:
    """Each who signed has a line, and those who only count nothing but their kind."""
    person(version, shown_as="count", name="", country="KE")
    person(version, shown_as="initials", name="W. R.", country="KE")
    row = make_published_endorsement(version, name="Société, “Été”", country="ZM")
    response = visitor.get(csv_url(version.deliverable))
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert f'filename="{version.deliverable.slug}-endorsements.csv"' in response["Content-Disposition"]
    assert not response.cookies
    assert row.published_at
    month = row.published_at.strftime("%Y-%m")
    keys = ("kind", "name", "country", "version", "month")
    assert [tuple(line[key] for key in keys) for line in read_csv(visitor, version.deliverable)] == [
        ("civil-society", "Société, “Été”", "ZM", "1", month),
        ("person", "W. R.", "", "1", month),
        ("person", "", "", "", ""),
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", " =1"])
def test_file_runs_nothing(visitor: Client, version: Version, name: str) -> None:
    """A name that a spreadsheet would take for a formula is text there."""
    person(version, name=name)
    assert [line["name"] for line in read_csv(visitor, version.deliverable)] == [f"'{name}"]


def test_a_member_that_hides_is_not_told_by_what_it_signed(visitor: Client) -> None:
    """Listed with its region, it has no country there; not listed, it only counts."""
    version = make_version()
    membership = make_member()[1]
    signed = make_published_endorsement(version, organisation=membership.organisation, country="ZM", name="Hiding")
    page = list_url(version.deliverable)
    hide(membership=membership, listing="region")
    signed.refresh_from_db()
    assert signed.country == ""
    assert "Hiding" in visitor.get(page).content.decode()
    make_published_endorsement(version, name="Another")
    hide(membership=membership, listing="unlisted")
    assert "Hiding" not in visitor.get(page).content.decode()


def test_hiding_waits_for_no_namesake() -> None:
    """Where another of this name stands without a country, the endorsement is taken back."""
    version = make_version()
    membership = make_member()[1]
    signed = make_published_endorsement(version, organisation=membership.organisation, country="ZM", name="Hiding")
    make_published_endorsement(version, name="Hiding")
    hide(membership=membership, listing="region")
    signed.refresh_from_db()
    assert (signed.state, signed.organisation) == ("withdrawn", None)
