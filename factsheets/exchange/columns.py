"""The columns of a spreadsheet of figures: how each is read, and written."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from import_export.fields import Field
from import_export.widgets import Widget

from factsheets.models import Figure, KeyPopulation, Source

WORDS = ("label", "comparison", "note")
LANGUAGES = [code for code, _name in settings.LANGUAGES]
TEXTS = tuple(f"{name}_{code}" for code in LANGUAGES for name in WORDS)
TOLD = ("state", "published_at")
COLUMNS = (
    *("code", "indicator", "population", "place", "excluding", "year", "value", "low", "high", "out_of", "unit"),
    *("qualifier", "source", "checked", "superseded_by", "position", *TEXTS, *TOLD),
)
# Columns that lead to other rows, and what those are named by.
LINKED: dict[str, tuple[Any, str]] = {
    "population": (KeyPopulation, "slug"),
    "source": (Source, "code"),
    "superseded_by": (Figure, "code"),
}


class Cell(Widget):  # type: ignore[misc] # import_export has no types
    """A column of the figure itself, read as its model reads it."""

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


class Code(Widget):  # type: ignore[misc] # import_export has no types
    """A column that leads to another row, written as that row's code."""

    def __init__(self, model: Any, name: str) -> None:
        super().__init__()
        self.model, self.name = model, name
        # Read at once; a row at a time would ask as often as there are rows.
        self.known: dict[str, int] = dict(model._default_manager.order_by().values_list(name, "pk"))
        self.codes = {pk: code for code, pk in self.known.items()}

    def add(self, code: str, pk: int) -> None:
        """Let rows lead to what an earlier one brought."""
        self.known[code], self.codes[pk] = pk, code

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the row's key. Raises ValueError."""
        if value == "":
            return None
        if value not in self.known:
            message = gettext("There is no %(model)s “%(code)s”.")
            if self.model is Figure:
                message = gettext(
                    "There is no %(model)s “%(code)s”. If this file brings it, it must stand further up."
                )
            raise ValueError(message % {"model": self.model._meta.verbose_name, "code": value})
        return self.known[value]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Write the code."""
        return self.codes[value] if value else ""


class TextField(Field):  # type: ignore[misc] # import_export has no types
    """A column of a figure's text in one language."""

    def get_value(self, instance: Any) -> Any:
        """Return what stands there, or what is to stand there."""
        return words_of(instance).get(self.attribute, "")

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Keep it until the figure is saved."""
        words_of(instance)[self.attribute] = row[self.column_name]


def words_of(figure: Any) -> dict[str, str]:
    """Return the words of a figure's texts by column (`label_fr`), those that are not saved yet included."""
    if "_words" not in figure.__dict__:
        texts = figure.texts.all() if figure.pk else []
        figure._words = {f"{name}_{text.language}": getattr(text, name) for text in texts for name in WORDS}
    words: dict[str, str] = figure._words
    return words


def column(name: str) -> Any:
    """Return how the column of this name is read and written."""
    if name in TEXTS:
        return TextField(name, name)
    if name in LINKED:
        return Field(f"{name}_id", name, Code(*LINKED[name]))
    return Field(name, name, Cell(Figure._meta.get_field(name)), readonly=name in TOLD)
