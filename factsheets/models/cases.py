"""Cases: where something was done, when, and what."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factsheets.models.factsheets import Factsheet
from factsheets.models.following import Follows
from factsheets.models.sources import Source
from publishing.dates import validate_year
from publishing.languages import Translated, TranslatedQuerySet
from publishing.models import Text, one_text_per_language
from publishing.places import validate_place


class Case(Translated):
    """An approach as somebody took it, at one place; it stands with its factsheet's approaches."""

    slug = models.SlugField(_("slug"), unique=True)
    factsheet = models.ForeignKey(Factsheet, models.CASCADE, related_name="cases", verbose_name=_("factsheet"))
    place = models.CharField(_("place"), max_length=3, validators=[validate_place])
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1981), validate_year]
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="cases", verbose_name=_("source"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = TranslatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["factsheet", "position", "slug"]

    def __str__(self) -> str:
        return self.slug

    @classmethod
    def public_q(cls, prefix: str = "") -> Q:
        """Return the rule: its factsheet is public, and there is something to read."""
        return super().public_q(prefix) & Factsheet.public_q(f"{prefix}factsheet__")


class CaseText(Text, Follows):
    """What was done, in one language."""

    parent_field = "case"
    references = True
    translated_fields = ("title", "body")

    case = models.ForeignKey(Case, models.CASCADE, related_name="texts", verbose_name=_("case"))

    class Meta(Text.Meta):
        verbose_name = _("case text")
        verbose_name_plural = _("case texts")
        constraints = [one_text_per_language("case", "casetext_language")]
