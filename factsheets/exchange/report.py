"""What a spreadsheet that staff send would change, or changes: all of it or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext
from tablib import Dataset

from factsheets.exchange.resource import FigureResource
from factsheets.models import Figure
from publishing.history import Difference
from publishing.spreadsheet import Table

# Each row that is new or changed takes the database about a hundredth of a second.
MOST_ROWS = 2000


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
