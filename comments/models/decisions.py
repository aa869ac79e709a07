"""What moderators decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment
from comments.models.grounds import RefusalReason


class ModerationEvent(models.Model):
    """What was decided on a comment, by whom and when; rows are only ever added, and hold no text of it.

    An author withdraws; an author, an administrator or the end of the time that things are kept erases.
    """

    class Action(models.TextChoices):
        """What was done."""

        PUBLISH = "publish", _("published")
        REFUSE = "refuse", _("refused")
        REDACT = "redact", _("redacted; the original is sealed")
        REDACT_FOR_GOOD = "redact-for-good", _("redacted; the original is destroyed")
        UNSEAL = "unseal", _("the original was read")
        SPAM = "spam", _("set aside as spam")
        RETURN = "return", _("put back into the queue")
        WITHDRAW = "withdraw", _("withdrawn by its author")
        ERASE = "erase", _("erased")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="events", verbose_name=_("comment"))
    action = models.CharField(_("action"), max_length=16, choices=Action.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=16, blank=True, choices=RefusalReason.choices)

    class Meta:
        verbose_name = _("moderation event")
        verbose_name_plural = _("moderation events")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action="withdraw", by__isnull=True)
                | Q(action="erase")
                | (~Q(action__in=["withdraw", "erase"]) & Q(by__isnull=False)),
                name="event_has_moderator",
            ),
            models.CheckConstraint(
                condition=~Q(action__in=["refuse", "redact", "redact-for-good"]) | ~Q(reason=""),
                name="event_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.get_action_display()}"
