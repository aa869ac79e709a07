"""Who signs a deliverable."""

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import Organisation
from campaign.models.deliverables import Deliverable, Version
from publishing.languages import place_name
from publishing.places import validate_country
from publishing.publication import Publishable, PublishableQuerySet, published_has_time

# How long an organisation's confirmation is waited for, and its address kept.
CONFIRM_WITHIN = timedelta(days=7)


class EndorsementState(models.TextChoices):
    """Where an endorsement stands."""

    UNCONFIRMED = "unconfirmed", _("waiting to be confirmed by the organisation")
    PENDING = "pending", _("waiting for a moderator")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("not confirmed in time")


class Capacity(models.TextChoices):
    """As what somebody signs: an organisation of some kind, or a person in some part."""

    CIVIL_SOCIETY = "civil-society", _("civil-society organisation")
    HEALTH_SERVICE = "health-service", _("health service")
    PUBLIC_BODY = "public-body", _("public body")
    PROFESSIONAL_BODY = "professional-body", _("professional association")
    ORGANISATION = "organisation", _("other organisation")
    HEALTH_WORKER = "health-worker", _("health worker")
    RESEARCHER = "researcher", _("researcher")
    ADVOCATE = "advocate", _("advocate or peer worker")
    PERSON = "person", _("other person")


ORGANISATIONS = (
    Capacity.CIVIL_SOCIETY,
    Capacity.HEALTH_SERVICE,
    Capacity.PUBLIC_BODY,
    Capacity.PROFESSIONAL_BODY,
    Capacity.ORGANISATION,
)
PERSONS = tuple(capacity for capacity in Capacity if capacity not in ORGANISATIONS)


class ShownAs(models.TextChoices):
    """How much of a signatory becomes public."""

    NAME = "name", _("by name")
    INITIALS = "initials", _("by initials (persons only)")
    COUNT = "count", _("only in the count")


class EndorsementRefusal(models.TextChoices):
    """Why an endorsement was not published; who signed is told."""

    NOT_GENUINE = "not-genuine", _("We could not make sure that it comes from whom it names.")
    DUPLICATE = "duplicate", _("This organisation has signed before.")
    NO_NAME = "no-name", _("The name is no name.")
    ENDANGERS = "endangers", _("It could put someone in danger.")


class EndorsementQuerySet(PublishableQuerySet["Endorsement"]):
    """Endorsements, by where they stand."""

    def pending(self) -> Self:
        """The moderators' queue, oldest first."""
        return self.filter(state=EndorsementState.PENDING).order_by("received_at", "pk")

    def overdue(self) -> Self:
        """Those that were not confirmed in time, and whose address must go."""
        return self.filter(state=EndorsementState.UNCONFIRMED, received_at__lte=timezone.now() - CONFIRM_WITHIN)

    def named(self) -> Self:
        """Those who agreed to be named, organisations first, each with whether its profile is public."""
        rows = self.exclude(shown_as=ShownAs.COUNT)
        rows = rows.annotate(is_person=Q(capacity__in=PERSONS), in_network=_in_network())
        return rows.select_related("organisation", "version").order_by("is_person", Lower("name"), "pk")


def _in_network() -> Exists:
    return Exists(Organisation.objects.public().filter(pk=OuterRef("organisation")))


