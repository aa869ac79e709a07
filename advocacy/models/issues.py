"""The problems that members share, and what the portal holds about them elsewhere."""

from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factsheets.models import Figure
from publishing.languages import PublishableTranslated
from publishing.models import LONGEST, ParagraphKey, Text, one_text_per_language
from publishing.publication import published_has_time


class Issue(PublishableTranslated):
    """A problem that members share."""

    slug = models.SlugField(_("slug"), unique=True)
    figures = models.ManyToManyField(Figure, related_name="issues", blank=True, verbose_name=_("figures"))
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
    """What an issue is and how it shows (the body), and what members do about it."""

    parent_field = "issue"
    parts = ("response",)
    not_in_lists: ClassVar[tuple[str, ...]] = (*Text.not_in_lists, "response", "response_html")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="texts", verbose_name=_("shared issue"))
    response = models.TextField(_("what members do about it"), blank=True, validators=[MaxLengthValidator(LONGEST)])
    response_html = models.TextField(editable=False, default="")

    class Meta(Text.Meta):
        verbose_name = _("issue text")
        verbose_name_plural = _("issue texts")
        constraints = [one_text_per_language("issue", "issuetext_language")]


class IssueParagraph(models.Model):
    """A paragraph of a deliverable that speaks of an issue; it is followed from version to version."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="paragraphs", verbose_name=_("shared issue"))
    key = models.ForeignKey(ParagraphKey, models.PROTECT, related_name="issues")

    class Meta:
        verbose_name = _("paragraph about an issue")
        verbose_name_plural = _("paragraphs about issues")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "key"], name="issueparagraph_once")]

    def __str__(self) -> str:
        return str(self.issue)
