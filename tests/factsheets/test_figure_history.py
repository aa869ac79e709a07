"""What a figure's page tells of its past: corrections that readers saw, and nothing that they did not."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from factsheets.models import Figure
from publishing.history import RESTORED
from tests.factories import make_figure, make_population, make_source, make_user
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db
NOW = timezone.now()
# A value that readers must never see.
CANARY = "66.666"


def ago(days: float) -> datetime:
    """Return a moment in the past."""
    return NOW - timedelta(days=days)


def dated(thing: Any, days: float) -> None:
    """Say that the last change to a thing was made so many days ago."""
    record = thing.history.latest("history_id")
    record.history_date = ago(days)
    record.save()


def born(days: float, **fields: Any) -> Figure:
    """Return a figure, entered with its text so many days ago."""
    figure = make_figure(code="risk", **{"published_at": ago(days)} | fields)
    dated(figure, days)
    dated(figure.texts.get(), days)
    return figure


def changed(figure: Figure, days: float, reason: str = "", **fields: Any) -> None:
    """Change a figure, so many days ago."""
    for name, value in fields.items():
        setattr(figure, name, value)
    figure._change_reason = reason  # type: ignore[attr-defined] # read by simple_history
    figure.save()
    dated(figure, days)


def history(language: str = "en") -> Element:
    """Return the page's list of corrections."""
    response: Any = Client().get(f"/{language}/figures/risk/")
    root = parse(response.content.decode())
    assert "66.666" not in root.text
    return root.one("ol", class_="corrections")


def told() -> list[tuple[str, str, dict[str, tuple[str, str]]]]:
    """Return each entry: its day, its words, and what became of what."""
    entries = []
    for entry in history().all("li"):
        changes = {
            div.one("dt").text: (div.one("del").text, div.one("ins").text) for div in entry.all("div") if div.all("dt")
        }
        entries.append((entry.one("time").get("datetime")[:10], " ".join(p.text for p in entry.all("p")), changes))
    return entries


def day(days: float) -> str:
    """Return a day as the page writes it."""
    return f"{timezone.localtime(ago(days)):%Y-%m-%d}"


def test_corrections_the_newest_first() -> None:
    figure = born(30, value="5")
    changed(figure, 20, "A slip of the pen.", value="7", low="6", high="8")
    changed(figure, 10, value="7.5", year=2023, place="ZM")
    assert told() == [
        (day(10), "", {"Value": ("7%", "7.5%"), "Year": ("2022", "2023"), "Place": ("World", "Zambia")}),
        (day(20), "A slip of the pen.", {"Value": ("5%", "7%"), "Range": ("–", "6%–8%")}),
        (day(30), "Published", {}),
    ]


def test_source_and_population() -> None:
    figure = born(30, source=make_source(author="WHO", title="The first"), population=make_population(slug="people"))
    changed(figure, 10, source=make_source(author="WHO", title="The second"), population=None)
    assert told()[0][2] == {
        "Key population": ("Title of people", "all of them"),
        "Source": ("WHO, undated: The first", "WHO, undated: The second"),
    }


def test_a_population_without_a_name_has_none() -> None:
    hidden = make_population(slug="hidden")
    hidden.texts.update(ready=False)
    changed(born(30, population=hidden), 10, population=make_population(slug="people"))
    assert told()[0][2] == {"Key population": ("–", "Title of people")}


def test_drafts_are_not_told() -> None:
    """Neither what stood before the first publication, nor what was tried between two publications."""
    figure = born(60, value=CANARY, state="draft", published_at=None)
    changed(figure, 50, "A secret reason.", value="66.666")
    changed(figure, 40, value="5", state="published", published_at=ago(40))
    changed(figure, 30, state="withdrawn")
    changed(figure, 20, "Another secret.", value=CANARY)
    changed(figure, 10, value="6", state="published")
    assert told() == [(day(10), "", {"Value": ("5%", "6%")}), (day(40), "Published", {})]
    assert "secret" not in history().text


def test_scheduled_states_are_not_told_before_their_time() -> None:
    figure = born(60, value=CANARY, published_at=ago(40))
    changed(figure, 50, value="5", published_at=ago(30))
    assert told() == [(day(30), "Published", {})]


def test_a_state_is_told_from_the_moment_it_was_out() -> None:
    figure = born(60, value="5")
    changed(figure, 50, value="6", published_at=ago(20))
    assert [entry[0] for entry in told()] == [day(20), day(60)]


def test_states_without_a_ready_text_are_not_told() -> None:
    figure = born(60, value="5")
    text = figure.texts.get()
    text.ready = False
    text.save()
    dated(text, 50)
    changed(figure, 40, value=CANARY)
    changed(figure, 30, value="6")
    text.ready = True
    text.save()
    dated(text, 20)
    assert told() == [(day(20), "", {"Value": ("5%", "6%")}), (day(60), "Published", {})]


def test_a_state_whose_only_text_was_deleted_is_not_told() -> None:
    figure = born(60, value="5")
    text = figure.texts.get()
    text.delete()
    dated_deletion = text.history.model.objects.filter(history_type="-").latest("history_id")
    dated_deletion.history_date = ago(50)
    dated_deletion.save()
    changed(figure, 40, value=CANARY)
    changed(figure, 30, value="6")
    dated(figure.texts.create(language="fr", label="fr"), 20)
    assert [entry[2] for entry in told()] == [{"Value": ("5%", "6%")}, {}]


def test_what_readers_do_not_see_is_no_correction() -> None:
    figure = born(30)
    changed(figure, 20, "Sorted anew.", position=9, checked="2026-01-01")
    changed(figure, 10)
    assert told() == [(day(30), "Published", {})]


def test_nobody_is_named_and_restoring_is_no_reason() -> None:
    figure = born(30)
    changed(figure, 10, RESTORED, value="6")
    somebody = make_user("Editor")
    record: Any = figure.history.latest("history_id")
    record.history_user = User.objects.get(pk=somebody.pk)
    record.save()
    assert told()[0] == (day(10), "", {"Value": ("5%", "6%")})
    assert somebody.username not in history().text


def test_reasons_are_text() -> None:
    changed(born(30), 10, "<script>alert(1)</script>", value="6")
    assert told()[0][1] == "<script>alert(1)</script>"


def test_as_the_reader_writes_numbers() -> None:
    changed(born(30), 10, value="6.5")
    assert "6,5" in history("fr").one("ins").text
