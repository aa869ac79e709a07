"""The campaign, who advises it, and the pages about the portal."""

from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.languages import PublishableTranslated, place_name
from publishing.models import Picture, Text, one_text_per_language
from publishing.places import validate_country
from publishing.publication import State, published_has_time


class Campaign(PublishableTranslated):
    """The campaign that the portal serves; one is public at a time."""

    slug = models.SlugField(_("slug"), unique=True)
    starts = models.DateField(_("starts"), null=True, blank=True)
    video_url = models.URLField(
        _("address of the video"),
        blank=True,
        validators=[URLValidator(schemes=["https"], message=_("Enter an address that begins with https://."))],
        help_text=_("A page on another site. Readers get a link; nothing is loaded from there."),
    )
    video_still = models.ForeignKey(
        Picture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("still picture of the video"),
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            published_has_time("campaign_published_at"),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=State.PUBLISHED),
                name="campaign_one_published",
                violation_error_message=_("Another campaign is published; withdraw it first."),
            ),
            models.CheckConstraint(
                condition=Q(video_url="") | Q(video_url__startswith="https://"),
                name="campaign_video_https",
                violation_error_message=_("Enter an address that begins with https://."),
            ),
            models.CheckConstraint(
                condition=Q(video_still__isnull=True) | ~Q(video_url=""),
                name="campaign_still_of_a_video",
                violation_error_message=_("Give the address of the video that the still picture is from."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the campaign's page."""
        return reverse("campaign")

    @property
    def video_host(self) -> str:
        """The site that the video is on, for readers to know whom they visit."""
        return (urlsplit(self.video_url).hostname or "").removeprefix("www.")


class CampaignText(Text):
    """What the campaign is for."""

    parent_field = "campaign"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="texts", verbose_name=_("campaign"))
    video_title = models.CharField(_("title of the video"), max_length=200, blank=True)

    class Meta(Text.Meta):
        verbose_name = _("campaign text")
        verbose_name_plural = _("campaign texts")
        constraints = [one_text_per_language("campaign", "campaigntext_language")]


class AdvisoryMember(PublishableTranslated):
    """A member of the advisory group; the text's title is the name, its body the bio."""

    publication_parent = "campaign"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="advisory_members", verbose_name=_("campaign"))
    slug = models.SlugField(_("slug"), unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[validate_country])
    picture = models.ForeignKey(
        Picture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="advisory_members",
        verbose_name=_("picture"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("advisory-group member")
        verbose_name_plural = _("advisory group")
        ordering = ["position", "slug"]
        constraints = [published_has_time("advisorymember_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the member's place on the group's page."""
        return f"{reverse('advisory-group')}#{self.slug}"

    @property
    def country_name(self) -> str:
        """The country, as the reader calls it, or nothing."""
        return place_name(self.country) if self.country else ""


class AdvisoryMemberText(Text):
    """A member's name and bio; the summary is the role in the group."""

    parent_field = "member"

    member = models.ForeignKey(
        AdvisoryMember, models.CASCADE, related_name="texts", verbose_name=_("advisory-group member")
    )

    class Meta(Text.Meta):
        verbose_name = _("member's text")
        verbose_name_plural = _("members' texts")
        constraints = [one_text_per_language("member", "advisorymembertext_language")]


class Page(PublishableTranslated):
    """A page about the portal: privacy, accessibility, taking part."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("page about the portal")
        verbose_name_plural = _("pages about the portal")
        ordering = ["position", "slug"]
        constraints = [published_has_time("page_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the page's address."""
        return reverse("about", args=[self.slug])


class PageText(Text):
    """A page's text in one language."""

    parent_field = "page"

    page = models.ForeignKey(Page, models.CASCADE, related_name="texts", verbose_name=_("page"))

    class Meta(Text.Meta):
        verbose_name = _("page text")
        verbose_name_plural = _("page texts")
        constraints = [one_text_per_language("page", "pagetext_language")]
