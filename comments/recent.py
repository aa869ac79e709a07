"""Which consultations opened, closed or were answered in a span of time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.models import Consultation
from publishing import recent


def consultations(since: datetime, until: datetime) -> Iterator[recent.Item]:
    """Yield each consultation once, with what happened to it."""
    moments = ("opens_at", "closes_at", "languages_close_at", "answered_at", "report_at")
    happened = Q()
    for name in moments:
        happened |= Q(**{f"{name}__gte": since, f"{name}__lt": until})
    for row in Consultation.objects.public().for_list().filter(happened):
        if notes := list(_notes(row, since, until)):
            yield recent.item_of(row, gettext(", ").join(notes))


def _notes(row: Any, since: datetime, until: datetime) -> Iterator[str]:
    def then(moment: datetime | None) -> bool:
        return moment is not None and since <= moment < until

    closing = row.last_closing
    if then(row.opens_at) and not then(closing):
        day = date_format(closing.astimezone(row.zone), "DATE_FORMAT")
        yield gettext("open for comments until %(day)s") % {"day": day}
    if then(closing):
        yield gettext("closed for comments")
    if then(row.answered_at):
        yield gettext("answered")
    if then(row.report_at):
        yield gettext("report published")


def register() -> None:
    """Tell what is new."""
    recent.register(recent.Source(30, _("Consultations"), consultations))
