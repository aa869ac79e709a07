"""Logs tell what went wrong, and neither who asked nor what they wrote."""

import logging
import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import DataError, connection

from publishing.logs import SafeFormatter

SECRET = "what she wrote"


def written(error: BaseException, message: str = "It failed", *arguments: object) -> str:
    """Return the lines that are written about an error."""
    try:
        raise error
    except type(error):
        record = logging.LogRecord("portal", logging.ERROR, __file__, 1, message, arguments, sys.exc_info())
    return SafeFormatter().format(record)


def test_says_where_and_what_kind() -> None:
    lines = written(ValueError(SECRET)).splitlines()
    assert lines[0].endswith("ERROR portal: It failed")
    assert "in written" in lines[1]
    assert lines[-1] == "ValueError"


@pytest.mark.parametrize("error", [ValueError(SECRET), ExceptionGroup(SECRET, [ValueError(SECRET)]), KeyError(SECRET)])
def test_exceptions_keep_silent(error: Exception) -> None:
    """Neither message, nor cause, nor source lines."""
    error.__cause__ = ValueError(SECRET)
    error.add_note(SECRET)
    text = written(error)
    assert SECRET not in text
    assert "raise error" not in text


@pytest.mark.django_db
def test_databases_quote_what_they_refuse() -> None:
    """And that is why."""
    with connection.cursor() as cursor, pytest.raises(DataError, match=SECRET) as raised:
        cursor.execute("SELECT %s::int", [SECRET])
    assert SECRET not in written(raised.value)


def test_what_another_formatter_kept_is_not_taken_over() -> None:
    """`logging` keeps the text of an exception on its record, for the next handler."""
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = logging.LogRecord("portal", logging.ERROR, __file__, 1, "It failed", (), sys.exc_info())
    logging.Formatter().format(record)
    assert SECRET not in SafeFormatter().format(record)


def test_without_an_exception() -> None:
    record = logging.LogRecord("portal", logging.INFO, __file__, 1, "Loaded %s", ("seeds",), None)
    assert SafeFormatter().format(record).endswith("INFO portal: Loaded seeds")


@pytest.mark.parametrize("page", ["accounts/organisations", "accounts/invitations", "news/digest/stop"])
def test_addresses_name_nobody(page: str) -> None:
    """Not the member whose people asked for their page in vain, which may be known to nobody."""
    record = logging.LogRecord(
        "portal", logging.WARNING, __file__, 1, "Not Found: %s", (f"/en/{page}/quiet/x/",), None
    )
    assert SafeFormatter().format(record).endswith(f"Not Found: /en/{page}/…/x/")


def test_every_handler_is_safe() -> None:
    """No handler writes what the safe one leaves out, and nothing is mailed away."""
    config: dict[str, Any] = settings.LOGGING
    assert all(handler["formatter"] == "safe" for handler in config["handlers"].values())
    assert logging.getLogger("django").handlers == []
    assert not logging.getLogger("django.db.backends").isEnabledFor(logging.DEBUG)
