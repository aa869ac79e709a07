"""The meetings of the network."""

import zoneinfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.languages import PublishableTranslated, place_name
from publishing.models import Text, one_text_per_language
from publishing.places import validate_country, validate_timezone
from publishing.publication import published_has_time


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
