"""Traps make a moderator look twice. They drop nothing, they tell nobody, and they leave the subject's words alone."""

import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.signing import TimestampSigner
from django.test import Client

from comments import traps
from comments.models import Comment, Consultation, WatchedWord
from comments.vocabulary import VOCABULARY
from tests.comments.loop import code_of, filled, form_url, page_of, send, typed
from tests.factories import make_consultation

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    """An open one."""
    return make_consultation()


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> str:
    """A stamp that was given out a minute ago."""
    now = time.time()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: now - 60)
        return traps.stamp()


def held(client: Client, consultation: Consultation, **fields: Any) -> list[str]:
    """Send a comment, which must arrive like any other; return what it is held for."""
    assert code_of(send(client, consultation, **fields))
    return Comment.objects.pending().get().held_for


def test_nothing(visitor: Client, consultation: Consultation, old: str) -> None:
    """What a person writes is held for nothing but a moderator's reading."""
    assert held(visitor, consultation, stamp=old, body="Five\n" + "https://a.example " * 5) == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"homepage": "https://spam.example"}, "trap"),
        ({"stamp": ""}, "stamp"),
        ({"stamp": "form:1abcde:forged"}, "stamp"),
        ({"stamp": TimestampSigner(salt="another").sign("form")}, "stamp"),
        ({"stamp": "\u202e" * 50}, "stamp"),
        ({"body": "https://a.example " * 6}, "links"),
        ({"body": "Www.a.example http://b.example " * 3}, "links"),
        ({"body": "Cheap VIAGRA!"}, "words"),
        ({"name_kind": "pseudonym", "name": "Viagra"}, "words"),
        ({"body": "请看赌场网站"}, "words"),
        ({"body": "В казино!"}, "words"),
        ({"body": "Play in our best\u00a0Casino now"}, "words"),
    ],
    ids=range(12),
)
def test_held(visitor: Client, consultation: Consultation, old: str, fields: dict[str, str], reason: str) -> None:
    """Each trap by itself."""
    for word in ("viagra", "赌场", "казино", "best casino"):
        WatchedWord.objects.create(word=word)
    assert held(visitor, consultation, **{"stamp": old, **fields}) == [reason]


def test_all_at_once(visitor: Client, consultation: Consultation) -> None:
    """All that was noticed is told to the moderator."""
    WatchedWord.objects.create(word="viagra")
    body = "viagra " + "https://a.example " * 6
    assert held(visitor, consultation, body=body, homepage="x") == ["trap", "stamp", "words", "links"]


@pytest.mark.parametrize("body", ["Viagrande", "specialist socialism", "a best-casino", "𝐯iagraX"], ids=range(4))
def test_whole_words(visitor: Client, consultation: Consultation, old: str, body: str) -> None:
    """A watched word within another is another word."""
    for word in ("viagra", "cialis", "best casino"):
        WatchedWord.objects.create(word=word)
    assert held(visitor, consultation, stamp=old, body=body) == []


def test_fast(visitor: Client, consultation: Consultation) -> None:
    """Nobody reads, writes and sends within seconds; the stamp outlives a preview and an error."""
    page = page_of(visitor.get(form_url(consultation)))
    sent = typed(page) | {"body": "A remark."}
    assert typed(page_of(visitor.post(form_url(consultation), sent | {"preview": "1"})))["stamp"] == sent["stamp"]
    assert typed(page_of(visitor.post(form_url(consultation), sent | {"body": ""})))["stamp"] == sent["stamp"]
    assert held(visitor, consultation, **sent) == ["fast"]


def test_trap_is_out_of_the_way(visitor: Client, consultation: Consultation) -> None:
    """Who finds the field is told to leave it empty; keyboards and browsers' memories pass it by."""
    page = page_of(visitor.get(form_url(consultation)))
    field = page.one("input", name="homepage")
    assert (field.get("tabindex"), field.get("autocomplete")) == ("-1", "off")
    assert any("hidden" in parent.get("class").split() for parent in field.ancestors)
    assert "Leave this empty" in page.one("label", **{"for": "id_homepage"}).text


@pytest.mark.parametrize("word", sorted(VOCABULARY))
def test_own_words_are_never_watched(word: str) -> None:
    """However they are written."""
    for written in (word, f" {word.upper()} ", word.replace(" ", "  ")):
        with pytest.raises(ValidationError, match="People need this word"):
            WatchedWord(word=written).full_clean()


def test_watched_word_is_written_as_it_is_looked_for() -> None:
    """Small, in one form, with single spaces."""
    word = WatchedWord(word=" Ｃasino\u00a0 BONUS ")
    word.full_clean()
    assert word.word == "casino bonus"


def test_sent_twice_is_held_once(visitor: Client, consultation: Consultation, old: str) -> None:
    """What holds a comment makes no other comment of it."""
    sent = filled(stamp=old)
    first = code_of(visitor.post(form_url(consultation), sent))
    again = code_of(visitor.post(form_url(consultation), sent | {"stamp": "", "homepage": "x"}))
    assert first == again
    assert Comment.objects.get().held_for == []
