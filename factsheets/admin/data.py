"""Admin of the data: figures and their sources."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from factsheets.figure_views import figure_context, with_all
from factsheets.models import Figure, FigureText, Source
from publishing.admin import PortalAdmin, PublishableAdmin, TranslatedAdmin, text_inline


@admin.register(Source)
class SourceAdmin(PortalAdmin):
    """Sources of figures."""

    list_display = ("title", "author", "quoted_from", "date", "checked", "figures")
    list_filter = ("checked", "author")
    search_fields = ("code", "title", "author", "quoted_from", "address")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the figures."""
        return super().get_queryset(request).annotate(figure_count=Count("figures"))

    @admin.display(description=_("figures"), ordering="figure_count")
    def figures(self, source: Any) -> int:
        """Return how many figures were read there."""
        return int(source.figure_count)


@admin.register(Figure)
class FigureAdmin(TranslatedAdmin, PublishableAdmin):
    """Figures."""

    list_display = ("code", "title", "display", "population", "place", "year", "state", "published_at")
    list_filter = ("state", "indicator", "population", "unit", "published_at")
    search_fields = ("code", "texts__label", "source__title", "source__author")
    list_select_related = ("population",)
    autocomplete_fields = ("source",)
    inlines = (text_inline(FigureText, "language", "ready", "label", "comparison", "note"),)
    text_title = "label"
    preview_template = "factsheets/figure.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch what its page shows."""
        return with_all(rows)

    def preview_context(self, thing: Figure) -> dict[str, Any]:
        """Show its page, without its history."""
        return figure_context(thing)
