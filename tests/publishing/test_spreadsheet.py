"""Tables that staff send are read as text, and nothing in them is run or swells."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook

from publishing.spreadsheet import LARGEST, SWELLS, Table, Unreadable, read_table


def read(content: bytes | str, most_rows: int = 5) -> Table:
    """Read a file's content."""
    return read_table(ContentFile(content.encode() if isinstance(content, str) else content), most_rows=most_rows)


def book(*rows: list[object]) -> bytes:
    """Return an XLSX file."""
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def test_rows_keep_their_numbers() -> None:
    table = read("\ufeffa,b,\n\n 1 ,2\n,\n3\n")
    assert table == Table(["a", "b"], [(3, ["1", "2"]), (5, ["3", ""])])


def test_cells_of_a_spreadsheet() -> None:
    rows: list[list[object]] = [["a", "b", "c"], [1, 2.5, None], [3.0, True, "x"]]
    assert read(book(*rows)).rows == [(2, ["1", "2.5", ""]), (3, ["3", "True", "x"])]


@pytest.mark.parametrize(("cell", "text"), [("-5", "-5"), ("'=1+1", "=1+1"), ("'-5", "-5"), ("'tis", "'tis")])
def test_what_only_looks_like_a_formula(cell: str, text: str) -> None:
    assert read(f"a\n{cell}\n").rows == [(2, [text])]


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@SUM(A1)", "＝1"])
def test_formulas_are_refused(cell: str) -> None:
    for content in (f"a\n{cell}\n".encode(), book(["a"], [cell])):
        with pytest.raises(Unreadable, match="Row 2, column a: a spreadsheet would take this cell for a formula"):
            read(content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "empty"),
        ("\n,,\n", "empty"),
        (b"\xff\xfea", "neither XLSX nor CSV"),
        ("a\0b", "neither XLSX nor CSV"),
        (b"PK\x03\x04 and then nothing", "cannot be read"),
        ("a\n1,2", "Row 2 has more cells"),
        ("a\n" + "1\n" * 6, "more than 5 rows"),
        ("a\n" + "1" * 200_000, "cannot be read|neither"),
        (b"a" * (LARGEST + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_table(content: bytes | str, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        read(content)


def test_a_zip_that_swells() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * (LARGEST * SWELLS + 1))
    assert len(file.getvalue()) < LARGEST
    with pytest.raises(Unreadable, match="too large when it is unpacked"):
        read(file.getvalue())


def test_a_zip_that_is_no_spreadsheet() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as made:
        made.writestr("hello.txt", "hello")
    with pytest.raises(Unreadable, match="cannot be read"):
        read(file.getvalue())


def test_a_row_without_end() -> None:
    """The file says of its last row that it is a billion further down."""
    file = BytesIO()
    with ZipFile(BytesIO(book(["a"], ["1"]))) as whole, ZipFile(file, "w") as made:
        for name in whole.namelist():
            content = whole.read(name)
            if name.endswith("sheet1.xml"):
                for place in (b'r="2"', b'r="A2"', b'ref="A1:A2"'):
                    content = content.replace(place, place.replace(b'2"', b'1000000000"'))
                assert b"1000000000" in content
            made.writestr(name, content)
    with pytest.raises(Unreadable, match="cannot be read"):
        read(file.getvalue())
