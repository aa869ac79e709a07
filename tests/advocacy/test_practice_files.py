"""Files of practices: what is let in, what is left in them, and who may have them."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from openpyxl import Workbook, load_workbook
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from advocacy import files
from advocacy.models import PracticeFile, Role
from tests.conftest import signed_in
from tests.factories import make_member, make_organisation, make_practice, make_practice_file, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Keep files where they go after the test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Somebody at risk", "/CreationDate": "D:20260101120000"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def xlsx(change: Callable[[Workbook], None] = lambda _book: None) -> bytes:
    book = Workbook()
    book.properties.creator = "Somebody at risk"
    assert book.active
    for row in (["Site", "People"], ["007", 12], ["North", -3.5]):
        book.active.append(row)
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def photograph() -> bytes:
    picture = Image.new("RGB", (40, 30), "#b3122b")
    exif = Image.Exif()
    exif[0x013B] = "Somebody at risk"
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (61 * 1024 * 1024))
    return out.getvalue()


def hide_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Names")
    sheet.sheet_state = "hidden"
    sheet.append(["Somebody at risk"])


def test_pdf_forgets_who_made_it() -> None:
    cleaned = files.clean(upload("report.PDF", pdf()))
    assert cleaned.kind == "pdf"
    assert b"Somebody" not in cleaned.content
    metadata = PdfReader(BytesIO(cleaned.content)).metadata
    assert metadata is not None
    assert (metadata.author, metadata.creation_date) == (None, None)


def test_picture_forgets_its_camera() -> None:
    cleaned = files.clean(upload("market.jpeg", photograph()))
    assert cleaned.kind == "webp"
    assert b"Somebody" not in cleaned.content
    assert Image.open(BytesIO(cleaned.content)).size == (40, 30)


def test_workbook_forgets_author_and_hidden_sheets_and_keeps_numbers() -> None:
    cleaned = files.clean(upload("data.xlsx", xlsx(hide_sheet)))
    book = load_workbook(BytesIO(cleaned.content))
    assert book.sheetnames == ["Sheet"]
    assert book.properties.creator != "Somebody at risk"
    assert list(book.worksheets[0].values) == [("Site", "People"), ("007", 12), ("North", -3.5)]


def test_csv_is_written_anew() -> None:
    cleaned = files.clean(upload("data.csv", "\ufeffSite;People\r\nNorth;-3\r\n'=ours;007\r\n".encode()))
    assert cleaned.content == b"Site,People\r\nNorth,-3\r\n'=ours,007\r\n"


@pytest.mark.parametrize(("name", "kind"), [("notes.txt", "txt"), ("notes.markdown", "md")])
def test_texts(name: str, kind: str) -> None:
    cleaned = files.clean(upload(name, "\ufeffUn café\r\nÀ midi".encode()))
    assert (cleaned.kind, cleaned.content.decode()) == (kind, "Un café\nÀ midi\n")


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "svg": ("drawing.svg", lambda: b"<svg/>", "Only PDF, CSV"),
    "html": ("page.html", lambda: b"<html>", "Only PDF, CSV"),
    "no ending": ("file", lambda: b"text", "Only PDF, CSV"),
    "archive": ("all.zip", bomb, "Only PDF, CSV"),
    "macros": ("data.xlsm", xlsx, "Only PDF, CSV"),
    "program": ("run.exe", lambda: b"MZ", "Only PDF, CSV"),
    "html as pdf": ("page.pdf", lambda: b"<html><script>", "This is not a PDF"),
    "damaged pdf": ("page.pdf", lambda: b"%PDF-1.7 nothing", "damaged"),
    "svg as png": ("drawing.png", lambda: b"<svg/>", "not a JPEG, PNG or WebP"),
    "pdf as csv": ("page.csv", pdf, ""),
    "xlsx as csv": ("data.csv", xlsx, "no CSV"),
    "html as csv": ("data.csv", lambda: b"<html>,x\n1,2\n", "no CSV"),
    "csv as xlsx": ("data.xlsx", lambda: b"a,b\n1,2\n", "no XLSX"),
    "zip as xlsx": ("data.xlsx", lambda: b"PK\x03\x04nothing", "cannot be read"),
    "bomb": ("data.xlsx", bomb, "too large when it is unpacked"),
    "formula": ("data.csv", lambda: b"Site,People\nNorth,=1+1\n", "formula"),
    "formula as a name": ("data.csv", lambda: b"=1+1,People\nNorth,2\n", "formula"),
    "formula in a workbook": ("data.xlsx", lambda: xlsx(lambda b: b.worksheets[0].append(["=1+1", 1])), "formula"),
    "two sheets": ("data.xlsx", lambda: xlsx(lambda b: b.create_sheet("More").append([1])), "several sheets"),
    "html as text": ("page.txt", lambda: b" <!DOCTYPE html>", "no plain text"),
    "program as text": ("run.txt", lambda: b"MZ\x00\x01", "no plain text"),
    "other letters": ("notes.txt", lambda: "à".encode("latin-1"), "UTF-8"),
    "empty": ("notes.txt", lambda: b"  \n", "empty"),
    "large": ("notes.txt", lambda: b"a" * (files.MAX_BYTES + 1), "larger than 10 MB"),
}


@pytest.mark.parametrize(("name", "content", "told"), REFUSED.values(), ids=REFUSED)
def test_refused(name: str, content: Callable[[], bytes], told: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        files.clean(upload(name, content()))
    assert told in " ".join(refusal.value.messages)


def test_the_same_file_again_is_the_one_that_is_there() -> None:
    practice, user = make_practice(), make_user()
    first = files.add(practice, files.clean(upload("a.txt", b"one")), title="", by=user)
    assert files.add(practice, files.clean(upload("b.txt", b"one")), title="x", by=user) == first
    assert not first.approved


def test_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 1)
    practice, user = make_practice(), make_user()
    for text in (b"one", b"two"):
        files.add(practice, files.clean(upload("a.txt", text)), title="", by=user)
    with pytest.raises(ValidationError):
        files.add(practice, files.clean(upload("a.txt", b"three")), title="", by=user)


def test_what_is_approved_has_a_title() -> None:
    with pytest.raises(IntegrityError, match="practicefile_approved_has_title"):
        make_practice_file(make_practice(), title="")


def test_a_file_goes_with_its_row(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    file = make_practice_file(make_practice())
    name = str(file.file.name)
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        file.practice.delete()
    assert not default_storage.exists(name)


def assert_download(response: Any, name: str) -> None:
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert b"".join(response.streaming_content) == b"A file.\n"


def test_a_public_file(visitor: Client) -> None:
    file = make_practice_file(make_practice(slug="shared"), title="Letter, in short")
    assert_download(visitor.get(file.get_absolute_url()), "letter-in-short.txt")
    page = visitor.get("/en/practices/shared/").content.decode()
    assert file.get_absolute_url() in page
    assert "Letter, in short" in page


def test_another_name_leads_to_the_file(visitor: Client) -> None:
    file = make_practice_file(make_practice(slug="shared"))
    response: Any = visitor.get(f"/en/practices/shared/files/{file.pk}/old.txt")
    assert response.status_code == 302
    assert response.url == file.get_absolute_url()


def test_addresses_of_nothing(visitor: Client) -> None:
    file = make_practice_file(make_practice(slug="shared"))
    make_practice(slug="other")
    for address in (
        f"other/files/{file.pk}/{file.name}",
        f"shared/files/{file.pk + 1}/x",
        "shared/files/9999999999/x",
    ):
        assert visitor.get(f"/en/practices/{address}").status_code == 404
    assert visitor.post(file.get_absolute_url()).status_code == 405
    default_storage.delete(str(file.file.name))
    assert visitor.get(file.get_absolute_url()).status_code == 404


HIDDEN: dict[str, Callable[[], PracticeFile]] = {
    "not approved": lambda: make_practice_file(make_practice(), approved=False),
    "members only": lambda: make_practice_file(make_practice(audience="members")),
    "draft": lambda: make_practice_file(make_practice(state="draft")),
    "unlisted": lambda: make_practice_file(make_practice(make_organisation(state="draft", listing="unlisted"))),
}


@pytest.mark.parametrize("make", HIDDEN.values(), ids=HIDDEN)
def test_no_visitor_has_what_is_not_public(visitor: Client, make: Callable[[], PracticeFile]) -> None:
    file = make()
    assert visitor.get(file.get_absolute_url()).status_code == 404
    assert visitor.get(file.members_url).status_code == 302
    assert signed_in(make_user(staff=False)).get(file.members_url).status_code == 403


@pytest.mark.parametrize(("how", "status"), [*zip(HIDDEN, (404, 200, 404, 200), strict=True)])
def test_what_members_have(how: str, status: int) -> None:
    file = HIDDEN[how]()
    response = make_member(role=Role.READER)[0].get(file.members_url)
    assert response.status_code == status
    response.close()


def test_who_shares_it_sees_what_is_not_approved_yet() -> None:
    practice = make_practice()
    file = make_practice_file(practice, approved=False)
    response = make_member(organisation=practice.organisation)[0].get(file.members_url)
    assert_download(response, file.name)
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    reader, _membership = make_member(role=Role.READER, organisation=practice.organisation)
    assert reader.get(file.members_url).status_code == 404
