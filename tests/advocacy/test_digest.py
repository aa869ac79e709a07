"""The monthly digest: who gets it, what is in it, how it ends; these tests speak to a real mail server."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy.digest.sending import last_month, send
from advocacy.digest.subscribing import MAILING, MAILS_PER_ADDRESS, ask, by_token, confirm, expire, signer
from advocacy.models import DigestMail, Event, News, Subscription
from comments.models import Consultation
from comments.telling import token_for
from publishing import limits
from publishing.logs import SafeFormatter
from publishing.models import Mail
from publishing.sealing import fingerprints, unseal
from tests.campaign.digest_rows import make_subscription
from tests.campaign.mail import Postbox, mail_server, send_all
from tests.factories import (
    add_text,
    make_closed_consultation,
    make_consultation,
    make_event,
    make_factsheet,
    make_news,
    make_organisation,
    make_practice,
    make_version,
    unfrozen,
)
from tests.publishing.html import parse

pytestmark = pytest.mark.django_db
FORM = "/en/news/digest/"
ADDRESS = "zebulon@society.example"
CANARY = "zygomorphic"


@pytest.fixture
def box(settings: Settings) -> Iterator[Postbox]:
    """The portal's mail server."""
    settings.SITE_ADDRESS = "https://portal.example"
    with mail_server(settings) as postbox:
        yield postbox


def typed(**fields: str) -> dict[str, str]:
    """Return a filled-in form."""
    return {"email": ADDRESS, "language": "en"} | fields


def subscriber(address: str = ADDRESS, language: str = "en") -> Subscription:
    """Return one who confirmed long ago."""
    return make_subscription(address, language=language, confirmed_at=timezone.now() - timedelta(days=90))


def in_last_month(day: int = 15) -> datetime:
    """Return a moment of the month that the next digest is about."""
    return datetime(last_month().year, last_month().month, day, 12, tzinfo=UTC)


def fresh_news(**fields: Any) -> News:
    """Return news of last month."""
    return make_news(**{"published_at": in_last_month()} | fields)


def heading(response: Any) -> str:
    return parse(response.content.decode()).one("h1").text


def words(mail: EmailMessage, kind: str = "plain") -> str:
    part: Any = mail.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n")


def path_in(mail: EmailMessage) -> str:
    """Return where a mail's header says that mails are ended."""
    return urlsplit(re.sub(r"[\s<>]", "", str(mail["List-Unsubscribe"]))).path


