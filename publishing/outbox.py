"""The outbox: a mail is a row, written in the transaction of what it tells, and delivered later.

Address and words are sealed, and wiped as soon as the mail has gone out. A mail may go out twice where a process dies
between the mail server's answer and the commit; both then bear the same Message-ID.
"""

import json
import logging
from datetime import timedelta
from email.utils import parseaddr
from enum import Enum, auto
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.sealing import Unreadable, seal, unseal

logger = logging.getLogger(__name__)
# How long a mail waits after each attempt that failed; after the last it is set aside.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)]
# So long it is known that a mail went out, or that it could not.
KEPT = timedelta(days=30)
# From here on a mail server's refusal is meant for good.
FOR_GOOD = 500
# With this a mail server takes leave, whatever it was asked.
LEAVES = 421
# Sent with `about` where a server refuses a mail's address for good: whoever keeps the address forgets it.
refused = Signal()


class MailQuerySet(models.QuerySet["Mail"]):
    """Mails, by where they stand."""

    def waiting(self) -> "MailQuerySet":
        """Mails that are yet to go out."""
        return self.filter(sent_at=None, set_aside_at=None)

    def sent(self) -> "MailQuerySet":
        """Mails that went out."""
        return self.filter(sent_at__isnull=False)

    def set_aside(self) -> "MailQuerySet":
        """Mails that could not be delivered, and that nobody tries to any more."""
        return self.filter(set_aside_at__isnull=False)


