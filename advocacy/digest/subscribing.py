"""Takes addresses in for the digest, has their owners confirm, and lets them go.

Nobody learns from any of this whether an address is known here: not from a page, nor from the time a page takes.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from advocacy.models.digest import CONFIRM_WITHIN, Subscription
from publishing import outbox
from publishing.mailing import Mailing
from publishing.sealing import fingerprints, seal

MAILING = Mailing("advocacy.subscription", Subscription, "digest-stop", Signer(salt="advocacy.digest.stop", sep="."))
signer = TimestampSigner(salt="advocacy.digest.confirm", sep=".")
# So many mails with a link go to one address within the days that a link lasts, whoever fills in the form.
MAILS_PER_ADDRESS = 3


class NotToConfirm(Exception):
    """A link is too old, was never given out, or its address is no longer here."""


@dataclass(frozen=True)
class Asked:
    """What a link confirms: that an address gets the digest, in this language."""

    subscription: Subscription
    language: str

    @property
    def is_done(self) -> bool:
        """Whether it is confirmed already."""
        return self.subscription.confirmed_at is not None and self.subscription.language == self.language


@transaction.atomic
def ask(address: str, *, language: str) -> None:
    """Have a link mailed to an address; following it subscribes it, or changes the language of who is subscribed.

    The mail holds nothing that anybody typed. To an address that got enough of them no more is sent.
    """
    expire()
    prints = fingerprints(address.casefold(), MAILING.name)
    found = Subscription.objects.select_for_update().filter(fingerprint__in=prints).first()
    if found is None:
        new = {"sealed": seal(address), "language": language}
        pk = Subscription.objects.get_or_create(fingerprint=prints[0], defaults=new)[0].pk
        found = Subscription.objects.select_for_update().get(pk=pk)
    if found.asked_at < timezone.now() - CONFIRM_WITHIN:
        found.asked = 0
    if found.asked >= MAILS_PER_ADDRESS:
        return
    found.asked, found.asked_at = found.asked + 1, timezone.now()
    found.save(update_fields=["asked", "asked_at"])
    _mail_link(found, address, language)


def _mail_link(subscription: Subscription, address: str, language: str) -> None:
    with override(language):
        token = signer.sign(f"{subscription.pk}:{language}")
        link = settings.SITE_ADDRESS + reverse("digest-confirm", args=[token])
        outbox.enqueue(
            "confirmation",
            address,
            subject=gettext("Please confirm"),
            text=render_to_string("advocacy/digest/confirm_mail.txt", {"link": link, "days": CONFIRM_WITHIN.days}),
            about=MAILING.about(subscription.pk, "confirm"),
        )


def by_token(token: str) -> Asked:
    """Return what a link is about. Raises NotToConfirm."""
    try:
        pk, _, language = signer.unsign(token, max_age=CONFIRM_WITHIN).partition(":")
        found = Subscription.objects.filter(pk=int(pk)).first()
    except (BadSignature, ValueError) as error:
        raise NotToConfirm from error
    if found is None:
        raise NotToConfirm
    return Asked(found, language)


@transaction.atomic
def confirm(asked: Asked) -> None:
    """Subscribe an address; confirming again what is confirmed does nothing. Raises NotToConfirm."""
    row = Subscription.objects.select_for_update().filter(pk=asked.subscription.pk).first()
    if row is None:
        raise NotToConfirm
    row.confirmed_at = row.confirmed_at or timezone.now()
    row.language, row.asked = asked.language, 0
    row.save()


def expire() -> int:
    """Delete the addresses that nobody confirmed in time; return how many."""
    late = list(Subscription.objects.late())
    for row in late:
        row.delete()
    return len(late)
