"""Pictures: what is let in, and what is left in them."""

from __future__ import annotations

import uuid
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
# Larger is a bomb or a mistake: 40 megapixels decode to 120 MB.
MAX_PIXELS = 40_000_000
MAX_SIDE = 1600


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
            pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("The picture has more than 40 million pixels.")) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This is not a JPEG, PNG or WebP picture.")) from error
    pixels.thumbnail((MAX_SIDE, MAX_SIDE))
    out = BytesIO()
    pixels.save(out, "WEBP", quality=82, method=6)
    return ContentFile(out.getvalue(), name="picture.webp")
