"""What moderators decided and editors answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment, RefusalReason
from publishing.languages import direction
from publishing.publication import Publishable, published_has_time


class ModerationEvent(models.Model):
    """What was decided on a comment, by whom and when; rows are only ever added, and hold no text of it."""

    class Action(models.TextChoices):
        """What was done."""

        PUBLISH = "publish", _("published")
        REFUSE = "refuse", _("refused")
        WITHDRAW = "withdraw", _("withdrawn by its author")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="events", verbose_name=_("comment"))
    action = models.CharField(_("action"), max_length=12, choices=Action.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=16, blank=True, choices=RefusalReason.choices)

    class Meta:
        verbose_name = _("moderation event")
        verbose_name_plural = _("moderation events")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action="withdraw", by__isnull=True) | (~Q(action="withdraw") & Q(by__isnull=False)),
                name="event_has_moderator",
            ),
            models.CheckConstraint(condition=~Q(action="refuse") | ~Q(reason=""), name="event_refusal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.get_action_display()}"


class Disposition(models.TextChoices):
    """What the editors made of a point."""

    ACCEPTED = "accepted", _("accepted")
    IN_PART = "in-part", _("accepted in part")
    NOT_ACCEPTED = "not-accepted", _("not accepted")
    OUT_OF_SCOPE = "out-of-scope", _("out of scope")
    NOTED = "noted", _("noted")


class Answer(Publishable):
    """The editors' reply to a comment: a disposition with its reason."""

    publication_parent = "comment"

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="answers", verbose_name=_("comment"))
    disposition = models.CharField(_("disposition"), max_length=16, choices=Disposition.choices)
    reason = models.TextField(_("reason"))
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            published_has_time("answer_published_at"),
            models.CheckConstraint(condition=~Q(reason=""), name="answer_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.get_disposition_display()}"

    @property
    def dir(self) -> str:
        """The direction of its text."""
        return direction(self.language)
