"""Organisations that ask to join the network."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.models.organisations import Organisation
from comments.models import HoldReason
from publishing.languages import direction, language_name, place_name
from publishing.usertext import as_html


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    PENDING = "pending", _("waiting for the secretariat")
    ACCEPTED = "accepted", pgettext_lazy("of an application", "accepted")
    REFUSED = "refused", pgettext_lazy("of an application", "not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("of an application", "taken back")


class ApplicationCheck(models.TextChoices):
    """What the secretariat makes sure of."""

    REACHABLE = "reachable", _("Somebody answers at the address that was given.")
    KNOWN = "known", _("A member or a partner knows it.")
    WORKS_WITH = "works-with", _("It works with a key population, or with people in prison.")
    NO_CONFLICT = "no-conflict", _("Nobody who decides here has an interest in it.")
    LISTING = "listing", _("It understands what becomes public of it.")


# An organisation where such work is persecuted may be known to nobody: the others are needed.
REQUIRED_CHECKS = tuple(each for each in ApplicationCheck if each != ApplicationCheck.KNOWN)


class ApplicationRefusal(models.TextChoices):
    """Why an application is not accepted; whoever applied is told."""

    NOT_REACHED = "not-reached", _("We could not reach you at the address that you gave.")
    OTHER_WORK = "other-work", _("Your work lies outside of what this network is about.")
    NOT_CIVIL_SOCIETY = "not-civil-society", _("The network is for organisations of civil society.")
    MEMBER_ALREADY = "member-already", _("Your organisation is a member already.")
    NOT_SURE = "not-sure", _("We could not make sure that the application comes from the organisation that it names.")


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, by where they stand."""

    def pending(self) -> Self:
        """The desk's queue, oldest first."""
        return self.filter(state=ApplicationState.PENDING).order_by("received_at", "pk")


class Application(models.Model):
    """An organisation that asks to join. It holds what was typed only while it waits.

    What is accepted stands in the organisation from then on, and of what is refused or taken back nothing is kept.
    Who may be written to is sealed: neither the database nor a copy of it names anybody.
    """

    # What tells who applied, and goes with the decision.
    personal: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(("name", "own_name", "own_name_language", "listing", "country", "size", "site"), ""),
        **dict.fromkeys(("text_language", "summary", "body", "pressing", "achievements", "hopes", "sealed"), ""),
        **{name: [] for name in ("cities", "populations", "issues", "services", "languages", "held_for")},
        "founded": None,
    }

    name = models.CharField(_("name"), max_length=200, blank=True)
    own_name = models.CharField(max_length=200, blank=True)
    own_name_language = models.CharField(max_length=12, blank=True)
    listing = models.CharField(_("listing"), max_length=8, choices=Organisation.Listing.choices, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    cities = ArrayField(models.CharField(max_length=80), default=list)
    # Slugs: what is no longer there when the application is accepted falls away.
    populations = ArrayField(models.SlugField(), default=list)
    issues = ArrayField(models.SlugField(), default=list)
    services = ArrayField(models.CharField(max_length=16, choices=Organisation.Service.choices), default=list)
    languages = ArrayField(models.CharField(max_length=12), default=list)
    founded = models.PositiveSmallIntegerField(null=True)
    size = models.CharField(max_length=8, choices=Organisation.Size.choices, blank=True)
    site = models.URLField(blank=True)
    text_language = models.CharField(max_length=12, choices=settings.LANGUAGES, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    pressing = models.TextField(blank=True)
    achievements = models.TextField(blank=True)
    hopes = models.TextField(blank=True)
    # JSON of the contact person's name and address.
    sealed = models.TextField(blank=True, editable=False)
    held_for = ArrayField(models.CharField(max_length=8, choices=HoldReason.choices), default=list, blank=True)

    # Which language the applicant reads: mails come in it.
    language = models.CharField(max_length=12, choices=settings.LANGUAGES, default="en")
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=ApplicationState.choices, default=ApplicationState.PENDING, editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    refusal_reason = models.CharField(_("reason"), max_length=20, blank=True, choices=ApplicationRefusal.choices)
    refusal_note = models.CharField(_("note"), max_length=500, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("organisation")
    )
    submission_key = models.UUIDField(unique=True, editable=False)
    receipt_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["received_at", "pk"]
        indexes = [models.Index(fields=["received_at"], condition=Q(state="pending"), name="application_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending") & ~Q(name="") & ~Q(sealed="") & ~Q(listing="") & ~Q(country="")
                | ~Q(state="pending")
                & Q(name="", own_name="", own_name_language="", listing="", country="", size="", site="")
                & Q(text_language="", summary="", body="", pressing="", achievements="", hopes="", sealed="")
                & Q(cities=[], populations=[], issues=[], services=[], languages=[], held_for=[])
                & Q(founded__isnull=True),
                name="application_holds_what_waits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "withdrawn"], decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["accepted", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="application_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state="refused", refusal_reason__in=ApplicationRefusal.values)
                | (~Q(state="refused") & Q(refusal_reason="", refusal_note="")),
                name="application_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") | Q(organisation__isnull=True), name="application_joins_when_accepted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def dir(self) -> str:
        """The direction of its texts."""
        return direction(self.text_language)

    @property
    def own_dir(self) -> str:
        """The direction of the name in its own language."""
        return direction(self.own_name_language)

    @property
    def country_name(self) -> str:
        """The country, as the reader calls it."""
        return place_name(self.country)

    @property
    def language_names(self) -> list[str]:
        """The languages it works in, as the reader calls them."""
        return [language_name(code) for code in self.languages]

    @property
    def service_names(self) -> list[str]:
        """What it offers, in words."""
        return [str(Organisation.Service(each).label) for each in self.services]

    @property
    def texts_html(self) -> list[tuple[str, SafeString]]:
        """What it wrote, as typed, under the headings of the profile."""
        named = (
            (_("Introduction"), self.body),
            (_("Most pressing issues"), self.pressing),
            (_("Achievements"), self.achievements),
            (_("Hopes for the network"), self.hopes),
        )
        return [(str(heading), as_html(text)) for heading, text in named if text]


class ApplicationEvent(models.Model):
    """What was done with an application, by whom and when; rows hold nothing of it, and are only ever added."""

    class Action(models.TextChoices):
        """What was done."""

        TICK = "tick", _("made sure")
        UNTICK = "untick", _("no longer sure")
        ACCEPT = "accept", _("accepted")
        REFUSE = "refuse", _("not accepted")
        WITHDRAW = "withdraw", _("taken back with the receipt")

    application = models.ForeignKey(Application, models.PROTECT, related_name="events", verbose_name=_("application"))
    action = models.CharField(_("action"), max_length=12, choices=Action.choices)
    item = models.CharField(_("of what"), max_length=12, choices=ApplicationCheck.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=20, blank=True, choices=ApplicationRefusal.choices)

    class Meta:
        verbose_name = _("application event")
        verbose_name_plural = _("application events")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=["tick", "untick"], by__isnull=False) & ~Q(item="")
                | Q(action__in=["accept", "refuse"], by__isnull=False, item="")
                | Q(action="withdraw", by__isnull=True, item=""),
                name="applicationevent_has_decider",
            ),
            models.CheckConstraint(
                condition=Q(action="refuse") & ~Q(reason="") | ~Q(action="refuse") & Q(reason=""),
                name="applicationevent_refusal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_action_display()}"
