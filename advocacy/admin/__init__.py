"""Admin of the network: its members and who asks to join, what they share and propose, issues, events, news."""

from advocacy.admin import applications, events, invitations, issues, news, organisations, practices, proposals, uses

__all__ = [
    "applications",
    "events",
    "invitations",
    "issues",
    "news",
    "organisations",
    "practices",
    "proposals",
    "uses",
]
