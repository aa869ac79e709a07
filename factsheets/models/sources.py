"""Sources in which figures were read."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factsheets.models.asked import Asked, AskedQuerySet
from publishing.history import History

# What a source's date may be.
DATE = _("Write a year, or a day as 2024-03-11.")


def validate_date(written: str) -> None:
    """Refuse a month or a day that is in no calendar."""
    try:
        date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError as error:
        raise ValidationError(DATE) from error


class Source(Asked):
    """Where a figure was read."""

    asked = ("address", "archived")

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title"), max_length=300)
    author = models.CharField(_("published by"), max_length=200)
    quoted_from = models.CharField(
        _("quoted from"),
        max_length=200,
        blank=True,
        help_text=_("Whose figure it is, where this page only quotes it."),
    )
    date = models.CharField(
        _("date"),
        max_length=10,
        blank=True,
        validators=[validate_date],
        help_text=_("A year, or a day as 2024-03-11."),
    )
    address = models.URLField(_("address"), max_length=500)
    archived = models.URLField(_("archived copy"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)
    checked = models.DateField(_("last checked"), null=True, blank=True)

    objects = AskedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["author", "date", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(address=""), name="source_has_address"),
            models.CheckConstraint(
                condition=Q(date="") | Q(date__regex=r"^\d{4}(-\d\d(-\d\d)?)?$"),
                name="source_date",
                violation_error_message=DATE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.title}"

    @property
    def short(self) -> str:
        """Who published it, on whose word, and when: what stands under a figure."""
        who = self.author
        if self.quoted_from:
            who = gettext("%(original)s, quoted by %(author)s") % {
                "original": self.quoted_from,
                "author": self.author,
            }
        if not self.date:
            return gettext("%(author)s, undated") % {"author": who}
        return gettext("%(author)s, %(year)s") % {"author": who, "year": self.date[:4]}
