"""Admin of news."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest

from advocacy.models import DigestMail, News, NewsText, Subscription
from advocacy.views import news as pages
from publishing.admin import PublishableAdmin, TranslatedAdmin, show_unpublished, text_inline


@admin.register(News)
class NewsAdmin(TranslatedAdmin, PublishableAdmin):
    """News."""

    list_display = ("slug", "title", "event", "state", "published_at")
    list_select_related = ("event",)
    autocomplete_fields = ("event", "picture")
    filter_horizontal = ("issues",)
    change_list_template = "admin/advocacy/news_list.html"
    inlines = (text_inline(NewsText),)
    preview_template = "advocacy/news.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Say how many get the digest; of who they are there is nothing to show."""
        confirmed = Subscription.objects.confirmed()
        digest = {
            "languages": list(confirmed.values("language").annotate(count=Count("pk")).order_by("language")),
            "count": confirmed.count(),
            "unconfirmed": Subscription.objects.filter(confirmed_at=None).count(),
            "last": DigestMail.objects.values("month").annotate(count=Count("pk")).order_by("-month").first(),
        }
        return super().changelist_view(request, {"digest": digest, **(extra_context or {})})

    def preview_rows(self, rows: Any) -> Any:
        """Fetch event and picture."""
        return pages.news_rows(rows)

    def preview_context(self, thing: Any) -> dict[str, Any]:
        """Show the picture; the preview has its own links to the other languages."""
        thing.languages = []
        show_unpublished(thing.picture)
        return super().preview_context(thing)
