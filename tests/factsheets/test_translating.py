"""A factsheet is translated beside its source, and knows what changed since."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from factsheets.models import Factsheet, SectionText
from factsheets.translating import State, follow, parts
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import add_text, make_case, make_factsheet, make_figure, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet() -> Factsheet:
    """A factsheet with one section and one case, in English alone."""
    sheet = make_factsheet()
    sheet.sections.all().delete()
    make_section(sheet, heading="Barriers", body="The law is one.\n\nStigma is another.", position=1, kind="barriers")
    make_case(sheet)
    return sheet


@pytest.fixture
def section(sheet: Factsheet) -> SectionText:
    """The section's French text, made from the English as it stands."""
    text = SectionText.objects.create(section=sheet.sections.get(), language="fr", heading="Obstacles", body="La loi.")
    follow(text)
    return text


def url(sheet: Factsheet, language: str = "fr") -> str:
    return address(sheet, "translate", language)


def opened(client: Client, sheet: Factsheet) -> dict[str, Any]:
    return typed(client.get(url(sheet)), "translate_form")


def send(client: Client, sheet: Factsheet, form: dict[str, Any], *, drop: str = "", **fields: str) -> Any:
    """Send the section's form: fields are named as `heading`; those to `drop` are boxes nobody ticks."""
    prefix = f"section-{sheet.sections.get().pk}"
    whole = form | {f"{prefix}-{name}": value for name, value in fields.items()}
    return client.post(url(sheet), {name: value for name, value in whole.items() if name != f"{prefix}-{drop}"})


def rewrite_source(sheet: Factsheet, old: str, new: str) -> None:
    text = sheet.sections.get().texts.get(language="en")
    text.body = text.body.replace(old, new)
    text.save()


def states(sheet: Factsheet) -> list[State]:
    return [part.state for part in parts(sheet, "fr")]


def test_source_stands_beside_empty_fields(editor: Client, sheet: Factsheet) -> None:
    page = page_of(editor.get(url(sheet, "ar")))
    assert [heading.text for heading in page.all("h2")] == [
        "Title, summary and overview not translated",
        "Barriers to services not translated",
        "Case not translated",
    ]
    section = page.all("fieldset")[1]
    assert [source.text for source in section.all("div", lang="en")] == [
        "Barriers",
        "The law is one. Stigma is another.",
    ]
    field = section.one("textarea")
    assert (field.get("lang"), field.get("dir"), field.text) == ("ar", "rtl", "")
    assert "0 of 3 parts are up to date." in page.text


def test_part_is_translated(editor: Client, sheet: Factsheet) -> None:
    response = send(editor, sheet, opened(editor, sheet), heading="Obstacles", body="La *loi*.")
    assert (response.status_code, response["Location"]) == (302, url(sheet))
    text = SectionText.objects.get(language="fr")
    assert (text.heading, text.body_html, text.ready) == ("Obstacles", "<p>La <em>loi</em>.</p>", False)
    assert states(sheet) == [State.MISSING, State.CURRENT, State.MISSING]
    assert text.history.get().history_user.groups.get().name == "Editor"
    assert LogEntry.objects.get().get_change_message() == "Français: 1 part saved."
    assert "1 of 3 parts are up to date." in page_of(editor.get(url(sheet))).text


def test_part_is_shown_once_it_is_ready(editor: Client, sheet: Factsheet) -> None:
    send(editor, sheet, opened(editor, sheet), heading="Obstacles", ready="on")
    assert SectionText.objects.get(language="fr").ready


def test_nothing_is_saved_of_what_nobody_touched(editor: Client, sheet: Factsheet, section: SectionText) -> None:
    response = editor.post(url(sheet), opened(editor, sheet), follow=True)
    assert "Nothing was changed." in page_of(response).text
    assert section.history.count() == 1
    assert states(sheet) == [State.MISSING, State.CURRENT, State.MISSING]


