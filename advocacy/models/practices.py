"""What members share with each other."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.models.issues import Issue
from advocacy.models.organisations import Organisation
from factsheets.models import KeyPopulation
from publishing.languages import PublishableTranslated
from publishing.models import Text, one_text_per_language
from publishing.publication import published_has_time


class Practice(PublishableTranslated):
    """A method or a data set that a member shares."""

    publication_parent = "organisation"

    class Kind(models.TextChoices):
        """What is shared."""

        METHOD = "method", _("method")
        DATA_SET = "data-set", _("data set")

    slug = models.SlugField(_("slug"), unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="practices", verbose_name=_("organisation")
    )
    populations = models.ManyToManyField(
        KeyPopulation, related_name="practices", blank=True, verbose_name=_("key populations")
    )
    issues = models.ManyToManyField(Issue, related_name="practices", blank=True, verbose_name=_("shared issues"))
    setting = models.CharField(_("setting"), max_length=150, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1981), MaxValueValidator(2100)]
    )

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["slug"]
        constraints = [published_has_time("practice_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the practice's page."""
        return reverse("practice", args=[self.slug])


class PracticeText(Text):
    """What was done, what it needs and what was learned."""

    parent_field = "practice"

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="texts", verbose_name=_("practice"))

    class Meta(Text.Meta):
        verbose_name = _("practice text")
        verbose_name_plural = _("practice texts")
        constraints = [one_text_per_language("practice", "practicetext_language")]
