"""The action plan of a deliverable: its table, its chart, and what makes an action late."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from campaign.models import Action, ActionUpdate
from tests.campaign.asks_rows import make_action
from tests.campaign.test_constraints import assert_refused
from tests.factories import add_text, make_deliverable, make_organisation, make_version
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db


def read(client: Client, language: str = "en") -> Element:
    response = client.get(f"/{language}/deliverables/paper/")
    assert response.status_code == 200
    return parse(response.content.decode())


def rows(root: Element) -> dict[str, list[str]]:
    """Return the cells of each action."""
    found = [row for row in root.all("tr") if row.get("id")]
    return {row.get("id"): [" ".join(cell.text.split()) for cell in row.all("td")] for row in found}


def bars(root: Element) -> dict[str, tuple[str, str]]:
    """Return of each bar the number beside it and its width."""
    found = root.one("dl", class_="bars").all("div")
    return {bar.one("dt").text: (bar.one("span").text, bar.one("rect").get("width")) for bar in found}


def test_table(visitor: Client) -> None:
    deliverable = make_deliverable(slug="paper", kind="white-paper")
    make_version(deliverable)
    due = timezone.localdate() + timedelta(days=400)
    member = make_organisation(slug="member")
    make_action(deliverable, slug="later", due=due, organisation=member, evidence_url="https://example.org/minutes")
    sooner = make_action(deliverable, slug="sooner", updates=0)
    sooner.texts.update(owner="", evidence="", body="", body_html="", summary="")
    root = read(visitor)
    assert [cell.text for cell in root.one("table").all("th")] == ["Action", "Owner", "Due", "State", "Evidence"]
    assert root.one("header", class_="head").one("a", href="#action-plan").text == "Action plan"
    table = rows(root)
    assert list(table) == ["action-sooner", "action-later"]
    assert table["action-sooner"][0] == "Title of sooner"
    assert [table["action-sooner"][column] for column in (1, 3, 4)] == ["not named yet", "under way", "none yet"]
    assert table["action-later"][1] == "The secretariat Title of member"
    assert table["action-later"][4] == "Minutes of a meeting"
    assert root.one("a", href="https://example.org/minutes").get("rel") == "noreferrer"
    assert root.one("tr", id="action-later").all("time", datetime=f"{due:%Y-%m-%d}")


@pytest.mark.parametrize(
    ("progress", "days", "shown"),
    [
        ("planned", 0, "planned"),
        ("planned", -1, "late"),
        ("under-way", 1, "under way"),
        ("under-way", -1, "late"),
        ("done", -1, "done"),
        ("dropped", -1, "dropped"),
    ],
)
def test_what_is_late_follows_from_the_date(visitor: Client, progress: str, days: int, shown: str) -> None:
    due = timezone.localdate() + timedelta(days=days)
    action = make_action(make_deliverable(slug="paper"), slug="a", progress=progress, due=due)
    root = read(visitor)
    assert rows(root)["action-a"][3] == shown
    assert bars(root) == {shown.capitalize(): ("1", "100.0")}
    assert action.is_late() == (shown == "late")


def test_chart_counts_the_states(visitor: Client) -> None:
    deliverable = make_deliverable(slug="paper")
    past = timezone.localdate() - timedelta(days=1)
    for fields in ({"progress": "planned"}, {"progress": "done", "due": past}, {"progress": "done"}, {"due": past}):
        make_action(deliverable, **fields)
    root = read(visitor)
    assert bars(root) == {"Done": ("2", "50.0"), "Planned": ("1", "25.0"), "Late": ("1", "25.0")}
    # Red marks what is late, and nothing else.
    focus = [div.one("dt").text for div in root.one("dl", class_="bars").all("div", class_="is-focus")]
    assert focus == ["Late"]
    assert root.one("figcaption").text == "Progress: where 4 actions stand"


def test_updates_newest_first_each_in_the_best_language(visitor: Client) -> None:
    action = make_action(make_deliverable(slug="paper"), slug="a", updates=0)
    add_text(action, "fr")
    for day, language, note in (
        ("2026-03-01", "en", "First."),
        ("2026-03-01", "fr", "Premier."),
        ("2026-05-01", "en", "Second."),
        ("2026-07-01", "ar", "خبر"),
    ):
        ActionUpdate.objects.create(action=action, day=day, language=language, note=note)
    ActionUpdate.objects.create(action=action, day="2026-09-01", note="Not ready.", ready=False)

    def notes(language: str) -> list[tuple[str, str]]:
        items = read(visitor, language).one("ul", class_="updates").all("span")
        return [(item.text, item.get("lang")) for item in items]

    assert notes("en") == [("خبر", "ar"), ("Second.", "en"), ("First.", "en")]
    assert notes("fr") == [("خبر", "ar"), ("Second.", "en"), ("Premier.", "fr")]


def test_no_plan_no_table(visitor: Client) -> None:
    make_version(make_deliverable(slug="paper"))
    make_action()
    root = read(visitor)
    assert root.all("h2", id="action-plan") == root.all("table", class_="plan") == []


def test_an_owner_that_is_not_public_is_left_out(visitor: Client) -> None:
    hidden = make_organisation(slug="hidden", state="draft", published_at=None)
    make_action(make_deliverable(slug="paper"), slug="a", organisation=hidden)
    assert rows(read(visitor))["action-a"][1] == "The secretariat"


def test_actions_are_found(visitor: Client) -> None:
    action = make_action(make_deliverable(slug="paper"), slug="a")
    action.texts.update(title="Zygomorphic flowers")
    root = parse(visitor.get("/en/search/?q=zygomorphic").content.decode())
    assert root.one("ol", class_="results").one("a").get("href") == "/en/deliverables/paper/#action-a"


def test_one_update_a_day_in_a_language() -> None:
    action = make_action(updates=0)
    values: dict[str, Any] = {"action": action, "day": timezone.localdate(), "note": "Said."}
    ActionUpdate.objects.create(**values)
    ActionUpdate.objects.create(**values, language="fr")
    assert_refused(ActionUpdate(**values), "actionupdate_day_language", "of this day")


def test_an_update_says_something() -> None:
    update = make_action().updates.get()
    update.note = ""
    with pytest.raises(IntegrityError, match="actionupdate_says_something"), transaction.atomic():
        update.save()


def test_what_is_published_has_its_time() -> None:
    action = make_action(published_at=timezone.now())
    action.published_at = None
    assert_refused(action, "action_published_at", "from when it is public")
    assert Action.objects.public().count() == 1
