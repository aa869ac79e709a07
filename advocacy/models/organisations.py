"""The members of the network."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.models.issues import Issue
from factsheets.models import KeyPopulation
from publishing.languages import PublishableTranslated, language_name, place_name, validate_language_code
from publishing.models import Text, one_text_per_language
from publishing.places import REGION_OF, validate_country, validate_place
from publishing.publication import published_has_time


class Organisation(PublishableTranslated):
    """A civil-society organisation in the network."""

    class Size(models.TextChoices):
        """How many people work in it, roughly: exact numbers could tell who is meant."""

        SMALL = "small", _("small")
        MEDIUM = "medium", _("medium")
        LARGE = "large", _("large")

    slug = models.SlugField(_("slug"), unique=True)
    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    region_only = models.BooleanField(
        _("show the region only"),
        default=False,
        help_text=_("For an organisation at risk: its country and cities appear nowhere public."),
    )
    region = models.CharField(_("region"), max_length=3, editable=False, validators=[validate_place])
    cities = ArrayField(models.CharField(max_length=80), verbose_name=_("cities"), default=list, blank=True)
    languages = ArrayField(
        models.CharField(max_length=12, validators=[validate_language_code]),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    populations = models.ManyToManyField(
        KeyPopulation, related_name="organisations", blank=True, verbose_name=_("key populations")
    )
    issues = models.ManyToManyField(Issue, related_name="organisations", blank=True, verbose_name=_("shared issues"))
    founded = models.PositiveSmallIntegerField(
        _("founded"), null=True, blank=True, validators=[MinValueValidator(1800), MaxValueValidator(2100)]
    )
    size = models.CharField(_("size"), max_length=8, choices=Size.choices, blank=True)
    site = models.URLField(_("site"), blank=True)
    joined = models.DateField(_("joined"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]
        constraints = [published_has_time("organisation_published_at")]

    def __str__(self) -> str:
        return self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the region the one that the country lies in."""
        self.region = REGION_OF.get(self.country, "001")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the profile page."""
        return reverse("organisation", args=[self.slug])

    @property
    def place_name(self) -> str:
        """The country, or only the region where the country could expose people."""
        return place_name(self.region if self.region_only else self.country)

    @property
    def region_name(self) -> str:
        """The region, as the reader calls it."""
        return place_name(self.region)

    @property
    def public_cities(self) -> list[str]:
        """The cities it may be seen in."""
        return [] if self.region_only else self.cities

    @property
    def language_names(self) -> list[str]:
        """The languages it works in, as the reader calls them."""
        return [language_name(code) for code in self.languages]


class OrganisationText(Text):
    """An organisation's name and introduction."""

    parent_field = "organisation"

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="texts", verbose_name=_("organisation")
    )

    class Meta(Text.Meta):
        verbose_name = _("organisation text")
        verbose_name_plural = _("organisation texts")
        constraints = [one_text_per_language("organisation", "organisationtext_language")]
