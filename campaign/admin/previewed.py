"""What a preview shows below a thing that may be unpublished itself."""

from typing import Any

from django.db.models.functions import Now


def published(rows: Any) -> Any:
    """Return those that are published themselves, whether their parent is or not."""
    model = rows.model
    return rows.filter(model.readable_q(), state__in=model.public_states, published_at__lte=Now())
