"""Looking again whether sources still say what was read there."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from simple_history.utils import bulk_update_with_history


@transaction.atomic
def mark_checked(things: QuerySet[Any], *, by: User, on: date) -> int:
    """Write down that figures, or sources, were looked at on a day. Return how many were not marked so before.

    Each keeps it in its history; nothing else of a row is written, whoever else is at work on it.
    """
    model = things.model
    chosen = model._default_manager.filter(pk__in=things.order_by().values("pk")).exclude(checked=on)
    rows = list(chosen.order_by("pk").select_for_update())
    for row in rows:
        row.checked = on
    return int(bulk_update_with_history(rows, model, ["checked"], batch_size=500, default_user=by))
