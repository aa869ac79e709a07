"""XLSX files that spreadsheets open without running anything."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from publishing.csv_file import disarmed

# Excel's own limit on what one cell holds; what is cut ends in a sign that says so.
LONGEST = 32_767


def _cell(value: object) -> str | int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = disarmed(ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def xlsx_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a file to download, of one sheet whose first row names the columns; written row by row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    titles = [WriteOnlyCell(sheet, title) for title in header]
    for title in titles:
        title.font = Font(bold=True)
    sheet.append(titles)
    for row in rows:
        sheet.append([_cell(value) for value in row])
    file = BytesIO()
    book.save(file)
    response = HttpResponse(
        file.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
