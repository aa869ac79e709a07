"""What people send who mean no good by it: no name and no address breaks the form, and counts single nobody out."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from advocacy.models import Membership
from campaign.endorsing import initials, refuse, withdraw
from campaign.models import Deliverable, Endorsement, EndorsementEvent, Version
from publishing.logs import SafeFormatter
from publishing.models import Mail
from tests.campaign.endorsement_rows import (
    TOKEN,
    by_organisation,
    decider,
    form_url,
    list_url,
    make_published_endorsement,
    make_unconfirmed,
    sign,
)
from tests.campaign.mail import send_all
from tests.comments.loop import page_of
from tests.conftest import signed_in
from tests.factories import make_organisation, make_user, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    """Return a final version."""
    return make_version()


@pytest.fixture
def deliverable(version: Version) -> Deliverable:
    """Return its deliverable."""
    return version.deliverable


@pytest.mark.parametrize(
    "name",
    ["-".join("a" * 75), "q" + "\u0301" * 149, "-".join("ΐ" * 75), " ".join(["-".join("ΐ" * 18) + "\u0345" * 9] * 3)],
    ids=["hyphens", "marks", "letters that grow", "all at once"],
)
def test_long_initials(visitor: Client, deliverable: Deliverable, name: str) -> None:
    assert sign(visitor, deliverable, name=name, shown_as="initials").status_code == 201
    assert Endorsement.objects.get().name == initials(name)


@pytest.mark.parametrize("sign_of_nothing", ["\u200b", "\u202e", "\ufeff", "\u200d", "\u2066 \u2069"])
def test_a_name_that_shows_nothing_is_none(visitor: Client, deliverable: Deliverable, sign_of_nothing: str) -> None:
    assert sign(visitor, deliverable, name=sign_of_nothing).status_code == 400


@pytest.mark.parametrize(
    "name", ["Quiet\u200b Society", "\u202eQuiet Society", "Quiet Society\u2069", "Quiet\u00ad Society"]
)
def test_a_name_is_what_one_sees(visitor: Client, deliverable: Deliverable, name: str) -> None:
    sign(visitor, deliverable, name=name)
    assert Endorsement.objects.get().name == "Quiet Society"


def test_letters_are_joined_as_written(visitor: Client, deliverable: Deliverable) -> None:
    sign(visitor, deliverable, name="سارا می\u200cخواهد")
    assert Endorsement.objects.get().name == "سارا می\u200cخواهد"


@pytest.mark.parametrize(
    "email",
    [
        *("a@" + "\u00e4" * 60 + ".org", "a@[127.0.0.1]", "a@[::1]"),
        *('"a,b"@example.org', '"\x0cBcc:b@example.org"@example.org', '"\x01"@example.org', '"a@b"@example.org'),
        *("a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "a@example.org\x00"),
    ],
)
def test_odd_addresses(visitor: Client, deliverable: Deliverable, email: str) -> None:
    assert visitor.post(form_url(deliverable), by_organisation(email=email)).status_code == 400
    assert not Endorsement.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize("email", ["office@exämple.org", "o'neill+sign@society.example"])
def test_unusual_addresses(
    visitor: Client, deliverable: Deliverable, email: str, mailoutbox: list[EmailMessage]
) -> None:
    assert visitor.post(form_url(deliverable), by_organisation(email=email)).status_code == 201
    assert send_all() == 1
    assert [mail.recipients() for mail in mailoutbox] == [[email]]


@pytest.mark.parametrize(("others", "told"), [(0, "3"), (1, "3"), (2, "3"), (3, "6")])
def test_the_list_and_the_count_together_tell_no_country(
    visitor: Client, version: Version, others: int, told: str
) -> None:
    """Where three are named, a fourth in the count would be from there, for all to see."""
    for number in range(3):
        make_published_endorsement(version, country="ZM", name=f"Society {number}")
    for _ in range(others):
        make_published_endorsement(version, country="ZM", capacity="person", shown_as="count")
    bars = page_of(visitor.get(list_url(version.deliverable))).one("main").text
    assert f"Zambia {told}" in bars
    assert ("Other countries, or none told" in bars) == (others in (1, 2))


@pytest.mark.parametrize("end", ["withdrawn", "refused"])
def test_nothing_tells_which_member_it_was(deliverable: Deliverable, end: str) -> None:
    """Its user confirmed it: that must go, too."""
    user = make_user(staff=False)
    organisation = make_organisation()
    Membership.objects.create(organisation=organisation, user=user)
    assert sign(signed_in(user), deliverable, member=str(organisation.pk), capacity="").status_code == 201
    found = Endorsement.objects.get()
    assert EndorsementEvent.objects.filter(by=user).exists()
    if end == "refused":
        refuse(found, by=decider(), reason="not-genuine")
    else:
        withdraw(found)
    assert not EndorsementEvent.objects.filter(by=user).exists()


@pytest.mark.parametrize(
    "guess", ["email__startswith=office", "email=office@society.example", "receipt_hash__gt=0", "submission_key__lt=f"]
)
def test_no_filter_finds_out_what_no_page_shows(moderator: Client, guess: str) -> None:
    make_unconfirmed()
    assert moderator.get(f"/admin/campaign/endorsement/?state=all&{guess}").status_code == 400
    assert moderator.get("/admin/campaign/endorsement/?state=all&capacity=person").status_code == 200


def test_logs_keep_the_link(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever reads a log could confirm with it."""
    url = f"/en/endorsements/confirm/{TOKEN}/"
    Client(enforce_csrf_checks=True).post(url)
    Client().put(url)
    lines = [SafeFormatter().format(record) for record in caplog.records]
    assert len(lines) == 2
    assert not any(TOKEN in line for line in lines)
