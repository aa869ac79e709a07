"""What members tell of the practices of others that they used."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from advocacy.models.organisations import Organisation
from advocacy.models.practices import Practice
from publishing.languages import direction
from publishing.publication import Publishable, PublishableQuerySet, published_has_time
from publishing.usertext import as_html

LONGEST_NOTE = 500


class UseState(models.TextChoices):
    """Where a note stands."""

    PENDING = "pending", _("waiting for the secretariat")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("refused")


class PracticeUseQuerySet(PublishableQuerySet["PracticeUse"]):
    """Notes, by where they stand."""

    def pending(self) -> Self:
        """The secretariat's queue, oldest first."""
        return self.filter(state=UseState.PENDING).order_by("received_at", "pk")

    def out(self) -> Self:
        """What readers of the practice see, whoever they are: what is approved, by organisations that are public."""
        return self.filter(PracticeUse.out_q()).order_by("-year", "organisation__slug")


class PracticeUse(Publishable):
    """A member used what another shares, and says how it went.

    A changed note is a row of its own until it is approved: what was published stands meanwhile. Of organisations
    that are not public nothing shows, nor are they counted.
    """

    public_states = (UseState.PUBLISHED,)
    publication_parent = "practice"

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="uses", verbose_name=_("practice"))
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="uses", verbose_name=_("organisation"))
    note = models.CharField(_("how it went"), max_length=LONGEST_NOTE)
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1981), MaxValueValidator(2100)])
    # In which it was written, as far as the form knows.
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=UseState.choices, default=UseState.PENDING, editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = PracticeUseQuerySet.as_manager()  # type: ignore[misc] # narrower than the base's

    class Meta:
        verbose_name = _("use of a practice")
        verbose_name_plural = _("uses of practices")
        ordering = ["received_at", "pk"]
        default_permissions = ("view", "change", "delete")
        constraints = [
            published_has_time("practiceuse_published_at"),
            models.UniqueConstraint(
                fields=["practice", "organisation"],
                condition=Q(state="published"),
                name="practiceuse_one_is_published",
            ),
            models.UniqueConstraint(
                fields=["practice", "organisation"], condition=~Q(state="published"), name="practiceuse_one_is_not"
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["published", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="practiceuse_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(reason="") | ~Q(state="refused") & Q(reason=""),
                name="practiceuse_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.practice}"

    @property
    def dir(self) -> str:
        """The direction of the note."""
        return direction(self.language)

    @property
    def html(self) -> SafeString:
        """The note as typed."""
        return as_html(self.note)

    @classmethod
    def out_q(cls, prefix: str = "") -> Q:
        """What an organisation says is public only with the organisation."""
        return super().out_q(prefix) & Organisation.public_q(f"{prefix}organisation__")
