"""Once a year each member looks at its profile and says whether it is still right; who does not is reminded."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from advocacy.models import Membership, Organisation, Role
from publishing import outbox
from publishing.publication import State

YEAR = timedelta(days=365)
# So long people have after each mail, and so many mails they get.
AGAIN = timedelta(days=30)
MOST = 3


def members() -> QuerySet[Organisation]:
    """Return the organisations that are in the network, listed or not: published, or known to have joined."""
    joined = Q(state=State.PUBLISHED) | Q(joined__isnull=False)
    return Organisation.objects.filter(joined, left=None).exclude(state=State.WITHDRAWN)


def due() -> QuerySet[Organisation]:
    """Return the members whose profile nobody checked for a year, or ever, the longest first."""
    rows = members().annotate(last_check=Coalesce("checked", "joined"))
    long_ago = Q(last_check__lte=timezone.localdate() - YEAR) | Q(last_check=None)
    return rows.filter(long_ago).order_by(F("last_check").asc(nulls_first=True), "slug")


def unanswered() -> QuerySet[Organisation]:
    """Return those that were reminded as often as we do, in vain."""
    return due().filter(reminders__gte=MOST, reminded_at__lte=timezone.now() - AGAIN)


def remind_due() -> int:
    """Remind those whose time it is; return how many organisations that were."""
    return remind(row.pk for row in due() if _may_be_reminded(row))


def _may_be_reminded(row: Any) -> bool:
    if row.reminded_at is None or row.reminded_at < _since(row.last_check):
        return True
    waited = row.reminded_at <= timezone.now() - AGAIN
    return bool(waited and row.reminders < MOST)


def _since(last_check: date | None) -> datetime:
    """Return the moment from which a profile is due: reminders before it were about the year before."""
    day = last_check + YEAR if last_check else date(1970, 1, 2)
    return timezone.make_aware(datetime.combine(day, time()))


def remind(keys: Iterable[int]) -> int:
    """Remind the leads of those of these organisations that are due; return how many have somebody to remind.

    An organisation without anybody is not counted as reminded: the secretariat sees that it is due.
    """
    return sum(_remind(key) for key in keys)


@transaction.atomic
def _remind(key: int) -> bool:
    row: Any = due().select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
    leads = Membership.objects.current().filter(organisation=key, role=Role.LEAD).exclude(user__email="")
    if row is None or not (people := list(leads.select_related("user"))):
        return False
    for membership in people:
        _write(row, membership)
    is_first = row.reminded_at is None or row.reminded_at < _since(row.last_check)
    Organisation.objects.filter(pk=key).update(
        reminded_at=timezone.now(), reminders=1 if is_first else F("reminders") + 1
    )
    return True


def _write(organisation: Organisation, membership: Membership) -> None:
    """Mail one of its people, in English: a mail that others may see names no organisation and says nothing of HIV."""
    with override("en"):
        address = settings.SITE_ADDRESS + reverse("member-check", args=[organisation.slug])
        outbox.enqueue(
            "check",
            membership.user.email,
            subject=gettext("Please look at your page once this year"),
            text=render_to_string("advocacy/members/check_mail.txt", {"address": address}),
            about=f"check:{membership.pk}",
        )


@transaction.atomic
def mark_checked(organisation: Organisation, *, by: Any) -> None:
    """Write down that somebody looked at a profile today, and found it right."""
    now = Organisation.objects.select_for_update().get(pk=organisation.pk)
    checked_today(now)
    now._history_user = by  # type: ignore[attr-defined] # read by simple_history
    now.save(update_fields=["checked", "reminded_at", "reminders"])


def checked_today(organisation: Organisation) -> None:
    """Let a profile, which the caller saves, count as checked; forget the reminders that have not gone out."""
    organisation.checked, organisation.reminded_at, organisation.reminders = timezone.localdate(), None, 0
    for pk in organisation.memberships.values_list("pk", flat=True):
        outbox.forget(f"check:{pk}")
