"""Admin of organisations and who acts for them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.forms import SimpleArrayField
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.admin.checking import CheckActions, DueFilter
from advocacy.admin.exchange import ExchangePages
from advocacy.admin.leaving import ErasingAdmin
from advocacy.admin.merging import MergePages
from advocacy.admin.several import languages_field, several_field
from advocacy.admin.statistics import StatisticsPages
from advocacy.exposure import gives_away
from advocacy.models import (
    Membership,
    Organisation,
    OrganisationText,
)
from advocacy.views import organisations as pages
from publishing.admin import OnceFormSet, TranslatedAdmin, show_unpublished, text_inline
from publishing.languages import place_name
from publishing.places import without_accents

TEXT = ("language", "ready", "title", "summary", "body", *OrganisationText.parts)


class MembershipInline(admin.TabularInline[Any, Any]):
    """Who may act for an organisation."""

    model = Membership
    formset = OnceFormSet
    extra = 0


class PlaceFilter(admin.SimpleListFilter):
    """Where organisations are, by what staff know."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the places that some organisation is in, by name."""
        there = Organisation.objects.order_by().values_list(str(self.parameter_name), flat=True).distinct()
        return sorted(((code, place_name(code)) for code in there), key=lambda row: without_accents(row[1]))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Return those that are there."""
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


class RegionFilter(PlaceFilter):
    """By region."""

    title = _("region")
    parameter_name = "region"


class CountryFilter(PlaceFilter):
    """By country."""

    title = _("country")
    parameter_name = "country"


@admin.register(Organisation)
class OrganisationAdmin(ErasingAdmin, TranslatedAdmin, CheckActions, MergePages, StatisticsPages, ExchangePages):
    """Organisations; the region follows from the country."""

    list_display = ("slug", "title", "country", "listing", "state", "joined", "checked")
    list_filter = (
        *("state", "listing", RegionFilter, CountryFilter, DueFilter),
        *("populations", "issues", "size", "published_at"),
    )
    search_fields = ("slug", "own_name", "texts__title", "country", "cities")
    readonly_fields = ("region_name",)
    autocomplete_fields = ("logo",)
    filter_horizontal = ("populations", "issues")
    radio_fields = {"listing": admin.VERTICAL}
    fieldsets = (
        (None, {"fields": ("slug", "own_name", "own_name_language", "logo", "site")}),
        (
            _("What the public may know"),
            {
                "fields": ("listing",),
                "description": _(
                    "Choose “region only” where it could harm people if their country was known: no page, count, map "
                    "or file then tells country, cities, telephone or postal address. Texts, languages, names and the "
                    "site stay as they are written: see that they tell no more. An organisation that is not listed "
                    "stays a draft."
                ),
            },
        ),
        (_("Where it is"), {"fields": ("country", "region_name", "cities", "languages")}),
        (_("What it does"), {"fields": ("populations", "services", "issues", "founded", "size")}),
        (
            _("Contact"),
            {
                "fields": ("contact_person", "contact_email", "contact_phone", "contact_address", "contact_shown"),
                "description": _("Its page shows what is ticked at the end, and nothing else of this."),
            },
        ),
        (_("In the network"), {"fields": ("joined", "left", "checked")}),
        (_("Publication"), {"fields": ("state", "published_at")}),
    )
    inlines = (text_inline(OrganisationText, *TEXT), MembershipInline)
    actions = ("remind_now", "check_today", "merge_two", "erase")
    change_list_template = "admin/advocacy/organisation/change_list.html"
    preview_template = "advocacy/organisation.html"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let lists be chosen; check the items of others here: Django's form would drop what is wrong with one."""
        if db_field.name in ("services", "contact_shown"):
            return several_field(db_field)
        if db_field.name == "languages":
            return languages_field(db_field)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, SimpleArrayField):
            field.base_field.validators = db_field.base_field.validators
            field.widget = forms.TextInput(attrs={"class": "vLargeTextField", "dir": "auto"})
            field.help_text = _("As it calls them, with commas between them.")
        return field

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Warn of what would tell the country of one that is listed by region only."""
        super().save_related(request, form, formsets, change)
        if places := gives_away(form.instance):
            told = gettext("Its country or a city can be read, though only the region should be, in: %(places)s.")
            messages.warning(request, told % {"places": "; ".join(places)})

    def preview_rows(self, rows: Any) -> Any:
        """Fetch populations, issues and practices."""
        return pages.organisation_rows(rows)

    def preview_context(self, thing: Any) -> dict[str, Any]:
        """Show the logo."""
        show_unpublished(thing.logo)
        return super().preview_context(thing)
