"""Pictures in the admin: nothing of a file is kept but its pixels."""

import os
import resource
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from publishing.models import Picture
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import make_news, make_picture

FORM = "picture_form"
CAMERA = "SecretCamera"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Keep pictures out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photograph(kind: str = "JPEG") -> SimpleUploadedFile:
    """Return an upload that tells which camera took it, and is too large to be held in memory."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = CAMERA
    size = (2000, 1000)
    noise = Image.frombytes("RGB", size, os.urandom(3 * size[0] * size[1]))
    noise.save(out, kind, exif=exif, **({"quality": 95} if kind != "PNG" else {}))
    return SimpleUploadedFile(f"holiday-of-ada.{kind.lower()}", out.getvalue(), "image/jpeg")


def add(client: Client, **fields: Any) -> Any:
    """Send the form for a new picture."""
    values = typed(client.get(address(Picture, "add")), FORM)
    values |= {"slug": "wall", "credit": "A. Photographer", "texts-0-alt": "A wall", "file": photograph()}
    return client.post(address(Picture, "add"), {**values, **fields})


def stored(media: Path) -> list[Path]:
    """Return the files there are."""
    return sorted(path for path in media.rglob("*") if path.is_file())


def names(picture: Picture) -> set[str]:
    """Return the names of a picture's files."""
    return {Path(each.name).name for each in picture.renditions}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_upload_is_stored_as_pixels_alone(editor: Client, media: Path, kind: str) -> None:
    response = add(editor, file=photograph(kind))
    assert response.status_code == 302, errors(response)
    files = stored(media)
    assert len(files) == 9
    for file in files:
        assert CAMERA.encode() not in file.read_bytes()
        assert "holiday" not in file.name
        with Image.open(file) as image:
            assert (image.width, image.height, dict(image.getexif())) == (image.width, image.width // 2, {})
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (1600, 800)
    assert {each.name for each in picture.renditions} == {f"pictures/{file.name}" for file in files}


@pytest.mark.parametrize(
    ("file", "wrong"),
    [
        (SimpleUploadedFile("a.jpg", b"no picture"), "Upload a valid image."),
        (SimpleUploadedFile("a.jpg", b""), "The submitted file is empty."),
        (SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "Upload a valid image."),
        (photograph("GIF"), "not a JPEG, PNG or WebP picture"),
        (SimpleUploadedFile("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "Upload a valid image."),
        (SimpleUploadedFile("a.jpg", b"GIF89a/*<script>alert(1)</script>*/=1;"), "Upload a valid image."),
        (SimpleUploadedFile("a.jpg", photograph().read()[:100_000]), "not a JPEG, PNG or WebP picture"),
        (SimpleUploadedFile("a.png", photograph("PNG").read()[:100_000]), "a corrupted image"),
        ("", "This field is required."),
    ],
)
def test_what_is_no_picture_is_refused_beside_the_field(editor: Client, media: Path, file: Any, wrong: str) -> None:
    if file:
        file.seek(0)
    response = add(editor, file=file, credit="Kept as typed")
    assert response.status_code == 200
    (row,) = page_of(response).all("div", class_="field-file")
    assert wrong in row.text
    assert page_of(response).one("input", name="credit").get("value") == "Kept as typed"
    assert not stored(media)
    assert not Picture.objects.exists()


def test_of_a_polyglot_only_the_picture_is_taken(editor: Client, media: Path) -> None:
    """A page and an archive behind it, in a file whose name and type say that it is a page."""
    tail = b"<!doctype html><script>alert(1)</script>PK\x03\x04evil.html"
    file = SimpleUploadedFile("a.png", photograph().read() + tail, "text/html")
    response = add(editor, file=file)
    assert response.status_code == 302, errors(response)
    assert len(stored(media)) == 9
    for path in stored(media):
        assert path.suffix in {".avif", ".webp", ".jpg"}
        content = path.read_bytes()
        assert not [word for word in (b"<script", b"doctype", b"evil.html") if word in content]


def test_note_of_consent_is_asked_for_and_kept(editor: Client, media: Path) -> None:
    words = "Both agreed in writing in March 2024."
    response = add(editor, **{"texts-0-consent": words * 10})
    assert "at most 300 characters" in errors(response)
    assert "who is shown agreed to what" in page_of(response).text
    add(editor, **{"texts-0-consent": words})
    assert [text.consent for text in Picture.objects.get().texts.all()] == [words]


def test_picture_needs_a_text(editor: Client, media: Path) -> None:
    response = add(editor, **{"texts-0-alt": ""})
    assert "This field is required." in errors(response)
    picture = make_picture()
    url = address(picture, "change")
    response = editor.post(url, {**typed(editor.get(url), FORM), "texts-0-DELETE": "on"})
    assert response.status_code == 200
    assert "at least 1 form" in errors(response)


def test_form_without_a_new_file_keeps_the_old_one(editor: Client, media: Path) -> None:
    picture = make_picture()
    before = picture.file.name
    url = address(picture, "change")
    response = editor.post(url, {**typed(editor.get(url), FORM), "credit": "Somebody else"})
    assert response.status_code == 302, errors(response)
    picture.refresh_from_db()
    assert (picture.file.name, picture.credit) == (before, "Somebody else")
    assert {path.name for path in stored(media)} == names(picture)


def test_replaced_file_is_gone(editor: Client, media: Path, django_capture_on_commit_callbacks: Any) -> None:
    picture = make_picture()
    before = picture.file.name
    url = address(picture, "change")
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(url, {**typed(editor.get(url), FORM), "file": photograph()})
    assert response.status_code == 302, errors(response)
    picture.refresh_from_db()
    assert picture.file.name != before
    assert {path.name for path in stored(media)} == names(picture)
    assert picture.width == 1600


@pytest.mark.parametrize("how", ["one", "selected"])
def test_deleted_picture_takes_its_file_along(
    editor: Client, media: Path, how: str, django_capture_on_commit_callbacks: Any
) -> None:
    picture = make_picture()
    selected = {"action": "delete_selected", "_selected_action": picture.pk}
    url = address(picture, "delete") if how == "one" else address(Picture, "changelist")
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(url, {"post": "yes", **(selected if how == "selected" else {})})
    assert not Picture.objects.exists()
    assert not stored(media)


def test_picture_in_use_stays(editor: Client, media: Path) -> None:
    picture = make_picture()
    make_news(picture=picture)
    editor.post(address(picture, "delete"), {"post": "yes"})
    assert Picture.objects.exists()
    assert stored(media)


def test_staff_alone_see_what_nothing_public_shows(
    editor: Client, coordinator: Client, moderator: Client, visitor: Client
) -> None:
    picture = make_picture()
    url = address(picture, "image")
    for client in (editor, coordinator):
        response = client.get(url)
        assert response.content.startswith(b"RIFF")
        assert "no-store" in response["Cache-Control"]
        assert client.get(address(picture, "change")).content.decode().count(f'src="{url}"') == 1
    assert moderator.get(url).status_code == 403
    assert visitor.get(url)["Location"].startswith("/admin/login/")
    assert editor.post(url).status_code == 405


def test_no_such_picture(editor: Client, media: Path) -> None:
    picture = make_picture()
    url = address(picture, "image")
    for number in ("999999", "abc", "9" * 40):
        assert editor.get(url.replace(f"/{picture.pk}/", f"/{number}/")).status_code == 404
    for path in stored(media):
        path.unlink()
    assert editor.get(url).status_code == 404


def bomb(side: int) -> bytes:
    """Return a small PNG file that decodes to side × side black pixels."""
    row = b"\0" * (1 + (side + 7) // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@pytest.mark.parametrize("side", [7_000, 12_000, 30_000])
def test_image_bomb_is_refused_in_words_before_it_is_decoded(editor: Client, media: Path, side: int) -> None:
    file = SimpleUploadedFile("a.png", bomb(side), "image/png")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    response = add(editor, file=file, credit="Kept as typed")
    assert response.status_code == 200
    (row,) = page_of(response).all("div", class_="field-file")
    assert "more than 40 million pixels" in row.text
    assert page_of(response).one("input", name="credit").get("value") == "Kept as typed"
    # Decoded it would take from 49 to 900 million bytes.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000
    assert not stored(media)
