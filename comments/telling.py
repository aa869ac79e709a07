"""Tells by mail that something changed, never what: whoever reads along learns nothing, and nothing typed is in it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from comments.models import Comment, MailAddress
from publishing import outbox
from publishing.sealing import Unreadable, unseal

signer = Signer(salt="comments.mail", sep=".")
# So long a mail waits for what else may change: many changes make one mail.
TOGETHER = timedelta(minutes=5)
ABOUT = "comments.mailaddress:"


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
        stop = settings.SITE_ADDRESS + reverse("mail-stop", args=[token_for(row.pk)])
        words = {"receipt": settings.SITE_ADDRESS + reverse("receipt"), "stop": stop}
        outbox.enqueue(
            "news",
            address,
            subject=gettext("News about something you sent"),
            text=render_to_string("comments/told_mail.txt", words),
            headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
            about=about(row.pk),
            after=TOGETHER,
        )


def about(pk: int) -> str:
    """Return what the outbox knows an address by."""
    return f"{ABOUT}{pk}"


def forget_mails(instance: MailAddress, **_: Any) -> None:
    """With an address go the mails to it that have not gone out."""
    outbox.forget(about(instance.pk))


def forget_address(about: str, **_: Any) -> None:
    """Delete an address that a mail server refused for good."""
    if about.startswith(ABOUT):
        MailAddress.objects.filter(pk=int(about.removeprefix(ABOUT))).delete()


def token_for(pk: int) -> str:
    """Return what ends the mails to one address; it tells neither the address nor the comment."""
    return signer.sign(str(pk))


def stop_mails(token: str) -> None:
    """Delete the address; the second time there is nothing to do. Raises BadSignature."""
    MailAddress.objects.filter(pk=pk_of(token)).delete()


def pk_of(token: str) -> int:
    """Return whose mails a token ends. Raises BadSignature."""
    try:
        return int(signer.unsign(token))
    except ValueError as error:
        raise BadSignature from error
