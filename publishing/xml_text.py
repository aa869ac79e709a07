"""Text for feeds."""

import re

# XML can't hold these at all; word processors leave them behind.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def for_xml(text: str) -> str:
    """Return a text that XML can hold."""
    return FORBIDDEN.sub(" ", text)
