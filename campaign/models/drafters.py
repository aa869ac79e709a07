"""Who drafted a deliverable."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.models import Organisation
from campaign.models.deliverables import Deliverable
from publishing.languages import PublishableTranslated
from publishing.models import Text, one_text_per_language
from publishing.publication import published_has_time


class Drafter(PublishableTranslated):
    """A member of a deliverable's working group; the text's title is the name, its summary what they did."""

    publication_parent = "deliverable"

    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, related_name="drafters", verbose_name=_("deliverable")
    )
    slug = models.SlugField(_("slug"), unique=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="drafters",
        verbose_name=_("organisation"),
        help_text=_("Named only while its profile is public."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("member of a working group")
        verbose_name_plural = _("working groups")
        ordering = ["position", "slug"]
        constraints = [published_has_time("drafter_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the member's place on the deliverable's page."""
        return f"{self.deliverable.get_absolute_url()}#drafter-{self.slug}"


class DrafterText(Text):
    """A drafter's name and part in the work."""

    parent_field = "drafter"

    drafter = models.ForeignKey(
        Drafter, models.CASCADE, related_name="texts", verbose_name=_("member of a working group")
    )

    class Meta(Text.Meta):
        verbose_name = _("text about a member of a working group")
        verbose_name_plural = _("texts about members of working groups")
        constraints = [one_text_per_language("drafter", "draftertext_language")]
