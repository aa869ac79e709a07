"""Mail says that something changed, never what; these tests speak to a real mail server."""

import logging
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from io import StringIO
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments.erasure import erase
from comments.models import Comment, MailAddress
from comments.moderation import approve, refuse
from comments.notices import note_change
from comments.submission import withdraw
from comments.telling import tell_all, token_for
from publishing.logs import SafeFormatter
from publishing.sealing import seal, unseal
from tests.campaign.mail import Postbox, mail_server
from tests.comments.loop import code_of, errors_beside, filled, form_url, page_of, send, typed
from tests.comments.test_submission import at_once
from tests.factories import make_comment, make_consultation, make_user

ADDRESS = "zebulon@society.example"
BODY = "Unmistakable quixotry of mine"


@pytest.fixture
def box(settings: Settings) -> Iterator[Postbox]:
    """The portal's mail server."""
    settings.SITE_ADDRESS = "https://portal.example"
    with mail_server(settings) as postbox:
        yield postbox


def sent(client: Client, language: str = "en", **fields: Any) -> Comment:
    """Send a comment with an address, in a language of the page."""
    url = form_url(make_consultation()).replace("/en/", f"/{language}/")
    assert code_of(client.post(url, filled(body=BODY, email=ADDRESS, **fields)))
    return Comment.objects.latest("pk")


def only(box: Postbox) -> EmailMessage:
    """Return the one mail that came."""
    ((recipients, mail),) = box.mails
    assert recipients == [ADDRESS]
    return mail


def stop_path(mail: EmailMessage) -> str:
    """Return where a mail's header says that mails are ended."""
    return urlsplit(str(mail["List-Unsubscribe"]).strip(" <>")).path


@pytest.mark.django_db
class TestAddress:
    """The address stands nowhere but sealed, and goes with the comment."""

    def test_sealed(self, visitor: Client) -> None:
        """No table holds it in the clear; the comment holds nothing of it; its language is the page's."""
        comment = sent(visitor, "fr")
        row = MailAddress.objects.get(comment=comment)
        assert (unseal(row.sealed), row.language, row.changed_at) == (ADDRESS, "fr", None)
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT row::text FROM "{table}" AS row')  # noqa: S608 - a table's name
                assert not any("zebulon" in text.lower() for (text,) in cursor.fetchall())

    def test_none(self, visitor: Client) -> None:
        """Nobody needs one."""
        code_of(send(visitor, make_consultation()))
        assert not MailAddress.objects.exists()

    @pytest.mark.parametrize(
        "address", ["zebulon", "zebulon@", "a@b@c.example", f"{'z' * 250}@x.example", '"z"@x.example', "z@[10.0.0.1]"]
    )
    def test_bad(self, visitor: Client, address: str) -> None:
        """It is said beside the field, which stands open."""
        response = send(visitor, make_consultation(), email=address)
        assert response.status_code == 400
        page = page_of(response)
        assert errors_beside(page, "email")
        assert typed(page)["email"] == address
        assert "open" in next(e for e in page.all("details") if e.all("input", name="email")).attributes
        assert not Comment.objects.exists()

    def test_added_by_going_back(self, visitor: Client) -> None:
        """Whoever goes back for it has one comment, one receipt and one address; later a reload brings none back."""
        url, form = form_url(make_consultation()), filled()
        code = code_of(visitor.post(url, form))
        for address in ("other@society.example", ADDRESS):
            assert code_of(visitor.post(url, form | {"email": address})) == code
        assert unseal(MailAddress.objects.get().sealed) == ADDRESS
        refuse(Comment.objects.get(), by=make_user(), reason="hate")
        MailAddress.objects.all().delete()
        assert code_of(visitor.post(url, form | {"email": ADDRESS})) == code
        assert not MailAddress.objects.exists()

    @pytest.mark.parametrize("end", [withdraw, erase])
    def test_goes_with_the_comment(self, visitor: Client, end: Any) -> None:
        """Taken back or erased, nobody is told anything any more."""
        end(sent(visitor))
        assert not MailAddress.objects.exists()


