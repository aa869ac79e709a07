"""Markdown while it is written: shown as its page will be, cleaned, and what was cleaned away is told."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.models import News
from campaign.models import Deliverable, Page, Version
from factsheets.models import Factsheet, Section
from publishing.cleaning import removed
from publishing.markdown import render
from publishing.models import LONGEST
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.conftest import signed_in
from tests.factories import make_factsheet, make_news, make_page, make_user, make_version
from tests.publishing.html import Element, fragment

pytestmark = pytest.mark.django_db
MARKDOWN = "## Part\n\nOne **strong** word.\n\n- first\n- second\n\n> Quoted\n"


def preview(client: Client, model: Any, body: str, language: str = "en") -> Any:
    """Ask for the preview of a text."""
    return client.post(address(model, "markdown"), {"body": body, "language": language})


def shown(response: Any) -> Element:
    """Return what the answer shows, which must be well formed."""
    assert response.status_code == 200
    return fragment(response.content.decode())


def test_preview_is_what_the_page_will_show(editor: Client) -> None:
    response = preview(editor, Page, MARKDOWN)
    assert "no-store" in response["Cache-Control"]
    found = shown(response)
    assert found.one("strong").text == "strong"
    assert [item.text for item in found.all("li")] == ["first", "second"]
    assert "¶" not in found.text


def test_preview_of_a_version_has_its_numbers(editor: Client) -> None:
    version = make_version(state="draft", published_at=None, body=MARKDOWN)
    numbers = [f"¶ {number}" for number in version.texts.get().paragraphs.values_list("number", flat=True) if number]
    found = shown(preview(editor, Version, MARKDOWN))
    assert [element.text for element in found.all("span", class_="number")] == numbers == ["¶ 1", "¶ 2", "¶ 3", "¶ 4"]


@pytest.mark.parametrize(
    ("language", "lang", "direction"), [("ar", "ar", "rtl"), ("fr", "fr", "ltr"), ("xx", "", "auto"), ("", "", "auto")]
)
def test_preview_knows_its_language(editor: Client, language: str, lang: str, direction: str) -> None:
    text = shown(preview(editor, Page, "Text", language)).one("div", class_="rendered")
    assert (text.get("lang"), text.get("dir")) == (lang, direction)


def test_preview_is_cleaned_and_says_so(editor: Client) -> None:
    response = preview(editor, Page, '<script>alert(1)</script>\n\n<p onclick="x()">Hello</p>')
    found = shown(response)
    assert "alert" not in response.content.decode()
    assert not found.all("script")
    assert found.one("p", class_="cleaned").text.endswith("<script>, onclick")
    assert not shown(preview(editor, Page, MARKDOWN)).all("p", class_="cleaned")


def test_who_may_preview(editor: Client, moderator: Client, coordinator: Client, visitor: Client) -> None:
    for client in (moderator, coordinator, signed_in(make_user())):
        assert preview(client, Page, "x").status_code == 403
    assert preview(visitor, Page, "x")["Location"].startswith("/admin/login/")
    assert editor.get(address(Page, "markdown")).status_code == 405
    assert preview(coordinator, News, "x").status_code == 200


def test_preview_needs_its_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("Editor"))
    assert preview(client, Page, "x").status_code == 403


def test_preview_of_too_much(editor: Client) -> None:
    response = preview(editor, Page, "x" * (LONGEST + 1))
    assert response.status_code == 413
    assert "at most 500000 characters" in response.content.decode()
    assert preview(editor, Page, "x\0y").status_code == 200
    assert editor.post(address(Page, "markdown")).status_code == 200


@pytest.mark.parametrize("model", [Page, News, Deliverable, Version, Factsheet, Section])
def test_fields_with_markdown_name_who_shows_it(administrator: Client, model: Any) -> None:
    page = page_of(administrator.get(address(model, "add")))
    fields = [field for field in page.all("textarea") if field.get("name").endswith("body")]
    assert fields
    assert {field.get("data-preview") for field in fields} == {address(model, "markdown")}
    assert "admin-preview." in administrator.get(address(model, "add")).content.decode()


@pytest.mark.parametrize(
    ("source", "gone"),
    [
        (MARKDOWN, []),
        ("A note[^1].\n\n[^1]: Below.\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\nterm\n:   meaning\n", []),
        ("5 < 6 & <https://example.org> `<script>`", []),
        ("<script>alert(1)</script>", ["<script>"]),
        ('<p onclick="x()" style="color:red">a</p>', ["onclick", "style"]),
        ("<iframe src='https://example.org'></iframe>", ["<iframe>", "src"]),
        ("[a](javascript:alert(1))", ["href"]),
        ("![a](https://example.org/a.png)", ["<img>", "alt", "src"]),
        ("# A title", ["<h1>"]),
        ("<!-- a remark -->", ["<!-- -->"]),
        ('<p class="big">a</p>', ['class="big"']),
        ("<p>a</p>\n\n<b>b</b>\n\n<b>c</b>", ["<b>"]),
    ],
)
def test_what_is_cleaned_away_is_named(source: str, gone: list[str]) -> None:
    assert removed(source) == gone
    assert "<script" not in render(source)


def save(client: Client, thing: Any, body: str, name: str = "texts-0-body", **rest: str) -> Any:
    """Save a thing's text."""
    url = address(thing, "change")
    form = typed(client.get(url), f"{thing._meta.model_name}_form")
    return client.post(url, {**form, name: body, **rest}, follow=True)


