"""What the campaign asks of each audience, and the paragraphs that ground it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models.campaign import Campaign
from campaign.models.deliverables import Deliverable
from publishing.languages import PublishableTranslated
from publishing.models import ParagraphKey, Text, one_text_per_language
from publishing.publication import published_has_time


class PracticalStep(PublishableTranslated):
    """One thing that the campaign asks of one audience."""

    publication_parent = "campaign"

    class Audience(models.TextChoices):
        """Whom it asks, in the order of the page."""

        HEALTH = "health-professionals", _("health professionals")
        POLICY = "policy-makers", _("policy-makers")
        LAW = "law-enforcement", _("law enforcement")
        SERVICES = "service-providers", _("service providers")
        DONORS = "donors", _("donors")
        RESEARCHERS = "researchers", _("researchers")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="steps", verbose_name=_("campaign"))
    slug = models.SlugField(_("slug"), unique=True)
    audience = models.CharField(_("audience"), max_length=24, choices=Audience.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("practical step")
        verbose_name_plural = _("practical steps")
        ordering = ["position", "slug"]
        constraints = [published_has_time("practicalstep_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the step's place on the campaign's page."""
        return f"{reverse('campaign')}#step-{self.slug}"


class PracticalStepText(Text):
    """What is asked, in a line, and how it is done."""

    parent_field = "step"

    step = models.ForeignKey(PracticalStep, models.CASCADE, related_name="texts", verbose_name=_("practical step"))

    class Meta(Text.Meta):
        verbose_name = _("text of a step")
        verbose_name_plural = _("texts of steps")
        constraints = [one_text_per_language("step", "practicalsteptext_language")]


class StepGround(models.Model):
    """A paragraph that a step rests on; it follows the paragraph from version to version."""

    step = models.ForeignKey(PracticalStep, models.CASCADE, related_name="grounds", verbose_name=_("practical step"))
    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, related_name="grounded", verbose_name=_("deliverable")
    )
    key = models.ForeignKey(ParagraphKey, models.PROTECT, related_name="grounded")

    class Meta:
        verbose_name = _("ground of a step")
        verbose_name_plural = _("grounds of steps")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["step", "key"], name="stepground_once")]

    def __str__(self) -> str:
        return f"{self.step}, {self.deliverable}"
