"""The network: organisations and who acts for them, issues, practices, events, news."""

from advocacy.models.memberships import Membership
from advocacy.models.network import (
    Event,
    EventText,
    Issue,
    IssueText,
    News,
    NewsText,
    Organisation,
    OrganisationText,
    Practice,
    PracticeText,
)

__all__ = [
    "Event",
    "EventText",
    "Issue",
    "IssueText",
    "Membership",
    "News",
    "NewsText",
    "Organisation",
    "OrganisationText",
    "Practice",
    "PracticeText",
]
