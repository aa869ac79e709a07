"""What pages name, names them in turn: meetings, members, issues, figures and news."""

import pytest
from django.test import Client

from advocacy.models import Event, Issue
from tests.advocacy.test_network import read
from tests.factories import make_event, make_figure, make_issue, make_news, make_organisation

pytestmark = pytest.mark.django_db


def links(client: Client, address: str) -> list[str]:
    """Return where the links of a page lead."""
    return [a.get("href") for a in read(client, address).one("main").all("a")]


def test_a_member_and_an_issue_name_their_meetings(visitor: Client) -> None:
    member, issue = make_organisation(slug="member"), make_issue(slug="issue")
    for slug in ("meeting", "secret"):
        event = make_event(slug=slug)
        event.organisations.add(member)
        event.issues.add(issue)
    Event.objects.filter(slug="secret").update(state="draft")
    for page in ("/en/network/member/", "/en/issues/issue/"):
        found = links(visitor, page)
        assert "/en/events/meeting/" in found
        assert "/en/events/secret/" not in found


def test_an_issue_names_the_news_about_it(visitor: Client) -> None:
    make_news(slug="news").issues.add(make_issue(slug="issue"))
    assert "/en/news/news/" in links(visitor, "/en/issues/issue/")


def test_a_figure_names_the_issues_that_use_it(visitor: Client) -> None:
    newer = make_figure(code="newer")
    older = make_figure(code="older", superseded_by=newer)
    make_issue(slug="issue").figures.set([newer, older])
    make_issue(slug="before").figures.set([older])
    make_issue(slug="hidden").figures.set([newer])
    Issue.objects.filter(slug="hidden").update(state="draft")
    found = [link for link in links(visitor, "/en/figures/newer/") if link.startswith("/en/issues/")]
    assert found == ["/en/issues/before/", "/en/issues/issue/"]
