"""Key populations and their factsheets."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.history import History
from publishing.languages import PublishableTranslated, Translated, TranslatedQuerySet
from publishing.models import Picture, Rendered, Text, one_text_per_language, search_vector
from publishing.pdf.designed import DesignedPdfField
from publishing.publication import published_has_time


class KeyPopulation(Translated):
    """People whom health services leave behind."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = TranslatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("key population")
        verbose_name_plural = _("key populations")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug


class KeyPopulationText(Text):
    """A population's name, as it calls itself, and who is meant."""

    parent_field = "population"

    population = models.ForeignKey(KeyPopulation, models.CASCADE, related_name="texts")

    class Meta(Text.Meta):
        verbose_name = _("population text")
        verbose_name_plural = _("population texts")
        constraints = [one_text_per_language("population", "populationtext_language")]


class Factsheet(PublishableTranslated):
    """The evidence on one key population; its texts hold the sections, its population the figures."""

    publication_parent = "population"

    slug = models.SlugField(_("slug"), unique=True)
    population = models.OneToOneField(
        KeyPopulation, models.PROTECT, related_name="factsheet", verbose_name=_("key population")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    reviewed = models.DateField(_("last reviewed"), null=True, blank=True)

    class Meta:
        verbose_name = _("factsheet")
        verbose_name_plural = _("factsheets")
        ordering = ["position", "slug"]
        constraints = [published_has_time("factsheet_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the factsheet's page."""
        return reverse("factsheet", args=[self.slug])


class FactsheetText(Text):
    """A factsheet in one language: its overview is the body, the rest are sections."""

    parent_field = "factsheet"

    factsheet = models.ForeignKey(Factsheet, models.CASCADE, related_name="texts", verbose_name=_("factsheet"))
    designed_pdf = DesignedPdfField(_("designed PDF"), help_text=_("Readers get it in place of the generated one."))

    class Meta(Text.Meta):
        verbose_name = _("factsheet text")
        verbose_name_plural = _("factsheet texts")
        constraints = [one_text_per_language("factsheet", "factsheettext_language")]


class SectionKind(models.TextChoices):
    """What a section tells; populations are compared kind by kind."""

    EPIDEMIOLOGY = "epidemiology", _("Epidemiology")
    HUMAN_RIGHTS = "human-rights", _("Human rights")
    BARRIERS = "barriers", _("Barriers to services")
    RESPONSE = "response", _("Response")
    APPROACH = "approach", _("Approaches")
    POLICY = "policy", _("Policy")
    OTHER = "other", _("Other")


class SectionQuerySet(models.QuerySet["Section"]):
    """Sections of factsheets."""

    def public(self) -> Self:
        """Sections of texts that readers may see."""
        return self.filter(Factsheet.public_q("text__factsheet__"), text__ready=True)


class Section(Rendered):
    """One part of a factsheet's text."""

    text = models.ForeignKey(FactsheetText, models.CASCADE, related_name="sections", verbose_name=_("factsheet text"))
    kind = models.CharField(_("kind"), max_length=16, choices=SectionKind.choices)
    position = models.PositiveSmallIntegerField(_("position"))
    heading = models.CharField(_("heading"), max_length=200)
    picture = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="sections", verbose_name=_("picture")
    )
    # Repeats the text's language, because a generated column reads its own row alone; save() keeps it true.
    language = models.CharField(max_length=12, editable=False)
    search = search_vector("language", a="heading", b="heading", c="plain")

    objects = SectionQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["text", "position"]
        indexes = [GinIndex(fields=["search"], name="section_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "position"], name="section_position", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.heading

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the language the same as the text's."""
        self.language = self.text.language
        super().save(*args, **kwargs)
