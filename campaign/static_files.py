"""How static files are stored for serving."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = re.compile(r"style(\.[0-9a-f]+)?\.css")
COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    """Packed, under names that change with what they hold.

    Readers get our stylesheet without its comments, which would be a fifth of its weight.
    """

    def _save(self, name: str, content: Any) -> str:
        if STYLESHEET.fullmatch(name):
            content = ContentFile(COMMENT.sub(b"", b"".join(content.chunks())))
        return str(super()._save(name, content))
