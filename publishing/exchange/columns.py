"""The columns of a spreadsheet: how each is read, and written."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from import_export.fields import Field
from import_export.widgets import Widget

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# What stands between the items of a list.
BETWEEN = re.compile(r"[,;\n]")


def text_columns(names: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of a thing's texts (`label_fr`), language by language."""
    return tuple(f"{name}_{code}" for code in LANGUAGES for name in names)


class Cell(Widget):  # type: ignore[misc] # import_export has no types
    """A column of the thing itself, read as its model reads it."""

    def __init__(self, column: Any) -> None:
        super().__init__()
        self.column = column

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return what the model keeps. Raises ValueError."""
        if value == "":
            return None if self.column.null else self.column.get_default()
        try:
            return self.column.to_python(value)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Write a number without zeros that say nothing."""
        if value is None:
            return ""
        return f"{value.normalize():f}" if isinstance(self.column, models.DecimalField) else str(value)


class List(Cell):
    """A column that holds several items, which stand in one cell."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the items. Raises ValueError."""
        return items_of(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Write them with commas."""
        return ", ".join(map(str, value or ()))


def items_of(cell: str) -> list[str]:
    """Return the items that stand in one cell, each once."""
    return list(dict.fromkeys(item for part in BETWEEN.split(cell) if (item := part.strip())))


class Code(Widget):  # type: ignore[misc] # import_export has no types
    """A column that leads to another row, written as that row's code."""

    def __init__(self, model: Any, name: str, *, same_file: bool = False) -> None:
        super().__init__()
        self.model, self.name, self.same_file = model, name, same_file
        # Read at once; a row at a time would ask as often as there are rows.
        self.known: dict[str, int] = dict(model._default_manager.order_by().values_list(name, "pk"))
        self.codes = {pk: code for code, pk in self.known.items()}

    def add(self, code: str, pk: int) -> None:
        """Let rows lead to what an earlier one brought."""
        self.known[code], self.codes[pk] = pk, code

    def key(self, code: str) -> int:
        """Return the key of the row with this code. Raises ValueError."""
        if code not in self.known:
            message = gettext("There is no %(model)s “%(code)s”.")
            if self.same_file:
                message = gettext(
                    "There is no %(model)s “%(code)s”. If this file brings it, it must stand further up."
                )
            raise ValueError(message % {"model": self.model._meta.verbose_name, "code": code})
        return self.known[code]

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the row's key. Raises ValueError."""
        return None if value == "" else self.key(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Write the code."""
        return self.codes[value] if value else ""


class Codes(Code):
    """A column that leads to several rows."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the rows' keys. Raises ValueError."""
        return sorted(self.key(code) for code in items_of(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Write the codes."""
        return ", ".join(sorted(self.codes[pk] for pk in value))


class TextColumn(Field):  # type: ignore[misc] # import_export has no types
    """A column of a thing's text in one language."""

    def get_value(self, instance: Any) -> Any:
        """Return what stands there, or what is to stand there."""
        return words_of(instance).get(self.attribute, "")

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Keep it until the thing is saved."""
        words_of(instance)[self.attribute] = as_read(row[self.column_name])


class LinksColumn(Field):  # type: ignore[misc] # import_export has no types
    """A column that names the rows which a thing is linked to."""

    def get_value(self, instance: Any) -> Any:
        """Return the keys of the rows that it is linked to, or is to be."""
        return links_of(instance, self.attribute)

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Keep them until the thing is saved."""
        links_of(instance, self.attribute)
        instance._links[self.attribute] = self.clean(row)


def words_of(thing: Any) -> dict[str, str]:
    """Return the words of a thing's texts by column (`label_fr`), those that are not saved yet included.

    A thing that is new has none; of others whoever fetched them has taken down the words by `take_words`.
    """
    words: dict[str, str] = thing.__dict__.setdefault("_words", {})
    return words


def take_words(thing: Any, names: Iterable[str]) -> None:
    """Take down the texts as they are."""
    texts = thing.texts.all() if thing.pk else []
    thing._words = {f"{name}_{text.language}": as_read(getattr(text, name)) for text in texts for name in names}


def as_read(words: str) -> str:
    """Return words without what a spreadsheet changes in passing: how lines end, and space around them."""
    return words.replace("\r\n", "\n").strip()


def links_of(thing: Any, name: str) -> list[int]:
    """Return the keys of the rows that a thing is linked to, or is to be."""
    links: dict[str, list[int]] = thing.__dict__.setdefault("_links", {})
    if name not in links:
        links[name] = sorted(row.pk for row in getattr(thing, name).all()) if thing.pk else []
    return links[name]
