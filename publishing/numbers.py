"""Whole numbers as they come from outside: in addresses and forms."""

# The greatest key that a row can have.
LAST_KEY = 2**63 - 1


def whole(text: str, most: int = LAST_KEY) -> int | None:
    """Return the number that a text is, if it is one from 0 to `most`, or nothing: int() takes, and refuses, more."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if number <= most else None
