"""Who acts for a member of the network."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models.organisations import Organisation


class Role(models.TextChoices):
    """What somebody may do for an organisation; each may do what those before it may."""

    READER = "reader", _("reads what members share")
    CONTRIBUTOR = "contributor", _("writes, shares and speaks for it")
    LEAD = "lead", _("leads: also looks after its people")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships."""

    def current(self) -> Self:
        """Those that let somebody in: their organisation has not left, and their account is not closed."""
        return self.filter(organisation__left=None, user__is_active=True).order_by("organisation__slug", "pk")

    def of(self, user: User | AnonymousUser) -> Self:
        """What lets this user in."""
        return self.current().filter(user=user.pk)

    def at_least(self, role: str) -> Self:
        """Those whose role allows what that one does."""
        return self.filter(role__in=Role.values[Role.values.index(role) :])


class Membership(models.Model):
    """A user who acts for an organisation."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.CONTRIBUTOR)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"

    def may(self, role: str) -> bool:
        """Whether this role allows what that one does."""
        return Role.values.index(self.role) >= Role.values.index(role)
