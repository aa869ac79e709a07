"""Tells by mail that something changed, never what: whoever reads along learns nothing, and nothing typed is in it."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.signing import Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from comments.models import Comment, MailAddress
from publishing import outbox
from publishing.mailing import Mailing
from publishing.sealing import Unreadable, unseal

MAILING = Mailing("comments.mailaddress", MailAddress, "mail-stop", Signer(salt="comments.mail", sep="."))
token_for = MAILING.token_for
# So long a mail waits for what else may change: many changes make one mail.
TOGETHER = timedelta(minutes=5)


def note_change(comments: Iterable[Comment | int]) -> None:
    """Tell those who asked to hear of these comments; part of the transaction that changes something about them."""
    rows = MailAddress.objects.filter(comment__in=list(comments))
    rows.update(changed_at=timezone.now())
    for row in rows:
        _tell(row)


def _tell(row: MailAddress) -> None:
    try:
        address = unseal(row.sealed)
    except Unreadable:
        return
    with override(row.language):
        words = {"receipt": settings.SITE_ADDRESS + reverse("receipt"), "stop": MAILING.stop_address(row.pk)}
        outbox.enqueue(
            "news",
            address,
            subject=gettext("News about something you sent"),
            text=render_to_string("comments/told_mail.txt", words),
            headers=MAILING.headers(row.pk),
            about=MAILING.about(row.pk),
            after=TOGETHER,
        )
