"""Admin of the evidence: its texts, and its data."""

from factsheets.admin import data, texts

__all__ = ["data", "texts"]
