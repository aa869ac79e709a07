"""Pictures: what is let in, and what is left in them."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
# Larger is a bomb or a mistake: 40 megapixels decode to 120 MB.
MAX_PIXELS = 40_000_000
MAX_SIDE = 1600
# A phone held upright; the same with a fine screen, or a column of text; a column on a fine screen.
WIDTHS = (480, 960, 1600)
# What lies below a picture that is seen through where the format can't leave that to the page: our paper.
PAPER = "#fbf8f3"


@dataclass(frozen=True)
class Format:
    """A format in which readers can have a picture."""

    suffix: str
    content_type: str
    pillow: str
    options: dict[str, Any]


AVIF = Format(".avif", "image/avif", "AVIF", {"quality": 60, "speed": 8})
WEBP = Format(".webp", "image/webp", "WEBP", {"quality": 85, "method": 2})
JPEG = Format(".jpg", "image/jpeg", "JPEG", {"quality": 82, "progressive": True, "optimize": True})


@dataclass(frozen=True)
class Rendition:
    """One of the files that readers can have of a picture."""

    name: str
    format: Format
    width: int


def picture_path(instance: Any, filename: str) -> str:
    """Name the file by chance alone: the uploader's file name may tell who they are."""
    return f"pictures/{uuid.uuid4().hex}{Path(filename).suffix.lower()}"


def refuse_bomb(upload: UploadedFile[bytes]) -> None:
    """Refuse a picture with too many pixels by what its head says, before anything decodes it.

    Raises ValidationError. What is no picture passes: others say so.
    """
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("The picture has more than 40 million pixels.")) from error
    except (OSError, SyntaxError, ValueError):
        pass
    finally:
        upload.seek(0)


def reencode(upload: UploadedFile[bytes] | ContentFile[bytes]) -> ContentFile[bytes]:
    """Return the picture's pixels alone, upright, at most 1600 pixels wide or high, as WebP.

    Raises ValidationError for what is too large, no picture, or of another format.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 10 MB."))
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            upright = ImageOps.exif_transpose(image)
            if upright.mode.startswith("I"):  # 16 bits of grey, of which converting would keep the lower 8
                upright = upright.convert("I").point(lambda grey: grey / 256).convert("L")
            pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("The picture has more than 40 million pixels.")) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This is not a JPEG, PNG or WebP picture.")) from error
    pixels.thumbnail((MAX_SIDE, MAX_SIDE))
    return _encoded(pixels, WEBP)


def _encoded(pixels: Image.Image, form: Format) -> ContentFile[bytes]:
    out = BytesIO()
    pixels.save(out, form.pillow, **form.options)
    return ContentFile(out.getvalue(), name=f"picture{form.suffix}")


def master_of(name: str) -> str:
    """Return the name of the file that a rendition of this name would be made of."""
    return re.sub(r"(-[0-9]+)?\.[a-z]+$", WEBP.suffix, name)


def renditions(master: str, width: int) -> list[Rendition]:
    """Return what readers can have of a file this wide, the narrowest first; the widest WebP is the file itself."""
    stem = master.removesuffix(WEBP.suffix)
    widths = sorted({min(width, each) for each in WIDTHS})
    return [
        Rendition(master if (form, each) == (WEBP, width) else f"{stem}-{each}{form.suffix}", form, each)
        for form in (AVIF, WEBP, JPEG)
        for each in widths
    ]


def make_renditions(storage: Storage, master: str) -> list[str]:
    """Make what is missing of a file's renditions, unless the file is lost itself; return the names."""
    if not storage.exists(master):
        return []
    with storage.open(master) as file, Image.open(file, formats=[WEBP.pillow]) as image:
        missing = [each for each in renditions(master, image.width) if not storage.exists(each.name)]
        return [storage.save(each.name, _rendered(image, each)) for each in missing]


def _rendered(image: Image.Image, rendition: Rendition) -> ContentFile[bytes]:
    height = max(1, round(image.height * rendition.width / image.width))
    pixels = image.resize((rendition.width, height), Image.Resampling.LANCZOS)
    if rendition.format == JPEG and pixels.mode == "RGBA":
        paper = Image.new("RGB", pixels.size, PAPER)
        paper.paste(pixels, mask=pixels)
        pixels = paper
    return _encoded(pixels, rendition.format)
