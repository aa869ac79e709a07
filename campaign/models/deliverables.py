"""Deliverables, their numbered versions, and the paragraphs that readers cite."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comments.models import About, Consultation
from publishing.languages import PublishableTranslated, TranslatedQuerySet
from publishing.models import ParagraphKey, Text, one_text_per_language
from publishing.pdf.designed import DesignedPdfField
from publishing.publication import published_has_time


class Deliverable(PublishableTranslated):
    """A document the campaign works on."""

    class Kind(models.TextChoices):
        """What kind of document it is."""

        CODE = "code-of-conduct", _("code of conduct")
        GUIDANCE = "guidance-note", _("guidance note")
        WHITE_PAPER = "white-paper", _("white paper")
        OTHER = "other", _("document")

    slug = models.SlugField(_("slug"), unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["position", "slug"]
        constraints = [published_has_time("deliverable_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the page of the current version."""
        return reverse("deliverable", args=[self.slug])


class DeliverableText(Text):
    """What a deliverable is and whom it is for."""

    parent_field = "deliverable"

    deliverable = models.ForeignKey(Deliverable, models.CASCADE, related_name="texts", verbose_name=_("deliverable"))

    class Meta(Text.Meta):
        verbose_name = _("deliverable text")
        verbose_name_plural = _("deliverable texts")
        constraints = [one_text_per_language("deliverable", "deliverabletext_language")]


class VersionState(models.TextChoices):
    """Where a version stands."""

    DRAFT = "draft", _("draft")
    CONSULTATION = "consultation", _("consultation")
    FINAL = "final", _("final")
    SUPERSEDED = "superseded", _("superseded")


class VersionQuerySet(TranslatedQuerySet["Version"]):
    """Versions, by where they stand."""

    def current(self) -> Self:
        """Of each deliverable the public version with the highest number."""
        newest = Version.objects.public().filter(deliverable=models.OuterRef("deliverable")).order_by("-number")
        return self.public().filter(pk=models.Subquery(newest.values("pk")[:1]))


class Version(PublishableTranslated):
    """One numbered text of a deliverable."""

    public_states = (VersionState.CONSULTATION, VersionState.FINAL, VersionState.SUPERSEDED)
    publication_parent = "deliverable"

    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, related_name="versions", verbose_name=_("deliverable")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    consultation = models.OneToOneField(
        Consultation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="version",
        verbose_name=_("consultation"),
        # A trigger holds this too.
        limit_choices_to={"about": About.VERSION},
    )

    objects = VersionQuerySet.as_manager()  # type: ignore[misc] # narrower than the base's

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["deliverable", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "number"], name="version_number"),
            published_has_time("version_published_at", *("consultation", "final", "superseded")),
            models.CheckConstraint(
                condition=~Q(state="consultation") | Q(consultation__isnull=False),
                name="version_in_consultation_has_one",
                violation_error_message=_("Name the consultation in which it is open for comments."),
            ),
            models.UniqueConstraint(
                fields=["deliverable"],
                condition=Q(state="final"),
                name="version_one_final",
                violation_error_message=_("Another version is final; mark it as superseded first."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.number}"

    def get_absolute_url(self) -> str:
        """Return this version's own address, which keeps when a newer one comes."""
        return reverse("version", args=[self.deliverable.slug, self.number])


class VersionText(Text):
    """A version's text in one language, cut into numbered paragraphs by `campaign.paragraphs`."""

    parent_field = "version"

    version = models.ForeignKey(Version, models.CASCADE, related_name="texts", verbose_name=_("version"))
    designed_pdf = DesignedPdfField(_("designed PDF"), help_text=_("Readers get it in place of the generated one."))

    class Meta(Text.Meta):
        verbose_name = _("version text")
        verbose_name_plural = _("version texts")
        constraints = [one_text_per_language("version", "versiontext_language")]

    # The Markdown of the text that this one translates, where that is being changed together with it.
    original_body: str | None = None

    def clean(self) -> None:
        """Refuse a translation that lacks a paragraph or has one more, unless it is not ready for readers yet."""
        from campaign.translations import difference, original_of

        super().clean()
        if self.ready and self.version_id:
            original = original_of(self)
            body = original.body if original and self.original_body is None else self.original_body
            if body is not None and (told := difference(body, self.body)):
                raise ValidationError({"body": told})

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the text and its paragraphs together. Raises ValidationError as `clean` does."""
        from campaign.paragraphs import number_paragraphs

        self.original_body = None
        self.clean()
        super().save(*args, **kwargs)
        number_paragraphs(self)


class Paragraph(models.Model):
    """A block of a version's text: numbered and keyed, but for headings and notes."""

    class Kind(models.TextChoices):
        """What kind of block it is."""

        HEADING = "heading", _("heading")
        PARAGRAPH = "paragraph", _("paragraph")
        BULLET = "bullet", _("list item")
        STEP = "step", _("numbered list item")
        TABLE = "table", _("table")
        QUOTATION = "quotation", _("quotation")
        NOTES = "notes", _("notes")

    text = models.ForeignKey(VersionText, models.CASCADE, related_name="paragraphs", verbose_name=_("text"))
    position = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(_("number"), null=True)
    key = models.ForeignKey(ParagraphKey, models.PROTECT, null=True, related_name="paragraphs")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    html = models.TextField()
    plain = models.TextField()

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["text", "position"]
        constraints = [
            models.UniqueConstraint(fields=["text", "position"], name="paragraph_position"),
            models.UniqueConstraint(fields=["text", "number"], name="paragraph_number"),
            models.UniqueConstraint(fields=["text", "key"], name="paragraph_key"),
            models.CheckConstraint(
                condition=Q(kind__in=["heading", "notes"], number__isnull=True, key__isnull=True)
                | (~Q(kind__in=["heading", "notes"]) & Q(number__isnull=False, key__isnull=False)),
                name="paragraph_numbered_and_keyed",
            ),
        ]

    def __str__(self) -> str:
        return f"¶ {self.number}" if self.number else self.plain[:60]
