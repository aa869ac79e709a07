"""Pictures: nothing of an upload is kept but its pixels, and nothing but a picture gets in."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from publishing.pictures import MAX_BYTES, picture_path, reencode

MARK = b"SECRETMARK"
RED, BLUE = (200, 0, 0), (0, 0, 200)


def halves(mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return a picture's file."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def kept(file: bytes) -> Image.Image:
    """Return what is left of a file, read back."""
    return Image.open(BytesIO(reencode(ContentFile(file)).read()))


def near(image: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    """Whether a pixel has about this colour: what was encoded twice is not exact."""
    found = image.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return all(abs(a - b) < 60 for a, b in zip(found, colour, strict=True))


def telling() -> Image.Exif:
    """Return what a telephone writes: the camera, the moment and the place."""
    exif = Image.Exif()
    exif[0x010F] = MARK.decode()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:21 20:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (15.0, 25.0, 0.0), 3: "E", 4: (28.0, 17.0, 0.0)})
    return exif


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int) -> bytes:
    """Return a small file that says it is this large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_left_but_the_pixels(kind: str) -> None:
    """Neither place nor camera nor moment, nor anything else that was written beside them."""
    options: dict[str, Any] = {"exif": telling(), "icc_profile": MARK}
    if kind == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Author", MARK.decode())
    else:
        options["xmp"] = MARK
    if kind == "JPEG":
        options["comment"] = MARK
    file = encoded(halves(), kind, **options)
    assert MARK in file
    picture = kept(file)
    assert (picture.format, picture.size) == ("WEBP", (40, 20))
    assert not picture.getexif()
    assert not picture.getexif().get_ifd(0x8825)
    assert not {"exif", "icc_profile", "xmp", "comment", "Author"} & set(picture.info)
    assert MARK not in reencode(ContentFile(file)).read()
    assert near(picture, (5, 10), RED) and near(picture, (35, 10), BLUE)


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"<?php system($_GET[0]);", b"PK\x03\x04" + MARK])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hides_behind_a_picture_is_gone(kind: str, tail: bytes) -> None:
    file = reencode(ContentFile(encoded(halves(), kind) + tail)).read()
    assert tail not in file
    assert file.startswith(b"RIFF") and file[8:12] == b"WEBP"


