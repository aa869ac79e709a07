"""The network: organisations, the issues they face, shared practices, events, news."""

import zoneinfo
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factsheets.models import KeyPopulation
from publishing.languages import PublishableTranslated, language_name, place_name, validate_language_code
from publishing.models import Picture, Text, one_text_per_language
from publishing.places import REGION_OF, validate_country, validate_place, validate_timezone
from publishing.publication import published_has_time


class Issue(PublishableTranslated):
    """A problem that members share."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("shared issue")
        verbose_name_plural = _("shared issues")
        ordering = ["position", "slug"]
        constraints = [published_has_time("issue_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the issue's page."""
        return reverse("issue", args=[self.slug])


class IssueText(Text):
    """What an issue is, how it shows and what members do."""

    parent_field = "issue"

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="texts", verbose_name=_("shared issue"))

    class Meta(Text.Meta):
        verbose_name = _("issue text")
        verbose_name_plural = _("issue texts")
        constraints = [one_text_per_language("issue", "issuetext_language")]


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


class Event(PublishableTranslated):
    """A meeting of the network."""

    slug = models.SlugField(_("slug"), unique=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    timezone = models.CharField(
        _("time zone"),
        max_length=40,
        default="UTC",
        validators=[validate_timezone],
        help_text="Europe/Vienna",
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[validate_country])

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "slug"]
        constraints = [
            published_has_time("event_published_at"),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="event_ends_after_start",
                violation_error_message=_("It ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the event's page."""
        return reverse("event", args=[self.slug])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone in which its times are told."""
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def country_name(self) -> str:
        """The country, as the reader calls it, or nothing."""
        return place_name(self.country) if self.country else ""


class EventText(Text):
    """What a meeting is about."""

    parent_field = "event"

    event = models.ForeignKey(Event, models.CASCADE, related_name="texts", verbose_name=_("event"))

    class Meta(Text.Meta):
        verbose_name = _("event text")
        verbose_name_plural = _("event texts")
        constraints = [one_text_per_language("event", "eventtext_language")]


class News(PublishableTranslated):
    """A piece of news."""

    slug = models.SlugField(_("slug"), unique=True)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="news", verbose_name=_("event")
    )
    picture = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="news", verbose_name=_("picture")
    )

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ["-published_at", "slug"]
        constraints = [published_has_time("news_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the page of this piece of news."""
        return reverse("news", args=[self.slug])


class NewsText(Text):
    """A piece of news in one language."""

    parent_field = "news"

    news = models.ForeignKey(News, models.CASCADE, related_name="texts", verbose_name=_("news"))

    class Meta(Text.Meta):
        verbose_name = _("news text")
        verbose_name_plural = _("news texts")
        constraints = [one_text_per_language("news", "newstext_language")]
