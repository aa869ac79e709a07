"""Figures."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import ExtractYear, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factsheets.models.factsheets import KeyPopulation
from factsheets.models.sources import Source
from factsheets.units import Qualifier, Unit, format_range, format_value, qualify
from publishing.languages import LanguageRow, PublishableTranslated, TranslatedQuerySet, place_name
from publishing.models import ParagraphKey, one_text_per_language, search_vector
from publishing.places import validate_place
from publishing.publication import published_has_time


class Indicator(models.TextChoices):
    """What figures measure; figures of one indicator can be compared."""

    RELATIVE_RISK = "relative-risk", _("Relative risk")
    SHARE = "share-of-new-infections", _("Share of new infections")
    PREVALENCE = "prevalence", _("Prevalence")
    PREVALENCE_RATIO = "prevalence-ratio", _("Prevalence against adults in general")
    LAW = "countries-by-law", _("Countries by law")
    SERVICE = "countries-with-service", _("Countries with a service")
    PEOPLE = "people", _("People")
    ORGANISATIONS = "organisations", _("Organisations")
    MONEY = "money", _("Money")
    TARGET = "target", _("Target")


# After how long somebody should look again whether the source still says so.
CHECKED_EVERY = timedelta(days=365)
# Beside which field a form tells that a rule is broken.
BESIDE = {
    "figure_value_or_range": "value",
    "figure_range_holds_value": "low",
    "figure_not_negative": "value",
    "figure_part_of_whole": "out_of",
    "figure_year_not_to_come": "year",
    "figure_supersedes_another": "superseded_by",
    "figure_published_at": "published_at",
    "figure_code_not_reserved": "code",
}


def superseded() -> Q:
    """Return the condition that a newer public figure supersedes a figure."""
    return Q(superseded_by__in=Figure.objects.public())


class FigureQuerySet(TranslatedQuerySet["Figure"]):
    """Figures."""

    def shown(self) -> Self:
        """Public figures with their texts and sources, as lists show them."""
        return self.public().with_text().select_related("source")

    def with_names(self) -> Self:
        """Fetch with each figure its population's name, and the public figure that supersedes it."""
        populations: Any = KeyPopulation.objects.public().for_list()
        newer: Any = Figure.objects.public()
        return self.prefetch_related(Prefetch("population", populations), Prefetch("superseded_by", newer))

    def current(self) -> Self:
        """Figures that no newer public one supersedes."""
        return self.exclude(superseded())

    def to_check(self) -> Self:
        """Current figures whose source nobody looked at for a year, or ever."""
        return self.current().filter(Q(checked=None) | Q(checked__lte=timezone.localdate() - CHECKED_EVERY))


# An address below that of all figures which is no figure's.
DICTIONARY = "dictionary"


