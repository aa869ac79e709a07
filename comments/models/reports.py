"""The public report that closes a consultation."""

from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comments.models.consultations import Consultation
from publishing.languages import PublishableTranslated
from publishing.models import LONGEST, Text, one_text_per_language
from publishing.publication import published_has_time


class Report(PublishableTranslated):
    """What we heard, what we answered, what changed. Its figures stand as they were when they were counted."""

    publication_parent = "consultation"

    consultation = models.OneToOneField(
        Consultation, models.PROTECT, related_name="report", verbose_name=_("consultation")
    )
    # Made by comments.reporting, which also tells its shape.
    figures = models.JSONField(default=dict, editable=False)
    counted_at = models.DateTimeField(_("counted"), null=True, editable=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [published_has_time("report_published_at")]

    def __str__(self) -> str:
        return str(self.consultation)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Let the consultation's last station follow."""
        super().save(*args, **kwargs)
        published = self.published_at if self.state in self.public_states else None
        Consultation.objects.filter(pk=self.consultation_id).update(report_at=published)

    def get_absolute_url(self) -> str:
        """Return the report's page."""
        return reverse("report", args=[self.consultation.slug])


class ReportText(Text):
    """A report in one language: its body is what we heard; what we answered and what changed have their own."""

    parent_field = "report"
    parts = ("answered", "changed")
    not_in_lists: ClassVar[tuple[str, ...]] = (
        *Text.not_in_lists,
        "answered",
        "answered_html",
        "changed",
        "changed_html",
    )

    report = models.ForeignKey(Report, models.CASCADE, related_name="texts", verbose_name=_("report"))
    answered = models.TextField(_("what we answered"), blank=True, validators=[MaxLengthValidator(LONGEST)])
    answered_html = models.TextField(editable=False, default="")
    changed = models.TextField(_("what changed"), blank=True, validators=[MaxLengthValidator(LONGEST)])
    changed_html = models.TextField(editable=False, default="")

    class Meta(Text.Meta):
        verbose_name = _("report text")
        verbose_name_plural = _("report texts")
        constraints = [one_text_per_language("report", "reporttext_language")]
