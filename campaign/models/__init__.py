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
from campaign.models.changes import (
    Change,
    ChangeEnd,
)
from campaign.models.deliverables import (
    Deliverable,
    DeliverableText,
    Paragraph,
    Version,
    VersionState,
    VersionText,
)
from campaign.models.drafters import (
    Drafter,
    DrafterText,
)
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
from campaign.models.steps import (
    PracticalStep,
    PracticalStepText,
    StepGround,
)

__all__ = [
    "CONFIRM_WITHIN",
    "ORGANISATIONS",
    "PERSONS",
    "Action",
    "ActionText",
    "ActionUpdate",
    "AdvisoryMember",
    "AdvisoryMemberText",
    "Campaign",
    "CampaignText",
    "Capacity",
    "Change",
    "ChangeEnd",
    "Deliverable",
    "DeliverableText",
    "Drafter",
    "DrafterText",
    "Endorsement",
    "EndorsementEvent",
    "EndorsementQuerySet",
    "EndorsementRefusal",
    "EndorsementState",
    "GoodPractice",
    "GoodPracticeText",
    "Page",
    "PageText",
    "Paragraph",
    "PracticalStep",
    "PracticalStepText",
    "ShownAs",
    "StepGround",
    "Version",
    "VersionState",
    "VersionText",
]
