"""Who acts for a member of the network."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.models.organisations import Organisation


class Membership(models.Model):
    """A user who acts for an organisation."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"
