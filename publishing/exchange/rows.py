"""Brings rows of a spreadsheet in, some at a time, and takes them out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.utils.translation import gettext
from tablib import Dataset

from publishing.exchange.report import Change, Report
from publishing.exchange.resource import SheetResource

# So many rows are held and written at once.
TOGETHER = 500
Row = tuple[int, list[str]]


def import_rows(
    resource: SheetResource,
    header: list[str],
    rows: Iterable[Row],
    *,
    told: Callable[[int], None] = lambda _count: None,
) -> Report:
    """Bring rows in and return what they change; `told` hears how many rows were read.

    The caller holds the transaction, and rolls it back where the report has problems.
    """
    report = Report()
    for column, message in _wrong_columns(resource, header):
        report.add_problem(1, column, message)
    if report.problems:
        return report
    resource.take_header(header)
    seen: dict[str, int] = {}
    waiting = iter(rows)
    while some := list(islice(waiting, TOGETHER)):
        dataset = Dataset(*(cells for _number, cells in some), headers=header)
        result = resource.import_data(dataset, raise_errors=False, rollback_on_validation_errors=False)
        refused = resource.flush()
        at = header.index(resource.key)
        for (number, cells), row in zip(some, result.rows, strict=True):
            _report_row(report, resource, number, row, seen.get(cells[at]), refused)
            if cells[at]:
                seen.setdefault(cells[at], number)
        report.rows += len(some)
        told(report.rows)
    return report


def _wrong_columns(resource: SheetResource, header: list[str]) -> Iterator[tuple[str, str]]:
    if resource.key not in header:
        yield resource.key, str(resource.key_missing)
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            yield name, gettext("This column stands there twice.")
        if name not in resource.fields:
            yield name, gettext("There is no such column. The file that you export has all there are.")


def _report_row(
    report: Report,
    resource: SheetResource,
    number: int,
    row: Any,
    before: int | None,
    refused: dict[int, list[tuple[str, str]]],
) -> None:
    if before:
        report.add_problem(number, resource.key, str(resource.key_twice) % {"row": before})
    elif row.validation_error:
        for name, messages in row.validation_error.message_dict.items():
            report.add_problem(number, "" if name == NON_FIELD_ERRORS else name, " ".join(messages))
    elif row.errors:
        report.add_problem(number, "", gettext("The database refuses this row."))
    elif row.is_skip():
        report.unchanged += 1
    elif id(row.instance) in refused:
        for name, message in refused[id(row.instance)]:
            report.add_problem(number, name, message)
    else:
        name = str(getattr(row.instance, resource.key))
        report.add_change(Change(number, name, row.is_new(), row.instance._differences))


def exported(resource: SheetResource, things: QuerySet[Any]) -> tuple[list[str], Iterator[Sequence[Any]]]:
    """Return the columns, and a row for each thing, which are fetched as they are asked for."""
    return list(resource.columns), _rows(resource, things)


def _rows(resource: SheetResource, things: QuerySet[Any]) -> Iterator[Sequence[Any]]:
    columns = resource.get_import_fields()
    for thing in things.iterator(chunk_size=TOGETHER):
        resource.prepare(thing)
        yield [column.export(thing) for column in columns]
