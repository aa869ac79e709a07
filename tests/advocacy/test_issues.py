"""Shared issues: who faces them where, in chart, table and list alike, and what the portal holds about them."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from advocacy.models import Issue, Organisation
from campaign.models import Version, VersionText
from publishing.languages import place_name
from tests.advocacy.test_network import read
from tests.factories import (
    cite,
    make_deliverable,
    make_figure,
    make_issue,
    make_organisation,
    make_population,
    make_practice,
    make_version,
)
from tests.publishing.html import Element

pytestmark = pytest.mark.django_db
THREE = "One.\n\nTwo.\n\nThree."


def make_members(issue: Issue, *countries: str, facing: bool = True, **fields: Any) -> None:
    """Make a member in each country."""
    for country in countries:
        member = make_organisation(country=country, **fields)
        if facing:
            member.issues.add(issue)


def table(root: Element) -> dict[str, str]:
    """Return the rows of the chart's table."""
    rows = [row for row in root.one("figure", class_="chart").one("table").all("tr") if row.all("td")]
    return {row.one("th").text.strip(): row.one("td").text for row in rows}


def drawn(root: Element) -> dict[str, str]:
    """Return what the chart's drawings say to those who do not see them."""
    said = "; ".join(d.text.partition(": ")[2] for d in root.one("figure", class_="chart").all("desc"))
    return dict(row.split(": ") for row in said.split("; "))


def passages(root: Element) -> list[tuple[str, str, str]]:
    """Return of each paragraph that is cited what it is called, where it leads and what else is said."""
    titles = root.all("h2", id="paragraphs")
    block = titles[0].parent if titles else None
    items = block.all("li") if block else []
    return [
        (li.one("a").text, li.one("a").get("href"), " | ".join(p.text.strip() for p in li.all("p"))) for li in items
    ]


def test_issues_stand_in_order_with_their_counts(visitor: Client) -> None:
    make_issue(slug="second", position=2)
    first = make_issue(slug="first", position=1)
    make_members(first, "KE", "KE")
    make_members(first, "FR", facing=False)
    make_practice(Organisation.objects.first()).issues.add(first)
    items = read(visitor, "/en/issues/").one("ul", class_="list").all("li")
    assert [li.one("a").get("href") for li in items] == ["/en/issues/first/", "/en/issues/second/"]
    assert [li.one("p", class_="meta").text for li in items] == [
        "2 of 3 members 1 shared practice",
        "0 of 3 members",
    ]


def test_chart_table_and_list_say_what_the_database_says(visitor: Client) -> None:
    issue = make_issue(slug="issue")
    make_members(issue, "KE", "ZM", "FR")
    make_members(issue, "KE", "MX", facing=False)
    root = read(visitor, "/en/issues/issue/")
    assert table(root) == drawn(root)
    assert table(root) == {
        "Eastern Africa": "2 of 3",
        "Central America": "0 of 1",
        "Western Europe": "1 of 1",
    }
    faced = Counter(Organisation.objects.public().filter(issues=issue).values_list("region", flat=True))
    assert {name: int(said.split()[0]) for name, said in table(root).items() if said[0] != "0"} == {
        place_name(region): number for region, number in faced.items()
    }
    assert len(root.one("ul", class_="is-compact").all("li")) == 3
    assert "3 of 5 listed members face it. They work in 2 regions." in root.text


def test_only_what_is_public_counts_and_where_it_may_be_known(visitor: Client) -> None:
    """One at risk counts under its region; others that are not listed count nowhere, for no total either."""
    issue = make_issue(slug="issue")
    make_members(issue, "EG", listing="region", cities=["Kairo"])
    make_members(issue, "LY", listing="unlisted", state="draft", published_at=None)
    make_members(issue, "TN", state="draft", published_at=None)
    make_members(issue, "TN", published_at=timezone.now() + timedelta(days=1))
    make_members(issue, "DZ", state="withdrawn", left=timezone.localdate())
    for language in ("en", "ar"):
        root = read(visitor, f"/{language}/issues/issue/")
        with override(language):
            assert list(table(root)) == list(drawn(root)) == [place_name("015")]
            assert [name for name in map(place_name, ("EG", "LY", "TN", "DZ")) if name in root.text] == []
    assert "Kairo" not in root.text
    assert list(table(read(visitor, "/en/issues/issue/")).values()) == ["1 of 1"]
    assert "1 of 1 member" in read(visitor, "/en/issues/").text


def test_nobody_faces_it_yet(visitor: Client) -> None:
    make_issue(slug="issue")
    root = read(visitor, "/en/issues/issue/")
    assert "No listed member has said yet that it faces this issue." in root.text
    assert root.all("figure") == []
    assert [h.get("id") for h in root.all("h2") if h.get("id")] == ["members"]