class Mail(models.Model):
    """A mail to one address. `about` names what it is about: of mails that wait, one at most is about each thing."""

    kind = models.CharField(_("kind"), max_length=40)
    about = models.CharField(max_length=80, blank=True)
    # JSON of address, subject, text, HTML and headers; empty once it has gone out.
    sealed = models.TextField(blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    set_aside_at = models.DateTimeField(_("set aside"), null=True)
    # What kind of failure it was; never the server's words, which quote addresses.
    trouble = models.CharField(_("trouble"), max_length=80, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "change", "delete")
        indexes = [
            models.Index(fields=["due_at"], name="mail_due", condition=Q(sent_at=None, set_aside_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(sealed=""), name="mail_wiped_when_sent"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(set_aside_at=None), name="mail_sent_or_set_aside"),
            models.UniqueConstraint(
                fields=["about"],
                condition=~Q(about="") & Q(sent_at=None, set_aside_at=None),
                name="mail_one_waits_about_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


def enqueue(
    kind: str,
    to: str,
    *,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    about: str = "",
    after: timedelta = timedelta(0),
) -> None:
    """Write a mail, as part of the transaction of what it tells; one about the same that waits is enough.

    Raises ValueError for an address or a subject of more than one line: nobody adds a header to our mails.
    """
    if (
        any(sign in line for line in (to, subject, *(headers or {}).values()) for sign in "\r\n")
        or not parseaddr(to)[1]
    ):
        raise ValueError
    content = {"to": to, "subject": subject, "text": text, "html": html, "headers": headers or {}}
    mail = Mail(kind=kind, about=about, sealed=seal(json.dumps(content)), due_at=timezone.now() + after)
    Mail.objects.bulk_create([mail], ignore_conflicts=True)


def forget(about: str) -> None:
    """Delete the mails about something that have not gone out."""
    Mail.objects.filter(about=about, sent_at=None).delete()


def forget_address(address: str, *kinds: str) -> None:
    """Delete the mails of these kinds that hold an address, as long as they hold one: it is sealed in each."""
    for mail in Mail.objects.filter(kind__in=kinds).exclude(sealed="").order_by("pk").iterator():
        try:
            content = json.loads(unseal(mail.sealed))
        except Unreadable:
            continue
        if address.casefold() in (text.casefold() for text in (content["to"], *content["headers"].values())):
            mail.delete()


class Outcome(Enum):
    """What became of an attempt."""

    SENT = auto()
    REFUSED = auto()
    # The connection is gone, or of no use: because of this mail, or because of the server.
    BROKEN = auto()


def deliver_due() -> int:
    """Send the mails that are due, the oldest first; return how many went out.

    Any number of processes may do so at once. Where the mail server is not to be reached, the rest waits, and no
    mail is blamed for it. A mail during which the server goes away is tried again later, like one that is refused for
    now: it may be the reason, and none behind it shall wait for it. Where the next one fares no better, it is the
    server, and the rest waits.
    """
    Mail.objects.filter(Q(sent_at__lt=timezone.now() - KEPT) | Q(set_aside_at__lt=timezone.now() - KEPT)).delete()
    sent = 0
    tried: list[int] = []
    connection = get_connection()
    outcome: Outcome | None = None
    try:
        while (outcome := _deliver_next(connection, tried, broken=outcome is Outcome.BROKEN)) is not None:
            sent += outcome is Outcome.SENT
    except (SMTPException, OSError) as error:
        logger.warning("The mail server does not take mail; it waits: %s", type(error).__name__)
    finally:
        connection.close()
    return sent


@transaction.atomic
def _deliver_next(connection: BaseEmailBackend, tried: list[int], *, broken: bool) -> Outcome | None:
    """Try the next mail, unless another process has it; return what became of it, or None where none is left.

    Raises SMTPException or OSError, and leaves the mail as it was, where no mail can be sent at all: nobody takes the
    connection, or it breaks when it was `broken` before.
    """
    due = Mail.objects.waiting().filter(due_at__lte=timezone.now()).exclude(pk__in=tried).order_by("due_at", "pk")
    mail = due.select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    tried.append(mail.pk)
    try:
        message = _message(mail)
    except (Unreadable, ValueError) as error:
        _set_aside(mail, type(error).__name__)
        return Outcome.REFUSED
    connection.open()
    try:
        connection.send_messages([message])
    except ValueError as error:  # an address that no server can be told
        _set_aside(mail, type(error).__name__)
        return Outcome.REFUSED
    except (SMTPException, OSError) as trouble:
        code = _refusal(trouble)
        if code:
            _failed(mail, f"SMTP {code}", for_good=code >= FOR_GOOD)
            return Outcome.REFUSED
        connection.close()
        if broken:
            raise
        _failed(mail, type(trouble).__name__)
        return Outcome.BROKEN
    mail.sent_at, mail.sealed, mail.about, mail.trouble = timezone.now(), "", "", ""
    mail.attempts += 1
    mail.save()
    return Outcome.SENT


def _refusal(trouble: Exception) -> int:
    """Return the code with which a server refuses a mail or its address, or 0 where it refuses us, or is gone."""
    code = 0
    if isinstance(trouble, SMTPRecipientsRefused):
        code = max(code for code, _said in trouble.recipients.values())
    elif isinstance(trouble, SMTPResponseException) and not isinstance(trouble, SMTPSenderRefused):
        code = trouble.smtp_code
    return 0 if code == LEAVES else code


def _message(mail: Mail) -> EmailMultiAlternatives:
    """Return the mail. Raises Unreadable, or ValueError for what is no mail."""
    content = json.loads(unseal(mail.sealed))
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{mail.pk}.{mail.created_at:%Y%m%d%H%M%S%f}@{domain}>", **content["headers"]}
    message = EmailMultiAlternatives(content["subject"], content["text"], to=[content["to"]], headers=headers)
    if content["html"]:
        message.attach_alternative(content["html"], "text/html")
    message.message()
    return message


def _failed(mail: Mail, trouble: str, *, for_good: bool = False) -> None:
    """Note a failure: one for good sets the mail aside, and forgets its address; others are tried again, later."""
    mail.attempts += 1
    if for_good:
        mail.sealed = ""
        _set_aside(mail, trouble)
        refused.send(Mail, about=mail.about)
    elif mail.attempts > len(WAITS):
        _set_aside(mail, trouble)
    else:
        mail.due_at = timezone.now() + WAITS[mail.attempts - 1]
        mail.trouble = trouble
        mail.save()


def _set_aside(mail: Mail, trouble: str) -> None:
    mail.set_aside_at, mail.trouble = timezone.now(), trouble
    mail.save()
    logger.warning("A mail was set aside: %s", trouble)


@transaction.atomic
def try_again(mails: models.QuerySet[Mail]) -> int:
    """Let mails that were set aside be tried from the start, but for those whose words are gone; return how many."""
    rows = mails.filter(set_aside_at__isnull=False).exclude(sealed="").select_for_update()
    again = 0
    for mail in rows:
        if mail.about and Mail.objects.waiting().filter(about=mail.about).exists():
            continue
        mail.set_aside_at, mail.attempts, mail.trouble, mail.due_at = None, 0, "", timezone.now()
        mail.save()
        again += 1
    return again
