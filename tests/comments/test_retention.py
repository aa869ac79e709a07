"""What the form promised to keep for so long is kept no longer, and not less."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from comments.models import Comment, Consultation, LanguageClosing, MailAddress, SealedOriginal
from comments.moderation import refuse
from comments.retention import forget
from comments.submission import withdraw
from comments.telling import MAILING
from publishing.models import Mail
from tests.factories import make_comment, make_consultation, make_published_comment, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def closed_for(days: int, **fields: Any) -> Consultation:
    """Return a consultation that closed so many days ago, and keeps things for 30 days."""
    now = timezone.now()
    window = {"opens_at": now - (days + 20) * DAY, "closes_at": now - days * DAY}
    return make_consultation(kept_days=30, **{**window, **fields})


def fill(consultation: Consultation) -> dict[str, Comment]:
    """Make a comment in each state, each with an address and a sealed original."""
    by = make_user()
    spam = make_comment(consultation, state="spam", decided_by=by, decided_at=timezone.now())
    rows = {
        "pending": make_comment(consultation),
        "published": make_published_comment(consultation),
        "refused": refuse(make_comment(consultation), by=by, reason="hate", note="A note."),
        "withdrawn": make_published_comment(consultation),
        "spam": spam,
    }
    withdraw(rows["withdrawn"])
    for comment in rows.values():
        MailAddress.objects.create(comment=comment, sealed="x", language="en")
        SealedOriginal.objects.create(comment=comment, sealed="x")
    return rows


def left(rows: dict[str, Comment]) -> list[str]:
    """Return of which comments the text is still there."""
    return sorted(name for name, row in rows.items() if Comment.objects.get(pk=row.pk).body)


def test_time_has_passed() -> None:
    """What was not published is erased, with originals and addresses; what waits or is public stays."""
    rows = fill(closed_for(31))
    assert forget() > 0
    assert left(rows) == ["pending", "published"]
    assert not MailAddress.objects.exists()
    assert not SealedOriginal.objects.exists()
    rows["refused"].refresh_from_db()
    assert (rows["refused"].state, rows["refused"].refusal_note) == ("erased", "")
    event = rows["refused"].events.latest("pk")
    assert (event.action, event.by) == ("erase", None)
    assert forget() == 0


def test_time_has_not_passed() -> None:
    """Not a day early."""
    rows = fill(closed_for(29))
    assert forget() == 0
    assert left(rows) == sorted(rows)


def test_last_language_counts() -> None:
    """The days are counted from the last closing of any language."""
    consultation = closed_for(31)
    LanguageClosing.objects.create(consultation=consultation, language="ar", closes_at=timezone.now() - 10 * DAY)
    fill(consultation)
    assert forget() == 0


@pytest.mark.parametrize(
    ("report", "changed", "waits", "kept"),
    [
        (None, None, False, True),
        (2, 2, True, True),
        (2, 2, False, False),
        (2, 1, True, True),
        (2, 3, False, True),
        (31, 31, True, False),
    ],
    ids=["no report", "not told", "told", "changed since", "told before", "a month later"],
)
def test_addresses_go_after_the_report(
    report: float | None, changed: float | None, *, waits: bool, kept: bool
) -> None:
    """As soon as its author has heard of the report, or a month later."""
    now = timezone.now()

    def ago(days: float | None) -> Any:
        return None if days is None else now - days * DAY

    consultation = make_consultation(opens_at=now - 60 * DAY, closes_at=now - 50 * DAY)
    Consultation.objects.filter(pk=consultation.pk).update(report_at=ago(report))
    comment = make_published_comment(consultation)
    row = MailAddress.objects.create(comment=comment, sealed="x", language="en", changed_at=ago(changed))
    if waits:
        Mail.objects.create(kind="news", about=MAILING.about(row.pk), sealed="x")
    forget()
    assert MailAddress.objects.exists() is kept
    comment.refresh_from_db()
    assert comment.state == "published"


def test_command() -> None:
    """Says how much."""
    make_comment(closed_for(31), state="withdrawn")
    out = StringIO()
    call_command("forget_comments", stdout=out)
    assert out.getvalue() == "forgotten: 1\n"