def test_what_members_do_stands_apart(visitor: Client) -> None:
    make_issue(slug="issue").texts.get().delete()
    text = Issue.objects.get().texts.create(language="en", title="Issue", body="It is.", response="They **write**.")
    assert "They write." in text.plain
    root = read(visitor, "/en/issues/issue/")
    section = root.one("h2", id="response").parent
    assert section is not None
    assert section.one("strong").text == "write"
    assert read(visitor, "/en/search/?q=write").all("a", href="/en/issues/issue/")


def test_figures_are_shown_with_their_sources(visitor: Client) -> None:
    issue = make_issue(slug="issue")
    people = make_population(slug="people")
    issue.figures.add(
        make_figure(code="share", population=people),
        make_figure(code="hidden", state="draft", published_at=None, value="77"),
    )
    (figure,) = read(visitor, "/en/issues/issue/").all("div", class_="figure")
    assert figure.get("id") == "share"
    assert figure.one("strong").text == "Title of people"
    assert figure.one("a", rel="noreferrer").get("href") == "https://example.org/report"


def test_a_superseded_figure_gives_way_to_the_newer_one(visitor: Client) -> None:
    issue = make_issue(slug="issue")
    newer = make_figure(code="newer", state="draft", published_at=None)
    older = make_figure(code="older", superseded_by=newer)
    issue.figures.add(older)
    assert [f.get("id") for f in read(visitor, "/en/issues/issue/").all("div", class_="figure")] == ["older"]
    newer.state, newer.published_at = "published", timezone.now()
    newer.save()
    assert [f.get("id") for f in read(visitor, "/en/issues/issue/").all("div", class_="figure")] == ["newer"]
    issue.figures.add(newer)
    assert [f.get("id") for f in read(visitor, "/en/issues/issue/").all("div", class_="figure")] == ["newer"]


def test_paragraphs_are_cited_by_their_present_numbers(visitor: Client) -> None:
    issue = make_issue(slug="issue")
    code = make_version(make_deliverable(slug="code", kind="code-of-conduct", position=2), body="All.")
    note = make_version(make_deliverable(slug="note", position=1), body=THREE)
    for version, number in ((code, 1), (note, 3), (note, 1)):
        cite(issue, version, number)
    address = "/en/deliverables/note/versions"
    assert passages(read(visitor, "/en/issues/issue/")) == [
        ("Guidance note, ¶ 1", f"{address}/1/#p1", "One."),
        ("Guidance note, ¶ 3", f"{address}/1/#p3", "Three."),
        ("Code of conduct, ¶ 1", "/en/deliverables/code/versions/1/#p1", "All."),
    ]
    Version.objects.filter(pk=note.pk).update(state="superseded")
    make_version(note.deliverable, body="New.\n\nOne.\n\nTwo.")
    # What the newest version no longer has leads to where it stood last, and says so.
    gone = "Three. | The current version no longer has this paragraph."
    assert passages(read(visitor, "/en/issues/issue/"))[:2] == [
        ("Guidance note, ¶ 2", f"{address}/2/#p2", "One."),
        ("Guidance note, version 1, ¶ 3", f"{address}/1/#p3", gone),
    ]


def test_paragraphs_are_quoted_in_the_readers_language(visitor: Client) -> None:
    version = make_version(make_deliverable(slug="note"), body=THREE)
    VersionText.objects.create(version=version, language="fr", title="Note", body="Un.\n\nDeux.\n\nTrois.")
    cite(make_issue(slug="issue"), version, 2)
    for language, quoted in (("fr", "Deux."), ("en", "Two."), ("ru", "Two.")):
        root = read(visitor, f"/{language}/issues/issue/")
        assert [(url, said) for _label, url, said in passages(root)] == [
            (f"/{language}/deliverables/note/versions/1/#p2", quoted)
        ]
    ((words, _url, _said),) = passages(read(visitor, "/fr/issues/issue/"))
    assert words.endswith("¶ 2")


@pytest.mark.parametrize(
    "hidden",
    [{"state": "draft", "published_at": None}, {"published_at": timezone.now() + timedelta(days=1)}],
    ids=["draft", "scheduled"],
)
def test_paragraphs_of_what_is_not_public_are_left_out(visitor: Client, hidden: dict[str, Any]) -> None:
    version = make_version(make_deliverable(slug="note"), body=THREE)
    cite(make_issue(slug="issue"), version, 2)
    Version.objects.update(**hidden)
    assert passages(read(visitor, "/en/issues/issue/")) == []


def test_long_paragraphs_are_cut_between_words(visitor: Client) -> None:
    cite(make_issue(slug="issue"), make_version(body="Nobody is left behind. " * 40), 1)
    ((_words, _url, said),) = passages(read(visitor, "/en/issues/issue/"))
    assert said.endswith((" is …", " left …", " Nobody …", " behind. …"))
    assert len(said) < 230


def test_an_issue_names_a_paragraph_once() -> None:
    version, issue = make_version(body=THREE), make_issue()
    cite(issue, version, 2)
    with pytest.raises(IntegrityError, match="issueparagraph_once"), transaction.atomic():
        cite(issue, version, 2)
