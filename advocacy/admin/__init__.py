"""Admin of the network: organisations, issues, practices, events, news; and the desk for what members propose."""

from advocacy.admin import events, issues, news, organisations, practices, proposals, uses

__all__ = ["events", "issues", "news", "organisations", "practices", "proposals", "uses"]