@pytest.mark.parametrize(
    ("orientation", "size", "red", "blue"),
    [
        (1, (40, 20), (5, 10), (35, 10)),
        (2, (40, 20), (35, 10), (5, 10)),
        (3, (40, 20), (35, 10), (5, 10)),
        (6, (20, 40), (10, 5), (10, 35)),
        (8, (20, 40), (10, 35), (10, 5)),
        (99, (40, 20), (5, 10), (35, 10)),
    ],
)
def test_it_stands_upright(
    orientation: int, size: tuple[int, int], red: tuple[int, int], blue: tuple[int, int]
) -> None:
    """As the camera was held, since the note that said how is gone."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = kept(encoded(halves(), "JPEG", exif=exif))
    assert picture.size == size
    assert near(picture, red, RED) and near(picture, blue, BLUE)


@pytest.mark.parametrize(
    ("size", "expected"),
    [((2000, 1000), (1600, 800)), ((10, 3200), (5, 1600)), ((1600, 9), (1600, 9)), ((1, 1), (1, 1))],
)
def test_size(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert kept(encoded(Image.new("RGB", size))).size == expected


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_what_is_seen_through_stays_so(mode: str) -> None:
    """Also where one colour of a palette stands for nothing."""
    image = halves("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size).point(lambda level: 255 if level > 127 else 0))
    file = encoded(image.convert(mode) if mode != "PA" else image.quantize(4))
    picture = kept(file)
    assert picture.mode == "RGBA"
    assert [picture.getpixel((5, y))[3] for y in (2, 17)] == [0, 255]  # type: ignore[index] # four bands


def test_one_colour_that_is_seen_through() -> None:
    picture = kept(encoded(halves(), transparency=RED))
    assert [picture.getpixel((x, 10))[3] for x in (5, 35)] == [0, 255]  # type: ignore[index] # four bands


@pytest.mark.parametrize(
    ("mode", "kind"), [("L", "PNG"), ("1", "PNG"), ("P", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG"), ("L", "JPEG")]
)
def test_every_kind_of_pixel(mode: str, kind: str) -> None:
    image = Image.new("I;16", (40, 20), 65535) if mode == "I;16" else Image.new("RGB", (40, 20), "white").convert(mode)
    picture = kept(encoded(image, kind))
    assert (picture.mode, picture.size) == ("RGB", (40, 20))
    assert near(picture, (20, 10), (255, 255, 255))


def test_sixteen_bits_of_grey_stay_grey() -> None:
    assert near(kept(encoded(Image.new("I;16", (40, 20), 0x8000))), (20, 10), (128, 128, 128))


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_what_moves_stands_still(kind: str) -> None:
    file = encoded(halves(), kind, save_all=True, append_images=[Image.new("RGB", (40, 20))])
    picture = kept(file)
    assert getattr(picture, "n_frames", 1) == 1
    assert near(picture, (5, 10), RED) and near(picture, (35, 10), BLUE)


NO_PICTURES = {
    "nothing": b"",
    "text": b"no picture",
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "GIF": encoded(halves(), "GIF"),
    "BMP": encoded(halves(), "BMP"),
    "TIFF": encoded(halves(), "TIFF"),
    "ICO": encoded(halves(), "ICO"),
    "PDF": encoded(halves(), "PDF"),
    "EPS": encoded(halves(), "EPS"),
    "cut JPEG": encoded(halves(size=(400, 400)), "JPEG")[:-200],
    "cut PNG": encoded(halves())[:60],
    "cut WebP": encoded(halves(size=(400, 400)), "WEBP")[:-100],
    "head alone": b"\x89PNG\r\n\x1a\n",
    "empty PNG": png_of(0, 0),
}


@pytest.mark.parametrize("what", NO_PICTURES)
def test_what_is_no_picture_is_refused(what: str) -> None:
    with pytest.raises(ValidationError, match="not a JPEG, PNG or WebP"):
        reencode(ContentFile(NO_PICTURES[what]))


@pytest.mark.parametrize("size", [(6400, 6400), (10_000, 10_000), (20_000, 20_000), (1_000_000, 1_000_000)])
def test_bombs_are_refused_for_what_they_are(size: tuple[int, int]) -> None:
    """Before a pixel is read."""
    with pytest.raises(ValidationError, match="more than 40 million pixels"):
        reencode(ContentFile(png_of(*size)))


def test_a_note_that_blows_up_is_refused() -> None:
    """A text beside the picture that unpacks to hundreds of megabytes."""
    packed = zlib.compressobj(9)
    bomb = b"".join(packed.compress(b"\0" * 2**20) for _ in range(100)) + packed.flush()
    file = encoded(halves())
    where = file.index(b"IDAT") - 4
    with pytest.raises(ValidationError):
        reencode(ContentFile(file[:where] + chunk(b"zTXt", b"Comment\0\0" + bomb) + file[where:]))


def test_files_that_are_too_large_are_refused() -> None:
    with pytest.raises(ValidationError, match="larger than 10 MB"):
        reencode(ContentFile(encoded(halves()) + bytes(MAX_BYTES)))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow tells that the notes beside the pixels are broken
@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]),
    st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=8),
)
def test_broken_files_are_pictures_or_refused(kind: str, changes: list[tuple[int, int]]) -> None:
    """Whatever has happened to the bytes, it is no fault of ours."""
    file = bytearray(encoded(halves(), kind, exif=telling()))
    for place, byte in changes:
        file[place % len(file)] = byte
    with suppress(ValidationError):
        assert kept(bytes(file)).format == "WEBP"


def test_names_tell_nothing() -> None:
    names = {picture_path(None, "Ada at the clinic.WebP") for _ in range(2)}
    assert len(names) == 2
    assert all(len(name) == len("pictures/.webp") + 32 and name.endswith(".webp") for name in names)
