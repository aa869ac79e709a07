"""The columns of a data file, each with its meaning: files are made by them, and tell them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

Value = str | int | float | list[str] | None


class Kind(models.TextChoices):
    """What a column holds."""

    CODE = "code", _("code")
    CODES = "codes", _("several codes")
    TEXT = "text", _("text")
    TEXTS = "texts", _("several texts")
    NUMBER = "number", _("number")
    YEAR = "year", _("year")
    DAY = "day", _("day, as 2024-03-11")
    ADDRESS = "address", _("web address")


@dataclass(frozen=True)
class Column:
    """A column, and how it is read from a row."""

    name: str
    meaning: Any
    kind: Kind
    read: Callable[[Any], Value]
    # What it can hold, where that is a list.
    values: type[models.TextChoices] | None = None
    # In what it counts.
    unit: Any = ""

    @property
    def allowed(self) -> list[tuple[str, Any]]:
        """The values that there can be, with their meanings."""
        return list(self.values.choices) if self.values else []

    def told(self) -> dict[str, Any]:
        """Return it as the JSON file tells it."""
        told = {"name": self.name, "meaning": str(self.meaning), "type": self.kind.value, "unit": str(self.unit)}
        allowed = [{"value": value, "meaning": str(meaning)} for value, meaning in self.allowed]
        return told | ({"values": allowed} if allowed else {})


def written_day(day: date | None) -> str:
    """Return a day as files have it."""
    return day.isoformat() if day else ""


def told(columns: Iterable[Column], row: Any) -> dict[str, Value]:
    """Return a row as files tell it."""
    return {column.name: column.read(row) for column in columns}


def table(columns: Iterable[Column], rows: Iterable[Any]) -> Iterator[list[Value]]:
    """Yield rows of a table, under the names of the columns; where a column has several values, they share a cell."""
    for row in rows:
        yield [_cell(value) for value in told(columns, row).values()]


def _cell(value: Value) -> Value:
    return "; ".join(value) if isinstance(value, list) else "" if value is None else value


def file_name(name: str, form: str) -> str:
    """Say when a file was made: what it tells may be corrected tomorrow."""
    return f"{name}-{timezone.now():%Y-%m-%dT%H%MZ}.{form}"


def json_file(
    name: str, content: dict[str, Any], *, form: str = "json", kind: str = "application/json"
) -> JsonResponse:
    """Return a file to download, in UTF-8."""
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False}, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{file_name(name, form)}"'
    return response
