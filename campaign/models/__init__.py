"""The campaign, the deliverables it works on, and the portal's own pages."""

from campaign.models.campaign import (
    AdvisoryMember,
    AdvisoryMemberText,
    Campaign,
    CampaignText,
    Page,
    PageText,
)
from campaign.models.changes import Change, ChangeEnd
from campaign.models.deliverables import Deliverable, DeliverableText, Paragraph, Version, VersionState, VersionText

__all__ = [
    "AdvisoryMember",
    "AdvisoryMemberText",
    "Campaign",
    "CampaignText",
    "Change",
    "ChangeEnd",
    "Deliverable",
    "DeliverableText",
    "Page",
    "PageText",
    "Paragraph",
    "Version",
    "VersionState",
    "VersionText",
]
