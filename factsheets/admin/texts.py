"""Admin of the texts: populations, factsheets, their sections and cases, policy instruments."""

from typing import Any

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factsheets.admin.asked import AskedAdmin
from factsheets.admin.filters import Answers
from factsheets.admin.order import OrderPage
from factsheets.admin.translate import TranslatePage
from factsheets.models import (
    Case,
    CaseText,
    Factsheet,
    FactsheetText,
    KeyPopulation,
    KeyPopulationText,
    PolicyInstrument,
    PolicyInstrumentText,
    Section,
    SectionText,
)
from factsheets.page import factsheet_context, with_sections
from factsheets.writing import listed_codes
from publishing.admin import (
    NothingToShow,
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


class ReferringAdmin(TranslatedAdmin):
    """Things whose texts may name figures: their form lists the codes."""

    @admin.display(description=_("figures to name"))
    def codes(self, thing: Factsheet | Section | Case) -> str:
        """List the codes that a text of this thing is likely to want."""
        if thing._state.adding:
            return gettext("They are listed here once this is saved.")
        sheet = thing if isinstance(thing, Factsheet) else thing.factsheet
        return render_to_string("admin/factsheets/codes.html", {"codes": listed_codes(sheet.population_id)})


@admin.register(Factsheet)
class FactsheetAdmin(OrderPage, TranslatePage, ReferringAdmin, PublishableAdmin):
    """Factsheets; the sections have pages of their own, linked here."""

    list_display = ("slug", "title", "translated", "population", "state", "published_at", "reviewed")
    list_select_related = ("population",)
    readonly_fields = ("sections", "translations", "codes")
    inlines = (text_inline(FactsheetText, *TextInline.fields, "designed_pdf"),)
    preview_template = "factsheets/factsheet.html"

    @admin.display(description=_("sections"))
    def sections(self, sheet: Factsheet) -> str:
        """Link the sections, and the form for one more."""
        if sheet._state.adding:
            return "–"
        rows = list(sheet.sections.for_list())
        links = [
            (reverse("admin:factsheets_section_change", args=[row.pk]), row.text.heading if row.text else row)
            for row in rows
        ]
        add = reverse("admin:factsheets_section_add")
        last = max((row.position for row in rows), default=0)
        links.append((f"{add}?factsheet={sheet.pk}&position={last + 1}", gettext("Add a section")))
        links.append((self.address("order", sheet), gettext("Put in order")))
        return format_html_join("", '<div><a href="{}">{}</a></div>', links)

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the sections and the population's name."""
        return with_sections(rows)

    def preview_context(self, thing: Factsheet) -> dict[str, Any]:
        """Show it with its public figures and instruments."""
        for section in thing.sections.all():
            show_unpublished(section.picture)
        return factsheet_context(thing)


@admin.register(Section)
class SectionAdmin(ReferringAdmin):
    """Sections of factsheets."""

    list_display = ("title", "factsheet", "kind", "position")
    list_filter = ("kind", "factsheet")
    list_select_related = ("factsheet",)
    search_fields = ("texts__heading", "factsheet__slug")
    ordering = ("factsheet__position", "position")
    autocomplete_fields = ("picture",)
    readonly_fields = ("codes",)
    inlines = (text_inline(SectionText, "language", "ready", "heading", "body"),)
    text_title = "heading"


@admin.register(Case)
class CaseAdmin(ReferringAdmin):
    """Cases, which stand with their factsheet's approaches."""

    list_display = ("slug", "title", "factsheet", "place", "year", "position")
    list_filter = ("factsheet",)
    list_select_related = ("factsheet",)
    autocomplete_fields = ("source",)
    readonly_fields = ("codes",)
    inlines = (text_inline(CaseText, "language", "ready", "title", "body"),)


@admin.register(PolicyInstrument)
class PolicyInstrumentAdmin(AskedAdmin, TranslatedAdmin, PublishableAdmin):
    """Policy instruments; each is previewed as the only one on its population's factsheet."""

    list_display = ("slug", "title", "issued_by", "years", "level", "group", "population", "state")
    list_filter = ("state", "group", "level", "population", Answers, "published_at")
    search_fields = ("slug", "issued_by", "texts__title")
    list_select_related = ("population",)
    inlines = (text_inline(PolicyInstrumentText),)
    preview_template = "factsheets/factsheet.html"

    def preview_context(self, thing: PolicyInstrument) -> dict[str, Any]:
        """Show it on the factsheet. Raises NothingToShow."""
        sheet = with_sections(Factsheet.objects.filter(population=thing.population_id)).first()
        if sheet is None:
            raise NothingToShow(_("Its key population has no factsheet yet, on which it would stand."))
        take_draft(sheet)
        return factsheet_context(sheet, [thing])
