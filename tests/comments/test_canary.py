"""A word that somebody sent and that is not public is nowhere: on no page, in no file, feed, map, search or mail."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from pytest_django import Settings

from comments.erasure import erase
from comments.models import Comment, CommentTranslation, Consultation, MailAddress
from comments.moderation import approve, refuse, set_aside, take_down
from comments.points import Part, split
from comments.redaction import redact
from comments.submission import withdraw
from publishing.sealing import seal
from tests.campaign.addresses import routes
from tests.campaign.crawl import Site, ask, words_of
from tests.campaign.mail import send_all
from tests.campaign.world import build_world
from tests.factories import make_answer, make_comment, make_report, make_user

pytestmark = pytest.mark.django_db
CANARY = "zygomorphic"
WORDS = f"Here it is: {CANARY}, said once."


@pytest.fixture
def consultation(settings: Settings, tmp_path: Path) -> Consultation:
    """An open consultation in a portal that holds rows of every kind, with a public report."""
    settings.MEDIA_ROOT = tmp_path
    build_world(more_comments=1)
    found = Consultation.objects.get(slug="second-draft")
    if not hasattr(found, "report"):
        make_report(found)
    return found


def sing(consultation: Consultation, word: str = CANARY) -> Comment:
    """Return a comment that waits, and says the word wherever its author can say anything."""
    comment = make_comment(
        consultation,
        body=WORDS.replace(CANARY, word),
        name_kind="own-name",
        name=word,
        organisation=word,
        consulted_count=3,
        consulted_how=word,
    )
    MailAddress.objects.create(comment=comment, sealed=seal(f"{word}@example.org"), language="en")
    return comment


def public(comment: Comment) -> Comment:
    """Publish it, translate it, split it into two points, one of them answered."""
    moderator = make_user("Moderator")
    decided = approve(comment, by=moderator)
    CommentTranslation.objects.create(
        comment=decided, language="fr", body=decided.name, translator="a volunteer", entered_by=moderator
    )
    split(decided, parts=[Part(f"{decided.name}, said once."), Part("Here it is")], by=moderator)
    make_answer(decided, reason="Noted with thanks.")
    return decided


def redacted(comment: Comment) -> None:
    """Take the word out of a public comment, and the name with it."""
    shown = public(comment)
    typed = shown.body.replace(shown.name, f"[[{shown.name}]]")
    redact(shown, typed=typed, reason="endangers", hide_name=True, destroy=False, by=make_user("Moderator"))


HIDDEN: dict[str, Callable[[Comment], Any]] = {
    "pending": lambda comment: comment,
    "refused": lambda comment: refuse(comment, by=make_user("Moderator"), reason="hate", note=comment.name),
    "spam": lambda comment: set_aside(comment, by=make_user("Moderator")),
    "withdrawn while it waits": withdraw,
    "withdrawn": lambda comment: withdraw(public(comment)),
    "erased while it waits": erase,
    "erased": lambda comment: erase(public(comment)),
    "taken down": lambda comment: take_down(public(comment), by=make_user("Moderator"), reason="endangers"),
    "redacted": redacted,
}


def singing() -> set[str]:
    """Return the public addresses at which the word is found: of every route, of every link, and the search."""
    crawled = Site().crawl("en")
    examples = [address for route in routes() for address in route.addresses("en")]
    found = set()
    for address in dict.fromkeys([*examples, *crawled, f"/en/search/?q={CANARY}", "/fr/consultations/second-draft/"]):
        # The search says again what was asked.
        said = words_of(ask(address)).replace(f'value="{CANARY}"', "").replace(f"?q={CANARY}", "")
        if CANARY in said:
            found.add(address)
    return found


def tables() -> list[str]:
    """Return the tables in which a row holds the word."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = []
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}" AS each WHERE each::text LIKE %s', [f"%{CANARY}%"])  # noqa: S608 - our own tables
            if cursor.fetchone()[0]:
                found.append(name)
    return found


def mailed() -> str:
    """Return what all mails say, after those who asked were told."""
    send_all()
    return " ".join(f"{message.subject} {message.body}" for message in mail.outbox)


def test_public_word_is_found(consultation: Consultation) -> None:
    """What looks for the word finds it where it is public: on pages, in files, in the feed, by search."""
    public(sing(consultation))
    start = "/en/consultations/second-draft/"
    files = {f"{start}comments.{form}" for form in ("atom", "csv", "json", "xlsx")}
    assert files | {start, f"/en/search/?q={CANARY}"} <= singing()
    assert "comments_comment" in tables()


def test_hidden_word_is_nowhere(consultation: Consultation) -> None:
    """In none of the states that are not public; each has a word of its own, which begins alike."""
    for number, hide in enumerate(HIDDEN.values()):
        hide(sing(consultation, f"{CANARY}{number}"))
    assert singing() == set()
    assert CANARY not in mailed()


@pytest.mark.parametrize("how", ["withdrawn", "redacted", "refused", "spam", "pending", "taken down"])
def test_erased_word_is_in_no_table(consultation: Consultation, how: str) -> None:
    """Whatever became of the comment before."""
    comment = sing(consultation)
    HIDDEN[how](comment)
    erase(comment)
    assert tables() == []
    assert not MailAddress.objects.filter(comment=comment).exists()
