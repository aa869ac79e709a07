"""Admin of the evidence: populations, factsheets, their sections, figures, sources, instruments."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factsheets.models import (
    Factsheet,
    FactsheetText,
    Figure,
    FigureText,
    KeyPopulation,
    KeyPopulationText,
    PolicyInstrument,
    PolicyInstrumentText,
    Section,
    Source,
)
from factsheets.views import factsheet_context, figure_groups, section_rows, with_populations, with_sections
from publishing.admin import (
    NothingToShow,
    PortalAdmin,
    PublishableAdmin,
    TextInline,
    TranslatedAdmin,
    show_unpublished,
    take_draft,
    text_inline,
)


@admin.register(KeyPopulation)
class KeyPopulationAdmin(TranslatedAdmin):
    """Key populations."""

    list_display = ("slug", "title", "position")
    inlines = (text_inline(KeyPopulationText),)


class FactsheetTextInline(TextInline):
    """A factsheet's texts; the sections of each have pages of their own, linked here."""

    model = FactsheetText
    fields = (*TextInline.fields, "designed_pdf", "sections")
    readonly_fields = ("sections",)

    @admin.display(description=_("sections"))
    def sections(self, text: FactsheetText) -> str:
        """Link the text's sections, and the form for one more."""
        if text._state.adding:
            return "–"
        add = reverse("admin:factsheets_section_add")
        rows = text.sections.defer("search", "body", "body_html", "plain")
        links = [(reverse("admin:factsheets_section_change", args=[row.pk]), row.heading) for row in rows]
        links.append((f"{add}?text={text.pk}&position={len(links)}", gettext("Add a section")))
        return format_html_join("", '<div><a href="{}">{}</a></div>', links)


@admin.register(Factsheet)
class FactsheetAdmin(TranslatedAdmin, PublishableAdmin):
    """Factsheets."""

    list_display = ("slug", "title", "population", "state", "published_at", "reviewed")
    list_select_related = ("population",)
    inlines = (FactsheetTextInline,)
    preview_template = "factsheets/factsheet.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the population's name."""
        return with_sections(rows)

    def preview_texts(self, thing: Factsheet) -> Any:
        """Fetch the sections."""
        return thing.texts.prefetch_related(section_rows())

    def preview_context(self, thing: Factsheet) -> dict[str, Any]:
        """Show it with its public figures and instruments."""
        for section in thing.text.sections.all():
            show_unpublished(section.picture)
        return factsheet_context(thing)


@admin.register(Section)
class SectionAdmin(PortalAdmin):
    """Sections of factsheets' texts."""

    list_display = ("heading", "factsheet", "language", "kind", "position")
    list_filter = ("kind", "language", "text__factsheet")
    search_fields = ("heading", "text__factsheet__slug")
    ordering = ("text__factsheet__position", "language", "position")
    autocomplete_fields = ("picture",)
    formfield_overrides = TextInline.formfield_overrides

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the list and the form name, without the words."""
        rows = super().get_queryset(request).select_related("text__factsheet")
        return rows.defer("search", "plain", "text__search", "text__body", "text__body_html", "text__plain")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name the texts in one query."""
        if db_field.name == "text":
            kwargs["queryset"] = FactsheetText.objects.select_related("factsheet").order_by(
                "factsheet__position", "language"
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("factsheet"), ordering="text__factsheet__slug")
    def factsheet(self, section: Section) -> str:
        """Return the factsheet that it is a part of."""
        return str(section.text.factsheet)


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
    """Figures; each is previewed as the only row of the public table."""

    list_display = ("code", "title", "display", "population", "place", "year", "state", "published_at")
    list_filter = ("state", "indicator", "population", "unit", "published_at")
    search_fields = ("code", "texts__label", "source__title", "source__author")
    list_select_related = ("population",)
    autocomplete_fields = ("source",)
    inlines = (text_inline(FigureText, "language", "ready", "label", "comparison", "note"),)
    text_title = "label"
    preview_template = "factsheets/figures.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the population's name and the source."""
        return with_populations(rows.select_related("source"))

    def preview_context(self, thing: Figure) -> dict[str, Any]:
        """Show it alone."""
        return {"groups": figure_groups([thing])}


@admin.register(PolicyInstrument)
class PolicyInstrumentAdmin(TranslatedAdmin, PublishableAdmin):
    """Policy instruments; each is previewed as the only one on its population's factsheet."""

    list_display = ("slug", "title", "issued_by", "years", "level", "group", "population", "state")
    list_filter = ("state", "group", "level", "population", "published_at")
    search_fields = ("slug", "issued_by", "texts__title")
    list_select_related = ("population",)
    inlines = (text_inline(PolicyInstrumentText),)
    preview_template = "factsheets/factsheet.html"

    def preview_context(self, thing: PolicyInstrument) -> dict[str, Any]:
        """Show it on the factsheet. Raises NothingToShow."""
        sheet = with_sections(Factsheet.objects.filter(population=thing.population_id)).first()
        if sheet is None:
            raise NothingToShow(_("Its key population has no factsheet yet, on which it would stand."))
        take_draft(sheet, sheet.texts.prefetch_related(section_rows()))
        return factsheet_context(sheet) | {"groups": [[thing]]}
