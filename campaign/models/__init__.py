"""The campaign, the deliverables it works on, and the portal's own pages."""

from campaign.models.actions import (
    Action,
    ActionText,
    ActionUpdate,
    GoodPractice,
    GoodPracticeText,
)
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
from campaign.models.drafters import Drafter, DrafterText
from campaign.models.steps import PracticalStep, PracticalStepText, StepGround

__all__ = [
    "Action",
    "ActionText",
    "ActionUpdate",
    "AdvisoryMember",
    "AdvisoryMemberText",
    "Campaign",
    "CampaignText",
    "Change",
    "ChangeEnd",
    "Deliverable",
    "DeliverableText",
    "Drafter",
    "DrafterText",
    "GoodPractice",
    "GoodPracticeText",
    "Page",
    "PageText",
    "Paragraph",
    "PracticalStep",
    "PracticalStepText",
    "StepGround",
    "Version",
    "VersionState",
    "VersionText",
]
