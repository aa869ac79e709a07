"""Admin of what the campaign publishes; each module registers its own."""

from campaign.admin import campaign, deliverables, endorsements

__all__ = ["campaign", "deliverables", "endorsements"]
