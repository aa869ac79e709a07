"""Figures in the admin: what waits, what a change touches, why it was made, and what cannot be deleted."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factsheets.models import Figure, Source
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import add_text, make_case, make_factsheet, make_figure, make_section, make_source

pytestmark = pytest.mark.django_db


def listed(client: Client, model: Any = Figure, **query: str) -> set[str]:
    """Return the codes, or titles, that a list shows."""
    cells = page_of(client.get(address(model, "changelist"), query)).all("th")
    return {cell.text for cell in cells if cell.get("class") in ("field-code", "field-title")}


def change(client: Client, figure: Figure, **fields: Any) -> Any:
    """Send a figure's form with these fields changed."""
    url = address(figure, "change")
    return client.post(url, {**typed(client.get(url), "figure_form"), **fields})


def test_lists_of_what_waits(editor: Client) -> None:
    today = timezone.localdate()
    newer = make_figure(code="newer", checked=today)
    make_figure(code="never-checked")
    make_figure(code="long-ago", checked=today - timedelta(days=366), source=make_source(trouble="address:404"))
    make_figure(code="replaced", checked=today, superseded_by=newer)
    make_figure(code="replaced-and-unnamed", superseded_by=newer)
    make_figure(code="draft", state="draft", published_at=None)
    make_section(make_factsheet(), body="From [[replaced]] to [[draft]] and [[newer]].")
    assert listed(editor, waits="check") == {"never-checked", "long-ago"}
    assert listed(editor, waits="source") == {"long-ago"}
    assert listed(editor, waits="superseded") == {"replaced"}
    assert listed(editor, waits="unpublished") == {"draft"}
    assert len(listed(editor, waits="gossip")) == 6


def test_sources_by_what_they_answer(editor: Client) -> None:
    now = timezone.now()
    make_source(title="Gone", trouble="address:404", tried_at=now)
    make_source(title="There", tried_at=now, answered_at=now)
    make_source(title="New")
    assert listed(editor, Source, answers="no") == {"Gone"}
    assert listed(editor, Source, answers="yes") == {"There"}
    assert listed(editor, Source, answers="unknown") == {"New"}


def test_a_new_address_is_not_in_trouble_yet(editor: Client) -> None:
    source = make_source(trouble="address:404", tried_at=timezone.now())
    url = address(source, "change")
    form = editor.get(url)
    assert "address: answers “404”" in page_of(form).text
    editor.post(url, {**typed(form, "source_form"), "title": "Another title"})
    source.refresh_from_db()
    assert source.trouble
    editor.post(url, {**typed(editor.get(url), "source_form"), "address": "https://example.org/moved"})
    source.refresh_from_db()
    assert (source.trouble, source.tried_at) == ("", None)


def test_form_tells_what_a_change_touches(editor: Client) -> None:
    figure = make_figure()
    sheet = make_factsheet()
    section = make_section(sheet, heading="How many", body=f"So many: [[{figure.code}]].")
    case = make_case(sheet)
    done = case.texts.get()
    done.body = f"[[{figure.code}]]"
    done.save()
    draft = make_factsheet(state="draft", published_at=None)
    add_text(draft, "fr", title="Fiche", body=f"[[{figure.code}]]")
    older = make_figure(superseded_by=figure)
    make_section(sheet, body=f"[[{figure.code}-b]]")
    found = page_of(editor.get(address(figure, "change"))).one("section", class_="touched").all("a")
    assert [link.get("href") for link in found] == [
        address(thing, "change") for thing in (draft, section, case, older)
    ]
    assert "No text names it." in page_of(editor.get(address(older, "change"))).one("section", class_="touched").text


def test_the_reason_stands_in_the_history(editor: Client) -> None:
    figure = make_figure()
    fields = {"value": "7", "texts-0-label": "Share", "change_reason": "The source was corrected."}
    response = change(editor, figure, **fields)
    assert response.status_code == 302, errors(response)
    assert figure.history.first().history_change_reason == "The source was corrected."
    assert figure.texts.get().history.first().history_change_reason == "The source was corrected."
    assert "The source was corrected." in page_of(editor.get(address(figure, "history"))).text
    change(editor, figure, value="8")
    assert figure.history.first().history_change_reason is None


def test_a_reason_that_is_too_long(editor: Client) -> None:
    response = change(editor, make_figure(), change_reason="x" * 101)
    assert response.status_code == 200
    assert "at most 100 characters" in errors(response)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"low": "6", "high": "7"}, "low"),
        ({"value": ""}, "value"),
        ({"value": "-1"}, "value"),
        ({"low": "-1", "high": "7"}, "low"),
        ({"out_of": "1"}, "out_of"),
        ({"year": str(timezone.localdate().year + 1)}, "year"),
        ({"published_at_0": "", "published_at_1": ""}, "published_at"),
    ],
)
def test_wrong_input_is_told_beside_its_field(editor: Client, fields: dict[str, str], where: str) -> None:
    response = change(editor, make_figure(), **fields)
    assert response.status_code == 200
    (row,) = [row for row in page_of(response).all("div") if f"field-{where}" in (row.get("class") or "").split()]
    assert row.all("ul", class_="errorlist")


def test_nothing_supersedes_itself(editor: Client) -> None:
    first = make_figure()
    response = change(editor, first, superseded_by=first.pk)
    assert "A figure cannot supersede itself." in errors(response)
    second = make_figure(superseded_by=first)
    third = make_figure(superseded_by=second)
    response = change(editor, first, superseded_by=third.pk)
    assert f"A circle: “{third.code}” is itself superseded by this figure." in errors(response)
    assert change(editor, third, superseded_by=first.pk).status_code == 302


def test_a_figure_that_texts_name_stays(editor: Client) -> None:
    named, free = make_figure(), make_figure()
    section = make_section(make_factsheet(), heading="How many", body=f"[[{named.code}]]")
    url = address(named, "delete")
    assert address(section, "change") in {link.get("href") for link in page_of(editor.get(url)).all("a")}
    editor.post(url, {"post": "yes"})
    data = {"action": "delete_selected", "_selected_action": [named.pk, free.pk], "post": "yes"}
    response = editor.post(address(Figure, "changelist"), data)
    assert "How many" in page_of(response).text
    assert Figure.objects.count() == 2
    assert editor.post(address(free, "delete"), {"post": "yes"}).status_code == 302
    assert set(Figure.objects.all()) == {named}


def test_a_code_that_texts_name_stays(editor: Client) -> None:
    figure = make_figure()
    section = make_section(make_factsheet(), body=f"[[{figure.code}]]")
    response = change(editor, figure, code="another")
    assert f"Texts name this figure by its code “{figure.code}”." in errors(response)
    assert change(editor, figure, value="6").status_code == 302
    section.delete()
    assert change(editor, figure, code="another").status_code == 302
    figure.refresh_from_db()
    assert figure.code == "another"


def test_front_page_says_what_waits(editor: Client) -> None:
    today = timezone.localdate()
    make_figure(checked=today)
    assert "figure" not in page_of(editor.get("/admin/")).one("section", class_="waiting").text
    make_figure(checked=today - timedelta(days=400), source=make_source(trouble="address:404"))
    rows = page_of(editor.get("/admin/")).one("section", class_="waiting").all("li")
    assert [row.one("a").text for row in rows] == ["1 figure to check again", "1 source does not answer"]
    for row in rows:
        assert editor.get(row.one("a").get("href") or "").status_code == 200
