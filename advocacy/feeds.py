"""News as an Atom feed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from advocacy.models import News
from publishing.xml_text import for_xml


class NewsFeed(Feed[Any, Any]):
    """The latest twenty, in the reader's language where they are translated."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """Return the feed's title."""
        return f"{settings.SITE_NAME}: " + _("News")

    def link(self) -> str:
        """Return the page that the feed follows."""
        return reverse("news-list")

    def feed_url(self) -> str:
        """Return the feed's own address."""
        return reverse("news-feed")

    def items(self) -> QuerySet[News]:
        """Return the latest public news."""
        return News.objects.public().with_text()[:20]

    def item_title(self, item: News) -> str:
        """Return its title."""
        return for_xml(item.text.title)

    def item_description(self, item: News) -> str:
        """Return its text."""
        return for_xml(item.text.body_html)

    def item_pubdate(self, item: News) -> datetime | None:
        """Return when it was published."""
        return item.published_at

    def item_updateddate(self, item: News) -> datetime | None:
        """Return when what it says was last changed, if that was after it was published."""
        changed: datetime | None = item.text.changed_at
        return max(changed, item.published_at) if changed and item.published_at else item.published_at
