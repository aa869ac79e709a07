"""Admin of the network: organisations and who asks to join, issues, practices, events, news."""

from advocacy.admin import applications, events, invitations, issues, news, organisations, practices

__all__ = ["applications", "events", "invitations", "issues", "news", "organisations", "practices"]