@pytest.mark.django_db
class TestMail:
    """One mail for each change, with nothing in it."""

    def test_nothing_to_tell(self, visitor: Client, box: Postbox) -> None:
        """A comment that waits has no news."""
        sent(visitor)
        assert tell_all() == 0
        assert box.mails == []

    def test_told_once(self, visitor: Client, box: Postbox) -> None:
        """Each change is told once, however often the command runs."""
        comment = approve(sent(visitor), by=make_user())
        for _ in range(3):
            tell_all()
        assert len(box.mails) == 1
        note_change([comment])
        tell_all()
        assert len(box.mails) == 2

    @pytest.mark.parametrize("language", ["en", "fr", "ar", "zh-hans"])
    def test_says_nothing(self, visitor: Client, box: Postbox, language: str) -> None:
        """Plain text in the reader's language: no word of the comment, its title, its state, the code or a name."""
        comment = sent(visitor, language, name_kind="own-name", name="Zebulon")
        refuse(comment, by=make_user(), reason="hate", note="About your second line.")
        assert tell_all() == 1
        mail = only(box)
        assert mail.get_content_type() == "text/plain"
        said = f"{mail['Subject']}\n{mail.get_content()}"
        for secret in ("quixotry", "Zebulon", "hate", "second line", "refused", comment.consultation.slug, "HIV"):
            assert secret.lower() not in said.lower()
        assert re.findall(r"https?://\S+", said) == [
            f"https://portal.example/{language}/receipt/",
            f"https://portal.example/{language}/mail/stop/{token_for(MailAddress.objects.get().pk)}/",
        ]
        if language == "en":
            assert mail["Subject"] == "News about something you sent"

    def test_headers(self, visitor: Client, box: Postbox, settings: Settings) -> None:
        """One press in the mail program ends the mails (RFC 8058)."""
        settings.DEFAULT_FROM_EMAIL = "portal@campaign.example"
        approve(sent(visitor), by=make_user())
        tell_all()
        mail = only(box)
        assert (mail["From"], mail["To"]) == ("portal@campaign.example", ADDRESS)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert stop_path(mail) in mail.get_content()
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(stop_path(mail), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
        assert response.status_code == 200
        assert not MailAddress.objects.exists()

    def test_server_fails(self, visitor: Client, box: Postbox, caplog: pytest.LogCaptureFixture) -> None:
        """It waits for the next time; the log names neither the address nor what the server said."""
        approve(sent(visitor), by=make_user())
        box.refuses = True
        assert tell_all() == 0
        assert MailAddress.objects.get().told_at is None
        box.refuses = False
        assert tell_all() == 1
        assert "could not be sent" in caplog.text
        said = "\n".join(SafeFormatter().format(record) for record in caplog.records if record.name != "mail.log")
        assert "zebulon" not in said.lower()
        assert "Not now" not in said

    def test_no_server(self, visitor: Client, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
        """Where none listens, the round ends with the first."""
        for _ in range(2):
            approve(sent(visitor), by=make_user())
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        assert tell_all() == 0
        assert caplog.text.count("could not be sent") == 1

    @pytest.mark.parametrize(("answer", "left"), [("550 No such user", 0), ("450 Later", 1)])
    def test_no_such_address(self, visitor: Client, box: Postbox, answer: str, left: int) -> None:
        """An address that a server refuses for good is deleted; the others are told all the same."""
        for _ in range(2):
            approve(sent(visitor), by=make_user())
        box.unknown = {ADDRESS: answer}
        last = Comment.objects.latest("pk")
        MailAddress.objects.filter(comment=last).update(sealed=telling_to("other@society.example"))
        assert tell_all() == 1
        assert MailAddress.objects.exclude(comment=last).count() == left

    def test_sealed_with_a_lost_key(self, visitor: Client, box: Postbox) -> None:
        """It can't be read, and stops nobody else's mail."""
        for _ in range(2):
            approve(sent(visitor), by=make_user())
        MailAddress.objects.filter(comment=Comment.objects.earliest("pk")).update(sealed="lost")
        assert tell_all() == 1


def telling_to(address: str) -> str:
    """Return an address as it is stored."""
    return seal(address)


@pytest.mark.django_db
class TestStop:
    """The page that ends the mails: its ladder."""

    def stored(self) -> MailAddress:
        return MailAddress.objects.create(comment=make_comment(), sealed=telling_to(ADDRESS), language="en")

    def test_asks_first(self, visitor: Client) -> None:
        """Scanners of mail follow links: that alone ends nothing. It sets no cookie, and is stored nowhere."""
        row = self.stored()
        for method in (visitor.get, visitor.head):
            response = method(f"/en/mail/stop/{token_for(row.pk)}/")
            assert response.status_code == 200
            assert not response.cookies
            assert "no-store" in response["Cache-Control"]
        assert MailAddress.objects.exists()

    def test_ends(self, visitor: Client) -> None:
        """By a button; the second time it says the same, and nobody else's mails end."""
        row, other = self.stored(), self.stored()
        path = f"/en/mail/stop/{token_for(row.pk)}/"
        for response in (visitor.post(path), visitor.post(path), visitor.get(path)):
            assert page_of(response).one("h1").text == "You get no more mails from us"
        assert list(MailAddress.objects.all()) == [other]

    @pytest.mark.parametrize("token", ["x", "1", "1.x", ".", "99999999999999999999.x", "١.x"])
    def test_bad_token(self, visitor: Client, token: str) -> None:
        """Nothing ends, and the page says so."""
        self.stored()
        for response in (visitor.get(f"/en/mail/stop/{token}/"), visitor.post(f"/en/mail/stop/{token}/")):
            assert response.status_code == 404
            assert page_of(response).one("h1").text == "This link leads nowhere"
        assert MailAddress.objects.exists()

    @pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
    def test_wrong_method(self, visitor: Client, method: str) -> None:
        """Only reading and pressing the button."""
        assert getattr(visitor, method)(f"/en/mail/stop/{token_for(1)}/").status_code == 405

    def test_log_hides_the_token(self) -> None:
        """Should the page ever fail, its address in the log does nothing."""
        record = logging.makeLogRecord({"msg": "Not Found: /en/mail/stop/7.abc/"})
        assert SafeFormatter().format(record).endswith("/en/mail/stop/…/")


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once(visitor: Client, box: Postbox) -> None:
    """Nobody gets a mail twice."""
    for _ in range(6):
        approve(sent(visitor), by=make_user())
    told = at_once([tell_all] * 3)
    assert sum(told) == len(box.mails) == 6


@pytest.mark.django_db
def test_command(visitor: Client, box: Postbox) -> None:
    """Says how many."""
    approve(sent(visitor), by=make_user())
    out = StringIO()
    call_command("tell_commenters", stdout=out)
    assert out.getvalue() == "told: 1\n"
    assert MailAddress.objects.filter(told_at__lte=timezone.now()).exists()


@pytest.mark.django_db
def test_command_goes_on(visitor: Client, box: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
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

    monkeypatch.setattr("comments.management.commands.tell_commenters.tell_all", round_of_mails)
    call_command("tell_commenters", every=1)
    assert len(rounds) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_command_ends_when_asked(number: signal.Signals, db: None) -> None:
    """Quietly, as a service does."""
    code = (
        "import signal, sys\n"
        "from django.core.management import execute_from_command_line as run\n"
        "wait = signal.signal\n"
        "def told(*args):\n"
        "    wait(*args); args[0] == signal.SIGINT and print('ready', flush=True)\n"
        "signal.signal = told\n"
        "run(['manage.py', 'tell_commenters', '--every=3600'])\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout
    while (line := child.stdout.readline()) and line != "ready\n":
        pass
    child.send_signal(number)
    _, errors = child.communicate(timeout=30)
    assert (child.returncode, errors) == (0, "")
