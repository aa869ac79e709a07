"""Two editors at once: the second sees what the first changed, and no word of either is lost."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from advocacy.models import News
from tests.campaign.admin_pages import MADE, address, errors, page_of, typed
from tests.comments.test_submission import at_once
from tests.conftest import signed_in
from tests.factories import (
    add_text,
    make_answer,
    make_issue,
    make_news,
    make_organisation,
    make_published_comment,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db: None) -> Client:
    """Another editor."""
    return signed_in(make_user("Editor"))


def opened(client: Client, thing: Any) -> dict[str, Any]:
    """Return a thing's form as an editor has it on the screen."""
    return typed(client.get(address(thing, "change")), f"{thing._meta.model_name}_form")


def as_browser(form: dict[str, Any]) -> dict[str, Any]:
    """Return a form with its lines ended as browsers end them."""
    return {k: v.replace("\n", "\r\n") if isinstance(v, str) else v for k, v in form.items()}


def send(client: Client, thing: Any, form: dict[str, Any], **changes: Any) -> Any:
    """Save a form with these changes; `__` stands for `-`."""
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address(thing, "change"), as_browser({**form, **named}))


def again(response: Any, thing: Any) -> dict[str, Any]:
    """Return the form that an answer shows."""
    return typed(response, f"{thing._meta.model_name}_form")


def test_second_is_shown_what_the_first_changed_and_loses_nothing(editor: Client, other: Client) -> None:
    news = make_news()
    first, second = opened(editor, news), opened(other, news)
    assert send(editor, news, first, texts__0__body="Words of the first.").status_code == 302
    response = send(other, news, second, texts__0__body="Words of the second.", texts__0__title="A title")
    assert response.status_code == 409
    page = page_of(response)
    conflict = page.one("section", class_="conflict")
    assert User.objects.order_by("pk")[0].username in conflict.text
    assert {"Words of the first.", "Words of the second."} <= {e.text for e in conflict.all("ins")}
    assert "One strong paragraph" not in " ".join(e.text for e in conflict.all("ins"))
    assert news.texts.get().body == "Words of the first."
    form = again(response, news)
    assert (form["texts-0-body"], form["texts-0-title"]) == ("Words of the second.", "A title")
    # Having seen it, the second may overwrite it; the history keeps the first's words all the same.
    assert send(other, news, form).status_code == 302
    assert news.texts.get().body == "Words of the second."
    assert "Words of the first." in page_of(other.get(address(news, "history"))).text


def test_what_the_second_did_not_touch_is_taken_over(editor: Client, other: Client) -> None:
    news = make_news()
    add_text(news, "fr", body="Des mots.")
    first, second = opened(editor, news), opened(other, news)
    send(
        editor,
        news,
        first,
        texts__1__body="D’autres mots.",
        texts__0__title="Their title",
        state="withdrawn",
        published_at_0="2026-01-02",
        published_at_1="03:04:05",
    )
    response = send(other, news, second, texts__0__body="My words.")
    assert response.status_code == 409
    form = again(response, news)
    assert form["texts-1-body"] == "D’autres mots."
    assert form["texts-0-title"] == "Their title"
    assert (form["state"], form["published_at_0"], form["published_at_1"]) == ("withdrawn", "2026-01-02", "03:04:05")
    assert send(other, news, form).status_code == 302
    news.refresh_from_db()
    english, french = news.texts.get(language="en"), news.texts.get(language="fr")
    assert (english.title, english.body, french.body) == ("Their title", "My words.", "D’autres mots.")
    assert news.state == "withdrawn"


def test_text_that_the_first_added_stays(editor: Client, other: Client) -> None:
    news = make_news()
    first, second = opened(editor, news), opened(other, news)
    french = {"texts-1-language": "fr", "texts-1-title": "Titre", "texts-1-ready": "on", "texts-1-id": ""}
    added = {**first, **french, "texts-1-news": news.pk, "texts-TOTAL_FORMS": "2"}
    assert send(editor, news, added).status_code == 302
    response = send(other, news, second, texts__0__title="Mine")
    assert response.status_code == 409
    assert "News text (Français): added" in page_of(response).text
    assert send(other, news, again(response, news)).status_code == 302
    assert set(news.texts.values_list("language", "title")) == {("en", "Mine"), ("fr", "Titre")}


