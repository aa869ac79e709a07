"""Admin of the campaign, its advisory group and the pages about the portal."""

from typing import Any

from django.contrib import admin

from campaign.admin.previewed import published
from campaign.models import (
    AdvisoryMember,
    AdvisoryMemberText,
    Campaign,
    CampaignText,
    Page,
    PageText,
)
from campaign.views.campaign import campaign_parts, campaign_rows, member_rows, step_rows
from publishing.admin import (
    PublishableAdmin,
    TranslatedAdmin,
    show_unpublished,
    text_inline,
)


@admin.register(Campaign)
class CampaignAdmin(TranslatedAdmin, PublishableAdmin):
    """The campaign."""

    list_display = ("slug", "title", "state", "published_at", "starts")
    autocomplete_fields = ("video_still",)
    inlines = (text_inline(CampaignText, *("language", "ready", "title", "summary", "body", "video_title")),)
    preview_template = "campaign/campaign.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the still picture."""
        return campaign_rows(rows)

    def preview_context(self, thing: Campaign) -> dict[str, Any]:
        """Show it with its own steps and members that are published, and the public deliverables."""
        show_unpublished(thing.video_still)
        steps = step_rows(published(thing.steps.all()))
        parts = campaign_parts(steps, published(thing.advisory_members.all()))
        for member in parts["members"]:
            show_unpublished(member.picture)
        return {"campaign": thing} | parts


@admin.register(AdvisoryMember)
class AdvisoryMemberAdmin(TranslatedAdmin, PublishableAdmin):
    """The advisory group; each member is previewed as the only one."""

    list_display = ("slug", "title", "country", "campaign", "state", "published_at", "position")
    list_filter = ("state", "campaign", "published_at")
    list_select_related = ("campaign",)
    autocomplete_fields = ("picture",)
    inlines = (text_inline(AdvisoryMemberText),)
    preview_template = "campaign/advisory_group.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the picture."""
        return member_rows(rows)

    def preview_context(self, thing: AdvisoryMember) -> dict[str, Any]:
        """Show the member alone."""
        show_unpublished(thing.picture)
        return {"members": [thing]}


@admin.register(Page)
class PageAdmin(TranslatedAdmin, PublishableAdmin):
    """Pages about the portal."""

    list_display = ("slug", "title", "state", "published_at", "position")
    inlines = (text_inline(PageText),)
    preview_template = "campaign/about.html"
