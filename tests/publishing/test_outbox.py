"""The outbox: mails are rows, delivered later; these tests speak to a real mail server."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from threading import Event
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from publishing.logs import SafeFormatter
from publishing.models import Mail
from publishing.outbox import WAITS, deliver_due, enqueue, forget, try_again
from tests.campaign.mail import Postbox, mail_server
from tests.comments.test_submission import at_once

NOW = timezone.now()
TO = "zebulon@society.example"
LIST = reverse("admin:publishing_mail_changelist")


@pytest.fixture
def box(settings: Settings) -> Iterator[Postbox]:
    """The portal's mail server."""
    with mail_server(settings) as postbox:
        yield postbox


def write(**fields: Any) -> Mail:
    """Write a mail."""
    enqueue("test", fields.pop("to", TO), **{"subject": "Quixotry", "text": "Hello."} | fields)
    return Mail.objects.latest("pk")


def tick() -> None:
    """Let the time come of whatever waits."""
    Mail.objects.waiting().update(due_at=timezone.now())


@pytest.mark.django_db
class TestDelivery:
    """What becomes of a mail."""

    def test_goes_out_once_and_is_wiped(self, box: Postbox) -> None:
        """Nothing of it is left in any table."""
        mail = write(html="<p>Hello.</p>", headers={"List-Unsubscribe": "<https://portal.example/x/>"})
        assert "Quixotry" not in mail.sealed
        assert (deliver_due(), deliver_due()) == (1, 0)
        ((recipients, message),) = box.came
        assert (recipients, message["Subject"]) == ([TO], "Quixotry")
        assert message["List-Unsubscribe"] == "<https://portal.example/x/>"
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
        mail.refresh_from_db()
        assert mail.sent_at
        assert (mail.sealed, mail.attempts) == ("", 1)

    def test_waits_for_its_time(self, box: Postbox) -> None:
        """And the oldest goes first."""
        write(subject="Later", after=timedelta(hours=1))
        write(subject="Second")
        Mail.objects.filter(pk=write(subject="First").pk).update(due_at=timezone.now() - timedelta(hours=1))
        assert deliver_due() == 2
        assert [message["Subject"] for _, message in box.came] == ["First", "Second"]

    def test_comes_with_its_cause_or_not_at_all(self, box: Postbox) -> None:
        """What was rolled back is told to nobody."""
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
        assert deliver_due() == 0

    def test_one_waits_about_each_thing(self, box: Postbox) -> None:
        """Once it went out, there can be another."""
        for _ in range(3):
            write(about="comment:1")
        write(about="comment:2")
        assert deliver_due() == 2
        write(about="comment:1")
        assert deliver_due() == 1

    def test_what_is_forgotten_does_not_go_out(self, box: Postbox) -> None:
        """Nor is anything of it kept."""
        write(about="comment:1")
        forget("comment:1")
        assert not Mail.objects.exists()

    def test_server_refuses_for_now(self, box: Postbox, caplog: pytest.LogCaptureFixture) -> None:
        """It is tried again, later and later; after that it is set aside, and shown. The others go out meanwhile."""
        mail = write()
        box.unknown = {TO: "450 Later, zebulon"}
        write(to="other@society.example")
        assert deliver_due() == 1
        for wait in WAITS[1:]:
            mail.refresh_from_db()
            assert mail.due_at > timezone.now()
            assert deliver_due() == 0
            tick()
            deliver_due()
            mail.refresh_from_db()
            assert timezone.now() + wait - timedelta(minutes=1) < mail.due_at <= timezone.now() + wait
        tick()
        deliver_due()
        mail.refresh_from_db()
        assert mail.set_aside_at
        assert (mail.trouble, mail.attempts) == ("SMTP 450", len(WAITS) + 1)
        assert mail.sealed
        said = "\n".join(SafeFormatter().format(record) for record in caplog.records if record.name != "mail.log")
        assert "zebulon" not in said

        box.unknown = {}
        assert try_again(Mail.objects.all()) == 1
        assert deliver_due() == 1

    @pytest.mark.parametrize("refused", [{TO: "550 No such user"}, None])
    def test_refused_for_good(self, box: Postbox, refused: dict[str, str] | None) -> None:
        """It is set aside at once, and its address is gone."""
        box.unknown, box.answer = refused or {}, "" if refused else "554 No"
        mail = write()
        assert deliver_due() == 0
        mail.refresh_from_db()
        assert mail.set_aside_at
        assert (mail.sealed, mail.trouble) == ("", "SMTP 550" if refused else "SMTP 554")
        assert try_again(Mail.objects.all()) == 0

    def test_no_server(self, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
        """The round ends with the first, and none is blamed."""
        for _ in range(2):
            write()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        assert deliver_due() == 0
        assert caplog.text.count("does not take mail") == 1
        assert set(Mail.objects.values_list("attempts", "set_aside_at", "trouble")) == {(0, None, "")}

    def test_poison(self, box: Postbox) -> None:
        """What cannot be read is set aside, and stops nobody else's."""
        Mail.objects.filter(pk=write().pk).update(sealed="lost")
        write()
        assert deliver_due() == 1
        assert Mail.objects.set_aside().get().trouble == "Unreadable"

    def test_old_rows_go(self, box: Postbox) -> None:
        """After a month nothing tells that there was a mail."""
        write()
        deliver_due()
        Mail.objects.update(sent_at=timezone.now() - timedelta(days=31))
        deliver_due()
        assert not Mail.objects.exists()

    @pytest.mark.parametrize(
        "fields",
        [
            {"subject": "Hello\nBcc: other@society.example"},
            {"to": "a@society.example\r\nBcc: b@society.example"},
            {"headers": {"X-Test": "a\nb"}},
            {"to": ""},
        ],
    )
    def test_nobody_adds_a_header(self, fields: dict[str, Any]) -> None:
        """A line break in what becomes a header is refused when the mail is written."""
        with pytest.raises(ValueError, match=r"^$"):
            write(**fields)

    @pytest.mark.parametrize(
        "fields",
        [{"sent_at": timezone.now()}, {"sent_at": timezone.now(), "sealed": "", "set_aside_at": timezone.now()}],
    )
    def test_database_keeps_the_rules(self, fields: dict[str, Any]) -> None:
        """A mail that went out is wiped, and not set aside."""
        write()
        with pytest.raises(IntegrityError), transaction.atomic():
            Mail.objects.update(**fields)


@pytest.mark.django_db(transaction=True)
def test_many_processes_at_once(box: Postbox) -> None:
    """No mail goes out twice."""
    for number in range(6):
        write(subject=f"Mail {number}")
    sent = at_once([deliver_due] * 3)
    assert sum(sent) == len(box.came) == 6


@pytest.mark.django_db
class TestAdmin:
    """Who sees that mails could not be delivered."""

    def test_says_what_was_set_aside_and_tries_again(self, administrator: Client, box: Postbox) -> None:
        """On its front page too; never to whom, nor what."""
        mail = write()
        Mail.objects.update(set_aside_at=timezone.now(), trouble="SMTP 450")
        assert "1 mail not delivered" in administrator.get("/admin/").content.decode()
        page = administrator.get(f"{LIST}?standing=set-aside").content.decode()
        assert "SMTP 450" in page
        for text in (page, administrator.get(f"/admin/publishing/mail/{mail.pk}/change/").content.decode()):
            assert "zebulon" not in text
            assert mail.sealed not in text
        administrator.post(LIST, {"action": "try_again", "_selected_action": [mail.pk]})
        assert deliver_due() == 1
        assert "not delivered" not in administrator.get("/admin/").content.decode()
        assert administrator.get(f"{LIST}?standing=nonsense").status_code == 200

    @pytest.mark.parametrize("who", ["editor", "moderator", "coordinator"])
    def test_others_do_not(self, who: str, request: pytest.FixtureRequest) -> None:
        """Mails are the administrators'."""
        assert request.getfixturevalue(who).get(LIST).status_code == 403

    def test_nobody_writes_one(self, administrator: Client) -> None:
        """Nor changes one."""
        assert administrator.get("/admin/publishing/mail/add/").status_code == 403
        mail = write()
        administrator.post(f"/admin/publishing/mail/{mail.pk}/change/", {"kind": "other"})
        mail.refresh_from_db()
        assert mail.kind == "test"


@pytest.mark.django_db
class TestCommand:
    """`manage.py send_mail_outbox`."""

    def test_once(self, box: Postbox) -> None:
        """Says how many."""
        write()
        out = StringIO()
        call_command("send_mail_outbox", stdout=out)
        assert out.getvalue() == "sent: 1\n"

    def test_goes_on(self, box: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
        """Round after round, until it is told to end."""
        rounds: list[int] = []
        handlers: dict[int, Any] = {}
        monkeypatch.setattr(Event, "wait", lambda self, _: self.is_set())
        monkeypatch.setattr(signal, "signal", handlers.__setitem__)

        def round_of_mails() -> int:
            rounds.append(1)
            if len(rounds) == 3:
                handlers[signal.SIGTERM](signal.SIGTERM, None)
            return 0

        monkeypatch.setattr("publishing.management.commands.send_mail_outbox.deliver_due", round_of_mails)
        call_command("send_mail_outbox", every=1)
        assert len(rounds) == 3

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_ends_when_asked(self, number: signal.Signals) -> None:
        """Quietly, as a service does."""
        code = (
            "import signal, sys\n"
            "from django.core.management import execute_from_command_line as run\n"
            "wait = signal.signal\n"
            "def told(*args):\n"
            "    wait(*args); args[0] == signal.SIGINT and print('ready', flush=True)\n"
            "signal.signal = told\n"
            "run(['manage.py', 'send_mail_outbox', '--every=3600'])\n"
        )
        child = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert child.stdout
        while (line := child.stdout.readline()) and line != "ready\n":
            pass
        child.send_signal(number)
        _, errors = child.communicate(timeout=30)
        assert (child.returncode, errors) == (0, "")
