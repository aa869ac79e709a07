"""What stands in a comment where a moderator took words out: a mark that nobody can type, with the reason in it."""

import re

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from comments.models.grounds import REDACTION_REASONS, RefusalReason

# The form drops control characters, so that no commenter's text holds these two.
START, END = "\x02", "\x03"
MARK = re.compile(f"{START}([a-z-]+){END}")


def mark(reason: str) -> str:
    """Return the mark of words that were taken out."""
    return f"{START}{reason}{END}"


def _explained(found: re.Match[str]) -> str:
    reason = found[1]
    label = RefusalReason(reason).label if reason in RefusalReason.values else ""
    return _("[Words taken out by a moderator. %(reason)s]") % {"reason": label}


def in_words(text: str) -> str:
    """Return a text with its marks told in the reader's language: for feeds, tables and files."""
    return MARK.sub(_explained, text)


def in_html(html: str) -> SafeString:
    """Return escaped HTML with its marks told in the reader's language, apart from the commenter's own words."""
    return mark_safe(MARK.sub(lambda found: f'<mark class="redacted" dir="auto">{_explained(found)}</mark>', html))  # noqa: S308 - escaped before


def from_words(text: str) -> str:
    """Put the marks back into words that were copied from a text with its marks told, in the same language."""
    for reason in REDACTION_REASONS:
        text = text.replace(in_words(mark(reason)), mark(reason))
    return text
