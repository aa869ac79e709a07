"""Invitations to act for a member of the network, and what is kept of members that were erased."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from advocacy.models.memberships import Role
from advocacy.models.organisations import Organisation

LASTS = timedelta(days=14)


def in_two_weeks() -> Any:
    """Return the moment at which an invitation written now ends."""
    return timezone.now() + LASTS


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, by where they stand."""

    def waiting(self) -> Self:
        """Those that nobody used or withdrew, in time or late."""
        return self.filter(used_at=None, withdrawn_at=None)

    def live(self) -> Self:
        """Those that still let somebody in."""
        return self.waiting().filter(expires_at__gt=Now(), organisation__left=None)


class Invitation(models.Model):
    """An invitation to one address. Its secret stands in the mail alone; the sealed address goes with its use."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.CONTRIBUTOR)
    sealed = models.TextField(blank=True, editable=False)
    # Keyed: whoever reads the database cannot try addresses out.
    address_hash = models.CharField(max_length=64, blank=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")
    invited_at = models.DateTimeField(_("invited"), default=timezone.now, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    expires_at = models.DateTimeField(_("ends"), default=in_two_weeks)
    used_at = models.DateTimeField(_("used"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_used_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True) & ~Q(sealed="") & ~Q(address_hash="")
                | (Q(used_at__isnull=False) | Q(withdrawn_at__isnull=False)) & Q(sealed="", address_hash=""),
                name="invitation_address_while_it_waits",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_ends_after_start"),
            models.UniqueConstraint(
                fields=["organisation", "address_hash"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_waits_for_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_late(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()

    @property
    def standing(self) -> str:
        """Where it stands, in words."""
        if self.used_at:
            return pgettext("of an invitation", "used")
        if self.withdrawn_at:
            return pgettext("of an invitation", "withdrawn")
        if self.is_late:
            return pgettext("of an invitation", "ended unused")
        return pgettext("of an invitation", "waiting")


class Erasure(models.Model):
    """That an organisation was erased: when, and in which part somebody asked for it. Nothing tells which it was."""

    class Part(models.TextChoices):
        """Who erased it."""

        LEAD = "lead", _("somebody who led it")
        SECRETARIAT = "secretariat", _("the secretariat")

    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    part = models.CharField(_("by"), max_length=12, choices=Part.choices, editable=False)

    class Meta:
        verbose_name = _("erased organisation")
        verbose_name_plural = _("erased organisations")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
