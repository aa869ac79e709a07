"""The forms of issues and practices: figures and paragraphs are chosen by what staff call them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.models import Issue, Practice
from campaign.models import Version
from tests.advocacy.test_network import read
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import cite, make_deliverable, make_figure, make_issue, make_organisation, make_version

pytestmark = pytest.mark.django_db
THREE = "One.\n\nTwo.\n\nThree."


def send(client: Client, issue: Issue, **changes: Any) -> Any:
    """Open the form of an issue, change these fields and send it; `__` stands for `-`."""
    url = address(issue, "change")
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(url, {**typed(client.get(url), "issue_form"), **named})


def cited(issue: Issue) -> set[tuple[str, int | None]]:
    """Return the paragraphs about an issue as the first versions number them."""
    rows = issue.paragraphs.filter(key__paragraphs__text__version__number=1)
    return set(rows.values_list("key__paragraphs__text__version__deliverable__slug", "key__paragraphs__number"))


def test_coordinator_writes_an_issue(coordinator: Client) -> None:
    make_version(make_deliverable(slug="note"), body=THREE)
    figure = make_figure(code="share")
    url = address(Issue, "add")
    fields = typed(coordinator.get(url), "issue_form") | {
        "slug": "data",
        "figures": [figure.pk],
        "texts-0-title": "Lack of data",
        "texts-0-response": "They **count**.",
        "paragraphs-0-named": "note 2",
    }
    response = coordinator.post(url, fields)
    assert response.status_code == 302, errors(response)
    issue = Issue.objects.get(slug="data")
    assert list(issue.figures.all()) == [figure]
    assert cited(issue) == {("note", 2)}
    assert "<strong>count</strong>" in issue.texts.get().response_html


def test_coordinator_finds_figures_and_changes_none(coordinator: Client) -> None:
    figure = make_figure(code="share")
    asked = {"app_label": "advocacy", "model_name": "issue", "field_name": "figures", "term": "share"}
    found = coordinator.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [row["id"] for row in found] == [str(figure.pk)]
    assert coordinator.post(address(figure, "change"), {"code": "other"}).status_code == 403


@pytest.mark.parametrize(
    ("named", "wrong"),
    [
        ("note 4", "The last paragraph is 3."),
        ("note 2 v2", "no such public version"),
        ("nothing 2", "There is no deliverable “nothing”. There are: draft, note."),
        ("draft 1", "no such public version"),
        ("note", "Write a deliverable and a paragraph’s number"),
        ("note ²", "Write a deliverable and a paragraph’s number"),
        ("note 99999999999", "Write a deliverable and a paragraph’s number"),
    ],
)
def test_what_is_no_paragraph_is_told_beside_it(coordinator: Client, named: str, wrong: str) -> None:
    make_version(make_deliverable(slug="note"), body=THREE)
    make_version(make_deliverable(slug="draft"), state="draft", published_at=None)
    issue = make_issue()
    response = send(coordinator, issue, paragraphs__0__named=named)
    assert response.status_code == 200
    assert wrong in errors(response)
    assert page_of(response).one("input", name="paragraphs-0-named").get("value") == named
    assert not issue.paragraphs.exists()


def test_the_same_paragraph_twice(coordinator: Client) -> None:
    version, issue = make_version(make_deliverable(slug="note"), body=THREE), make_issue()
    cite(issue, version, 2)
    response = send(coordinator, issue, paragraphs__1__named="note ¶ 2")
    assert response.status_code == 200
    assert "named above already" in errors(response)


def test_two_paragraphs_change_their_places(coordinator: Client) -> None:
    version, issue = make_version(make_deliverable(slug="note"), body=THREE), make_issue()
    cite(issue, version, 1)
    cite(issue, version, 2)
    response = send(coordinator, issue, paragraphs__0__named="note 2", paragraphs__1__named="note 3")
    assert response.status_code == 302, errors(response)
    assert cited(issue) == {("note", 2), ("note", 3)}


def test_saving_keeps_the_paragraph_whatever_is_published_meanwhile(coordinator: Client) -> None:
    """It is called by the version that has it: a number alone would be another paragraph by now."""
    first, issue = make_version(make_deliverable(slug="note"), body=THREE), make_issue()
    cite(issue, first, 2)
    cite(issue, first, 3)
    form = typed(coordinator.get(address(issue, "change")), "issue_form")
    assert [form["paragraphs-0-named"], form["paragraphs-1-named"]] == ["note 2 v1", "note 3 v1"]
    Version.objects.update(state="superseded")
    make_version(first.deliverable, body="New.\n\nOne.\n\nTwo.")
    response = coordinator.post(address(issue, "change"), form | {"position": "7"})
    assert response.status_code == 302, errors(response)
    assert cited(issue) == {("note", 2), ("note", 3)}
    page = page_of(coordinator.get(address(issue, "change")))
    assert page.one("input", name="paragraphs-0-named").get("value") == "note 3 v2"
    assert page.all("a", href="/en/deliverables/note/versions/2/#p3")
    assert page.all("a", href="/en/deliverables/note/versions/1/#p3")


def test_staff_see_an_issue_before_others_do(coordinator: Client) -> None:
    issue = make_issue(state="draft", published_at=None)
    make_organisation(country="KE").issues.add(issue)
    issue.figures.add(make_figure(code="share"))
    cite(issue, make_version(body=THREE), 2)
    page = read(coordinator, address(issue, "preview"))
    assert "1 of 1 listed member faces it." in page.text
    assert page.all("div", id="share")
    assert page.one("h2", id="paragraphs")


def test_coordinator_writes_a_practice_with_all_its_parts(coordinator: Client) -> None:
    member = make_organisation()
    url = address(Practice, "add")
    parts = {"setting": "A gate", "body": "Done.", "results": "Less.", "evidence": "None.", "repeat": "So."}
    fields = typed(coordinator.get(url), "practice_form") | {
        "slug": "gate",
        "kind": "method",
        "organisation": member.pk,
        "licence": "cc0",
        "audience": "members",
        "texts-0-title": "At the gate",
        **{f"texts-0-{name}": words for name, words in parts.items()},
    }
    response = coordinator.post(url, fields)
    assert response.status_code == 302, errors(response)
    practice = Practice.objects.get(slug="gate")
    text = practice.texts.get()
    assert {name: getattr(text, name) for name in parts} == parts
    assert (practice.licence, practice.audience) == ("cc0", "members")
    assert not Practice.objects.public().exists()
