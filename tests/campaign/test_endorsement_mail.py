"""An organisation confirms by the link in a mail; these tests speak to a real mail server."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.signing import Signer, b62_encode
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from campaign import endorsing
from campaign.endorsing import token_for
from campaign.models import Deliverable, Endorsement
from publishing.logs import SafeFormatter
from tests.campaign.endorsement_rows import by_organisation, decider, form_url, make_endorsement, make_unconfirmed
from tests.campaign.mail import Postbox, mail_server
from tests.comments.loop import RECEIPT, code_of, page_of
from tests.factories import make_version

pytestmark = pytest.mark.django_db
ADDRESS = "office@society.example"


@pytest.fixture
def box(settings: Settings) -> Iterator[Postbox]:
    """The portal's mail server."""
    with mail_server(settings) as postbox:
        yield postbox


@pytest.fixture
def deliverable() -> Deliverable:
    """Return one with a final version."""
    return make_version().deliverable


def path(link: str) -> str:
    """Return where a link leads on the portal."""
    return urlsplit(link).path


def test_organisation_confirms(visitor: Client, box: Postbox, deliverable: Deliverable, settings: Settings) -> None:
    """A mail, a page, a button; then the address is gone and a moderator's turn has come."""
    values = by_organisation()
    code = code_of(visitor.post(form_url(deliverable), values))
    row = Endorsement.objects.get()
    assert (row.state, row.email) == ("unconfirmed", ADDRESS)
    (link,) = box.links
    assert link.startswith(f"{settings.SITE_ADDRESS}/en/")

    # Scanners of mail follow links: that alone confirms nothing.
    page = page_of(visitor.get(path(link)))
    assert "Quiet Society" in page.one("main").text
    row.refresh_from_db()
    assert row.state == "unconfirmed"

    assert page_of(visitor.post(path(link))).one("h1").text == "This is confirmed"
    row.refresh_from_db()
    assert (row.state, row.email, row.name) == ("pending", "", "Quiet Society")
    assert row.events.get().action == "confirm"

    # The link has done its work: it says so, and does no more.
    for answer in (visitor.get(path(link)), visitor.post(path(link))):
        assert page_of(answer).one("h1").text == "This is confirmed"
    assert row.events.count() == 1
    assert visitor.post(RECEIPT, {"code": code}).status_code == 200


def test_mail(visitor: Client, box: Postbox, deliverable: Deliverable, settings: Settings) -> None:
    """Plain text, a subject that tells nothing, nothing that anybody typed, in the reader's language."""
    settings.DEFAULT_FROM_EMAIL = "portal@campaign.example"
    values = by_organisation(name="Buy this https://evil.example")
    code_of(visitor.post(form_url(deliverable, "fr"), values))
    ((recipients, mail),) = box.mails
    assert recipients == [ADDRESS]
    assert (mail["From"], mail["To"], mail.get_content_type()) == ("portal@campaign.example", ADDRESS, "text/plain")
    assert "evil" not in mail.as_string()
    assert deliverable.slug not in mail.as_string()
    assert path(box.links[0]).startswith("/fr/endorsements/confirm/")
    assert not {"HIV", "sign", "endorse"} & set(mail["Subject"].lower().split())


def test_the_same_form_sent_twice_sends_one_mail(visitor: Client, box: Postbox, deliverable: Deliverable) -> None:
    values = by_organisation()
    first, second = (code_of(visitor.post(form_url(deliverable), values)) for _ in range(2))
    assert first == second
    assert len(box.mails) == Endorsement.objects.count() == 1


def test_no_flood_of_mail_and_no_word_about_it(visitor: Client, box: Postbox, deliverable: Deliverable) -> None:
    """Who fills in the form again and again with somebody else's address sends three mails, and learns nothing."""
    pages = [visitor.post(form_url(deliverable), by_organisation(email=ADDRESS.upper())) for _ in range(5)]
    assert len(box.mails) == 3
    shown = [page_of(response).one("main").text.replace(code_of(response), "") for response in pages]
    assert len(set(shown)) == 1


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """The log, as production writes it, but for what the tests' own mail server says."""
    found: list[str] = []
    keeper = logging.Handler(logging.INFO)
    keeper.setFormatter(SafeFormatter())
    keeper.addFilter(lambda record: record.name != "mail.log")
    keeper.emit = lambda record: found.append(keeper.format(record))  # type: ignore[method-assign] # this one's
    logging.getLogger().addHandler(keeper)
    yield found
    logging.getLogger().removeHandler(keeper)


