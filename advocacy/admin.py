"""Admin of the network: organisations, issues, practices, events, news."""

from typing import Any

from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.http import HttpRequest

from advocacy import views
from advocacy.models import (
    Event,
    EventText,
    Issue,
    IssueText,
    Membership,
    News,
    NewsText,
    Organisation,
    OrganisationText,
    Practice,
    PracticeText,
)
from publishing.admin import OnceFormSet, PublishableAdmin, TranslatedAdmin, show_unpublished, text_inline


@admin.register(Issue)
class IssueAdmin(TranslatedAdmin, PublishableAdmin):
    """Issues that members share."""

    list_display = ("slug", "title", "state", "published_at", "position")
    inlines = (text_inline(IssueText),)
    preview_template = "advocacy/issue.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch members and practices."""
        return views.issue_rows(rows)


class MembershipInline(admin.TabularInline[Any, Any]):
    """Who may act for an organisation."""

    model = Membership
    formset = OnceFormSet
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(TranslatedAdmin, PublishableAdmin):
    """Organisations; the region follows from the country."""

    list_display = ("slug", "title", "country", "region_only", "state", "published_at", "joined")
    list_filter = ("state", "region_only", "populations", "issues", "size", "published_at")
    search_fields = ("slug", "texts__title", "country", "cities")
    readonly_fields = ("region_name",)
    filter_horizontal = ("populations", "issues")
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
        return views.organisation_rows(rows)


@admin.register(Practice)
class PracticeAdmin(TranslatedAdmin, PublishableAdmin):
    """Shared practices."""

    list_display = ("slug", "title", "kind", "organisation", "year", "state", "published_at")
    list_filter = ("state", "kind", "populations", "issues", "published_at")
    list_select_related = ("organisation",)
    autocomplete_fields = ("organisation",)
    filter_horizontal = ("populations", "issues")
    inlines = (text_inline(PracticeText),)
    preview_template = "advocacy/practice.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch who shares it, for whom and against what."""
        return views.practice_rows(rows)


@admin.register(Event)
class EventAdmin(TranslatedAdmin, PublishableAdmin):
    """Events."""

    list_display = ("slug", "title", "starts_at", "city", "country", "state", "published_at")
    list_filter = ("state", "starts_at", "published_at")
    search_fields = ("slug", "texts__title", "city")
    inlines = (text_inline(EventText),)
    preview_template = "advocacy/event.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the news about it."""
        return views.event_rows(rows)


@admin.register(News)
class NewsAdmin(TranslatedAdmin, PublishableAdmin):
    """News."""

    list_display = ("slug", "title", "event", "state", "published_at")
    list_select_related = ("event",)
    autocomplete_fields = ("event", "picture")
    inlines = (text_inline(NewsText),)
    preview_template = "advocacy/news.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch event and picture."""
        return views.news_rows(rows)

    def preview_context(self, thing: Any) -> dict[str, Any]:
        """Show the picture; the preview has its own links to the other languages."""
        thing.languages = []
        show_unpublished(thing.picture)
        return super().preview_context(thing)
