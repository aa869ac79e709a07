"""Consultations."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.languages import (
    PublishableTranslated,
    TranslatedQuerySet,
)
from publishing.models import Text, one_text_per_language
from publishing.publication import published_has_time


class ConsultationQuerySet(TranslatedQuerySet["Consultation"]):
    """Consultations, by where they stand."""

    def open(self) -> Self:
        """Consultations that take comments at this moment."""
        return self.filter(opens_at__lte=Now(), closes_at__gt=Now())


class Consultation(PublishableTranslated):
    """The period in which a version is open for comments.

    What is consulted on lies further left: the version points here, and sets `publication_parent` to itself.
    """

    slug = models.SlugField(_("slug"), unique=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    answer_due = models.DateField(_("answer due"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    report_at = models.DateTimeField(_("report published"), null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()  # type: ignore[misc] # narrower than the base's

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-opens_at", "slug"]
        constraints = [
            published_has_time("consultation_published_at"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="consultation_closes_after_opening",
                violation_error_message=_("It must close after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(answer_due__isnull=True) | Q(answer_due__gte=F("closes_at__date")),
                name="consultation_answer_due_after_closing",
                violation_error_message=_("The answer is due before the consultation closes."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the page of dates and comments."""
        return reverse("consultation", args=[self.slug])

    def takes_comments(self, now: datetime | None = None) -> bool:
        """Whether a comment received now is in time."""
        return self.opens_at <= (now or timezone.now()) < self.closes_at


class ConsultationText(Text):
    """A consultation's title and how to take part."""

    parent_field = "consultation"

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="texts", verbose_name=_("consultation")
    )

    class Meta(Text.Meta):
        verbose_name = _("consultation text")
        verbose_name_plural = _("consultation texts")
        constraints = [one_text_per_language("consultation", "consultationtext_language")]
