"""Admin of what stands beside a deliverable's text: its drafters, examples of good practice and action plan."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin

from campaign.models import (
    Action,
    ActionText,
    ActionUpdate,
    Deliverable,
    Drafter,
    DrafterText,
    GoodPractice,
    GoodPracticeText,
)
from campaign.views.parts import action_rows, good_practice_rows, shown_parts
from publishing.admin import OnceFormSet, PublishableAdmin, TextInline, TranslatedAdmin, take_draft, text_inline


class PartAdmin(TranslatedAdmin, PublishableAdmin):
    """Things that show on a deliverable's page; each is previewed there alone."""

    list_filter: ClassVar[Any] = ("state", "deliverable", "published_at")
    list_select_related = ("deliverable",)
    autocomplete_fields = ("deliverable", "organisation")
    preview_template = "campaign/part_preview.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the deliverable."""
        return rows.select_related("deliverable")

    def _on_its_page(self, deliverable: Deliverable, **parts: Iterable[Any]) -> dict[str, Any]:
        """Return the context of the deliverable's page with these parts. Raises NothingToShow."""
        take_draft(deliverable)
        return {"deliverable": deliverable} | shown_parts(**parts)


@admin.register(Drafter)
class DrafterAdmin(PartAdmin):
    """The working groups."""

    list_display = ("slug", "title", "deliverable", "state", "published_at", "position")
    inlines = (text_inline(DrafterText, "language", "ready", "title", "summary"),)

    def preview_context(self, thing: Drafter) -> dict[str, Any]:
        """Show one member. Raises NothingToShow."""
        return self._on_its_page(thing.deliverable, drafters=[thing])


@admin.register(GoodPractice)
class GoodPracticeAdmin(PartAdmin):
    """Examples of good practice."""

    list_display = ("slug", "title", "deliverable", "country", "state", "published_at", "position")
    inlines = (
        text_inline(GoodPracticeText, *("language", "ready", "title", "who", "place", "summary", "body", "evidence")),
    )

    def preview_rows(self, rows: Any) -> Any:
        """Fetch what decides where it may be seen."""
        return good_practice_rows(super().preview_rows(rows))

    def preview_context(self, thing: GoodPractice) -> dict[str, Any]:
        """Show one example. Raises NothingToShow."""
        return self._on_its_page(thing.deliverable, practices=[thing])


class UpdateInline(admin.TabularInline[ActionUpdate, Action]):
    """What was reported, day by day; one row per language."""

    model = ActionUpdate
    formset = OnceFormSet
    fields = ("day", "language", "ready", "note")
    extra = 1
    formfield_overrides = TextInline.formfield_overrides


@admin.register(Action)
class ActionAdmin(PartAdmin):
    """Action plans."""

    list_display = ("slug", "title", "deliverable", "due", "progress", "state", "published_at")
    list_filter = ("state", "deliverable", "progress", "due")
    inlines = (
        text_inline(ActionText, *("language", "ready", "title", "owner", "summary", "body", "evidence")),
        UpdateInline,
    )

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the updates."""
        return action_rows(super().preview_rows(rows))

    def preview_context(self, thing: Action) -> dict[str, Any]:
        """Show one action. Raises NothingToShow."""
        return self._on_its_page(thing.deliverable, actions=[thing])
