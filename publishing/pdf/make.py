"""Makes a PDF of a document: tagged, PDF/UA-1, set by typst from plain data."""

import json
import re
from datetime import UTC, datetime, time
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from publishing.pdf import fonts
from publishing.pdf.document import Document

TEMPLATE = Path(__file__).with_name("document.typ")
# typst names each character that no face has.
MISSING = re.compile(r'the text `"(.*?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
STAND_IN = "□"
# Contents are listed where a text has at least so many headings.
MANY = 5
# Scripts that need room above and below, and have no slanted letters.
TALL = {"ar": 1.18, "zh-hans": 1.0}


class NoFont(Exception):
    """There is no face for the document's language."""


@cache
def template() -> bytes:
    """Return the typst file."""
    return TEMPLATE.read_bytes()


def edition(language: str) -> str:
    """Return what besides a document decides how its PDF looks."""
    return json.dumps([template().decode(), version("typst"), fonts.families(language)])


def make_pdf(document: Document) -> bytes:
    """Return the document as PDF. A character that no face has becomes a box. Raises NoFont."""
    language = document.language
    if not fonts.can_set(language):
        raise NoFont
    data = document.data()
    headings = sum(block["t"] == "h" and block["level"] < 3 for block in document.body)
    data |= {
        "fonts": fonts.families(language),
        "listed": headings >= MANY,
        "slanted": language not in TALL,
        "scale": TALL.get(language, 1),
        "leading": 0.95 if language in TALL else 0.72,
    }
    day = datetime.combine(document.day, time(), UTC)
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "document.typ").write_bytes(template())
        for name, file in document.pictures.items():
            with file.open("rb") as opened:
                (folder / name).write_bytes(opened.read())
        return _set(folder, json.dumps(data, ensure_ascii=False), day)


def _set(folder: Path, source: str, day: datetime) -> bytes:
    """Set the data, with boxes for what can't be set: at the second go it is known what that is."""
    for _ in range(3):
        try:
            return _compiled(folder, source, day)
        except typst.TypstError as error:
            missing = missing_characters(error)
            if not missing:
                raise
            for character in missing:
                source = source.replace(json.dumps(character, ensure_ascii=False)[1:-1], STAND_IN)
    return _compiled(folder, source, day)


def _compiled(folder: Path, source: str, day: datetime) -> bytes:
    (folder / "document.json").write_text(source)
    made: Any = typst.compile(
        str(folder / "document.typ"),
        root=str(folder),
        font_paths=fonts.faces(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=day,
    )
    return bytes(made)


def missing_characters(error: typst.TypstError) -> set[str]:
    """Return the characters that typst found no face for."""
    found = MISSING.findall(str(error.diagnostic))
    return {ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found}
