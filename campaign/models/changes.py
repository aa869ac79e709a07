"""What became of each paragraph from one version to the next, and who asked for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models.deliverables import Version
from comments.models import Comment
from publishing.languages import direction
from publishing.models import ParagraphKey


class Change(models.Model):
    """What became of one paragraph, or of several that were split or merged together.

    Made whenever a version's text is saved, by matching its words with those of the version before; editors correct
    it by hand, and say why the text was changed and which comments asked for it.
    """

    class Kind(models.TextChoices):
        """What happened; a paragraph that was moved and edited counts as moved."""

        KEPT = "kept", _("kept")
        EDITED = "edited", _("edited")
        MOVED = "moved", _("moved")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")
        REMOVED = "removed", _("removed")
        ADDED = "added", _("added")

    version = models.ForeignKey(Version, models.CASCADE, related_name="changes", verbose_name=_("version"))
    # What the version was redrafted from; it cannot be deleted as long as this depends on it.
    base = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("version before"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    by_hand = models.BooleanField(_("corrected by hand"), default=False)
    reason = models.TextField(_("reason"), blank=True, max_length=2_000)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")
    comments = models.ManyToManyField(
        Comment, blank=True, related_name="changes", verbose_name=_("comments that asked for it")
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["version", "pk"]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_kind_display()}"

    @property
    def dir(self) -> str:
        """The direction of the reason."""
        return direction(self.language)


class ChangeEnd(models.Model):
    """A paragraph before or after a change. Each paragraph of both versions stands in exactly one change."""

    class Side(models.TextChoices):
        """In which of the two versions the paragraph stands."""

        OLD = "old", _("before")
        NEW = "new", _("after")

    change = models.ForeignKey(Change, models.CASCADE, related_name="ends")
    # The change's own version once more, so that the database can hold that no paragraph has two fates.
    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    side = models.CharField(max_length=3, choices=Side.choices)
    key = models.ForeignKey(ParagraphKey, models.PROTECT, related_name="change_ends")

    class Meta:
        verbose_name = _("end of a change")
        verbose_name_plural = _("ends of changes")
        ordering = ["change", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "side", "key"], name="changeend_one_fate"),
            models.CheckConstraint(condition=Q(side__in=["old", "new"]), name="changeend_side"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.key_id}"