def test_what_changed_since_is_marked(editor: Client, sheet: Factsheet, section: SectionText) -> None:
    rewrite_source(sheet, "one", "the first")
    assert states(sheet)[1] == State.BEHIND
    page = page_of(editor.get(url(sheet)))
    assert [mark.text for mark in page.all("del")] == ["one"]
    assert [mark.text for mark in page.all("ins")] == ["the first"]
    assert "source changed since" in page.all("h2")[1].text
    assert "1 part is to be looked at again." in page.text


def test_translator_says_that_it_still_says_the_same(editor: Client, sheet: Factsheet, section: SectionText) -> None:
    rewrite_source(sheet, "one", "the first")
    form = opened(editor, sheet)
    assert send(editor, sheet, form, same="on").status_code == 302
    assert states(sheet)[1] == State.CURRENT
    # The text is what it was, so its history is too.
    assert section.history.count() == 1


def test_part_rewritten_without_the_mark_stays_behind(editor: Client, sheet: Factsheet, section: SectionText) -> None:
    rewrite_source(sheet, "one", "the first")
    send(editor, sheet, opened(editor, sheet), body="La loi, d’abord.")
    assert states(sheet)[1] == State.BEHIND
    assert SectionText.objects.get(language="fr").body == "La loi, d’abord."


def test_mark_is_taken_back(editor: Client, sheet: Factsheet, section: SectionText) -> None:
    assert send(editor, sheet, opened(editor, sheet), drop="same").status_code == 302
    assert states(sheet)[1] == State.UNCOMPARED
    assert page_of(editor.get(url(sheet))).all("ins") == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"heading": "", "body": "Des mots."}, "This field is required."),
        ({"heading": "x" * 201}, "at most 200 characters"),
        ({"heading": "Obstacles", "body": "[[no-such-figure]]"}, "There is no figure “no-such-figure”."),
        ({"heading": "Obstacles", "body": "x\0y"}, "Null characters are not allowed."),
    ],
)
def test_translation_that_is_not_right(editor: Client, sheet: Factsheet, fields: dict[str, str], wrong: str) -> None:
    response = send(editor, sheet, opened(editor, sheet), **fields)
    assert response.status_code == 400
    assert wrong in errors(response)
    if body := fields.get("body", "").replace("\0", ""):
        assert body.split("y")[0] in page_of(response).all("fieldset")[1].text
    assert not SectionText.objects.filter(language="fr").exists()


def test_figures_that_only_one_text_names_are_told(editor: Client, sheet: Factsheet) -> None:
    for code in ("shared", "source-only", "own-only"):
        make_figure(code=code)
    rewrite_source(sheet, "The law", "[[shared]] [[source-only]]")
    form = opened(editor, sheet)
    send(editor, sheet, form, heading="Obstacles", body="[[shared]] [[own-only]]")
    told = page_of(editor.get(url(sheet))).one("ul", class_="messagelist").text
    assert "the source names figures that the translation lacks: [[source-only]]." in told
    assert "the translation names figures that the source lacks: [[own-only]]." in told


def test_two_translators_of_one_part(editor: Client, sheet: Factsheet, section: SectionText) -> None:
    mine = opened(editor, sheet)
    send(editor, sheet, opened(editor, sheet), body="La loi et la honte.")
    response = send(editor, sheet, mine, body="La loi en est un.")
    assert response.status_code == 409
    shown = page_of(response).one("dl", class_="differences").text
    assert "Theirs: La loi et la honte." in shown and "Yours: La loi en est un." in shown
    assert page_of(response).all("fieldset")[1].one("textarea").text == "La loi en est un."
    section.refresh_from_db()
    assert section.body == "La loi et la honte."
    assert send(editor, sheet, typed(response, "translate_form")).status_code == 302
    section.refresh_from_db()
    assert section.body == "La loi en est un."


