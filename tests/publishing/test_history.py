"""History in the admin: who changed what, and the way back; of readers nothing is kept."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from advocacy.models import News, NewsText
from campaign.models import Version, VersionText
from publishing.models import Text
from publishing.wording import marked
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.conftest import signed_in
from tests.factories import add_text, make_comment, make_event, make_factsheet, make_news, make_user, make_version

pytestmark = pytest.mark.django_db


def change(client: Client, thing: Any, **changes: Any) -> Any:
    """Open a thing's form, change these fields and send it; `__` stands for `-`."""
    url = address(thing, "change")
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(url, {**typed(client.get(url), f"{thing._meta.model_name}_form"), **named})


def restore_addresses(client: Client, thing: Any) -> list[str]:
    """Return the addresses of the history's links to restore, the newest first."""
    page = page_of(client.get(address(thing, "history")))
    return [link.get("href") for link in page.all("a") if "/restore/" in link.get("href")]


def text_of(thing: Any, language: str = "en") -> Any:
    """Return a text as it is stored now."""
    return thing.texts.get(language=language)


def test_history_tells_who_changed_what(editor: Client) -> None:
    news = make_news()
    response = change(editor, news, texts__0__body="Now <b>new</b> words.", state="withdrawn")
    assert response.status_code == 302, errors(response)
    page = page_of(editor.get(address(news, "history")))
    name = User.objects.latest("pk").username
    assert name in page.text
    assert "News text (English): changed" in page.text
    assert "News: changed" in page.text
    assert "the portal itself" in page.text
    assert "Now <b>new</b> words." in " ".join(element.text for element in page.all("ins"))
    assert {element.text for element in page.all("del")} >= {"published"}


def test_saving_without_a_change_is_no_event(editor: Client) -> None:
    news = make_news()
    change(editor, news)
    change(editor, news)
    assert "changed" not in page_of(editor.get(address(news, "history"))).one("div", id="change-history").text


def test_text_goes_back_to_what_it_was(editor: Client) -> None:
    news = make_news()
    before = text_of(news)
    change(editor, news, texts__0__body="Other words.", texts__0__title="Other title")
    assert text_of(news).body_html == "<p>Other words.</p>"
    # The newest is the change itself; the thing's own record comes with it.
    (oldest_text,) = [link for link in restore_addresses(editor, news) if "/newstext/" in link][-1:]
    asked = page_of(editor.get(oldest_text))
    assert "Other title" in " ".join(element.text for element in asked.all("del"))
    assert text_of(news).title == "Other title"
    response = editor.post(oldest_text)
    assert response["Location"] == address(news, "history")
    after = text_of(news)
    assert (after.title, after.body, after.body_html, after.plain) == (
        before.title,
        before.body,
        before.body_html,
        before.plain,
    )
    page = page_of(editor.get(address(news, "history")))
    assert "News text (English): restored" in page.text


def test_thing_goes_back_too(editor: Client) -> None:
    news = make_news(event=make_event())
    event = news.event
    change(editor, news, event="", state="withdrawn")
    editor.post([link for link in restore_addresses(editor, news) if "/restore/news/" in link][-1])
    news.refresh_from_db()
    assert (news.state, news.event) == ("published", event)


def test_deleted_text_comes_back(editor: Client) -> None:
    news = make_news()
    french = add_text(news, "fr", body="Des mots.")
    change(editor, news, texts__1__DELETE="on")
    assert not NewsText.objects.filter(language="fr").exists()
    (deleted,) = [link for link in restore_addresses(editor, news) if "/newstext/" in link][:1]
    assert editor.post(deleted).status_code == 302
    back = text_of(news, "fr")
    assert (back.pk, back.body_html) == (french.pk, "<p>Des mots.</p>")


def test_what_the_rules_refuse_is_not_restored(editor: Client) -> None:
    news = make_news()
    add_text(news, "fr")
    change(editor, news, texts__1__DELETE="on")
    add_text(news, "fr", title="Un autre")
    (deleted,) = [link for link in restore_addresses(editor, news) if "/newstext/" in link and "Un autre" not in link][
        1:2
    ]
    response = editor.post(deleted)
    assert response.status_code == 409
    assert "There is a text in this language already." in page_of(response).text
    assert text_of(news, "fr").title == "Un autre"


def test_restored_version_has_its_paragraphs(editor: Client) -> None:
    version = make_version(state="draft", published_at=None)
    before = list(text_of(version).paragraphs.values_list("number", "plain"))
    change(editor, version, texts__0__body="Rewritten.")
    editor.post([link for link in restore_addresses(editor, version) if "/versiontext/" in link][-1])
    assert list(text_of(version).paragraphs.values_list("number", "plain")) == before