class TestSubscribing:
    """An address, a mail with a link, a button."""

    def test_twice_opted_in(self, visitor: Client, box: Postbox) -> None:
        """Neither the form nor opening the link is enough; the button is, and pressing it twice does no harm."""
        response = visitor.post(FORM, typed(language="fr"))
        assert response.status_code == 200
        assert heading(response) == "Look into your mailbox"
        (link,) = box.links
        path = urlsplit(link).path
        assert path.startswith("/fr/news/digest/confirm/")
        for method in (visitor.get, visitor.head):
            assert method(path).status_code == 200
        assert Subscription.objects.get().confirmed_at is None
        for _ in range(2):
            assert visitor.post(path).status_code == 200
        row = Subscription.objects.get()
        assert row.confirmed_at is not None
        assert (row.language, unseal(row.sealed)) == ("fr", ADDRESS)

    def test_nobody_learns_who_is_known(self, visitor: Client, box: Postbox) -> None:
        """Known or not, confirmed or not, however it is written: one page, one row."""
        pages = set()
        for state in ("new", "unconfirmed", "confirmed"):
            if state == "confirmed":
                Subscription.objects.update(confirmed_at=timezone.now())
            response = visitor.post(FORM, typed(email=ADDRESS.upper() if state == "confirmed" else ADDRESS))
            pages.add((response.status_code, response.content))
        assert len(pages) == 1
        assert Subscription.objects.count() == 1

    def test_nowhere_in_the_clear(self, visitor: Client) -> None:
        """No table holds the address, not even in hiding by case."""
        visitor.post(FORM, typed())
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT row::text FROM "{table}" AS row')  # noqa: S608 - a table's name
                assert not any("zebulon" in text.lower() for (text,) in cursor.fetchall())

    def test_another_language(self, box: Postbox) -> None:
        """Who is subscribed asks again, and confirms that too."""
        row = subscriber()
        ask(ADDRESS, language="ar")
        (link,) = box.links
        row.refresh_from_db()
        assert row.language == "en"
        confirm(by_token(urlsplit(link).path.split("/")[-2]))
        row.refresh_from_db()
        assert row.language == "ar"

    def test_found_after_the_key_changed(self, settings: Settings) -> None:
        """One address keeps one row."""
        subscriber()
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [settings.SECRET_KEY]
        ask(ADDRESS, language="en")
        assert Subscription.objects.count() == 1
        assert fingerprints(ADDRESS, "a")[0] != fingerprints(ADDRESS, "b")[0]

    def test_few_mails_to_one_address(self, box: Postbox) -> None:
        """Whoever fills in the form; some days later again."""
        for _ in range(MAILS_PER_ADDRESS + 2):
            ask(ADDRESS, language="en")
            send_all()
        assert len(box.mails) == MAILS_PER_ADDRESS
        Subscription.objects.update(confirmed_at=timezone.now(), asked_at=timezone.now() - timedelta(days=8))
        ask(ADDRESS, language="fr")
        assert len(box.mails) == MAILS_PER_ADDRESS + 1

    @pytest.mark.parametrize(
        "fields",
        [
            *({"email": bad} for bad in ("", "zebulon", "a@b@c.example", '"z"@x.example', "z@[10.0.0.1]")),
            {"email": "z@x.example\r\nBcc: all@x.example"},
            {"email": f"{'z' * 250}@x.example"},
            {"language": "tlh"},
        ],
    )
    def test_bad_input(self, visitor: Client, fields: dict[str, str]) -> None:
        """Said beside the field, with what was typed."""
        response = visitor.post(FORM, typed(**fields))
        assert response.status_code == 400
        root = parse(response.content.decode())
        assert root.all("ul", class_="errorlist")
        if fields.get("email") == "zebulon":
            assert root.one("input", name="email").get("value") == "zebulon"
        assert not Subscription.objects.exists()
        assert not Mail.objects.exists()

    def test_limit(self, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(limits.PER_HOUR, "digest", 1)
        visitor.post(FORM, typed())
        response = visitor.post(FORM, typed(email="other@society.example"))
        assert response.status_code == 429
        assert "other@society.example" in response.content.decode()
        assert Subscription.objects.count() == 1

    @pytest.mark.parametrize("signed", ["", "1", "x:en", "٣:", "7:en"])
    def test_bad_link(self, visitor: Client, signed: str) -> None:
        """Foreign, cut off, or of an address that is gone."""
        token = signer.sign(signed) if signed else "1:en.x.y"
        for response in (visitor.get(f"{FORM}confirm/{token}/"), visitor.post(f"{FORM}confirm/{token}/")):
            assert response.status_code == 410
            assert heading(response) == "This link leads nowhere"

    def test_late(self, visitor: Client) -> None:
        """An address that nobody confirmed goes; one that somebody did stays."""
        kept = subscriber("other@society.example")
        ask(ADDRESS, language="en")
        old = timezone.now() - timedelta(days=7, minutes=1)
        Subscription.objects.update(asked_at=old)
        assert expire() == 1
        assert list(Subscription.objects.all()) == [kept]
        assert not Mail.objects.exists()

    @pytest.mark.parametrize("address", [FORM, f"{FORM}confirm/x/", f"{FORM}stop/x/"])
    def test_wrong_method(self, visitor: Client, address: str) -> None:
        for name in ("put", "patch", "delete"):
            assert getattr(visitor, name)(address).status_code == 405


class TestEnd:
    """One press in the mail program, or a button."""

    def test_one_click(self, visitor: Client, box: Postbox) -> None:
        """RFC 8058: without a cookie, a login or a page before it."""
        subscriber()
        fresh_news()
        send(last_month())
        ((_, mail),) = box.mails
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(path_in(mail), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
        assert response.status_code == 200
        assert not Subscription.objects.exists()

    def test_by_a_button(self, visitor: Client) -> None:
        """Opening the link alone ends nothing; mails that wait go with the address, and nobody else's do."""
        row, other = subscriber(), subscriber("other@society.example")
        fresh_news()
        send(last_month())
        path = f"{FORM}stop/{MAILING.token_for(row.pk)}/"
        assert heading(visitor.get(path)) == "No more mails?"
        assert Subscription.objects.count() == Mail.objects.count() == 2
        for response in (visitor.post(path), visitor.post(path), visitor.get(path)):
            assert heading(response) == "You get no more mails from us"
        assert list(Subscription.objects.all()) == [other]
        assert Mail.objects.count() == 1

    @pytest.mark.parametrize("token", ["x", "1", "1.x", ".", "99999999999999999999.x"])
    def test_bad_token(self, visitor: Client, token: str) -> None:
        subscriber()
        for response in (visitor.get(f"{FORM}stop/{token}/"), visitor.post(f"{FORM}stop/{token}/")):
            assert response.status_code == 404
        assert Subscription.objects.exists()

    def test_a_comments_token_ends_no_digest(self, visitor: Client) -> None:
        """Nor the other way round."""
        row = subscriber()
        assert visitor.post(f"{FORM}stop/{token_for(row.pk)}/").status_code == 404
        assert visitor.post(f"/en/mail/stop/{MAILING.token_for(row.pk)}/").status_code == 404

    @pytest.mark.parametrize(("answer", "left"), [("550 No such user", 0), ("450 Later", 1)])
    @pytest.mark.parametrize("mail", ["digest", "confirmation"])
    def test_no_such_address(self, box: Postbox, answer: str, left: int, mail: str) -> None:
        """An address that a server refuses for good is deleted."""
        box.unknown = {ADDRESS: answer}
        if mail == "digest":
            subscriber()
            fresh_news()
            send(last_month())
        else:
            ask(ADDRESS, language="en")
        assert send_all() == 0
        assert Subscription.objects.count() == left


class TestDigest:
    """What is in it."""

    def test_all_kinds(self, box: Postbox) -> None:
        """What was published in the month, each with its address, under its kind; in text and in HTML."""
        subscriber()
        at: Any = {"published_at": in_last_month()}
        fresh_news(slug="news")
        make_event(slug="meeting", **at)
        make_consultation(slug="opened", opens_at=in_last_month(), published_at=in_last_month(1))
        make_version(**at)
        make_factsheet(slug="sheet", **at)
        make_practice(make_organisation(slug="member"), slug="practice", **at)
        assert send(last_month()) == 1
        ((recipients, mail),) = box.mails
        assert recipients == [ADDRESS]
        text, html = words(mail), words(mail, "html")
        kinds = ["News", "Meetings to come", "Consultations", "Drafts and documents", "Factsheets", "Shared practices"]
        assert [line for line in text.splitlines() if line in kinds] == kinds
        paths = ("news/news", "events/meeting", "consultations/opened", "factsheets/sheet", "practices/practice")
        for path in paths:
            assert f"https://portal.example/en/{path}/" in text
            assert f'href="https://portal.example/en/{path}/"' in html
        assert "open for comments until" in text

    def test_only_the_month(self, box: Postbox) -> None:
        """Neither what came before nor what came after; meetings to come are called to mind."""
        subscriber()
        fresh_news(slug="inside")
        first = in_last_month(1).replace(hour=0)
        make_news(slug="before", published_at=first - timedelta(seconds=1))
        make_news(slug="after", published_at=(first + timedelta(days=31)).replace(day=1))
        make_event(slug="known", published_at=first - timedelta(days=40))
        send(last_month())
        ((_, mail),) = box.mails
        found = re.findall(r"/(?:news|events)/([a-z]+)/\n", words(mail))
        assert found == ["inside", "known"]

    def test_what_became_of_consultations(self, box: Postbox) -> None:
        subscriber()
        make_closed_consultation(slug="closed")
        closing = in_last_month()

        moved = {
            "opens_at": closing - timedelta(days=60),
            "closes_at": closing,
            "published_at": closing - timedelta(90),
        }
        Consultation.objects.update(**moved, answered_at=closing + timedelta(days=2))
        send(last_month())
        ((_, mail),) = box.mails
        assert "Title of closed (closed for comments, answered)" in words(mail)

    def test_nothing_new(self) -> None:
        """No mail, though a meeting that was told of before is to come; later, when something is, there is one."""
        subscriber()
        make_event(published_at=in_last_month() - timedelta(days=60))
        assert send(last_month()) == 0
        assert not DigestMail.objects.exists()
        fresh_news()
        assert send(last_month()) == 1

    @pytest.mark.parametrize("hidden", [{"state": "draft", "published_at": None}, {"state": "withdrawn"}, "not ready"])
    def test_nothing_hidden(self, box: Postbox, hidden: Any) -> None:
        """What is not public is in no mail."""
        subscriber()
        fresh_news()
        at: Any = {"published_at": in_last_month()}
        things: list[Any] = [
            make_news(slug=CANARY, **at),
            make_event(slug=CANARY, **at),
            make_factsheet(slug=CANARY, **at),
        ]
        things += [make_practice(slug=CANARY, **at), make_version(**at)]
        for thing in things:
            if hidden == "not ready":
                with unfrozen(thing.texts.get()):
                    thing.texts.update(ready=False)
            else:
                type(thing).objects.filter(pk=thing.pk).update(**hidden)
        members_only = make_practice(slug=f"{CANARY}-members", audience="members", **at)
        assert members_only.pk
        send(last_month())
        ((_, mail),) = box.mails
        assert CANARY not in mail.as_string()
        assert "Drafts and documents" not in words(mail)

    def test_language(self, box: Postbox) -> None:
        """The subscriber's, with stand-ins marked; titles bear their own language and direction."""
        subscriber(language="fr")
        subscriber("other@society.example", language="ar")
        add_text(fresh_news(slug="both"), "fr", title="Nouvelle")
        fresh_news(slug="english", published_at=in_last_month(2))
        send(last_month())
        mails = {recipients[0]: mail for recipients, mail in box.mails}
        french = words(mails[ADDRESS])
        assert "- Nouvelle\n" in french
        assert "- Title of english (anglais)\n" in french
        assert "/fr/news/both/" in french
        html = parse(words(mails["other@society.example"], "html"))
        assert (html.one("html").get("lang"), html.one("html").get("dir")) == ("ar", "rtl")
        assert {(a.get("lang"), a.get("dir")) for a in html.one("ul").all("a")} == {("en", "ltr")}

    def test_outs_nobody(self, box: Postbox) -> None:
        """Subject, sender and first words say nothing of what it is about; the HTML fetches nothing."""
        subscriber()
        news = fresh_news(slug="prison")
        news.texts.update(title="HIV in <prison> & elsewhere")
        send(last_month())
        ((_, mail),) = box.mails
        month = f"{last_month():%B %Y}"
        assert mail["Subject"] == f"What was new in {month}"
        text, html = words(mail), words(mail, "html")
        assert not re.search("HIV|prison|Nobody", text[:140] + str(mail["From"]))
        assert text.index("HIV") > 140
        assert "HIV in <prison> & elsewhere" in text
        assert "HIV in &lt;prison&gt; &amp; elsewhere" in html
        assert not re.search(r"<(?:img|link|script|style|iframe)\b|\ssrc=|\sstyle=", html)
        assert set(re.findall(r'(?:href|src)="(https?://[^/"]+)', html)) == {"https://portal.example"}

    def test_a_title_of_many_lines(self, box: Postbox) -> None:
        """It stays one line of the list."""
        subscriber()
        fresh_news().texts.update(title="One\r\n\r\nBcc: two")
        send(last_month())
        ((_, mail),) = box.mails
        assert "- One Bcc: two\n" in words(mail)


class TestOnce:
    """However often the command runs."""

    def test_again(self, box: Postbox) -> None:
        """Once to each; to one who comes later too."""
        subscriber()
        fresh_news()
        out = StringIO()
        for _ in range(2):
            call_command("send_digest", stdout=out)
            send_all()
        subscriber("other@society.example")
        ask("third@society.example", language="en")
        call_command("send_digest", stdout=out)
        assert [line.split(",")[0][-1] for line in out.getvalue().splitlines()] == ["1", "0", "1"]
        assert [mail["Subject"] for _, mail in box.mails].count(f"What was new in {last_month():%B %Y}") == 2

    def test_each_month(self) -> None:
        """The next month's is another one, though the former still waits to go out."""
        subscriber()
        fresh_news()
        before = (last_month() - timedelta(days=1)).replace(day=1)
        make_news(published_at=datetime(before.year, before.month, 3, tzinfo=UTC))
        assert [send(before), send(last_month()), send(last_month())] == [1, 1, 0]
        assert Mail.objects.count() == 2

    def test_the_database_holds_it(self) -> None:
        row = subscriber()
        DigestMail.objects.create(subscription=row, month=date(2026, 3, 1))
        with pytest.raises(IntegrityError, match="digestmail_once_a_month"), transaction.atomic():
            DigestMail.objects.create(subscription=row, month=date(2026, 3, 1))
        with pytest.raises(IntegrityError, match="digestmail_month_is_its_first_day"), transaction.atomic():
            DigestMail.objects.create(subscription=row, month=date(2026, 3, 2))

    def test_a_lost_key_stops_nobody_else(self) -> None:
        subscriber()
        Subscription.objects.update(sealed="lost")
        subscriber("other@society.example")
        fresh_news()
        assert send(last_month()) == 1

    def test_asks_as_often_for_many_events(self, django_assert_max_num_queries: Any) -> None:
        """What is new is asked for once, and per subscriber little."""
        for number in range(3):
            subscriber(f"reader{number}@society.example")
            fresh_news()
            make_event(published_at=in_last_month())
        with django_assert_max_num_queries(17 + 3 * 8):
            send(last_month())
        assert Event.objects.count() == 3


class TestQuiet:
    """Nothing tells who they are."""

    def test_logs(self, visitor: Client, box: Postbox, caplog: pytest.LogCaptureFixture) -> None:
        """Neither address nor secret, whatever fails."""
        box.answer = "554 zebulon@society.example refused"
        with caplog.at_level(logging.DEBUG):
            visitor.post(FORM, typed())
            send_all()
            visitor.get(f"{FORM}confirm/secret-token/")
            visitor.get(f"{FORM}stop/secret-token/")
        told = "\n".join(SafeFormatter().format(r) for r in caplog.records if not r.name.startswith("mail."))
        assert "zebulon" not in told
        assert "secret-token" not in told

    def test_staff_see_numbers(self, editor: Client, administrator: Client) -> None:
        """How many, and in which language; no address, no list, no export."""
        subscriber()
        subscriber("other@society.example", language="fr")
        make_subscription("third@society.example")
        fresh_news()
        send(last_month())
        page = editor.get("/admin/advocacy/news/").content.decode()
        told = parse(page).one("p", class_="notice").text
        assert told.startswith("Monthly digest: 2 subscribers (en 1, fr 1); 1 not confirmed yet;")
        assert "was written to 2." in told
        assert "society.example" not in page
        assert administrator.get("/admin/advocacy/subscription/").status_code == 404
