"""A mail server that hangs, drops and refuses: nothing is lost or sent twice, and nobody waits for another's mail."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from publishing.models import Mail
from publishing.outbox import WAITS, deliver_due, enqueue, try_again
from tests.campaign.mail import Postbox, mail_server, send_all

pytestmark = pytest.mark.django_db

POISON = "zebulon@society.example"


@pytest.fixture
def box(settings: Settings) -> Iterator[Postbox]:
    """The portal's mail server, which is not waited for long."""
    settings.EMAIL_TIMEOUT = 0.2
    with mail_server(settings) as postbox:
        yield postbox


def write(to: str = "somebody@society.example") -> Mail:
    """Write a mail."""
    enqueue("test", to, subject="Hello", text="Hello.")
    return Mail.objects.latest("pk")


def sent_to(box: Postbox) -> list[str]:
    """Return to whom mail came."""
    return [to for recipients, _ in box.came for to in recipients]


@pytest.mark.parametrize("what", ["hang", "drop", "421 Too busy", "554 Not you"])
def test_nobody_takes_the_connection(box: Postbox, what: str) -> None:
    """Not one mail is blamed; when the server is back, all go out."""
    for _ in range(2):
        write()
    box.trouble = ("connect", what)
    assert deliver_due() == 0
    assert set(Mail.objects.values_list("attempts", "set_aside_at", "trouble")) == {(0, None, "")}
    box.trouble = ("", "")
    assert deliver_due() == len(box.came) == 2


def test_greets_slowly(box: Postbox) -> None:
    """A server that takes its time, but not too long, gets the mail."""
    write()
    box.trouble = ("connect", "pause")
    assert deliver_due() == 1


@pytest.mark.parametrize("point", ["RCPT", "DATA"])
@pytest.mark.parametrize("what", ["hang", "drop", "421 Leaving"])
def test_one_mail_breaks_the_connection(box: Postbox, point: str, what: str) -> None:
    """It waits a minute; those behind it go out at once, by a new connection, and once."""
    poison = write(POISON)
    for number in range(2):
        write(f"{number}@society.example")
    box.trouble, box.victim = (point, what), POISON
    assert deliver_due() == 2
    assert sent_to(box) == ["0@society.example", "1@society.example"]
    poison.refresh_from_db()
    assert (poison.attempts, poison.set_aside_at) == (1, None)
    assert poison.due_at > timezone.now() + WAITS[0] - timedelta(minutes=1)
    box.victim = "nobody"
    assert send_all() == 1
    assert len(box.came) == 3


def test_a_mail_that_always_breaks_it_is_set_aside(box: Postbox) -> None:
    """In the end, with its words, so that staff can let it be tried again. Two such mails do not shield each other."""
    write(POISON)
    write(POISON)
    box.trouble, box.victim = ("DATA", "drop"), POISON
    for number in range(2 * len(WAITS) + 2):
        write(f"{number}@society.example")
        send_all()
    send_all()
    assert len(sent_to(box)) == len(set(sent_to(box))) == 2 * len(WAITS) + 2
    for mail in Mail.objects.set_aside():
        assert (mail.trouble, bool(mail.sealed)) == ("SMTPServerDisconnected", True)
    assert Mail.objects.set_aside().count() == 2
    box.victim = "nobody"
    assert try_again(Mail.objects.all()) == 2
    assert deliver_due() == 2


@pytest.mark.parametrize("what", ["hang", "drop"])
def test_a_server_that_breaks_every_connection(box: Postbox, what: str) -> None:
    """One mail is tried again later, the rest is not blamed, and nobody waits for each of them in turn."""
    for _ in range(5):
        write()
    box.trouble = ("RCPT", what)
    assert deliver_due() == 0
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    box.trouble = ("", "")
    assert send_all() == len(box.came) == 5


def test_it_came_but_nobody_was_told(box: Postbox) -> None:
    """The server took it and went away, or the process died before it wrote that down: the same Message-ID, twice."""
    write()
    box.trouble = ("taken", "drop")
    assert deliver_due() == 0
    box.trouble = ("", "")
    Mail.objects.update(due_at=timezone.now())
    with transaction.atomic():
        assert deliver_due() == 1
        transaction.set_rollback(True)
    assert deliver_due() == 1
    assert len(box.came) == 3
    assert len({message["Message-ID"] for _, message in box.came}) == 1


def test_the_server_refuses_us(box: Postbox) -> None:
    """No mail is thrown away for it: the sender is ours, whatever the mail."""
    for _ in range(2):
        write()
    box.trouble = ("MAIL", "550 Not from you")
    assert deliver_due() == 0
    assert all(Mail.objects.waiting().values_list("sealed", flat=True))
    box.trouble = ("", "")
    assert send_all() == 2
