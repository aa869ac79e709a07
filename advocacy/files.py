"""Files that members attach to practices: what is let in, and what is left in them.

Nothing is kept as it came: each file is read, and what readers get is written anew from what was read.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from openpyxl import load_workbook

from advocacy.models import MOST_FILES, FileKind, Practice, PracticeFile
from publishing.csv_file import disarmed
from publishing.pdf import designed
from publishing.pictures import reencode
from publishing.spreadsheet import Table, Unreadable, read_table
from publishing.xlsx_file import xlsx_file

MAX_BYTES = 10 * 1024 * 1024
MOST_ROWS = 50_000
# A number as people write it: what has zeros before it is a code, and long ones would lose their last digits.
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,14})?")
# What browsers would take for a page or a drawing, whatever its name says.
PAGE = re.compile(r"\s*(?:<!doctype|<\?xml|<html|<svg|<script|<head|<body|\{\\rtf)", re.IGNORECASE)
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
# Parts of a workbook that hold programs.
MACROS = re.compile(r"vbaproject|activex|/macrosheets/", re.IGNORECASE)


@dataclass(frozen=True)
class Cleaned:
    """What may be kept of an upload."""

    kind: FileKind
    content: bytes


def clean(upload: UploadedFile[bytes] | ContentFile[bytes]) -> Cleaned:
    """Return what may be kept of an upload. Raises ValidationError, which says what to do about it."""
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 10 MB."))
    cleaner = CLEANERS.get(Path(upload.name or "").suffix.lower())
    if cleaner is None:
        raise ValidationError(
            _("Only PDF, CSV, XLSX, JPEG, PNG, WebP, plain text (.txt) and Markdown (.md) are taken in.")
        )
    return cleaner(upload)


@transaction.atomic
def add(practice: Practice, cleaned: Cleaned, *, title: str, by: User) -> PracticeFile:
    """Keep a file for a practice, for nobody to see until it is approved. Raises ValidationError.

    The same file sent again is the one that is there.
    """
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    sha256 = hashlib.sha256(cleaned.content).hexdigest()
    same = practice.files.filter(sha256=sha256).first()
    if same:
        return same
    if practice.files.count() >= 2 * MOST_FILES:
        raise ValidationError(
            ngettext(
                "A practice has %(count)d file at most. Take others out first, and send.",
                "A practice has %(count)d files at most. Take others out first, and send.",
                MOST_FILES,
            )
            % {"count": MOST_FILES}
        )
    row = PracticeFile(practice=practice, title=title, kind=cleaned.kind, size=len(cleaned.content), sha256=sha256)
    row.uploaded_by = by
    row.file.save("file", ContentFile(cleaned.content), save=False)
    try:
        with transaction.atomic():
            row.save()
    except Exception:
        row.file.storage.delete(str(row.file.name))
        raise
    return row


def _pdf(upload: UploadedFile[bytes] | ContentFile[bytes]) -> Cleaned:
    return Cleaned(FileKind.PDF, designed.accept(upload).read())


def _picture(upload: UploadedFile[bytes] | ContentFile[bytes]) -> Cleaned:
    return Cleaned(FileKind.PICTURE, reencode(upload).read())


def _text(kind: FileKind) -> Callable[..., Cleaned]:
    def cleaned(upload: UploadedFile[bytes] | ContentFile[bytes]) -> Cleaned:
        try:
            text = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(_("This is no text in UTF-8. Save it as such.")) from error
        if NO_TEXT.search(text) or PAGE.match(text) or text.startswith("%PDF"):
            raise ValidationError(_("This is no plain text, though its name says so."))
        if not text.strip():
            raise ValidationError(_("This file is empty."))
        return Cleaned(kind, "\n".join(text.splitlines()).encode() + b"\n")

    return cleaned


def _csv(upload: UploadedFile[bytes] | ContentFile[bytes]) -> Cleaned:
    if upload.read(2) == b"PK":
        raise ValidationError(_("This is no CSV, though its name says so."))
    upload.seek(0)
    table = _table(upload)
    if PAGE.match(table.header[0]):
        raise ValidationError(_("This is no CSV, though its name says so."))
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.header)
    writer.writerows([cell if _is_number(cell) else disarmed(cell) for cell in row] for _number, row in table.rows)
    return Cleaned(FileKind.CSV, out.getvalue().encode())


def _xlsx(upload: UploadedFile[bytes] | ContentFile[bytes]) -> Cleaned:
    if upload.read(2) != b"PK":
        raise ValidationError(_("This is no XLSX, though its name says so."))
    upload.seek(0)
    table = _table(upload)
    upload.seek(0)
    _look_into(upload.read())
    rows = ([_value(cell) for cell in row] for _number, row in table.rows)
    return Cleaned(FileKind.XLSX, xlsx_file("data.xlsx", table.header, rows).content)


def _table(upload: UploadedFile[bytes] | ContentFile[bytes]) -> Table:
    """Return a table in which no cell acts, the names of its columns included."""
    try:
        table = read_table(upload, most_rows=MOST_ROWS)
    except Unreadable as error:
        raise ValidationError(str(error)) from error
    for name in table.header:
        if disarmed(name) != name:
            raise ValidationError(
                _("Column “%(column)s”: a spreadsheet would take its name for a formula. Write it otherwise."),
                params={"column": name},
            )
    return table


def _look_into(content: bytes) -> None:
    """Refuse a workbook whose other sheets would be lost, or that holds programs; `read_table` knows it unpacks."""
    with _readable():
        names = ZipFile(BytesIO(content)).namelist()
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        hidden = [sheet.sheet_state != "visible" for sheet in book.worksheets]
    if any(MACROS.search(name) for name in names):
        raise ValidationError(_("This file holds macros. Save it as XLSX without them."))
    if hidden[0] or hidden.count(False) > 1:
        raise ValidationError(_("This file has several sheets. Send each as a file of its own."))


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise ValidationError(_("This XLSX file cannot be read. Save it anew, or as CSV.")) from error


def _is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell) is not None


def _value(cell: str) -> str | int | float:
    """Return a cell as spreadsheets calculate with it."""
    if not _is_number(cell):
        return cell
    return float(cell) if "." in cell else int(cell)


CLEANERS: dict[str, Callable[..., Cleaned]] = {
    ".pdf": _pdf,
    ".csv": _csv,
    ".xlsx": _xlsx,
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp"), _picture),
    ".txt": _text(FileKind.TEXT),
    **dict.fromkeys((".md", ".markdown"), _text(FileKind.MARKDOWN)),
}