def test_two_translators_of_two_parts(editor: Client, sheet: Factsheet, section: SectionText) -> None:
    mine = opened(editor, sheet)
    send(editor, sheet, opened(editor, sheet), body="La loi et la honte.")
    response = editor.post(url(sheet), mine | {f"factsheet-{sheet.pk}-title": "Santé"})
    assert response.status_code == 302
    section.refresh_from_db()
    assert section.body == "La loi et la honte."
    assert sheet.texts.get(language="fr").title == "Santé"


def test_two_who_begin_the_same_part(editor: Client, sheet: Factsheet) -> None:
    mine = opened(editor, sheet)
    send(editor, sheet, opened(editor, sheet), heading="Obstacles")
    response = send(editor, sheet, mine, heading="Barrières")
    assert response.status_code == 409
    assert SectionText.objects.get(language="fr").heading == "Obstacles"


def test_text_that_somebody_deleted_meanwhile(editor: Client, sheet: Factsheet, section: SectionText) -> None:
    mine = opened(editor, sheet)
    section.delete()
    response = send(editor, sheet, mine, body="La loi en est un.")
    assert response.status_code == 409
    assert send(editor, sheet, typed(response, "translate_form")).status_code == 302
    assert SectionText.objects.get(language="fr").body == "La loi en est un."


def test_source_that_changes_meanwhile(editor: Client, sheet: Factsheet, section: SectionText) -> None:
    mine = opened(editor, sheet)
    rewrite_source(sheet, "one", "the first")
    response = send(editor, sheet, mine, body="La loi en est un.")
    assert response.status_code == 409
    assert "The source changed while you had this page open" in page_of(response).text
    assert [mark.text for mark in page_of(response).all("ins")] == ["the first"]
    # Whoever did not touch the part says nothing of it, though its mark was set.
    assert editor.post(url(sheet), mine).status_code == 302
    assert states(sheet)[1] == State.BEHIND


@pytest.mark.parametrize("seen", ["", "x", "1-2", "999999999-999999999-1", "0-0-0"])
def test_form_that_does_not_say_what_it_saw(editor: Client, sheet: Factsheet, section: SectionText, seen: str) -> None:
    response = send(editor, sheet, opened(editor, sheet), seen=seen, body="Autre.")
    assert response.status_code == 409
    section.refresh_from_db()
    assert section.body == "La loi."


def test_list_shows_how_far_translations_have_come(
    editor: Client, sheet: Factsheet, section: SectionText, django_assert_max_num_queries: Any
) -> None:
    add_text(sheet, "ar")
    rewrite_source(sheet, "one", "the first")
    for _ in range(5):
        make_case(make_factsheet())
    with django_assert_max_num_queries(15):
        page = page_of(editor.get(address(Factsheet, "changelist")))
    links = [link for cell in page.all("td", class_="field-translated") for link in cell.all("a")]
    assert [(link.get("href"), link.text) for link in links] == [
        (url(sheet, "ar"), "ar 1/3, 1 behind"),
        (url(sheet), "fr 1/3, 1 behind"),
    ]
    form = page_of(editor.get(address(sheet, "change"))).all("div", class_="field-translations")[0]
    assert url(sheet, "zh-hans") in [link.get("href") for link in form.all("a")]


def test_who_may_translate(
    editor: Client, moderator: Client, coordinator: Client, visitor: Client, sheet: Factsheet
) -> None:
    for client in (moderator, coordinator):
        assert client.get(url(sheet)).status_code == 403
        assert client.post(url(sheet), {}).status_code == 403
    assert visitor.get(url(sheet))["Location"].startswith("/admin/login/")
    assert editor.put(url(sheet)).status_code == 405
    for wrong in (url(sheet, "en"), url(sheet, "xx"), url(sheet).replace(str(sheet.pk), "999999")):
        assert editor.get(wrong).status_code == 404


def test_page_asks_no_row_by_row(editor: Client, sheet: Factsheet, django_assert_max_num_queries: Any) -> None:
    for number in range(2, 12):
        make_section(sheet, position=number)
    with django_assert_max_num_queries(20):
        form = opened(editor, sheet)
    with django_assert_max_num_queries(25):
        editor.post(url(sheet), form)
