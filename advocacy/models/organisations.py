"""The members of the network."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from advocacy.models.issues import Issue
from factsheets.models import KeyPopulation
from publishing.languages import PublishableTranslated, direction, language_name, place_name, validate_language_code
from publishing.models import LONGEST, Picture, Text, one_text_per_language
from publishing.places import REGION_OF, validate_country, validate_place
from publishing.publication import published_has_time


@dataclass(frozen=True)
class Name:
    """What an organisation is called, and in which language."""

    text: str
    language: str

    @property
    def dir(self) -> str:
        """Its direction."""
        return direction(self.language)


class Organisation(PublishableTranslated):
    """A civil-society organisation in the network."""

    # What else tells where it is, or who: whoever keeps such things adds what makes them follow the listing.
    when_hidden: "ClassVar[list[Callable[[Organisation], None]]]" = []

    # To correct what it says of itself must not undo that it hides: no older state of these comes back.
    never_restored = ("listing", "contact_shown", "state", "published_at", "left")

    class Size(models.TextChoices):
        """How many people work in it, roughly: exact numbers could tell who is meant."""

        SMALL = "small", _("small: up to 10 people")
        MEDIUM = "medium", _("medium: 11 to 50 people")
        LARGE = "large", _("large: more than 50 people")

    class Listing(models.TextChoices):
        """How much of it the public may know."""

        COUNTRY = "country", _("listed with its country")
        REGION = "region", _("listed with its region only")
        UNLISTED = "unlisted", _("known to the secretariat, not listed")

    class Service(models.TextChoices):
        """What it offers."""

        TESTING = "testing", _("HIV testing")
        TREATMENT = "treatment", _("treatment and adherence")
        PREVENTION = "prevention", _("condoms, PrEP and PEP")
        HARM_REDUCTION = "harm-reduction", _("harm reduction")
        TUBERCULOSIS = "tuberculosis", _("tuberculosis and hepatitis")
        HEALTH = "health", _("other health care")
        PEER_SUPPORT = "peer-support", _("peer and psychosocial support")
        LEGAL_AID = "legal-aid", _("legal aid")
        HOUSING = "housing", _("housing and shelter")
        RELEASE = "release", _("support after release")
        TRAINING = "training", _("training")
        MONITORING = "monitoring", _("monitoring and research")
        ADVOCACY = "advocacy", _("advocacy")

    class Contact(models.TextChoices):
        """A piece of its contact, which it may agree to show."""

        PERSON = "person", _("contact person")
        EMAIL = "email", _("e-mail address")
        PHONE = "phone", _("telephone")
        ADDRESS = "address", _("postal address")

    # By these anybody could tell the country.
    TELL_COUNTRY = (Contact.PHONE, Contact.ADDRESS)

    slug = models.SlugField(_("slug"), unique=True)
    own_name = models.CharField(
        _("name in its own language"),
        max_length=200,
        blank=True,
        help_text=_("Where that is none of the portal’s languages, or the name is never translated."),
    )
    own_name_language = models.CharField(
        _("language of that name"), max_length=12, blank=True, validators=[validate_language_code]
    )
    listing = models.CharField(
        _("listing"),
        max_length=8,
        choices=Listing.choices,
        default=Listing.COUNTRY,
        help_text=_(
            "Of an organisation at risk, its country and cities appear nowhere public, or nothing of it does at all."
        ),
    )
    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    region = models.CharField(_("region"), max_length=3, editable=False, validators=[validate_place])
    cities = ArrayField(models.CharField(max_length=80), verbose_name=_("cities"), default=list, blank=True)
    languages = ArrayField(
        models.CharField(max_length=12, validators=[validate_language_code]),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    populations = models.ManyToManyField(
        KeyPopulation, related_name="organisations", blank=True, verbose_name=_("key populations")
    )
    services = ArrayField(
        models.CharField(max_length=16, choices=Service.choices), verbose_name=_("services"), default=list, blank=True
    )
    issues = models.ManyToManyField(Issue, related_name="organisations", blank=True, verbose_name=_("shared issues"))
    founded = models.PositiveSmallIntegerField(
        _("founded"), null=True, blank=True, validators=[MinValueValidator(1800), MaxValueValidator(2100)]
    )
    size = models.CharField(_("size"), max_length=8, choices=Size.choices, blank=True)
    site = models.URLField(_("site"), blank=True)
    logo = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("logo")
    )
    contact_person = models.CharField(_("contact person"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_address = models.CharField(_("postal address"), max_length=300, blank=True)
    contact_shown = ArrayField(
        models.CharField(max_length=8, choices=Contact.choices),
        verbose_name=_("contact that it agreed to show"),
        default=list,
        blank=True,
    )
    joined = models.DateField(_("joined"), null=True, blank=True)
    left = models.DateField(_("left"), null=True, blank=True)
    checked = models.DateField(_("profile checked"), null=True, blank=True)
    # When, and how often since it is due, its people were reminded.
    reminded_at = models.DateTimeField(_("reminded to check it"), null=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]
        indexes = [GinIndex(fields=["services"], name="organisation_services")]
        constraints = [
            published_has_time("organisation_published_at"),
            models.CheckConstraint(
                condition=~Q(listing="unlisted") | ~Q(state="published"),
                name="organisation_unlisted_is_not_public",
                violation_error_message=_("An organisation that is not listed cannot be published."),
            ),
            models.CheckConstraint(
                condition=Q(left__isnull=True) | ~Q(state="published"),
                name="organisation_left_is_not_public",
                violation_error_message=_("An organisation that has left cannot be published."),
            ),
            models.CheckConstraint(
                condition=Q(own_name="") | ~Q(own_name_language=""),
                name="organisation_own_name_has_language",
                violation_error_message=_("Say which language that name is in."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def derive(self) -> None:
        """Keep the region the one that the country lies in. Whoever saves many rows at once calls it for each."""
        self.region = REGION_OF.get(self.country, "001")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Find the region, then save; where the country may not be known, whatever else tells it follows."""
        self.derive()
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.follow_listing()

    def follow_listing(self) -> None:
        """Have what is kept of it elsewhere tell no more of it than its listing allows."""
        if self.region_only:
            for follow in self.when_hidden:
                follow(self)

    def get_absolute_url(self) -> str:
        """Return the profile page."""
        return reverse("organisation", args=[self.slug])

    @property
    def region_only(self) -> bool:
        """Whether its country appears nowhere public."""
        return self.listing != self.Listing.COUNTRY

    @property
    def place_name(self) -> str:
        """The country, or only the region where the country could expose people."""
        return place_name(self.region if self.region_only else self.country)

    @property
    def region_name(self) -> str:
        """The region, as the reader calls it."""
        return place_name(self.region)

    @property
    def public_cities(self) -> list[str]:
        """The cities it may be seen in."""
        return [] if self.region_only else self.cities

    @property
    def public_contact(self) -> dict[str, str]:
        """What it agreed to show of its contact, by its kind; nothing empty, and nothing that tells a country."""
        shown = [kind for kind in self.contact_shown if not (self.region_only and kind in self.TELL_COUNTRY)]
        values = {kind: str(getattr(self, f"contact_{kind}")) for kind in shown}
        return {kind: value for kind, value in values.items() if value}

    @property
    def shown_contact(self) -> list[dict[str, str]]:
        """The same for its page: what each is called, its value, and where it leads."""
        return [
            {
                "label": capfirst(str(self.Contact(kind).label)),
                "value": value,
                "url": f"mailto:{quote(value, safe='@')}" if kind == self.Contact.EMAIL else "",
            }
            for kind, value in self.public_contact.items()
        ]

    @property
    def service_names(self) -> list[str]:
        """What it offers, in the order in which all services stand."""
        return [str(kind.label) for kind in self.Service if kind in self.services]

    @property
    def own_name_dir(self) -> str:
        """The direction of its name in its own language."""
        return direction(self.own_name_language)

    @property
    def other_names(self) -> list[Name]:
        """What else it is called: in its own language, in those it works in, in English. Needs its `all_names`."""
        names = [Name(self.own_name, self.own_name_language)] if self.own_name else []
        theirs = {"en", *self.languages}
        texts = [text for text in self.all_names if text.language in theirs and text.pk != self.text.pk]  # type: ignore[attr-defined] # set by the view
        return [*names, *(Name(text.title, text.language) for text in texts if text.title != self.text.title)]

    @property
    def language_names(self) -> list[str]:
        """The languages it works in, as the reader calls them."""
        return [language_name(code) for code in self.languages]


class OrganisationText(Text):
    """An organisation in one language: its name, its introduction (the body), and what it told the network."""

    parent_field = "organisation"
    parts = ("pressing", "achievements", "hopes")
    not_in_lists: ClassVar[tuple[str, ...]] = (
        *Text.not_in_lists,
        *("pressing", "pressing_html", "achievements", "achievements_html", "hopes", "hopes_html"),
    )

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="texts", verbose_name=_("organisation")
    )
    pressing = models.TextField(_("most pressing issues"), blank=True, validators=[MaxLengthValidator(LONGEST)])
    pressing_html = models.TextField(editable=False, default="")
    achievements = models.TextField(_("achievements"), blank=True, validators=[MaxLengthValidator(LONGEST)])
    achievements_html = models.TextField(editable=False, default="")
    hopes = models.TextField(_("hopes for the network"), blank=True, validators=[MaxLengthValidator(LONGEST)])
    hopes_html = models.TextField(editable=False, default="")

    class Meta(Text.Meta):
        verbose_name = _("organisation text")
        verbose_name_plural = _("organisation texts")
        constraints = [one_text_per_language("organisation", "organisationtext_language")]
