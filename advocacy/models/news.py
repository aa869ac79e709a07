"""News of the network and the campaign."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.models.changing import Changing
from advocacy.models.events import Event
from advocacy.models.issues import Issue
from publishing.languages import PublishableTranslated
from publishing.models import Picture, Text, one_text_per_language
from publishing.publication import published_has_time


class News(PublishableTranslated):
    """A piece of news."""

    slug = models.SlugField(_("slug"), unique=True)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="news", verbose_name=_("event")
    )
    issues = models.ManyToManyField(Issue, related_name="news", blank=True, verbose_name=_("shared issues"))
    picture = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="news", verbose_name=_("picture")
    )

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ["-published_at", "slug"]
        constraints = [
            published_has_time("news_published_at"),
            models.CheckConstraint(
                condition=~Q(slug="digest"),
                name="news_slug_is_free",
                violation_error_message=_("The address news/digest/ is that of the monthly digest."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the page of this piece of news."""
        return reverse("news", args=[self.slug])


class NewsText(Changing, Text):
    """A piece of news in one language."""

    parent_field = "news"
    noted = ("title", "summary", "body")

    news = models.ForeignKey(News, models.CASCADE, related_name="texts", verbose_name=_("news"))

    class Meta(Text.Meta):
        verbose_name = _("news text")
        verbose_name_plural = _("news texts")
        constraints = [one_text_per_language("news", "newstext_language")]
