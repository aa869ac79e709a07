"""Admin of what the campaign publishes; each module registers its own."""

from campaign.admin import actions, campaign, deliverables, endorsements, steps, users

__all__ = ["actions", "campaign", "deliverables", "endorsements", "steps", "users"]
