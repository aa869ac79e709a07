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
from campaign.models.endorsements import (
    CONFIRM_WITHIN,
    ORGANISATIONS,
    PERSONS,
    Capacity,
    Endorsement,
    EndorsementEvent,
    EndorsementQuerySet,
    EndorsementRefusal,
    EndorsementState,
    ShownAs,
)

__all__ = [
    "CONFIRM_WITHIN",
    "ORGANISATIONS",
    "PERSONS",
    "AdvisoryMember",
    "AdvisoryMemberText",
    "Campaign",
    "CampaignText",
    "Capacity",
    "Change",
    "ChangeEnd",
    "Deliverable",
    "DeliverableText",
    "Endorsement",
    "EndorsementEvent",
    "EndorsementQuerySet",
    "EndorsementRefusal",
    "EndorsementState",
    "Page",
    "PageText",
    "Paragraph",
    "ShownAs",
    "Version",
    "VersionState",
    "VersionText",
]