class Figure(PublishableTranslated):
    """A value with unit, range, year, place, comparison and source."""

    code = models.SlugField(
        _("code"),
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9][a-z0-9-]*\Z", _("Write small letters, digits and hyphens only."))],
        help_text=_("Texts name it so; its page’s address shows it, so let it name no people: risk-at-work-2018."),
    )
    indicator = models.CharField(_("indicator"), max_length=24, choices=Indicator.choices)
    population = models.ForeignKey(
        KeyPopulation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("key population"),
        help_text=_("Empty where it is about all of them."),
    )
    place = models.CharField(_("place"), max_length=3, validators=[validate_place], default="001")
    excluding = models.CharField(_("without"), max_length=3, validators=[validate_place], blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1981), MaxValueValidator(2100)]
    )
    value = models.DecimalField(
        _("value"), max_digits=16, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    low = models.DecimalField(
        _("range from"), max_digits=16, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    high = models.DecimalField(_("range to"), max_digits=16, decimal_places=3, null=True, blank=True)
    out_of = models.DecimalField(_("out of"), max_digits=16, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=16, choices=Unit.choices)
    qualifier = models.CharField(_("qualifier"), max_length=12, choices=Qualifier.choices, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="figures", verbose_name=_("source"))
    checked = models.DateField(_("last checked"), null=True, blank=True, help_text=_("Against its source."))
    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
        help_text=_("The newer figure that says the same thing better; this one keeps its address."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # What readers' questions about it point to.
    key = models.OneToOneField(ParagraphKey, models.PROTECT, related_name="figure", editable=False)

    objects = FigureQuerySet.as_manager()  # type: ignore[misc] # narrower than the base's

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["indicator", "position", "code"]
        constraints = [
            published_has_time("figure_published_at"),
            models.CheckConstraint(
                condition=~Q(code=DICTIONARY),
                name="figure_code_not_reserved",
                violation_error_message=_("This code is the address of the data dictionary."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(low__isnull=False, high__isnull=False),
                name="figure_value_or_range",
                violation_error_message=_("Give a value, or a range."),
            ),
            models.CheckConstraint(
                # Asks for what is null by name: a comparison with null is no refusal.
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__isnull=False, high__isnull=False, low__lte=F("high"))
                & (Q(value__isnull=True) | Q(low__lte=F("value"), high__gte=F("value"))),
                name="figure_range_holds_value",
                violation_error_message=_("The range must hold the value."),
            ),
            models.CheckConstraint(
                # No bar can be drawn of less than nothing.
                condition=(Q(value__isnull=True) | Q(value__gte=0)) & (Q(low__isnull=True) | Q(low__gte=0)),
                name="figure_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(out_of__isnull=True) | Q(out_of__gte=F("value")),
                name="figure_part_of_whole",
                violation_error_message=_("The part is larger than the whole."),
            ),
            models.CheckConstraint(
                # A target is set for a year to come.
                condition=Q(year__isnull=True) | Q(indicator="target") | Q(year__lte=ExtractYear(Now())),
                name="figure_year_not_to_come",
                violation_error_message=_("The year has not come yet."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("pk")),
                name="figure_supersedes_another",
                violation_error_message=_("A figure cannot supersede itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Refuse a circle: it would have no figure that is current."""
        seen, newer = {self.pk}, self.superseded_by
        while newer is not None and newer.pk not in seen:
            seen.add(newer.pk)
            newer = newer.superseded_by
        if newer is not None and self.superseded_by != self:
            message = _("A circle: “%(code)s” is itself superseded by this figure.") % {"code": self.superseded_by}
            raise ValidationError({"superseded_by": message})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Tell each broken rule beside the field in which to put it right. Raises ValidationError."""
        errors: dict[str, list[ValidationError]] = {}
        for constraint in self._meta.constraints:
            try:
                constraint.validate(type(self), self, exclude=set(exclude or ()))
            except ValidationError as error:
                errors.setdefault(BESIDE.get(constraint.name, NON_FIELD_ERRORS), []).append(error)
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new figure the key that questions point to."""
        if getattr(self, "key_id", None) is None:
            self.key = ParagraphKey.objects.create()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the figure's own page."""
        return reverse("figure", args=[self.code])

    @property
    def display(self) -> str:
        """The value as the reader writes numbers, or the range where the source gives no value."""
        if self.value is None:
            return self.display_range
        return qualify(format_value(self.value, self.unit), self.qualifier)

    @property
    def display_range(self) -> str:
        """The range as the reader writes it, or nothing."""
        return "" if self.low is None or self.high is None else format_range(self.low, self.high, self.unit)

    @property
    def display_out_of(self) -> str:
        """The whole that the value is part of, or nothing."""
        return format_value(self.out_of, self.unit) if self.out_of is not None else ""

    @property
    def display_place(self) -> str:
        """The place as the reader calls it."""
        name = capfirst(place_name(self.place))
        if self.excluding:
            return gettext("%(place)s, without %(part)s") % {
                "place": name,
                "part": place_name(self.excluding),
            }
        return name


class FigureText(LanguageRow):
    """What a figure measures and against what, in one language."""

    parent_field = "figure"
    never_shown: ClassVar[tuple[str, ...]] = ("search",)

    figure = models.ForeignKey(Figure, models.CASCADE, related_name="texts", verbose_name=_("figure"))
    label = models.CharField(_("what it measures"), max_length=200)
    comparison = models.CharField(_("compared with"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    search = search_vector("language", a="label", b="comparison", c="note")

    class Meta(LanguageRow.Meta):
        verbose_name = _("figure text")
        verbose_name_plural = _("figure texts")
        indexes = [GinIndex(fields=["search"], name="figuretext_search")]
        constraints = [one_text_per_language("figure", "figuretext_language")]
