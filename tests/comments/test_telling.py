"""Mail says that something changed, never what; these tests speak to a real mail server."""

import logging
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from comments.erasure import erase
from comments.models import Comment, MailAddress
from comments.moderation import approve, refuse
from comments.submission import withdraw
from comments.telling import note_change, token_for
from publishing.logs import SafeFormatter
from publishing.models import Mail
from publishing.outbox import deliver_due
from publishing.sealing import seal, unseal
from tests.campaign.mail import Postbox, mail_server, send_all
from tests.comments.loop import code_of, errors_beside, filled, form_url, page_of, send, typed
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
        assert send_all() == 0
        assert box.mails == []

    def test_told_once(self, visitor: Client, box: Postbox) -> None:
        """Each change is told once, however often the command runs."""
        comment = approve(sent(visitor), by=make_user())
        for _ in range(3):
            send_all()
        assert len(box.mails) == 1
        note_change([comment])
        send_all()
        assert len(box.mails) == 2

    @pytest.mark.parametrize("language", ["en", "fr", "ar", "zh-hans"])
    def test_says_nothing(self, visitor: Client, box: Postbox, language: str) -> None:
        """Plain text in the reader's language: no word of the comment, its title, its state, the code or a name."""
        comment = sent(visitor, language, name_kind="own-name", name="Zebulon")
        refuse(comment, by=make_user(), reason="hate", note="About your second line.")
        assert send_all() == 1
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
        send_all()
        mail = only(box)
        assert (mail["From"], mail["To"]) == ("portal@campaign.example", ADDRESS)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert stop_path(mail) in mail.get_content()
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(stop_path(mail), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
        assert response.status_code == 200
        assert not MailAddress.objects.exists()

    def test_many_changes_at_once(self, visitor: Client, box: Postbox) -> None:
        """They make one mail, which waits a while for what else there may be."""
        comment = approve(sent(visitor), by=make_user())
        note_change([comment])
        assert deliver_due() == 0
        assert len(box.mails) == 1

    @pytest.mark.parametrize("end", [withdraw, erase])
    def test_no_mail_after_the_end(self, visitor: Client, box: Postbox, end: Any) -> None:
        """What waits goes with the address."""
        comment = approve(sent(visitor), by=make_user())
        end(comment)
        assert not Mail.objects.exists()
        assert box.mails == []

    @pytest.mark.parametrize(("answer", "left"), [("550 No such user", 0), ("450 Later", 1)])
    def test_no_such_address(self, visitor: Client, box: Postbox, answer: str, left: int) -> None:
        """An address that a server refuses for good is deleted; the others are told all the same."""
        comments = [sent(visitor), sent(visitor)]
        box.unknown = {ADDRESS: answer}
        last = Comment.objects.latest("pk")
        MailAddress.objects.filter(comment=last).update(sealed=telling_to("other@society.example"))
        for comment in comments:
            approve(comment, by=make_user())
        assert send_all() == 1
        assert MailAddress.objects.exclude(comment=last).count() == left

    def test_sealed_with_a_lost_key(self, visitor: Client, box: Postbox) -> None:
        """It can't be read, and stops neither the decision nor anybody else's mail."""
        comments = [sent(visitor), sent(visitor)]
        MailAddress.objects.filter(comment=comments[0]).update(sealed="lost")
        for comment in comments:
            approve(comment, by=make_user())
        assert send_all() == 1


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