def test_both_add_a_text_in_the_same_language(editor: Client, other: Client) -> None:
    """The second is told, and can take over theirs into what was added."""
    news = make_news()
    new = {"texts__TOTAL_FORMS": 2, "texts__1__language": "fr", "texts__1__title": "Mine", "texts__1__news": news.pk}
    first, second = opened(editor, news), opened(other, news)
    assert send(editor, news, first, **{**new, "texts__1__title": "Theirs"}).status_code == 302
    response = send(other, news, second, **new)
    assert response.status_code == 409
    response = send(other, news, again(response, news))
    assert response.status_code == 200
    assert "There is a text in this language already." in errors(response)
    assert "Mine" in again(response, news).values()
    assert news.texts.get(language="fr").title == "Theirs"


@pytest.mark.parametrize("how", ["deleted", "changed"])
def test_a_text_in_the_place_of_another(editor: Client, how: str) -> None:
    """What is given up in the same form is free."""
    news = make_news()
    add_text(news, "fr")
    new = {"texts__TOTAL_FORMS": 3, "texts__2__language": "fr", "texts__2__title": "New", "texts__2__news": news.pk}
    given_up = {"texts__1__DELETE": "on"} if how == "deleted" else {"texts__1__language": "es"}
    response = send(editor, news, opened(editor, news), **new, **given_up)
    assert response.status_code == 302, errors(response)
    assert news.texts.get(language="fr").title == "New"


def test_two_texts_do_not_change_languages(editor: Client) -> None:
    news = make_news()
    add_text(news, "fr")
    response = send(editor, news, opened(editor, news), texts__0__language="fr", texts__1__language="en")
    assert response.status_code == 200
    assert "There is a text in this language already." in errors(response)


def test_both_add_the_same_member(coordinator: Client) -> None:
    other = signed_in(make_user("Network coordinator"))
    organisation, user = make_organisation(), make_user(staff=False)
    fields = {"memberships__TOTAL_FORMS": 1, "memberships__0__user": user.pk, "memberships__0__role": "lead"}
    first, second = opened(coordinator, organisation), opened(other, organisation)
    assert send(coordinator, organisation, first, **fields).status_code == 302
    response = send(other, organisation, second, **fields)
    assert response.status_code == 409
    assert send(other, organisation, again(response, organisation)).status_code == 200
    assert organisation.memberships.count() == 1


@pytest.mark.parametrize("touched", [True, False])
def test_text_that_the_first_deleted_is_new_where_the_second_wrote_in_it(
    editor: Client, other: Client, touched: bool
) -> None:
    news = make_news()
    add_text(news, "fr")
    add_text(news, "es")
    first, second = opened(editor, news), opened(other, news)
    assert send(editor, news, first, texts__1__DELETE="on").status_code == 302
    changes = {"texts__1__title": "Réécrit"} if touched else {"texts__0__title": "Mine"}
    deleted = second["texts-1-language"]
    response = send(other, news, second, **changes)
    assert response.status_code == 409
    assert ": deleted" in page_of(response).text
    response = send(other, news, again(response, news))
    assert response.status_code == 302, errors(response)
    assert news.texts.filter(language=deleted).exists() is touched
    assert news.texts.count() == 2 + touched


def test_links_count_too(coordinator: Client) -> None:
    other = signed_in(make_user("Network coordinator"))
    organisation, issue = make_organisation(), make_issue()
    first, second = opened(coordinator, organisation), opened(other, organisation)
    assert send(coordinator, organisation, first, issues=[issue.pk]).status_code == 302
    response = send(other, organisation, second, country="MA")
    assert response.status_code == 409
    assert issue.slug in page_of(response).one("section", class_="conflict").text
    assert send(other, organisation, again(response, organisation)).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.country, list(organisation.issues.all())) == ("MA", [issue])


def test_theirs_and_yours_are_shown_of_an_answer(editor: Client, other: Client) -> None:
    answer = make_answer(make_published_comment(), reason="Before.")
    first, second = opened(editor, answer), opened(other, answer)
    send(editor, answer, first, texts__0__reason="Theirs.")
    response = send(other, answer, second, texts__0__reason="Mine.")
    assert response.status_code == 409
    text = page_of(response).one("section", class_="conflict").text
    assert "Theirs." in text
    assert "Mine." in text
    assert answer.texts.get().reason == "Theirs."
    assert send(other, answer, again(response, answer)).status_code == 302


