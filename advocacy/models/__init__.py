"""The network: organisations and who acts for them, issues, practices, events, news."""

from advocacy.models.agenda import AgendaItem, EventDocument, EventDocumentText
from advocacy.models.digest import DigestMail, Subscription
from advocacy.models.events import Event, EventText
from advocacy.models.issues import Issue, IssueText
from advocacy.models.memberships import Membership, Role
from advocacy.models.news import News, NewsText
from advocacy.models.organisations import Organisation, OrganisationText
from advocacy.models.practices import Practice, PracticeText
from advocacy.models.proposals import Proposal, ProposalQuerySet, ProposalState

__all__ = [
    "AgendaItem",
    "DigestMail",
    "Event",
    "EventDocument",
    "EventDocumentText",
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
    "Proposal",
    "ProposalQuerySet",
    "ProposalState",
    "Role",
    "Subscription",
]
