"""The five stations of a consultation: where it stands, and since when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from comments.models import Consultation, Report


@dataclass(frozen=True)
class Station:
    """One station: `state` is done, now or todo; the day is that of the consultation's own clock."""

    key: str
    label: str | Promise
    date: date | None
    state: str


LABELS = {
    "open": pgettext_lazy("station", "Open"),
    "closed": pgettext_lazy("station", "Closed"),
    "reviewed": pgettext_lazy("station", "Reviewed"),
    "answered": pgettext_lazy("station", "Answered"),
    "published": pgettext_lazy("station", "Published"),
}


def stations(consultation: Consultation, now: datetime | None = None) -> list[Station]:
    """Return all five; the last one reached is `now`, those before it `done`."""
    now = now or timezone.now()
    dates = dict(
        zip(
            LABELS,
            (
                consultation.opens_at,
                consultation.last_closing,
                consultation.reviewed_at,
                consultation.answered_at,
                consultation.report_at,
            ),
            strict=True,
        )
    )
    reached = [key for key, date in dates.items() if date and date <= now]
    return [
        Station(
            key,
            LABELS[key],
            timezone.localdate(date, consultation.zone) if date else None,
            "todo" if key not in reached else "now" if key == reached[-1] else "done",
        )
        for key, date in dates.items()
    ]


def report_url(consultation: Consultation) -> str:
    """Return the address of a consultation's report, or nothing while it is not public."""
    # Without this moment there is none, and most pages need not ask.
    is_public = consultation.report_at and Report.objects.public().filter(consultation=consultation).exists()
    return reverse("report", args=[consultation.slug]) if is_public else ""


def stage(consultation: Consultation, now: datetime | None = None) -> tuple[str, str | Promise]:
    """Return key and label of where it stands: `upcoming`, or one of the stations."""
    here = next((s for s in stations(consultation, now) if s.state == "now"), None)
    return (here.key, here.label) if here else ("upcoming", pgettext_lazy("station", "Upcoming"))


def days_until_answer(consultation: Consultation, now: datetime | None = None) -> int | None:
    """Return how many days are left until the answer is due, less than none where it is late; nothing once given."""
    if consultation.answer_due is None or consultation.answered_at or consultation.report_at:
        return None
    return (consultation.answer_due - timezone.localdate(now, consultation.zone)).days
