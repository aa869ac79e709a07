"""How often somebody may try a password or a code within an hour."""

from typing import Any

from django.forms import Form, ValidationError
from django.http import HttpRequest
from django.utils.translation import ngettext

from publishing import limits

# Marks the error of those who have to wait.
WAIT = "wait"


def count(request: HttpRequest, account: str, *, name: str = "account") -> None:
    """Count one more try of a network at an account. Raises ValidationError, before anything is compared."""
    try:
        limits.count(request, "login")
        limits.count_for(account.casefold(), name)
    except limits.TooMany as error:
        raise too_many() from error


def too_many() -> ValidationError:
    """Return the error that tells how long to wait."""
    minutes = -(-limits.seconds_to_wait() // 60)
    words = ngettext(
        "This was tried too often. Please try again in %(count)d minute.",
        "This was tried too often. Please try again in %(count)d minutes.",
        minutes,
    )
    return ValidationError(words % {"count": minutes}, code=WAIT)


def answered(response: Any, form: Form) -> Any:
    """Give the answer to a form that was wrong its status: 400, or 429 where one has to wait."""
    waits = any(form.has_error(name, WAIT) for name in form.errors)
    response.status_code = 429 if waits else 400
    if waits:
        response["Retry-After"] = str(limits.seconds_to_wait())
    return response
