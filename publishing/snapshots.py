"""What a thing and its texts held when a form was opened: how a form that is sent later knows what it overwrites."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

from django.db import models
from django.db.models import Max

from publishing.history import is_written

# A row, as `version:12`.
Key = str


def key_of(model: Any, pk: Any) -> Key:
    """Return how a row is named here."""
    return f"{model._meta.model_name}:{pk}"


def columns(model: Any) -> list[str]:
    """Return what staff write in a row, files included."""
    fields = model._meta.concrete_fields
    return [field.attname for field in fields if is_written(field) or isinstance(field, models.FileField)]


def linked(row: Any, name: str) -> list[Any]:
    """Return the keys of what a row is linked to, as they can be written down."""
    keys = getattr(row, name).values_list("pk", flat=True)
    return sorted(key if isinstance(key, int) else str(key) for key in keys)


@dataclass(frozen=True)
class Seen:
    """What a form was made from: a digest of all its rows, each row's last record, and what it was linked to."""

    digest: str
    records: dict[Key, int]
    links: dict[Key, dict[str, list[Any]]]

    @classmethod
    def read(cls, rows: Iterable[tuple[Any, str]], pk: Any) -> Self:
        """Return how the rows stand now: those of each model whose column leads to this key."""
        records: dict[Key, int] = {}
        links: dict[Key, dict[str, list[Any]]] = {}
        found: dict[Key, Any] = {}
        for model, column in rows:
            own = model._meta.pk.attname
            if hasattr(model, "history"):
                last = model.history.filter(**{column: pk}).order_by().values_list(own).annotate(Max("history_id"))
                records |= {key_of(model, row): record for row, record in last}
            for values in model._default_manager.filter(**{column: pk}).order_by(own).values(own, *columns(model)):
                found[key_of(model, values[own])] = values
            for field in model._meta.many_to_many:
                for row in model._default_manager.filter(**{column: pk}):
                    links.setdefault(key_of(model, row.pk), {})[field.name] = linked(row, field.name)
        written = json.dumps([found, links], default=str, sort_keys=True)
        return cls(sha256(written.encode()).hexdigest(), records, links)

    @classmethod
    def parse(cls, token: str) -> Self:
        """Return what a form sent back; where that is nothing of ours, one that fits no state."""
        try:
            digest, records, links = json.loads(token)
            numbers = {str(key): int(record) for key, record in records.items() if 0 < int(record) < 2**31}
            return cls(
                str(digest), numbers, {str(k): {str(f): list(pks) for f, pks in v.items()} for k, v in links.items()}
            )
        except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
            return cls("", {}, {})

    @property
    def token(self) -> str:
        """What a form carries along."""
        return json.dumps([self.digest, self.records, self.links])