def test_saving_tells_what_was_removed(editor: Client) -> None:
    news = make_news()
    response = save(editor, news, "Hello <script>alert(1)</script>\n\n<p onclick='x()'>you</p>")
    text = page_of(response).one("ul", class_="messagelist").text
    assert "English: pages do not show this, so it was removed: <script>, onclick." in text
    assert "alert" not in news.texts.get().body_html
    section = make_factsheet().sections.first()
    assert "removed: <iframe>" in page_of(save(editor, section, "<iframe></iframe>")).text
    assert "removed" not in page_of(save(editor, news, "Nothing wrong.")).one("ul", class_="messagelist").text
    # Nothing new was written, so nothing new is told.
    assert (
        "removed"
        not in page_of(save(editor, section, "Other heading", "heading")).one("ul", class_="messagelist").text
    )


def test_paste_of_five_megabytes_is_refused_and_kept(editor: Client) -> None:
    page = make_page()
    before = page.texts.get().body
    paste = "Five megabytes. " * (5 * 1024 * 1024 // 16)
    response = save(editor, page, paste)
    assert response.status_code == 200
    assert "at most 500000 characters (it has 5242879)" in errors(response)
    assert paste[:1000] in response.content.decode()
    assert response.content.decode().count("Five megabytes.") == paste.count("Five megabytes.")
    assert page.texts.get().body == before


def test_text_of_the_longest_length_is_taken(editor: Client) -> None:
    page = make_page()
    save(editor, page, "x" * LONGEST)
    assert len(page.texts.get().body) == LONGEST


def test_what_no_form_can_hold_is_refused_in_words(editor: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = editor.post(address(Page, "add"), {"texts-0-body": "x" * 1001})
    assert response.status_code == 413
    assert "This is too large" in response.content.decode()


def test_the_public_and_the_login_stay_small(visitor: Client) -> None:
    for url in (reverse("admin:login"), "/en/receipt/"):
        assert visitor.post(url, {"username": "x" * 1024 * 1024}).status_code == 413


def test_script_is_ours(editor: Client) -> None:
    response = editor.get(address(Page, "add"))
    assert "'unsafe" not in response["Content-Security-Policy"]
    assert "connect-src 'self'" in response["Content-Security-Policy"]
    assert not list((Path(__file__).parents[2] / "static").glob("*.min.js"))