@pytest.mark.parametrize("fault", ["refuses", "is not there"])
def test_mail_server_fails(
    visitor: Client, box: Postbox, deliverable: Deliverable, settings: Settings, lines: list[str], fault: str
) -> None:
    """It keeps nobody from signing: the mail waits, and nobody's address is logged."""
    port, box.answer = settings.EMAIL_PORT, "451 Not now" if fault == "refuses" else ""
    if fault == "is not there":
        settings.EMAIL_PORT = 9
    code_of(visitor.post(form_url(deliverable), by_organisation()))
    assert box.mails == []
    log = "\n".join(lines).lower()
    assert not [secret for secret in (ADDRESS, "society", "quiet") if secret in log]

    settings.EMAIL_PORT, box.answer = port, ""
    assert len(box.links) == 1
    assert visitor.post(path(box.links[0])).status_code == 200


@pytest.mark.parametrize("end", ["taken back", "too late"])
def test_no_mail_to_an_address_that_is_gone(visitor: Client, box: Postbox, deliverable: Deliverable, end: str) -> None:
    """What waits in the outbox goes with it."""
    code_of(visitor.post(form_url(deliverable), by_organisation()))
    if end == "taken back":
        endorsing.withdraw(Endorsement.objects.get())
    else:
        Endorsement.objects.update(received_at=timezone.now() - timedelta(days=30))
        assert endorsing.expire() == 1
    assert box.mails == []


def test_silent_log(visitor: Client, box: Postbox, deliverable: Deliverable, lines: list[str]) -> None:
    code_of(visitor.post(form_url(deliverable), by_organisation()))
    assert visitor.post(path(box.links[0])).status_code == 200
    assert lines == []


# --- Links that confirm nothing ------------------------------------------------------------------------------------


def confirm_url(endorsement: Endorsement) -> str:
    """Return the link's address."""
    return f"/en/endorsements/confirm/{token_for(endorsement)}/"


@pytest.mark.parametrize("how", ["forged", "old", "expired", "withdrawn", "refused", "deliverable", "nonsense"])
def test_nothing_to_confirm(visitor: Client, how: str) -> None:
    """The same page whatever the reason, and nothing changes."""
    row = make_unconfirmed()
    url = confirm_url(row)
    if how == "forged":
        url = url[:-2] + ("a" if url[-2] != "a" else "b") + "/"
    elif how == "nonsense":
        url = "/en/endorsements/confirm/%00.x.é/"
    elif how == "old":
        signed_at = b62_encode(int(time.time() - timedelta(days=7, minutes=1).total_seconds()))
        token = Signer.sign(endorsing.signer, f"{row.submission_key.hex}.{signed_at}")
        url = f"/en/endorsements/confirm/{token}/"
    elif how == "expired":
        Endorsement.objects.update(received_at=timezone.now() - timedelta(days=8))
        assert endorsing.expire() == 1
    elif how == "withdrawn":
        endorsing.withdraw(row)
    elif how == "refused":
        row = make_endorsement()
        url = confirm_url(row)
        endorsing.refuse(row, by=decider(), reason="not-genuine")
    else:
        Deliverable.objects.update(state="withdrawn")
    before = list(Endorsement.objects.values())
    for send in (visitor.get, visitor.post):
        response = send(url)
        assert response.status_code == 410
        assert page_of(response).one("h1").text == "There is nothing to confirm here"
    assert list(Endorsement.objects.values()) == before


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_wrong_method(visitor: Client, method: str) -> None:
    assert getattr(visitor, method)(confirm_url(make_unconfirmed())).status_code == 405


def test_what_is_not_confirmed_in_time_is_forgotten(visitor: Client) -> None:
    """With its name and its address; the next endorsement, a moderator's visit or the command does it."""
    late = make_unconfirmed(received_at=timezone.now() - timedelta(days=7, minutes=1), country="KE")
    young = make_unconfirmed(late.version, received_at=timezone.now() - timedelta(days=6))
    code_of(visitor.post(form_url(late.deliverable), {**by_organisation(), "capacity": "person", "email": ""}))
    late.refresh_from_db()
    young.refresh_from_db()
    assert (late.state, late.email, late.name, late.country) == ("expired", "", "", "")
    assert late.events.get().action == "expire"
    assert (young.state, young.email) == ("unconfirmed", ADDRESS)
