"""Logs stay silent about what people write: no text, name, code or address of theirs, in success and in failure."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from comments.models import Consultation
from comments.submission import withdraw
from publishing.logs import SafeFormatter
from tests.comments.loop import RECEIPT, code_of, filled, form_url, page_url
from tests.comments.mine import CODE, make_mine
from tests.factories import make_closed_consultation, make_consultation, make_published_comment

pytestmark = pytest.mark.django_db
SAID = {
    "body": "Unmistakable quixotry\n> of mine",
    "name_kind": "own-name",
    "name": "Zebulon Xylander",
    "organisation": "Quetzal Society",
    "consulted_count": "3",
    "consulted_how": "At Yggdrasil House",
    "email": "xyl@quagga.example",
}
DEVICE: dict[str, Any] = {
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_USER_AGENT": "Telltale/1.0",
    "HTTP_REFERER": "http://testserver/told",
}
SECRETS = (
    "quixotry",
    "of mine",
    "Zebulon",
    "Xylander",
    "Quetzal",
    "Yggdrasil",
    "quagga",
    "203.0.113",
    "Telltale",
    "/told",
)


class Keeper(logging.Handler):
    """Keeps each line as production writes it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(SafeFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Format a copy: formatters leave their exception text behind on the record."""
        copy = logging.makeLogRecord(record.__dict__)
        copy.exc_text = None
        self.lines.append(self.format(copy))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """The log, from INFO up, whichever logger speaks."""
    keeper = Keeper()
    logging.getLogger().addHandler(keeper)
    yield keeper.lines
    logging.getLogger().removeHandler(keeper)


@pytest.fixture
def phone() -> Client:
    """A phone that would tell much about its owner."""
    return Client(raise_request_exception=False, **DEVICE)


def assert_silent(lines: list[str], *secrets: str) -> None:
    """Assert that none of what was sent stands in the log."""
    log = "\n".join(lines).lower()
    assert [secret for secret in (*SECRETS, *secrets) if secret.lower() in log] == []


def test_success(phone: Client, lines: list[str]) -> None:
    """Nothing is logged of comments that arrive, are looked up and are taken back."""
    consultation = make_consultation()
    code = code_of(phone.post(form_url(consultation), filled(**SAID)))
    assert phone.post(form_url(consultation), filled(**SAID, preview="1")).status_code == 200
    asked = [{}, {"withdraw": "1"}, {"erase": "1"}, {"erase": "sure"}]
    for values in [{"code": code.lower(), **each} for each in asked]:
        assert phone.post(RECEIPT, values).status_code == 200
    assert phone.get(page_url(consultation)).status_code == 200
    assert lines == []


def refused(phone: Client, consultation: Consultation) -> Iterator[Any]:
    """Send comments and codes that are refused, each for another reason."""
    gone = make_published_comment(consultation)
    withdraw(gone)
    closed = make_closed_consultation()
    make_mine()
    strict = Client(enforce_csrf_checks=True, **DEVICE)
    said = filled(**SAID)
    yield phone.post(form_url(consultation), said | {"language": "quixotry"})
    yield phone.post(form_url(consultation), said | {"body": SAID["body"] + "\x00"})
    yield phone.post(form_url(consultation), said | {"form_key": "Zebulon"})
    yield phone.post(form_url(consultation), said | {"body": "quixotry" * 5000})
    yield phone.post(form_url(consultation), said | {"email": "quagga"})
    yield phone.post(form_url(consultation), said | {"body": "quixotry" * 200_000})
    yield phone.post(form_url(consultation, reply_to=gone.number), said)
    yield phone.post(form_url(consultation, reply_to="quixotry"), said)
    yield phone.post(form_url(consultation, paragraph="quixotry"), said)
    yield phone.post(form_url(closed), said)
    yield phone.put(form_url(consultation), "quixotry")
    yield strict.post(form_url(consultation), said)
    yield strict.post(form_url(consultation), said, HTTP_ORIGIN="https://elsewhere.example")
    yield phone.post(RECEIPT, {"code": "K7QF-2M9X-WD4T"})
    yield phone.post(RECEIPT, {"code": CODE, "verdict": "answers", "why": "quixotry"})
    yield phone.post(RECEIPT, {"code": "K7QF-2M9X-WD4"})
    yield phone.get(f"{RECEIPT}?code=K7QF-2M9X-WD4T&quixotry")
    yield strict.post(RECEIPT, {"code": "K7QF-2M9X-WD4T"})


def test_refusals(phone: Client, lines: list[str]) -> None:
    """A refusal leaves a line that names the page, and nothing else."""
    statuses = [response.status_code for response in refused(phone, make_consultation())]
    assert statuses == [400] * 5 + [413] + [404] * 3 + [409, 405, 403, 403, 404, 409, 400, 200, 403]
    assert len(lines) >= len(statuses) - 1
    assert_silent(lines, "K7QF", "2M9X", CODE)


def test_our_own_failure(phone: Client, lines: list[str]) -> None:
    """When the database refuses a row and quotes it, the log names the place in the code and the kind of error."""
    consultation = make_consultation()
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE comments_comment ADD CONSTRAINT broken CHECK (name <> 'Zebulon Xylander') NOT VALID"
        )
    response = phone.post(form_url(consultation), filled(**SAID))
    assert response.status_code == 500
    assert_silent([*lines, response.content.decode()])
    assert "IntegrityError" in "\n".join(lines)
    assert "submission.py" in "\n".join(lines)
