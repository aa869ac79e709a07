"""The meetings of the network."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.models.changing import Changing
from advocacy.models.issues import Issue
from advocacy.models.organisations import Organisation
from publishing.languages import PublishableTranslated, place_name
from publishing.models import LONGEST, Text, one_text_per_language
from publishing.places import validate_country, validate_timezone
from publishing.publication import published_has_time


class Event(Changing, PublishableTranslated):
    """A meeting of the network."""

    class Attendance(models.TextChoices):
        """Where people meet."""

        PLACE = "place", _("at a place")
        ONLINE = "online", _("online")
        BOTH = "both", _("at a place and online")

    # What calendars that hold the event need to hear of: each change of these makes a new revision of it.
    noted = (
        *("starts_at", "ends_at", "timezone", "all_day", "attendance", "venue", "city", "country"),
        *("link", "link_shown", "state"),
    )
    notes = ("changed_at", "sequence")

    slug = models.SlugField(_("slug"), unique=True)
    # By these calendars know it again, in whatever language they fetched it.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    timezone = models.CharField(
        _("time zone"),
        max_length=40,
        default="UTC",
        validators=[validate_timezone],
        help_text=_("By whose clock all times on this page are told, such as Europe/Vienna."),
    )
    all_day = models.BooleanField(
        _("whole days"),
        default=False,
        help_text=_("The days are shown, but no time; for a time that is not known too."),
    )
    attendance = models.CharField(
        _("where people meet"), max_length=6, choices=Attendance.choices, default=Attendance.PLACE
    )
    venue = models.CharField(_("venue"), max_length=150, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[validate_country])
    link = models.URLField(_("link to take part online"), max_length=500, blank=True)
    link_shown = models.BooleanField(
        _("link is public"),
        default=False,
        help_text=_("Otherwise it stands nowhere but here: who opens a link that anybody can find may be seen there."),
    )
    organisations = models.ManyToManyField(
        Organisation, related_name="events", blank=True, verbose_name=_("organisations that take part")
    )
    organisations_count = models.PositiveIntegerField(
        _("number of organisations"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    people_count = models.PositiveIntegerField(
        _("number of people"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    issues = models.ManyToManyField(Issue, related_name="events", blank=True, verbose_name=_("shared issues"))

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
            models.CheckConstraint(
                condition=Q(link_shown=False) | ~Q(link=""),
                name="event_shown_link_is_there",
                violation_error_message=_("There is no link that could be public."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the event's page."""
        return reverse("event", args=[self.slug])

    def note_change(self) -> None:
        """Make a new revision of it."""
        super().note_change()
        self.sequence += 1

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its times are told."""
        return ZoneInfo(self.timezone)

    @property
    def first_day(self) -> date:
        """The day on which it starts, where it takes place."""
        return self.starts_at.astimezone(self.zone).date()

    @property
    def last_day(self) -> date:
        """The day on which it ends there; an end at midnight belongs to the day before."""
        end = self.ends_at.astimezone(self.zone)
        over = end.time() == time() and end.date() > self.first_day
        return end.date() - timedelta(days=1) if over else end.date()

    @property
    def over_at(self) -> datetime:
        """The moment from which it is past."""
        if not self.all_day:
            return self.ends_at
        return datetime.combine(self.last_day + timedelta(days=1), time(), self.zone)

    @property
    def country_name(self) -> str:
        """The country, as the reader calls it, or nothing."""
        return place_name(self.country) if self.country else ""

    @property
    def public_link(self) -> str:
        """Where one takes part online, if everybody may know."""
        return self.link if self.link_shown else ""

    @property
    def is_online(self) -> bool:
        """Whether one can take part from elsewhere."""
        return self.attendance != self.Attendance.PLACE


class EventText(Changing, Text):
    """What a meeting is about, and what came of it."""

    parent_field = "event"
    parts = ("outcomes",)
    not_in_lists: ClassVar[tuple[str, ...]] = (*Text.not_in_lists, "outcomes", "outcomes_html")
    noted = ("title", "summary", "ready")

    event = models.ForeignKey(Event, models.CASCADE, related_name="texts", verbose_name=_("event"))
    outcomes = models.TextField(
        _("outcomes"),
        blank=True,
        validators=[MaxLengthValidator(LONGEST)],
        help_text=_("What was decided and found out. Markdown."),
    )
    outcomes_html = models.TextField(editable=False, default="")

    class Meta(Text.Meta):
        verbose_name = _("event text")
        verbose_name_plural = _("event texts")
        constraints = [one_text_per_language("event", "eventtext_language")]
