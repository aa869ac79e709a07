"""JSON-LD: what a page holds, told to machines within the page; data, never a script that runs."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

# So that no text in it can end the element or begin another.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def linked_data(data: dict[str, Any]) -> SafeString:
    """Return the whole element that tells this, in the words of schema.org."""
    told = json.dumps({"@context": "https://schema.org", **data}, cls=DjangoJSONEncoder, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{told.translate(ESCAPES)}</script>')  # noqa: S308 - escaped
