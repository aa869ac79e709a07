"""Consultations, and the rules of each: from when until when, for which language, on which terms."""

from datetime import datetime
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.languages import (
    PublishableTranslated,
    TranslatedQuerySet,
    direction,
    language_name,
    validate_language_code,
)
from publishing.markdown import render
from publishing.models import LONGEST, Text, one_text_per_language
from publishing.places import validate_timezone
from publishing.publication import published_has_time


class About(models.TextChoices):
    """What people are asked to comment on."""

    VERSION = "version", _("a version of a deliverable")
    FIGURES = "figures", _("the figures")


class ConsultationQuerySet(TranslatedQuerySet["Consultation"]):
    """Consultations, by where they stand."""

    def locked(self, pk: int) -> "Consultation":
        """Return a consultation as it is now: whoever changes what belongs to it stands in this line first.

        So numbers are given out once, a point has one answer, and no two decisions wait for each other.
        """
        return self.select_for_update(no_key=True).get(pk=pk)

    def open(self) -> Self:
        """Consultations that take comments at this moment, in one language at least."""
        return self.filter(Q(closes_at__gt=Now()) | Q(languages_close_at__gt=Now()), opens_at__lte=Now())


class Consultation(PublishableTranslated):
    """The period in which a version is open for comments, or in which the figures can be questioned.

    What is consulted on lies further left: the version points here, and sets `publication_parent` to itself. The
    figures have no such parent: each of them is public, or not, on its own.
    """

    slug = models.SlugField(_("slug"), unique=True)
    # Comments point into what it is about, so a trigger keeps it.
    about = models.CharField(
        _("what it is about"),
        max_length=8,
        choices=About.choices,
        default=About.VERSION,
        help_text=_("Set once. Questions about the figures are answered and reported on like any other comments."),
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    # The latest of its languages' own closing dates; a trigger keeps it.
    languages_close_at = models.DateTimeField(null=True, editable=False)
    timezone = models.CharField(
        _("time zone"),
        max_length=40,
        default="UTC",
        validators=[validate_timezone],
        help_text=_("By whose clock it opens and closes, such as Europe/Vienna."),
    )
    kept_days = models.PositiveSmallIntegerField(
        _("days kept"),
        default=365,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_(
            "So many days after closing, what was not published is erased: refused and withdrawn comments, sealed "
            "originals, mail addresses. The form tells every commenter."
        ),
    )
    answer_due = models.DateField(_("answer due"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # Follows the report.
    report_at = models.DateTimeField(_("report published"), null=True, blank=True, editable=False)

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

    @classmethod
    def parent_q(cls, prefix: str = "") -> Q:
        """Ask for a public version only where it is about one."""
        return Q(**{f"{prefix}about": About.FIGURES}) | super().parent_q(prefix)

    @property
    def is_about_figures(self) -> bool:
        """Whether people are asked about the figures, and not about a text."""
        return self.about == About.FIGURES

    def passage_label(self, number: int) -> str:
        """Return what readers call the paragraph, or the figure, of this number."""
        return gettext("Figure %(number)s") % {"number": number} if self.is_about_figures else f"¶ {number}"

    @property
    def whole_label(self) -> str:
        """What readers call all that it is about."""
        return gettext("the figures as a whole") if self.is_about_figures else gettext("the whole text")

    def closing(self, language: str) -> datetime:
        """Return the moment from which no comment in a language is in time."""
        return next((row.closes_at for row in self.closings.all() if row.language == language), self.closes_at)

    @property
    def last_closing(self) -> datetime:
        """The moment from which no comment in any language is in time."""
        return max(self.closes_at, self.languages_close_at or self.closes_at)

    def takes_comments(self, now: datetime | None = None, *, language: str | None = None) -> bool:
        """Whether a comment received now, in this language or in any, is in time."""
        until = self.last_closing if language is None else self.closing(language)
        return self.opens_at <= (now or timezone.now()) < until

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its clock."""
        return ZoneInfo(self.timezone)


class ConsultationText(Text):
    """A consultation's title, how to take part, and its participation policy."""

    parent_field = "consultation"

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="texts", verbose_name=_("consultation")
    )
    policy = models.TextField(
        _("participation policy"),
        blank=True,
        validators=[MaxLengthValidator(LONGEST)],
        help_text=_("Who may take part, what is published, what is refused and why, what is kept. Markdown."),
    )
    policy_html = models.TextField(editable=False, default="")

    not_in_lists: ClassVar[tuple[str, ...]] = (*Text.not_in_lists, "policy", "policy_html")

    class Meta(Text.Meta):
        verbose_name = _("consultation text")
        verbose_name_plural = _("consultation texts")
        constraints = [one_text_per_language("consultation", "consultationtext_language")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render the policy too."""
        self.policy_html = render(self.policy)
        super().save(*args, **kwargs)


class LanguageClosing(models.Model):
    """Comments in one language are taken until another moment: its translation came out later, say."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="closings", verbose_name=_("consultation")
    )
    language = models.CharField(_("language"), max_length=12, validators=[validate_language_code])
    closes_at = models.DateTimeField(_("closes"))

    class Meta:
        verbose_name = _("closing date of a language")
        verbose_name_plural = _("closing dates of languages")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "language"],
                name="languageclosing_once",
                violation_error_message=_("This language has its date already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.language}"

    @property
    def language_name(self) -> str:
        """The language, as the reader calls it."""
        return language_name(self.language)


class DateChange(models.Model):
    """Somebody closed a consultation early or extended it, and said why; rows are only ever added."""

    class Kind(models.TextChoices):
        """What was done."""

        EARLY = "early", _("closed early")
        EXTENDED = "extended", _("extended")

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="date_changes", verbose_name=_("consultation")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    comments_in = models.CharField(
        _("comments in"),
        max_length=12,
        blank=True,
        help_text=_("A language; empty: all that have no date of their own."),
    )
    before = models.DateTimeField(_("before"))
    after = models.DateTimeField(_("after"))
    note = models.CharField(_("public note"), max_length=500)
    language = models.CharField(_("language of the note"), max_length=12, choices=settings.LANGUAGES, default="en")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("change of dates")
        verbose_name_plural = _("changes of dates")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="datechange_says_why"),
            models.CheckConstraint(
                condition=Q(kind="early", after__lt=F("before")) | Q(kind="extended", after__gt=F("before")),
                name="datechange_is_what_it_says",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.get_kind_display()}"

    @property
    def comments_in_name(self) -> str:
        """The language whose comments it is about, as the reader calls it, or nothing."""
        return language_name(self.comments_in) if self.comments_in else ""

    @property
    def dir(self) -> str:
        """The direction of the note."""
        return direction(self.language)
