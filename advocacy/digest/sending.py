"""Writes the digest of a month to all who asked for it: once to each, however often it is told to."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from advocacy.digest.subscribing import MAILING
from advocacy.models import DigestMail, Subscription
from publishing import outbox
from publishing.languages import direction
from publishing.recent import Section, recent
from publishing.sealing import Unreadable, unseal


def last_month() -> date:
    """Return the first day of the calendar month that ended last."""
    return (timezone.now().astimezone(UTC).date().replace(day=1) - timedelta(days=1)).replace(day=1)


def send(month: date) -> int:
    """Write the digest of a month to those who did not get it; return to how many. Where nothing is new, to nobody."""
    since = datetime(month.year, month.month, 1, tzinfo=UTC)
    until = (since + timedelta(days=31)).replace(day=1)
    waiting = Subscription.objects.confirmed().exclude(mails__month=month)
    written = 0
    for language in waiting.order_by("language").values_list("language", flat=True).distinct():
        with override(language):
            sections = recent(since, until)
            if not any(item.is_new for section in sections for item in section.items):
                return written
            for pk in waiting.filter(language=language).order_by("pk").values_list("pk", flat=True):
                written += _write(pk, month, sections, language)
    return written


@transaction.atomic
def _write(pk: int, month: date, sections: list[Section], language: str) -> bool:
    """Write to one subscriber, unless they left meanwhile, or another process has done so."""
    row = Subscription.objects.confirmed().select_for_update().filter(pk=pk).first()
    if row is None or not DigestMail.objects.get_or_create(subscription=row, month=month)[1]:
        return False
    try:
        address = unseal(row.sealed)
    except Unreadable:
        return False
    # Whoever looks over a shoulder at a list of mails sees nothing but that something was new in a month.
    subject = gettext("What was new in %(month)s") % {"month": date_format(month, "YEAR_MONTH_FORMAT")}
    words: dict[str, Any] = {
        "subject": subject,
        "sections": sections,
        "site": settings.SITE_ADDRESS,
        "stop": MAILING.stop_address(pk),
        "language": language,
        "dir": direction(language),
    }
    outbox.enqueue(
        "digest",
        address,
        subject=subject,
        text=render_to_string("advocacy/digest/mail.txt", words),
        html=render_to_string("advocacy/digest/mail.html", words),
        headers=MAILING.headers(pk),
        about=MAILING.about(pk, f"{month:%Y-%m}"),
    )
    return True
