"""Numbers that the seeded factsheets may state without a figure: the words around each, and why."""

ALLOWED: dict[str, str] = {}
