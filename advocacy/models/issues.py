"""The problems that members share."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.languages import PublishableTranslated
from publishing.models import Text, one_text_per_language
from publishing.publication import published_has_time


class Issue(PublishableTranslated):
    """A problem that members share."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("shared issue")
        verbose_name_plural = _("shared issues")
        ordering = ["position", "slug"]
        constraints = [published_has_time("issue_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the issue's page."""
        return reverse("issue", args=[self.slug])


class IssueText(Text):
    """What an issue is, how it shows and what members do."""

    parent_field = "issue"

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="texts", verbose_name=_("shared issue"))

    class Meta(Text.Meta):
        verbose_name = _("issue text")
        verbose_name_plural = _("issue texts")
        constraints = [one_text_per_language("issue", "issuetext_language")]
