"""The network: organisations and who acts for them, issues, practices, events, news."""

from advocacy.models.events import Event, EventText
from advocacy.models.former import FormerSlug
from advocacy.models.issues import Issue, IssueText
from advocacy.models.memberships import Membership, Role
from advocacy.models.news import News, NewsText
from advocacy.models.organisations import Organisation, OrganisationText
from advocacy.models.practices import Practice, PracticeText
from advocacy.models.proposals import Proposal, ProposalQuerySet, ProposalState

__all__ = [
    "Event",
    "EventText",
    "FormerSlug",
    "Issue",
    "IssueText",
    "Membership",
    "News",
    "NewsText",
    "Organisation",
    "OrganisationText",
    "Practice",
    "PracticeText",
    "Proposal",
    "ProposalQuerySet",
    "ProposalState",
    "Role",
]
