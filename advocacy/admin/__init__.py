"""Admin of the network: organisations, issues, practices, events, news."""

from advocacy.admin import events, issues, news, organisations, practices, uses

__all__ = ["events", "issues", "news", "organisations", "practices", "uses"]