def test_what_readers_see_is_not_restored(editor: Client) -> None:
    version = make_version(state="draft", published_at=None)
    change(editor, version, texts__0__body="Rewritten.")
    (oldest,) = [link for link in restore_addresses(editor, version) if "/versiontext/" in link][-1:]
    Version.objects.filter(pk=version.pk).update(state="final", published_at="2020-01-01T00:00Z")
    for response, status in ((editor.get(oldest), 200), (editor.post(oldest), 409)):
        assert response.status_code == status
        assert "it is frozen" in page_of(response).text
    assert VersionText.objects.get(version=version).body == "Rewritten."


def test_who_may_restore(editor: Client, coordinator: Client, moderator: Client, visitor: Client) -> None:
    sheet = make_factsheet()
    change(editor, sheet, texts__0__title="Other")
    (oldest,) = [link for link in restore_addresses(editor, sheet) if "/factsheettext/" in link][-1:]
    for client in (coordinator, moderator, signed_in(make_user())):
        assert client.get(address(sheet, "history")).status_code == 403
        assert client.get(oldest).status_code == client.post(oldest).status_code == 403
    assert visitor.post(oldest)["Location"].startswith("/admin/login/")
    assert Client(enforce_csrf_checks=True).post(oldest).status_code in (302, 403)
    assert text_of(sheet).title == "Other"
    assert editor.put(oldest).status_code == 405


def test_no_such_record(editor: Client) -> None:
    news, other = make_news(), make_news()
    (own,) = restore_addresses(editor, news)[-1:]
    number = own.rstrip("/").rpartition("/")[2]
    for wrong in (
        own.replace(f"/{number}/", "/0/"),
        own.replace(f"/{number}/", f"/{'9' * 30}/"),
        own.replace("/restore/news", "/restore/user"),
        own.replace(f"/{news.pk}/restore/", f"/{other.pk}/restore/"),
        own.replace(f"/{news.pk}/restore/", "/abc/restore/"),
    ):
        assert wrong != own
        assert editor.get(wrong).status_code == editor.post(wrong).status_code == 404, wrong


def test_deleted_thing_takes_its_history_along(editor: Client) -> None:
    """A person or an organisation that asks to be forgotten is."""
    news = make_news()
    change(editor, news, texts__0__body="Other words.")
    editor.post(address(news, "delete"), {"post": "yes"})
    assert not News.objects.exists()
    assert not News.history.exists()
    assert not NewsText.history.exists()


def test_nothing_of_readers_is_kept() -> None:
    """Nor anything of the network address or browser of staff."""
    recorded = [model for model in apps.get_models() if hasattr(model, "history_type")]
    assert {model._meta.app_label for model in recorded} == {
        *("publishing", "comments", "factsheets", "advocacy", "campaign")
    }
    names = {model.__name__ for model in recorded if model._meta.app_label == "comments"}
    of_staff = ("Consultation", "ConsultationText", "Answer", "AnswerText", "Report", "ReportText")
    assert names == {f"Historical{name}" for name in of_staff}
    fields = {field.name for model in recorded for field in model._meta.fields}
    assert not {name for name in fields if "ip" in name.split("_") or "agent" in name}
    comment: Any = make_comment()
    assert not hasattr(comment, "history")


def test_history_holds_what_is_written_and_no_more() -> None:
    for model in apps.get_models():
        if issubclass(model, Text):
            columns = {field.name for field in model.history.model._meta.fields}
            assert {"title", "body", "language", "ready"} <= columns
            assert not columns & {"body_html", "plain", "search"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "new", "<ins>new</ins>"),
        ("old", "", "<del>old</del>"),
        ("one two three", "one 2 three", "one <del>two</del><ins>2</ins> three"),
        ("one two", "quite another thing", "<del>one two</del><ins>quite another thing</ins>"),
        ("<i>a</i>", "<i>b</i>", "&lt;i&gt;<del>a</del><ins>b</ins>&lt;/i&gt;"),
        ("我们的服务", "我们要服务", "我们<del>的</del><ins>要</ins>服务"),
        ("مرحبا بكم هنا", "مرحبا بكم هناك", "مرحبا بكم <del>هنا</del><ins>هناك</ins>"),
        ("Это раз", "Это два", "Это <del>раз</del><ins>два</ins>"),
        ("a" * 500, "a" * 500, "a" * 120 + " … " + "a" * 120),
    ],
)
def test_words_are_compared_in_any_script(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected
