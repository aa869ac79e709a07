"""Tells by mail that something changed, never what: whoever reads along learns nothing, and nothing typed is in it."""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from comments.models import MailAddress
from publishing.sealing import Unreadable, unseal

logger = logging.getLogger(__name__)
signer = Signer(salt="comments.mail", sep=".")
# From here on a mail server's refusal is meant for good.
FOR_GOOD = 500


def due() -> QuerySet[MailAddress]:
    """Return those who have not heard of the last change."""
    return MailAddress.objects.filter(Q(told_at=None) | Q(told_at__lt=F("changed_at")), changed_at__isnull=False)


def tell_all() -> int:
    """Send the mails that are due and return how many went out; what the mail server does not take waits."""
    told = 0
    for pk in list(due().order_by("changed_at").values_list("pk", flat=True)):
        try:
            told += _tell(pk)
        except (SMTPException, OSError) as error:
            logger.warning("Mail could not be sent; it waits: %s", type(error).__name__)
            break
    return told


@transaction.atomic
def _tell(pk: int) -> bool:
    """Send one mail, unless somebody else is about to: a row is told by whoever has locked it."""
    row = due().select_for_update(skip_locked=True).filter(pk=pk).first()
    if row is None:
        return False
    try:
        _mail(unseal(row.sealed), row).send()
    except Unreadable:
        logger.warning("A mail address was sealed with another SECRET_KEY.")
        return False
    except SMTPRecipientsRefused as refusal:
        if max(code for code, _ in refusal.recipients.values()) >= FOR_GOOD:
            row.delete()
        return False
    row.told_at = timezone.now()
    row.save(update_fields=["told_at"])
    return True


def _mail(address: str, row: MailAddress) -> EmailMessage:
    with override(row.language):
        stop = settings.SITE_ADDRESS + reverse("mail-stop", args=[token_for(row.pk)])
        words = {"receipt": settings.SITE_ADDRESS + reverse("receipt"), "stop": stop}
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        return EmailMessage(
            gettext("News about something you sent"),
            render_to_string("comments/told_mail.txt", words),
            to=[address],
            headers=headers,
        )


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
