"""Figures as spreadsheets: what the columns are, and what a table that staff send would change, or does.

New figures come in as drafts; state and moment of publication only go out. What is missing among the columns stays as
it is. Either all rows come in or none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import Widget
from tablib import Dataset

from factsheets.models import Figure, FigureText, KeyPopulation, Source
from publishing.history import Difference
from publishing.spreadsheet import Table

# Each row that is new or changed takes the database about a hundredth of a second.
MOST_ROWS = 2000
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


def _column(name: str) -> Any:
    if name in TEXTS:
        return TextField(name, name)
    if name in LINKED:
        return Field(f"{name}_id", name, Code(*LINKED[name]))
    return Field(name, name, Cell(Figure._meta.get_field(name)), readonly=name in TOLD)


class FigureResource(ModelResource):  # type: ignore[misc] # import_export has no types
    """The columns, and how a row becomes a figure with its texts."""

    class Meta:
        model = Figure
        fields = ()
        import_id_fields = ("code",)
        instance_loader_class = CachedInstanceLoader
        skip_unchanged = True
        skip_html_diff = True
        report_skipped = True
        use_transactions = True
        store_instance = True

    def __init__(self, reason: str = "") -> None:
        super().__init__()
        self.reason = reason
        self.fields = {name: _column(name) for name in COLUMNS}

    def get_queryset(self) -> Any:
        """Return the figures that rows may be about; nobody else changes them meanwhile."""
        return Figure.objects.select_for_update().prefetch_related("texts")

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """Take down the texts as they are, to compare them."""
        words_of(instance)

    def validate_instance(self, instance: Any, errors: Any = None, validate_unique: bool = True) -> None:
        """Ask the models' own rules. Raises ValidationError, by column."""
        found: dict[str, Any] = {name.removesuffix("_id"): list(wrong) for name, wrong in (errors or {}).items()}
        try:
            instance.full_clean(exclude={"key", *found})
        except ValidationError as error:
            found = error.update_error_dict(found)
        for text in self.texts(instance):
            try:
                text.clean_fields(exclude={"figure"})
            except ValidationError as error:
                found |= {f"{name}_{text.language}": wrong for name, wrong in error.error_dict.items()}
        if found:
            raise ValidationError(found)

    def texts(self, figure: Any) -> Iterator[FigureText]:
        """Yield the texts that a row changes, or brings."""
        words = words_of(figure)
        there = {text.language: text for text in figure.texts.all()} if figure.pk else {}
        for language in LANGUAGES:
            wanted = {name: words.get(f"{name}_{language}", "") for name in WORDS}
            text = there.get(language) or FigureText(figure=figure, language=language)
            if any(getattr(text, name) != value for name, value in wanted.items()):
                for name, value in wanted.items():
                    setattr(text, name, value)
                yield text

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Save the figure with its texts; other rows can lead to it from now on."""
        changed = list(self.texts(instance))
        instance._change_reason = self.reason
        instance.save(force_insert=is_create)
        for text in changed:
            text.figure = instance
            text._change_reason = self.reason  # type: ignore[attr-defined] # read by simple_history
            text.save()
        self.fields["superseded_by"].widget.add(instance.code, instance.pk)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, or with a row; the first row of a spreadsheet is number 1."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Change:
    """What becomes of one figure."""

    row: int
    figure: Figure
    is_new: bool
    differences: list[Difference]


@dataclass
class Report:
    """What a table changes; with a problem it changes nothing."""

    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0

    @property
    def new(self) -> int:
        """How many figures are new."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        """How many figures that there are change."""
        return len(self.changes) - self.new

    @property
    def digest(self) -> str:
        """What tells whether two reports say the same."""
        said = [(change.row, change.figure.code, change.is_new, change.differences) for change in self.changes]
        return sha256(repr((said, self.problems)).encode()).hexdigest()


def exported(figures: QuerySet[Figure]) -> tuple[list[str], list[list[Any]]]:
    """Return the columns, and a row for each figure."""
    dataset = FigureResource().export(figures.prefetch_related("texts"))
    return dataset.headers, [list(row) for row in dataset]


def import_table(table: Table, *, dry_run: bool, reason: str = "", expected: str = "") -> Report:
    """Return what a table changes; change it, unless this is a dry run, there are problems, or it is not as expected.

    `expected` is the digest of the report on which somebody said yes: what others changed meanwhile is not overwritten
    unseen.
    """
    resource = FigureResource(reason)
    report = Report(problems=list(_wrong_columns(table.header, list(resource.fields))))
    if report.problems:
        return report
    dataset = Dataset(*(cells for _number, cells in table.rows), headers=table.header)
    with transaction.atomic():
        result = resource.import_data(dataset, raise_errors=False, rollback_on_validation_errors=True)
        _fill(report, result, resource, table)
        if dry_run or report.problems or (expected and report.digest != expected):
            transaction.set_rollback(True)
    return report


def _wrong_columns(header: list[str], known: list[str]) -> Iterator[Problem]:
    if "code" not in header:
        yield Problem(1, "code", gettext("This column is missing: it says which figure a row is about."))
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            yield Problem(1, name, gettext("This column stands there twice."))
        if name not in known:
            yield Problem(1, name, gettext("There is no such column. The file that you export has all there are."))


def _fill(report: Report, result: Any, resource: FigureResource, table: Table) -> None:
    seen: dict[str, int] = {}
    at = table.header.index("code")
    for (number, cells), row in zip(table.rows, result.rows, strict=True):
        if cells[at] and cells[at] in seen:
            message = gettext("Row %(row)d is about this figure already.") % {"row": seen[cells[at]]}
            report.problems.append(Problem(number, "code", message))
        elif row.validation_error:
            by_column = row.validation_error.message_dict.items()
            report.problems += [
                Problem(number, "" if name == NON_FIELD_ERRORS else name, " ".join(messages))
                for name, messages in by_column
            ]
        elif row.errors:
            report.problems.append(Problem(number, "", gettext("The database refuses this row.")))
        elif row.is_skip():
            report.unchanged += 1
        else:
            differences = list(_differences(resource, None if row.is_new() else row.original, row.instance))
            report.changes.append(Change(number, row.instance, row.is_new(), differences))
        seen.setdefault(cells[at], number)


def _differences(resource: FigureResource, old: Any, new: Any) -> Iterator[Difference]:
    for column in resource.get_import_fields():
        before, after = column.export(old) if old else "", column.export(new)
        if before != after and not column.readonly:
            yield Difference(column.column_name, before, after)