def test_what_was_typed_into_a_text_that_was_published_meanwhile_is_shown(editor: Client, other: Client) -> None:
    version = make_version(state="draft", published_at=None)
    first, second = opened(editor, version), opened(other, version)
    published = {"state": "final", "published_at_0": "2020-01-01", "published_at_1": "00:00:00"}
    assert send(editor, version, first, **published).status_code == 302
    response = send(other, version, second, texts__0__body="Written too late.")
    assert response.status_code == 409
    assert "Written too late." in page_of(response).one("section", class_="conflict").text
    assert "Written too late." not in version.texts.get().body


def test_errors_and_conflict_together(editor: Client, other: Client) -> None:
    news = make_news()
    first, second = opened(editor, news), opened(other, news)
    send(editor, news, first, texts__0__title="Theirs")
    response = send(other, news, second, slug="", texts__0__body="Mine.")
    assert response.status_code == 409
    assert "This field is required." in errors(response)
    assert again(response, news)["texts-0-body"] == "Mine."


def test_error_keeps_what_the_form_has_seen(editor: Client, other: Client) -> None:
    news = make_news()
    first, second = opened(editor, news), opened(other, news)
    wrong = send(other, news, second, slug="")
    assert wrong.status_code == 200
    send(editor, news, first, texts__0__title="Theirs")
    assert send(other, news, again(wrong, news), slug="fine").status_code == 409


@pytest.mark.parametrize(
    "seen",
    [
        "",
        "x",
        "[]",
        "[1, 2, 3]",
        "[" * 5000,
        json.dumps(["", {"news:1": "x"}, {}]),
        json.dumps(["", {"a": 9**99}, {"b": 1}]),
        '["", {"a": Infinity}, {}]',
        '["\\ud800", {"\\ud800": 1}, {}]',
    ],
)
def test_form_that_does_not_say_what_it_has_seen_overwrites_nothing(editor: Client, seen: str) -> None:
    news = make_news()
    response = send(editor, news, {**opened(editor, news), "_seen": seen}, texts__0__title="Mine")
    assert response.status_code == 409
    assert news.texts.get().title != "Mine"
    assert send(editor, news, again(response, news)).status_code == 302
    assert news.texts.get().title == "Mine"


def test_the_same_form_saved_twice(editor: Client) -> None:
    """Sent by a double click, it changes nothing more; the second says what the first did."""
    news = make_news()
    form = opened(editor, news)
    assert send(editor, news, form, texts__0__title="Mine").status_code == 302
    assert send(editor, news, form, texts__0__title="Mine").status_code == 409
    assert News.history.filter(id=news.pk).count() == 2


READ_ONLY = {"Comment", "ModerationEvent", "Endorsement", "EndorsementEvent", "Mail", "Picture", "Point"}
READ_ONLY |= {"Application", "Erasure", "Invitation", "PracticeQuestion", "PracticeUse", "Proposal"}
EDITED = [model for model in MADE if model.__name__ not in READ_ONLY]


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_every_form_saves_what_nobody_else_touched(administrator: Client, model: Any) -> None:
    thing = MADE[model]()
    assert opened(administrator, thing)["_seen"]
    response = send(administrator, thing, opened(administrator, thing))
    assert response.status_code == 302, errors(response)


@pytest.mark.django_db(transaction=True)
def test_two_saves_at_the_same_moment() -> None:
    """However close they come, one is saved, and the others are told of it."""
    news = make_news()
    editors = [signed_in(make_user(is_superuser=True)) for _ in range(4)]
    forms = [opened(client, news) for client in editors]
    saves: list[Callable[[], Any]] = [
        partial(send, client, news, form, texts__0__title=f"Title {number}")
        for number, (client, form) in enumerate(zip(editors, forms, strict=True))
    ]
    answers = at_once(saves)
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [302, 409, 409, 409]
    assert news.texts.get().title == f"Title {statuses.index(302)}"
