"""The network: organisations and who acts for them, issues, practices, events, news."""

from advocacy.models.agenda import AgendaItem, EventDocument, EventDocumentText
from advocacy.models.applications import (
    REQUIRED_CHECKS,
    Application,
    ApplicationCheck,
    ApplicationEvent,
    ApplicationRefusal,
    ApplicationState,
)
from advocacy.models.digest import DigestMail, Subscription
from advocacy.models.events import Event, EventText
from advocacy.models.files import CONTENT_TYPES, MOST_FILES, FileKind, PracticeFile
from advocacy.models.former import FormerSlug
from advocacy.models.invitations import Erasure, Invitation
from advocacy.models.issues import Issue, IssueParagraph, IssueText
from advocacy.models.memberships import Membership, Role
from advocacy.models.news import News, NewsText
from advocacy.models.organisations import Organisation, OrganisationText
from advocacy.models.practices import Practice, PracticeText
from advocacy.models.proposals import Proposal, ProposalQuerySet, ProposalState
from advocacy.models.questions import PracticeQuestion
from advocacy.models.spoken import MemberComment
from advocacy.models.uses import LONGEST_NOTE, PracticeUse, UseState

__all__ = [
    "CONTENT_TYPES",
    "LONGEST_NOTE",
    "MOST_FILES",
    "REQUIRED_CHECKS",
    "AgendaItem",
    "Application",
    "ApplicationCheck",
    "ApplicationEvent",
    "ApplicationRefusal",
    "ApplicationState",
    "DigestMail",
    "Erasure",
    "Event",
    "EventDocument",
    "EventDocumentText",
    "EventText",
    "FileKind",
    "FormerSlug",
    "Invitation",
    "Issue",
    "IssueParagraph",
    "IssueText",
    "MemberComment",
    "Membership",
    "News",
    "NewsText",
    "Organisation",
    "OrganisationText",
    "Practice",
    "PracticeFile",
    "PracticeQuestion",
    "PracticeText",
    "PracticeUse",
    "Proposal",
    "ProposalQuerySet",
    "ProposalState",
    "Role",
    "Subscription",
    "UseState",
]
