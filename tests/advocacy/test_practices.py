"""Practices: their list with its filters, their pages, and what is for members only."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from advocacy.licences import TERMS
from advocacy.models import Practice
from tests.advocacy.test_network import facts, read
from tests.factories import (
    add_text,
    make_issue,
    make_organisation,
    make_population,
    make_practice,
)
from tests.publishing.html import Element

pytestmark = pytest.mark.django_db


def listed(root: Element) -> list[str]:
    """Return the slugs of the practices that a page lists."""
    return [a.get("href").split("/")[-2] for li in root.all("ul", class_="list") for a in li.all("a")]


@pytest.fixture
def shared() -> dict[str, Practice]:
    """Return three practices that differ."""
    member, people, issue = make_organisation(), make_population(slug="people"), make_issue(slug="data")
    found = {
        "log": make_practice(member, slug="log", kind="data-set", licence="cc0"),
        "house": make_practice(member, slug="house", licence="cc-by"),
        "letter": make_practice(member, slug="letter"),
    }
    for age, practice in enumerate(found.values()):
        practice.published_at = timezone.now() - timedelta(days=age + 1)
        practice.save()
    found["log"].issues.add(issue)
    for slug in ("log", "house"):
        found[slug].populations.add(people)
    found["log"].texts.update(setting="Lusaka Central")
    text = found["house"].texts.get()
    text.repeat = "Ask the zygomorphic neighbours."
    text.save()
    add_text(found["letter"], "fr", title="Une lettre", setting="Une clinique")
    return found


def test_practices_are_listed_newest_first(visitor: Client, shared: dict[str, Practice]) -> None:
    root = read(visitor, "/en/practices/")
    assert listed(root) == ["log", "house", "letter"]
    assert root.one("p", role="status").text == "3 practices"
    item = root.all("ul", class_="list")[0].all("li")[0]
    assert item.one("p", class_="meta").text == f"Data set {shared['log'].organisation.texts.get().title}"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=data-set", ["log"]),
        ("population=people", ["log", "house"]),
        ("issue=data", ["log"]),
        ("licence=cc-by", ["house"]),
        ("licence=ask&kind=method", ["letter"]),
        ("population=people&kind=method", ["house"]),
        ("q=lusaka", ["log"]),
        ("q=zygomorphic", ["house"]),
        ("q=clinique", ["letter"]),
        ("q=lusaka&kind=method", []),
        ("q=%25", []),
    ],
)
def test_filters_combine(visitor: Client, shared: dict[str, Practice], query: str, found: list[str]) -> None:
    root = read(visitor, f"/en/practices/?{query}")
    assert listed(root) == found
    assert root.one("p", role="status").text == f"{len(found)} practice{'s' if len(found) != 1 else ''}"
    assert len(root.one("ul", class_="chosen").all("li")) == query.count("=")
    if not found:
        assert "No practice is like this. Take a filter away to see more." in root.text


def test_choices_say_how_many_they_leave(visitor: Client, shared: dict[str, Practice]) -> None:
    root = read(visitor, "/en/practices/?population=people")
    options = {select.get("name"): [o.text for o in select.all("option")] for select in root.all("select")}
    assert options == {
        "kind": ["–", "Method (1)", "Data set (1)"],
        "population": ["–", "Title of people (2)"],
        "issue": ["–", "Title of data (1)"],
        "licence": ["–", "CC BY 4.0 (1)", "CC0 1.0 (1)"],
    }


@pytest.mark.parametrize(
    "query", ["kind=nothing", "population=%00", "issue=data%27--", "licence=cc-by-nc", "q=" + "x" * 999]
)
def test_a_wrong_filter_is_told(visitor: Client, shared: dict[str, Practice], query: str) -> None:
    response = visitor.get(f"/en/practices/?{query}")
    assert response.status_code == 400
    assert "practices that members share will be listed" not in response.content.decode()


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "9" * 30])
def test_no_such_page(visitor: Client, page: str) -> None:
    make_practice()
    assert visitor.get(f"/en/practices/?page={page}").status_code == 404


def test_pages(visitor: Client) -> None:
    member = make_organisation()
    for _ in range(21):
        make_practice(member)
    first, second = (read(visitor, f"/en/practices/?kind=method&page={page}") for page in (1, 2))
    assert (len(listed(first)), len(listed(second))) == (20, 1)
    assert first.all("a", href="/en/practices/?kind=method&page=2")


def test_a_practice_says_all_of_it(visitor: Client) -> None:
    practice = make_practice(make_organisation(slug="member"), slug="practice", year=2014, licence="cc-by")
    practice.texts.all().delete()
    practice.texts.create(
        language="en",
        title="Practice",
        setting="Lusaka Central",
        body="Done **so**.",
        results="Less *waiting*.",
        evidence="[A report](https://example.org/report).",
        repeat="- Begin\n- Go on",
    )
    practice.populations.add(make_population(slug="people"))
    practice.issues.add(make_issue(slug="data"))
    root = read(visitor, "/en/practices/practice/")
    assert root.one("p", class_="kind").text == "Method"
    assert facts(root) == {
        "Shared by": "Title of member",
        "Key populations": "Title of people",
        "Setting": "Lusaka Central",
        "Year": "2014",
        "Shared issues": "Title of data",
        "Licence": f"CC BY 4.0 {TERMS['cc-by'].allows}",
    }
    assert root.all("a", href="https://creativecommons.org/licenses/by/4.0/")
    sections = [h.text for h in root.one("main").all("h2")]
    assert sections[:4] == ["What was done", "Results", "Evidence", "How to repeat it"]
    assert root.all("a", href="https://example.org/report")


def test_a_practice_says_only_what_is_known(visitor: Client) -> None:
    practice = make_practice(make_organisation(slug="member"))
    root = read(visitor, practice.get_absolute_url())
    assert list(facts(root)) == ["Shared by", "Licence"]
    assert [h.get("id") for h in root.one("article").all("h2") if h.get("id")] == ["done"]


@pytest.mark.parametrize("licence", Practice.Licence.values)
def test_every_licence_says_what_it_allows(licence: str) -> None:
    assert str(TERMS[licence].allows).endswith(".")
    assert bool(TERMS[licence].url) == (licence != "ask")


PUBLIC = [
    *("practices/", "practices/?q=canary", "practices/?kind=data-set", "practices/?issue=issue", "issues/"),
    *("issues/issue/", "network/", "network/member/", "search/?q=canary", "search/?q=canari", "", "news.atom"),
    *("network.csv", "network.json", "network.geojson", "/sitemap.xml"),
]
HIDDEN: dict[str, dict[str, Any]] = {
    "members only": {"audience": "members"},
    "draft": {"state": "draft", "published_at": None},
    "scheduled": {"published_at": timezone.now() + timedelta(days=1)},
    "withdrawn": {"state": "withdrawn"},
}


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_not_for_all_shows_nowhere(visitor: Client, how: str) -> None:
    """Not in lists, filters, counts, searches or files, whoever asks."""
    member, issue, people = make_organisation(slug="member"), make_issue(slug="issue"), make_population(slug="people")
    practice = make_practice(member, slug="canary", kind="data-set", licence="cc-by-nc", **HIDDEN[how])
    practice.texts.update(title="Canary", summary="A canary", setting="Canary", results="A canary")
    practice.issues.add(issue)
    practice.populations.add(people)
    member.issues.add(issue)
    for address in PUBLIC:
        response = visitor.get(address if address.startswith("/") else f"/en/{address}")
        # A filter that only it would have is one that nothing has.
        assert response.status_code == (400 if "?kind" in address or "?issue" in address else 200), address
        words = response.content.decode().replace('value="canary"', "").replace("q=canary", "").lower()
        assert "practices/canary" not in words, address
        assert "a canary" not in words, address
        assert "cc by-nc" not in words, address
    assert "shared practice" not in read(visitor, "/en/issues/").one("ul", class_="list").text
    assert visitor.get("/en/practices/canary/").status_code == 404


def test_an_organisation_at_risk_is_named_with_its_region_alone(visitor: Client) -> None:
    practice = make_practice(make_organisation(country="EG", cities=["Kairo"], listing="region"))
    for address in ("/en/practices/", practice.get_absolute_url()):
        words = visitor.get(address).content.decode()
        assert "Egypt" not in words
        assert "Kairo" not in words