class Endorsement(Publishable):
    """An organisation or a person that signs a deliverable.

    It keeps no network address and no device; of a person only what may be shown; of an organisation its address
    until that has served to confirm it. What is refused, withdrawn or not confirmed keeps nothing of anybody.
    """

    public_states = (EndorsementState.PUBLISHED,)
    publication_parent = "deliverable"
    # What tells who signed, and goes with the endorsement.
    personal: ClassVar[dict[str, object]] = {"name": "", "country": "", "email": "", "organisation": None}

    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, related_name="endorsements", verbose_name=_("deliverable")
    )
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="endorsements", verbose_name=_("version"), help_text=_("As signed.")
    )
    capacity = models.CharField(_("kind"), max_length=20, choices=Capacity.choices)
    shown_as = models.CharField(_("shown"), max_length=8, choices=ShownAs.choices)
    name = models.CharField(_("name"), max_length=150, blank=True, help_text=_("Of a person only what is shown."))
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[validate_country])
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="endorsements",
        verbose_name=_("member of the network"),
    )
    email = models.EmailField(_("e-mail address"), blank=True, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)

    state = models.CharField(_("state"), max_length=12, choices=EndorsementState.choices, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    refusal_reason = models.CharField(_("reason"), max_length=16, blank=True, choices=EndorsementRefusal.choices)
    refusal_note = models.CharField(_("note to the author"), max_length=500, blank=True)

    submission_key = models.UUIDField(unique=True, editable=False)
    receipt_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = EndorsementQuerySet.as_manager()  # type: ignore[misc] # narrower than the base's

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        ordering = ["deliverable", "received_at"]
        permissions = [("moderate_endorsement", "Can approve and refuse endorsements")]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(state="pending"), name="endorsement_queue"),
            models.Index(fields=["deliverable"], condition=Q(state="published"), name="endorsement_public"),
        ]
        constraints = [
            published_has_time("endorsement_published_at"),
            models.UniqueConstraint(
                F("deliverable"),
                Lower("name"),
                F("country"),
                condition=Q(state="published", capacity__in=ORGANISATIONS),
                name="endorsement_organisation_signs_once",
                violation_error_message=_("This organisation has signed before."),
            ),
            models.CheckConstraint(
                condition=Q(state="unconfirmed", capacity__in=ORGANISATIONS, organisation__isnull=True) & ~Q(email="")
                | ~Q(state="unconfirmed") & Q(email=""),
                name="endorsement_address_until_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["refused", "withdrawn", "expired"])
                | Q(capacity__in=ORGANISATIONS, shown_as__in=["name", "count"]) & ~Q(name="")
                | Q(capacity__in=PERSONS, shown_as__in=["name", "initials"], organisation__isnull=True) & ~Q(name="")
                | Q(capacity__in=PERSONS, shown_as="count", organisation__isnull=True, name=""),
                name="endorsement_name_as_chosen",
                violation_error_message=_("Say the name under which the endorsement should appear."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn", "expired"])
                | Q(name="", country="", organisation__isnull=True),
                name="endorsement_gone_tells_nothing",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["unconfirmed", "pending", "expired"], decided_at__isnull=True, decided_by__isnull=True
                )
                | Q(state="withdrawn")
                | Q(state__in=["published", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="endorsement_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state="refused", refusal_reason__in=EndorsementRefusal.values)
                | (~Q(state="refused") & Q(refusal_reason="", refusal_note="")),
                name="endorsement_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.pk}"

    @property
    def by_organisation(self) -> bool:
        """Whether it is an organisation that signs."""
        return self.capacity in ORGANISATIONS

    @property
    def country_name(self) -> str:
        """The country it came from, as the reader calls it, or nothing."""
        return place_name(self.country) if self.country else ""

    @property
    def public_country(self) -> str:
        """The country, where it stands beside a full name: beside initials it could tell who is meant."""
        return self.country if self.shown_as == ShownAs.NAME else ""

    @property
    def public_country_name(self) -> str:
        """The same, as the reader calls it."""
        return place_name(self.public_country) if self.public_country else ""


class EndorsementEvent(models.Model):
    """What was done with an endorsement, by whom and when; rows hold nothing of it, and are only ever added.

    Once it is withdrawn or refused, who confirmed it is forgotten: it tells who signed.
    """

    class Action(models.TextChoices):
        """What was done."""

        CONFIRM = "confirm", _("confirmed by the organisation")
        PUBLISH = "publish", _("published")
        REFUSE = "refuse", _("refused")
        WITHDRAW = "withdraw", _("withdrawn with the receipt")
        EXPIRE = "expire", _("not confirmed in time")

    endorsement = models.ForeignKey(Endorsement, models.PROTECT, related_name="events", verbose_name=_("endorsement"))
    action = models.CharField(_("action"), max_length=12, choices=Action.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=16, blank=True, choices=EndorsementRefusal.choices)

    class Meta:
        verbose_name = _("endorsement event")
        verbose_name_plural = _("endorsement events")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=["publish", "refuse"], by__isnull=False)
                | Q(action__in=["withdraw", "expire"], by__isnull=True)
                | Q(action="confirm"),
                name="endorsementevent_has_moderator",
            ),
            models.CheckConstraint(
                condition=~Q(action="refuse") | ~Q(reason=""), name="endorsementevent_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endorsement}: {self.get_action_display()}"
