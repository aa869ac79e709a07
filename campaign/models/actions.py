"""What became of a deliverable: examples of good practice, and the actions of its plan."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.models import Organisation
from campaign.models.deliverables import Deliverable
from publishing.languages import LanguageRow, PublishableTranslated, place_name
from publishing.models import Text, one_text_per_language
from publishing.places import validate_country
from publishing.publication import published_has_time


class GoodPractice(PublishableTranslated):
    """An example of a deliverable put into practice: who, where, what, with which evidence."""

    publication_parent = "deliverable"

    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, related_name="good_practices", verbose_name=_("deliverable")
    )
    slug = models.SlugField(_("slug"), unique=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="good_practices",
        verbose_name=_("organisation"),
        help_text=_("Named only while its profile is public."),
    )
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[validate_country])
    evidence_url = models.URLField(_("link to the evidence"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("example of good practice")
        verbose_name_plural = _("examples of good practice")
        ordering = ["position", "slug"]
        constraints = [published_has_time("goodpractice_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the example's place on the deliverable's page."""
        return f"{self.deliverable.get_absolute_url()}#practice-{self.slug}"

    @property
    def exposes(self) -> bool:
        """Whether naming its country could: an organisation at risk is seen by its region alone."""
        return self.organisation is not None and self.organisation.region_only

    @property
    def country_name(self) -> str:
        """The country as the reader calls it, only the region where the country could expose people, or nothing."""
        if self.organisation is not None and self.exposes:
            return self.organisation.region_name
        return place_name(self.country) if self.country else ""


class GoodPracticeText(Text):
    """What was done (title, summary, text), by whom, where, and what shows that it worked."""

    parent_field = "practice"

    practice = models.ForeignKey(
        GoodPractice, models.CASCADE, related_name="texts", verbose_name=_("example of good practice")
    )
    who = models.CharField(
        _("who"), max_length=200, help_text=_("A name only where its bearer agreed to it in public.")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    evidence = models.CharField(_("evidence"), max_length=400, blank=True)

    class Meta(Text.Meta):
        verbose_name = _("text of an example")
        verbose_name_plural = _("texts of examples")
        constraints = [one_text_per_language("practice", "goodpracticetext_language")]


class Action(PublishableTranslated):
    """A line of a deliverable's action plan."""

    publication_parent = "deliverable"

    class Progress(models.TextChoices):
        """How far it is; that it is late follows from the date."""

        PLANNED = "planned", _("planned")
        UNDER_WAY = "under-way", _("under way")
        DONE = "done", pgettext_lazy("action", "done")
        DROPPED = "dropped", _("dropped")

    LATE = ("late", _("late"))
    AHEAD = (Progress.PLANNED, Progress.UNDER_WAY)

    deliverable = models.ForeignKey(Deliverable, models.PROTECT, related_name="actions", verbose_name=_("deliverable"))
    slug = models.SlugField(_("slug"), unique=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("organisation that owns it"),
        help_text=_("Named only while its profile is public; other owners stand in the texts."),
    )
    due = models.DateField(_("due"))
    progress = models.CharField(_("progress"), max_length=12, choices=Progress.choices, default=Progress.PLANNED)
    evidence_url = models.URLField(_("link to the evidence"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = pgettext_lazy("action plan", "action")
        verbose_name_plural = _("action plans")
        ordering = ["due", "position", "slug"]
        constraints = [published_has_time("action_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the action's row in the plan."""
        return f"{self.deliverable.get_absolute_url()}#action-{self.slug}"

    def is_late(self, today: date | None = None) -> bool:
        """Whether it should be finished by now."""
        return self.progress in self.AHEAD and self.due < (today or timezone.localdate())


class ActionText(Text):
    """What is to be done, who answers for it, and what shows that it was done."""

    parent_field = "action"

    action = models.ForeignKey(
        Action, models.CASCADE, related_name="texts", verbose_name=pgettext_lazy("action plan", "action")
    )
    owner = models.CharField(_("owner"), max_length=200, blank=True)
    evidence = models.CharField(_("evidence"), max_length=400, blank=True)

    class Meta(Text.Meta):
        verbose_name = _("text of an action")
        verbose_name_plural = _("texts of actions")
        constraints = [one_text_per_language("action", "actiontext_language")]


class ActionUpdate(LanguageRow):
    """What was reported of an action on one day."""

    parent_field = "action"

    action = models.ForeignKey(
        Action, models.CASCADE, related_name="updates", verbose_name=pgettext_lazy("action plan", "action")
    )
    day = models.DateField(_("day"))
    note = models.CharField(_("what was reported"), max_length=600)

    class Meta(LanguageRow.Meta):
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["-day", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "day", "language"],
                name="actionupdate_day_language",
                violation_error_message=_("There is an update of this day in this language already."),
            ),
            models.CheckConstraint(condition=~Q(note=""), name="actionupdate_says_something"),
        ]
