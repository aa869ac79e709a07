"""Policy instruments."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factsheets.models.asked import Asked
from factsheets.models.factsheets import KeyPopulation
from publishing.languages import PublishableTranslated, TranslatedQuerySet
from publishing.models import Text, one_text_per_language
from publishing.publication import published_has_time


class PolicyInstrumentQuerySet(TranslatedQuerySet["PolicyInstrument"]):
    """Policy instruments."""

    def about(self, population: int) -> Self:
        """Those about one key population, or about all."""
        return self.filter(Q(population=population) | Q(population=None))


class PolicyInstrument(PublishableTranslated, Asked):
    """A convention, resolution, strategy or guideline that binds or guides states."""

    class Level(models.TextChoices):
        """Where it holds."""

        GLOBAL = "global", _("global")
        REGIONAL = "regional", _("regional")
        NATIONAL = "national", _("national")

    class Group(models.TextChoices):
        """Under which heading it stands."""

        STRATEGY = "unaids-strategy", _("UNAIDS strategy")
        ASSEMBLY = "un-general-assembly", _("United Nations General Assembly")
        HEALTH = "world-health-assembly", _("World Health Assembly")
        REGIONAL = "regional", _("Regional strategies and plans")
        NATIONAL = "national", _("National commitments")
        HUMANITARIAN = "humanitarian", _("Humanitarian settings")
        LABOUR = "labour", _("Labour protection")
        RIGHTS = "human-rights", _("Human rights treaties and principles")
        CRIME = "crime-and-drugs", _("Crime prevention, prisons and drugs")
        GUIDANCE = "guidance", _("Guidance of United Nations bodies")

    slug = models.SlugField(_("slug"), unique=True)
    population = models.ForeignKey(
        KeyPopulation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        verbose_name=_("key population"),
        help_text=_("Empty where it is about all of them."),
    )
    issued_by = models.CharField(_("body"), max_length=200)
    years = models.CharField(_("years"), max_length=9, blank=True, help_text=_("2016, or 1958-1985."))
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    group = models.CharField(_("group"), max_length=24, choices=Group.choices)
    address = models.URLField(_("address"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PolicyInstrumentQuerySet.as_manager()  # type: ignore[misc] # narrower than the base's

    class Meta:
        verbose_name = _("policy instrument")
        verbose_name_plural = _("policy instruments")
        ordering = ["position", "slug"]
        constraints = [
            published_has_time("instrument_published_at"),
            models.CheckConstraint(
                condition=Q(years="") | Q(years__regex=r"^\d{4}(-\d{4})?$"),
                name="instrument_years",
                violation_error_message=_("Write a year, or years as 1958-1985."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class PolicyInstrumentText(Text):
    """An instrument's title and what it asks."""

    parent_field = "instrument"

    instrument = models.ForeignKey(
        PolicyInstrument, models.CASCADE, related_name="texts", verbose_name=_("policy instrument")
    )

    class Meta(Text.Meta):
        verbose_name = _("instrument text")
        verbose_name_plural = _("instrument texts")
        constraints = [one_text_per_language("instrument", "instrumenttext_language")]
