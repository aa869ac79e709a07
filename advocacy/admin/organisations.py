"""Admin of organisations and who acts for them."""

from typing import Any

from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.http import HttpRequest

from advocacy.admin.checking import CheckActions, DueFilter
from advocacy.admin.exchange import ExchangePages
from advocacy.admin.merging import MergePages
from advocacy.admin.statistics import StatisticsPages
from advocacy.models import (
    Membership,
    Organisation,
    OrganisationText,
)
from advocacy.views import organisations as pages
from publishing.admin import OnceFormSet, TranslatedAdmin, text_inline


class MembershipInline(admin.TabularInline[Any, Any]):
    """Who may act for an organisation."""

    model = Membership
    formset = OnceFormSet
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(TranslatedAdmin, CheckActions, MergePages, StatisticsPages, ExchangePages):
    """Organisations; the region follows from the country."""

    list_display = ("slug", "title", "country", "listing", "state", "published_at", "joined")
    list_filter = ("state", "listing", DueFilter, "populations", "issues", "size", "published_at")
    search_fields = ("slug", "texts__title", "country", "cities")
    readonly_fields = ("region_name",)
    filter_horizontal = ("populations", "issues")
    actions = ("remind_now", "check_today", "merge_two")
    change_list_template = "admin/advocacy/organisation/change_list.html"
    inlines = (text_inline(OrganisationText), MembershipInline)
    preview_template = "advocacy/organisation.html"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Check the items of lists here: Django's form would drop what the model says is wrong with one."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, SimpleArrayField):
            field.base_field.validators = db_field.base_field.validators
        return field

    def preview_rows(self, rows: Any) -> Any:
        """Fetch populations, issues and practices."""
        return pages.organisation_rows(rows)
