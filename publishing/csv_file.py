"""CSV files that spreadsheets open without running anything."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# What a spreadsheet takes for the start of a formula, in either width.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def disarmed(value: object) -> str:
    """Return a cell's text; an apostrophe keeps a spreadsheet from taking it for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a file to download, in UTF-8, whose first row names the columns."""
    response = HttpResponse(content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([disarmed(value) for value in row] for row in rows)
    return response
