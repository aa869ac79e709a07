"""Reads the tables that staff send, CSV or XLSX, as plain text; nothing in them is run, and none is too large.

A cell that a spreadsheet would take for a formula is refused, since whoever opens the table next would run it. One
that an apostrophe keeps from it, as our own files do, loses the apostrophe again.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, TextIOWrapper
from zipfile import ZipFile

from django.core.files.base import File
from django.utils.translation import gettext, ngettext
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from publishing.csv_file import disarmed

LARGEST = 5 * 1024 * 1024
# So many times as large an XLSX file may become when it is unpacked, and of so many parts it may be made.
SWELLS = 12
PARTS = 500
MOST_COLUMNS = 100
# A row can say that it stands at the end of the world; those before it, all empty, are read until then.
LAST_ROW = 100_000


class Unreadable(Exception):
    """A file is no table, or too large a one; `str()` says what to do about it."""


@dataclass(frozen=True)
class Table:
    """Cells as text. Each row comes with its number in the spreadsheet; empty ones are left out."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(file: File[bytes], *, most_rows: int) -> Table:
    """Return what a file holds. Raises Unreadable."""
    lines = read_rows(read_content(file, LARGEST), most_rows=most_rows, largest=LARGEST)
    _number, header = next(lines)
    return Table(header, list(lines))


def read_content(file: File[bytes], largest: int) -> bytes:
    """Return a file's content. Raises Unreadable where it is too large."""
    if (file.size or 0) > largest:
        message = gettext("This file is larger than %(size)d MB. Leave out the rows that do not change.")
        raise Unreadable(message % {"size": largest // (1024 * 1024)})
    content: bytes = file.read()
    return content


def read_rows(content: bytes, *, most_rows: int, largest: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a file, the one that names the columns first, each as it is asked for. Raises Unreadable."""
    lines = _xlsx(content, largest * SWELLS) if content.startswith(b"PK") else _csv(content)
    filled = ((number, cells) for number, cells in enumerate(lines, 1) if any(cells))
    first, header = next(filled, (0, []))
    while header and not header[-1]:
        header.pop()
    if not header:
        raise Unreadable(gettext("This file is empty."))
    yield first, header
    for count, (number, cells) in enumerate(filled):
        if count == most_rows:
            message = ngettext(
                "This file has more than %(count)d row. Leave out the rows that do not change.",
                "This file has more than %(count)d rows. Leave out the rows that do not change.",
                most_rows,
            )
            raise Unreadable(message % {"count": most_rows})
        if any(cells[len(header) :]):
            raise Unreadable(gettext("Row %(row)d has more cells than the first row has columns.") % {"row": number})
        padded = [*cells, *[""] * (len(header) - len(cells))]
        yield number, [_plain(cell, number, header[i]) for i, cell in enumerate(padded[: len(header)])]


def _plain(cell: str, row: int, column: str) -> str:
    """Return a cell's text. Raises Unreadable for a formula."""
    if not cell:
        return cell
    if cell.startswith("'") and disarmed(cell[1:]) == cell:
        return cell[1:]
    if disarmed(cell) == cell or _is_number(cell):
        return cell
    raise Unreadable(
        gettext("Row %(row)d, column %(column)s: a spreadsheet would take this cell for a formula. Write it as text.")
        % {"row": row, "column": column}
    )


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _csv(content: bytes) -> Iterator[list[str]]:
    first = content.partition(b"\n")[0]
    # Spreadsheets write semicolons where the comma stands in numbers.
    delimiter = ";" if first.count(b";") > first.count(b",") else ","
    try:
        if b"\0" in content:
            raise ValueError
        # Decoded as it is read: as one text it would take several times the room.
        for cells in csv.reader(TextIOWrapper(BytesIO(content), "utf-8-sig", newline=""), delimiter=delimiter):
            yield [cell.strip() for cell in cells]
    except (csv.Error, ValueError) as error:
        raise Unreadable(gettext("This is neither XLSX nor CSV in UTF-8. Save it as one of these.")) from error


def _xlsx(content: bytes, unpacked: int) -> Iterator[list[str]]:
    try:
        parts = ZipFile(BytesIO(content)).infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > unpacked:
            raise Unreadable(gettext("This file becomes too large when it is unpacked."))
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        yield from _cells(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True))
    except Unreadable:
        raise
    except Exception as error:  # a broken file makes the library raise whatever comes
        raise Unreadable(gettext("This XLSX file cannot be read. Save it anew, or as CSV.")) from error


def _cells(lines: Iterable[Iterable[object]]) -> Iterator[list[str]]:
    for number, line in enumerate(lines):
        if number == LAST_ROW:
            raise ValueError
        yield [_text(value) for value in line]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, ArrayFormula | DataTableFormula):
        return "="
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
