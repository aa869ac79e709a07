"""What members share with each other."""

from typing import ClassVar, Self

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.licences import TERMS, Terms
from advocacy.models.issues import Issue
from advocacy.models.organisations import Organisation
from factsheets.models import KeyPopulation
from publishing.languages import PublishableTranslated, TranslatedQuerySet
from publishing.models import LONGEST, Text, one_text_per_language
from publishing.publication import published_has_time


class PracticeQuerySet(TranslatedQuerySet["Practice"]):
    """Practices, by who may read them."""

    def for_members(self) -> Self:
        """What members of the network may read: also what is for them only, and what members not listed share."""
        return self.filter(Practice.members_q())


class Practice(PublishableTranslated):
    """A method or a data set that a member shares."""

    publication_parent = "organisation"
    # No older state of it makes public again what is for members only, or withdrawn.
    never_restored = ("audience", "state", "published_at")

    class Kind(models.TextChoices):
        """What is shared."""

        METHOD = "method", _("method")
        DATA_SET = "data-set", _("data set")

    class Audience(models.TextChoices):
        """Who may read it."""

        PUBLIC = "public", _("everybody")
        MEMBERS = "members", _("members of the network only")

    class Licence(models.TextChoices):
        """On what terms others may use what is written and attached."""

        CC_BY = "cc-by", "CC BY 4.0"
        CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
        CC_BY_NC = "cc-by-nc", "CC BY-NC 4.0"
        CC0 = "cc0", "CC0 1.0"
        ASK = "ask", _("ask before using it")

    slug = models.SlugField(_("slug"), unique=True)
    audience = models.CharField(_("for whom"), max_length=8, choices=Audience.choices, default=Audience.PUBLIC)
    licence = models.CharField(_("licence"), max_length=8, choices=Licence.choices, default=Licence.ASK)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="practices", verbose_name=_("organisation")
    )
    populations = models.ManyToManyField(
        KeyPopulation, related_name="practices", blank=True, verbose_name=_("key populations")
    )
    issues = models.ManyToManyField(Issue, related_name="practices", blank=True, verbose_name=_("shared issues"))
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1981), MaxValueValidator(2100)]
    )
    # Of what a member begins to share, and has not sent yet: when, and with which form, which counts once.
    begun_at = models.DateTimeField(null=True, editable=False)
    begun_key = models.UUIDField(null=True, unique=True, editable=False)

    objects = PracticeQuerySet.as_manager()  # type: ignore[misc] # narrower than the base's

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["slug"]
        constraints = [published_has_time("practice_published_at")]

    def __str__(self) -> str:
        return self.slug

    @classmethod
    def out_q(cls, prefix: str = "") -> Q:
        """What is for members only is never public."""
        return super().out_q(prefix) & Q(**{f"{prefix}audience": cls.Audience.PUBLIC})

    @classmethod
    def members_q(cls, prefix: str = "") -> Q:
        """Return the rule for members of the network: published, and by a member that has not left."""
        return super().out_q(prefix) & cls.readable_q(prefix) & Q(**{f"{prefix}organisation__left": None})

    def get_absolute_url(self) -> str:
        """Return the practice's page."""
        return reverse("practice", args=[self.slug])

    @property
    def terms(self) -> Terms:
        """What its licence allows."""
        return TERMS[self.licence]

    @property
    def members_url(self) -> str:
        """Return its page for members."""
        return reverse("members-practice", args=[self.slug])

    @property
    def for_members_only(self) -> bool:
        """Whether no visitor may read it."""
        return self.audience == self.Audience.MEMBERS


class PracticeText(Text):
    """A practice in one language: what was done (the body), what came of it, and how to do it again."""

    parent_field = "practice"
    parts = ("results", "evidence", "repeat")
    not_in_lists: ClassVar[tuple[str, ...]] = (
        *Text.not_in_lists,
        *("results", "results_html", "evidence", "evidence_html", "repeat", "repeat_html"),
    )

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="texts", verbose_name=_("practice"))
    setting = models.CharField(_("setting"), max_length=150, blank=True, help_text=_("A prison, a clinic, a street."))
    results = models.TextField(_("results"), blank=True, validators=[MaxLengthValidator(LONGEST)])
    results_html = models.TextField(editable=False, default="")
    evidence = models.TextField(_("evidence"), blank=True, validators=[MaxLengthValidator(LONGEST)])
    evidence_html = models.TextField(editable=False, default="")
    repeat = models.TextField(_("how to repeat it"), blank=True, validators=[MaxLengthValidator(LONGEST)])
    repeat_html = models.TextField(editable=False, default="")

    class Meta(Text.Meta):
        verbose_name = _("practice text")
        verbose_name_plural = _("practice texts")
        constraints = [one_text_per_language("practice", "practicetext_language")]
