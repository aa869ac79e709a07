"""That somebody wrote to who shares a practice; never what they wrote."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models.memberships import Membership
from advocacy.models.practices import Practice

# So long the secretariat can pass on an answer.
KEPT = timedelta(days=90)


class PracticeQuestion(models.Model):
    """Who asked about a practice, so that the secretariat can pass on an answer; the mail names this row's number."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="questions", verbose_name=_("practice"))
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="questions", verbose_name=_("who asks"))
    key = models.UUIDField(unique=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("question about a practice")
        verbose_name_plural = _("questions about practices")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        return f"{self.practice} {self.pk}"
