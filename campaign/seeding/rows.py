"""Brings rows of the database to what the files say, and keeps account of it."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar, cast

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from campaign.seeding.reading import Broken, Head, Problem
from campaign.seeding.tree import Seeds
from publishing.publication import State

M = TypeVar("M", bound=models.Model)

# What a file need not say: from when its thing is public. It counts on creation only, so that loading the files
# again publishes nothing that staff have withdrawn since.
PUBLISHED_AT = datetime(2026, 9, 1, tzinfo=UTC)
ON_CREATION: dict[str, object] = {"state": State.PUBLISHED, "published_at": PUBLISHED_AT}

# Which values a field takes: Django would make something of most others, but not what was meant.
ACCEPTED: list[tuple[type[models.Field[Any, Any]], set[type], str]] = [
    (models.DateTimeField, {datetime}, "write a moment with its offset, as 2026-03-05T09:00:00+00:00"),
    (models.DateField, {date}, "write a day, as 2026-03-05"),
    (models.BooleanField, {bool}, "write true or false"),
    (models.IntegerField, {int}, "write a whole number"),
    (models.DecimalField, {int, Decimal}, "write a number"),
    (ArrayField, {list}, "write a list of texts"),
    (models.ManyToManyField, {list}, "write a list of slugs"),
    (models.ForeignKey, {str}, "write a slug"),
    (models.Field, {str, int, date}, "write a text"),
]


def get(model: type[M], **identity: Any) -> M:
    """Return the row that these values identify, or a new one."""
    return model._default_manager.filter(**identity).first() or model(**identity)


class Rows:
    """The rows that the files become, what happened to them, and what is wrong."""

    def __init__(self, seeds: Seeds, undo: ExitStack) -> None:
        self.seeds = seeds
        # What to do should nothing be changed after all.
        self.undo = undo
        self.problems = seeds.problems
        self.entries: defaultdict[type[models.Model], dict[str, Entry]] = defaultdict(dict)
        # Which answer is to which point, by the point's key: each has one.
        self.answered: dict[int, str] = {}

    def find(self, model: type[M], slug: str, head: Head, key: str = "") -> M:
        """Return the thing that a head names under this key."""
        name = "slug" if hasattr(model, "slug") else "code"
        row = model._default_manager.filter(**{name: slug}).first()
        if row:
            return row
        problem = head.problem(f"there is no {model._meta.verbose_name} “{slug}”", key)
        raise self.missing(problem, expected=self.seeds.has(model, slug))

    def missing(self, problem: Problem, *, expected: bool) -> Broken:
        """Return the error that a thing is missing; a silent one where a file for it is broken, and that is noted."""
        return Broken() if expected and self.problems else Broken(problem)

    def entry(self, name: str, row: models.Model) -> "Entry":
        """Begin the account of one thing, by its row as found."""
        return self.entries[type(row)].setdefault(name, Entry(self, row._state.adding))


@dataclass
class Entry:
    """What happened to one thing."""

    rows: Rows
    created: bool
    changes: list[str] = field(default_factory=list)

    def save(self, row: models.Model, head: Head, fields: Iterable[str], where: str = "") -> None:
        """Set the fields as the head says, and save the row if that changes it; raise Broken before that.

        A key left out means the field's default. `where` tells the part of the thing in the account of changes.
        """
        adding = row._state.adding
        values, links = self._values(row, head, fields)
        changes = [column.name for column, value in values.items() if getattr(row, column.attname) != value]
        if adding or changes:
            for column, value in values.items():
                setattr(row, column.attname, value)
            _clean(row, head)
            row.save()
        for name, chosen in links.items():
            if {linked.pk for linked in getattr(row, name).all()} != chosen:
                getattr(row, name).set(chosen)
                changes.append(name)
        if not self.created:
            self.changes += [f"{where or 'text'} added"] if adding else [f"{where} {name}".strip() for name in changes]

    def _values(
        self, row: models.Model, head: Head, fields: Iterable[str]
    ) -> tuple[dict[models.Field[Any, Any], Any], dict[str, set[int]]]:
        """Return the values of the row's columns, and the keys of the rows that it is linked to."""
        values: dict[models.Field[Any, Any], Any] = {}
        links: dict[str, set[int]] = {}
        errors: list[Broken] = []
        for name in fields:
            column = cast("models.Field[Any, Any]", row._meta.get_field(name))
            try:
                if isinstance(column, models.ManyToManyField):
                    links[name] = self._value(column, head) if name in head else set()
                elif name in head:
                    values[column] = self._value(column, head)
                elif name not in ON_CREATION:
                    values[column] = column.get_default()
                elif row._state.adding:
                    values[column] = ON_CREATION[name]
            except Broken as error:
                errors.append(error)
        if errors:
            raise Broken(*(problem for error in errors for problem in error.problems))
        return values, links

    def _value(self, column: models.Field[Any, Any], head: Head) -> Any:
        """Return what a head says about a field, with the key of a row for its slug."""
        value = head[column.name]
        if value is None or isinstance(value, set):
            return value  # No file says so, nor what follows: `Kind.derive` does.
        if isinstance(value, models.Model):
            return value.pk
        types, advice = next((types, advice) for kind, types, advice in ACCEPTED if isinstance(column, kind))
        if (
            type(value) not in types
            or (isinstance(value, datetime) and value.tzinfo is None)
            or (isinstance(value, list) and not all(isinstance(item, str) for item in value))
        ):
            raise Broken(head.problem(advice, column.name))
        if isinstance(column, models.ManyToManyField):
            return {self.rows.find(column.related_model, slug, head, column.name).pk for slug in value}
        if isinstance(column, models.ForeignKey):
            return self.rows.find(column.related_model, value, head, column.name).pk
        return column.to_python(value)


def _clean(row: models.Model, head: Head) -> None:
    """Apply every rule of the model, but to what saving fills in."""
    unset = {
        column.name
        for column in row._meta.concrete_fields
        if not column.generated and not column.editable and getattr(row, column.attname) in ("", None)
    }
    try:
        row.full_clean(exclude=unset)
    except ValidationError as error:
        problems = [
            head.problem(message, "" if name == NON_FIELD_ERRORS else name)
            for name, messages in error.message_dict.items()
            for message in messages
        ]
        raise Broken(*problems) from error
