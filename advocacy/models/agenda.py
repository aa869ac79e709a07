"""What a meeting goes through, and the papers that belong to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.models.events import Event
from publishing.languages import (
    LanguageRow,
    PublishableTranslated,
    direction,
    language_name,
    reader_language,
    validate_language_code,
)
from publishing.models import one_text_per_language
from publishing.pdf.designed import DesignedPdfField
from publishing.publication import published_has_time


class AgendaItem(models.Model):
    """One thing on the agenda, in one language; rows of the same number are the same thing, and one tells the time."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="agenda", verbose_name=_("event"))
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1)], help_text=_("A translation has the number of its original.")
    )
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(24 * 60)]
    )
    title = models.CharField(_("title"), max_length=200)
    speaker = models.CharField(_("who speaks"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["event", "number", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number", "language"],
                name="agendaitem_language",
                violation_error_message=_("There is an item of this number in this language already."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(starts_at__isnull=False),
                name="agendaitem_minutes_from_when",
                violation_error_message=_("Say when it starts, too."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.number} ({self.language})"

    def clean(self) -> None:
        """Refuse a time at which the meeting has not begun, or is over."""
        super().clean()
        if not (self.starts_at and self.event.starts_at and self.event.ends_at):
            return
        if not self.event.starts_at <= self.starts_at <= self.event.over_at:
            raise ValidationError({"starts_at": _("The meeting does not take place at that time.")})

    @property
    def dir(self) -> str:
        """The direction of its words."""
        return direction(self.language)


@dataclass(frozen=True)
class Item:
    """One thing on the agenda, as readers see it."""

    number: int
    text: AgendaItem
    starts_at: datetime | None
    ends_at: datetime | None


def agenda_of(rows: Iterable[AgendaItem]) -> list[Item]:
    """Return an agenda in the reader's language, else in English, else in whatever there is; in the order of time."""
    numbers: dict[int, list[AgendaItem]] = {}
    for row in rows:
        numbers.setdefault(row.number, []).append(row)
    items = [_item(number, same) for number, same in sorted(numbers.items())]
    moment: datetime | None = None
    order: list[tuple[float, Item]] = []
    for item in items:
        # What has no time of its own stays behind what it is listed after.
        moment = item.starts_at or moment
        order.append((moment.timestamp() if moment else float("-inf"), item))
    return [item for _at, item in sorted(order, key=lambda row: row[0])]


def _item(number: int, rows: list[AgendaItem]) -> Item:
    own = reader_language()
    rows = sorted(rows, key=lambda row: (row.language != own, row.language != "en", row.language))
    timed = next((row for row in rows if row.starts_at), None)
    starts = timed.starts_at if timed else None
    minutes = timed.minutes if timed else None
    return Item(number, rows[0], starts, starts + timedelta(minutes=minutes) if starts and minutes else None)


class EventDocument(PublishableTranslated):
    """A paper of a meeting: a PDF that lies here, or an address elsewhere."""

    publication_parent = "event"

    slug = models.SlugField(_("slug"), unique=True)
    event = models.ForeignKey(Event, models.CASCADE, related_name="documents", verbose_name=_("event"))
    file = DesignedPdfField(_("PDF"), help_text=_("Either a file or an address."))
    address = models.URLField(_("address"), max_length=500, blank=True)
    language = models.CharField(
        _("language of the document"), max_length=12, default="en", validators=[validate_language_code]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("event document")
        verbose_name_plural = _("event documents")
        ordering = ["event", "position", "slug"]
        constraints = [
            published_has_time("eventdocument_published_at"),
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(address="")) | (~Q(file="") & Q(address="")),
                name="eventdocument_file_or_address",
                violation_error_message=_("Attach a file, or write an address; not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return where one gets it."""
        return self.address or reverse("event-document", args=[self.event.slug, self.slug])

    @property
    def dir(self) -> str:
        """The direction of what it is written in."""
        return direction(self.language)

    @property
    def language_name(self) -> str:
        """The language it is written in, as the reader calls it; nothing where it is the reader's own."""
        return "" if self.language == reader_language() else language_name(self.language)


class EventDocumentText(LanguageRow):
    """What a paper is called."""

    parent_field = "document"

    document = models.ForeignKey(EventDocument, models.CASCADE, related_name="texts", verbose_name=_("event document"))
    title = models.CharField(_("title"), max_length=200)

    class Meta(LanguageRow.Meta):
        verbose_name = _("event document text")
        verbose_name_plural = _("event document texts")
        constraints = [one_text_per_language("document", "eventdocumenttext_language")]
