"""XLSX files: what was written can be read back, and nothing in them runs."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from publishing.xlsx_file import LONGEST, xlsx_file


def read(response: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a file's only sheet."""
    (sheet,) = load_workbook(BytesIO(response.content)).worksheets
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_rows_come_back_as_they_were() -> None:
    """Numbers as numbers, words of every script as words."""
    response = xlsx_file("file.xlsx", ["number", "text"], [(1, "Zoë"), (2, "أولا\nثانيا"), (3, "")])
    assert read(response) == [("number", "text"), (1, "Zoë"), (2, "أولا\nثانيا"), (3, None)]
    assert response["Content-Disposition"] == 'attachment; filename="file.xlsx"'


def test_no_cell_is_a_formula() -> None:
    """What a spreadsheet could take for one begins with an apostrophe, and is stored as text."""
    formulas = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "\t=1"]
    response = xlsx_file("file.xlsx", ["text"], ([text] for text in formulas))
    (sheet,) = load_workbook(BytesIO(response.content)).worksheets
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [f"'{text}" for text in formulas]


def test_what_no_cell_can_hold() -> None:
    """Control characters are left out, and a text beyond Excel's limit says that it was cut."""
    response = xlsx_file("file.xlsx", ["text"], [["a\x02b"], ["x" * (LONGEST + 9)]])
    assert [row[0] for row in read(response)[1:]] == ["ab", "x" * (LONGEST - 1) + "…"]
