"""What people send who mean no good by it: no name and no address breaks the form, and counts single nobody out."""

from typing import Any

import pytest
from django.test import Client

from campaign.models import Deliverable, Endorsement
from tests.campaign.endorsement_rows import by_organisation, filled, form_url, sign
from tests.factories import make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def deliverable() -> Deliverable:
    """Return one with a final version."""
    return make_version().deliverable


@pytest.mark.parametrize(
    "name",
    ["-".join("a" * 75), "a" + "\u0301" * 149, " ".join("ΐ" * 75), "\u0390-" * 75, "\u202eabc", "\u200b", "\x00", "😀", "\u202e", "\ufeff", "a\ud800"],
)
@pytest.mark.parametrize("shown_as", ["initials", "name", "count"])
def test_odd_names(visitor: Client, deliverable: Deliverable, name: str, shown_as: str) -> None:
    try:
        response = sign(visitor, deliverable, name=name, shown_as=shown_as)
    except UnicodeEncodeError:
        return
    print(response.status_code, [e.name for e in Endorsement.objects.all()])
    assert response.status_code in (201, 400)


@pytest.mark.parametrize(
    "email",
    [
        '"a b"@example.com', '"a,b"@example.com', '"<x>"@example.org', "\"\\\"\"@example.org", '"\x01"@example.org', '"\x0b"@example.org',
        "a@[127.0.0.1]", "a@[::1]", "a@ex\u00e4mple.org", "a@\u0627\u0644.org", "a@" + "\u00e4" * 60 + ".org", "a@xn--a.org",
        "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "a@example.org\r", "a@example\u3002org", "a\u00df@x.org",
        "\uff41@example.org", '"a@b"@example.org', '"()"@example.org', "a'b@example.org", "a%b@example.org", "a@\u2488com.org", "=?utf-8?q?a?=@example.org",
        '"=?utf-8?q?a=0ab?="@example.org', "a" * 65 + "@example.org", "{}|@example.org", '"\\a"@example.org', '"\x7f"@example.org','""@example.org','"a\x0cb"@example.org', '"\t"@example.org'
    ],
)
def test_odd_addresses(visitor: Client, deliverable: Deliverable, email: str, mailoutbox: Any) -> None:
    response = visitor.post(form_url(deliverable), by_organisation(email=email))
    print(repr(email), response.status_code, [(m.to, m.message()["To"]) for m in mailoutbox])
    assert response.status_code in (201, 400)
    for m in mailoutbox:
        assert len(m.recipients()) == 1
        raw = m.message().as_bytes()
        assert raw.count(b"\nTo:") == 1 and b"\nBcc" not in raw
