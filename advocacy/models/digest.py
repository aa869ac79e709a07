"""Who asked for the monthly digest: an address that nobody can read, and what it has got."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# So long a link in a mail can be followed; then an address that nobody confirmed is deleted.
CONFIRM_WITHIN = timedelta(days=7)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Subscriptions, by where they stand."""

    def confirmed(self) -> "SubscriptionQuerySet":
        """Those whose owner has followed the link in the mail."""
        return self.filter(confirmed_at__isnull=False)

    def late(self) -> "SubscriptionQuerySet":
        """Those that can't be confirmed any more."""
        return self.filter(confirmed_at=None, asked_at__lt=timezone.now() - CONFIRM_WITHIN)


class Subscription(models.Model):
    """Somebody who asked for the digest; of their address there is nothing but what can't be read."""

    # The address, sealed; and an HMAC of it, by which the same address is known again.
    sealed = models.TextField()
    fingerprint = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    # When and how often a mail with a link was sent since somebody last followed one.
    asked_at = models.DateTimeField(default=timezone.now)
    asked = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(sealed="") & ~Q(fingerprint=""), name="subscription_has_address"),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class DigestMail(models.Model):
    """The digest of one month has been written to one subscriber: nobody gets it twice."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="mails")
    month = models.DateField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subscription", "month"], name="digestmail_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="digestmail_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.subscription}, {self.month:%Y-%m}"
