"""Key populations and their factsheets."""

from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factsheets.models.following import Follows
from publishing.languages import LanguageRow, PublishableTranslated, Translated, TranslatedQuerySet
from publishing.models import Picture, Rendered, Text, one_text_per_language, search_vector
from publishing.pdf.designed import DesignedPdfField
from publishing.publication import published_has_time


class KeyPopulation(Translated):
    """People whom health services leave behind."""

    slug = models.SlugField(
        _("slug"), unique=True, help_text=_("Addresses of lists show it, so let it name no people: safety-at-work.")
    )
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
    """The evidence on one key population, which holds the figures."""

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
        constraints = [
            published_has_time("factsheet_published_at"),
            models.CheckConstraint(
                condition=~Q(slug="compare"),
                name="factsheet_slug_free",
                violation_error_message=_("The comparisons stand at the address “compare”: choose another slug."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the factsheet's page."""
        return reverse("factsheet", args=[self.slug])


class FactsheetText(Text, Follows):
    """A factsheet in one language: its overview is the body, the rest are sections."""

    parent_field = "factsheet"
    references = True

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
    TARGET = "target-population", _("Target population")
    PARTNERS = "partners", _("Partners")
    ACHIEVEMENTS = "achievements", _("Achievements")
    CONTACT = "contact", _("Contact")
    UNKNOWN = "not-known", _("What is not known")
    OTHER = "other", _("Other")


class SectionQuerySet(TranslatedQuerySet["Section"]):
    """Sections of factsheets."""

    def with_pictures(self) -> Self:
        """Fetch the text and the picture of each, as pages show them."""
        pictures = Prefetch("picture", Picture.objects.with_text())
        return self.with_text("plain").prefetch_related(pictures)


class Section(Translated):
    """One part of a factsheet, in the same place in every language."""

    factsheet = models.ForeignKey(Factsheet, models.CASCADE, related_name="sections", verbose_name=_("factsheet"))
    kind = models.CharField(_("kind"), max_length=20, choices=SectionKind.choices)
    position = models.PositiveSmallIntegerField(_("position"))
    picture = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="sections", verbose_name=_("picture")
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["factsheet", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["factsheet", "position"], name="section_position", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return f"{self.factsheet}: {self.get_kind_display()}"

    @classmethod
    def public_q(cls, prefix: str = "") -> Q:
        """Return the rule: its factsheet is public, and there is something to read."""
        return super().public_q(prefix) & Factsheet.public_q(f"{prefix}factsheet__")

    @property
    def anchor(self) -> str:
        """Its id on the factsheet's page."""
        return f"section-{self.position}"


class SectionText(Rendered, LanguageRow, Follows):
    """A section in one language."""

    parent_field = "section"
    references = True
    translated_fields = ("heading", "body")
    never_shown: ClassVar[tuple[str, ...]] = ("search",)
    not_in_lists: ClassVar[tuple[str, ...]] = ("body", "body_html", "plain")

    section = models.ForeignKey(Section, models.CASCADE, related_name="texts", verbose_name=_("section"))
    heading = models.CharField(_("heading"), max_length=200)
    search = search_vector("language", a="heading", b="heading", c="plain")

    class Meta(LanguageRow.Meta):
        verbose_name = _("section text")
        verbose_name_plural = _("section texts")
        indexes = [GinIndex(fields=["search"], name="sectiontext_search")]
        constraints = [one_text_per_language("section", "sectiontext_language")]
