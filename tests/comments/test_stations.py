"""The five stations: where a consultation stands, on every page that shows it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Consultation
from comments.stations import stage, stations
from tests.comments.loop import page_of, page_url
from tests.factories import make_consultation

NOW = timezone.now()
DONE = {"opens_at": NOW - timedelta(days=50), "closes_at": NOW - timedelta(days=40)}
REVIEWED = {**DONE, "reviewed_at": NOW - timedelta(days=30)}
ANSWERED: dict[str, Any] = {**REVIEWED, "answered_at": NOW - timedelta(days=20)}
PHASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "upcoming": ({"opens_at": NOW + timedelta(days=1), "closes_at": NOW + timedelta(days=9)}, ["todo"] * 5),
    "open": (
        {"opens_at": NOW - timedelta(days=1), "closes_at": NOW + timedelta(days=9)},
        ["now", "todo", "todo", "todo", "todo"],
    ),
    "closed": (DONE, ["done", "now", "todo", "todo", "todo"]),
    "reviewed": (REVIEWED, ["done", "done", "now", "todo", "todo"]),
    "answered": (ANSWERED, ["done", "done", "done", "now", "todo"]),
    "published": ({**ANSWERED, "report_at": NOW - timedelta(days=1)}, ["done", "done", "done", "done", "now"]),
    "answered, report to come": ({**ANSWERED, "report_at": NOW + timedelta(days=1)}, ["done"] * 3 + ["now", "todo"]),
    "answered, review not noted": (
        {**DONE, "answered_at": NOW - timedelta(days=1)},
        ["done", "done", "todo", "now", "todo"],
    ),
}


@pytest.mark.parametrize("phase", PHASES)
def test_stations(phase: str) -> None:
    """Those before the last one reached are done."""
    fields, states = PHASES[phase]
    consultation = Consultation(**fields)
    assert [station.state for station in stations(consultation, NOW)] == states
    assert stage(consultation, NOW)[0] == phase.split(",")[0]


@pytest.mark.parametrize("moved", [-1, 0, 1])
def test_moments(moved: int) -> None:
    """Comments are taken from the first moment up to the last, and the station changes with them."""
    consultation = Consultation(opens_at=NOW, closes_at=NOW + timedelta(days=1))
    moment = timedelta(microseconds=moved)
    assert consultation.takes_comments(NOW + moment) == (moved >= 0)
    assert (stage(consultation, NOW + moment)[0] == "open") == (moved >= 0)
    assert consultation.takes_comments(consultation.closes_at + moment) == (moved < 0)
    assert (stage(consultation, consultation.closes_at + moment)[0] == "closed") == (moved >= 0)


@pytest.mark.django_db
@pytest.mark.parametrize("phase", PHASES)
def test_pages_show_them(visitor: Client, phase: str) -> None:
    """With their days, on the consultation's page and in the list; only an open one can be commented on."""
    fields, states = PHASES[phase]
    consultation = make_consultation(**fields)
    for url in (page_url(consultation), "/en/consultations/"):
        page = page_of(visitor.get(url))
        found = page.one("ol", class_="stations").all("li")
        assert [item.get("class") for item in found] == [f"is-{state}" for state in states]
        assert [item.get("aria-current") for item in found] == ["step" if state == "now" else "" for state in states]
        assert found[0].one("time").get("datetime") == consultation.opens_at.strftime("%Y-%m-%d")
    links = [link.get("href") for link in page_of(visitor.get(page_url(consultation))).all("a")]
    assert any("comments/new" in link for link in links) == (phase == "open")


@pytest.mark.django_db
def test_open_ones_first(visitor: Client) -> None:
    """Then the others, the latest first."""
    made = {phase: make_consultation(**PHASES[phase][0]) for phase in ("closed", "open", "upcoming")}
    made["answered"] = make_consultation(**ANSWERED | {"opens_at": NOW - timedelta(days=45)})
    links = page_of(visitor.get("/en/consultations/")).one("ul", class_="list").all("a")
    expected = [page_url(made[phase]) for phase in ("open", "upcoming", "answered", "closed")]
    assert [link.get("href") for link in links if link.get("href") in expected] == expected
