"""News of the network and the campaign."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.models.events import Event
from publishing.languages import PublishableTranslated
from publishing.models import Picture, Text, one_text_per_language
from publishing.publication import published_has_time


class News(PublishableTranslated):
    """A piece of news."""

    slug = models.SlugField(_("slug"), unique=True)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="news", verbose_name=_("event")
    )
    picture = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="news", verbose_name=_("picture")
    )

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ["-published_at", "slug"]
        constraints = [published_has_time("news_published_at")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the page of this piece of news."""
        return reverse("news", args=[self.slug])


class NewsText(Text):
    """A piece of news in one language."""

    parent_field = "news"

    news = models.ForeignKey(News, models.CASCADE, related_name="texts", verbose_name=_("news"))

    class Meta(Text.Meta):
        verbose_name = _("news text")
        verbose_name_plural = _("news texts")
        constraints = [one_text_per_language("news", "newstext_language")]
