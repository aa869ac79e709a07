"""Reads PDFs back as a reader's program does: words, tags, outline, what they say of themselves."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, TextStringObject


@dataclass(frozen=True)
class Run:
    """Some characters as they stand in the file, and how high they stand on the page."""

    text: str
    height: float


def read(pdf: bytes) -> PdfReader:
    """Open a PDF."""
    assert pdf.startswith(b"%PDF-")
    return PdfReader(BytesIO(pdf), strict=True)


def squeezed(text: str) -> str:
    """Return the characters of a text without space and in one form: lines break anywhere."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def text_of(pdf: bytes) -> str:
    """Return what pypdf reads, without space."""
    return squeezed("".join(page.extract_text() for page in read(pdf).pages))


def runs(pdf: bytes) -> Iterator[Run]:
    """Yield what stands in the file, in its order, with the replacement texts that pypdf passes over."""
    for page in read(pdf).pages:
        yield from _page_runs(page)


def _page_runs(page: Any) -> Iterator[Run]:
    codes = {name: _to_unicode(font) for name, font in page["/Resources"].get("/Font", {}).items()}
    font, height, actual = "", 0.0, [""]
    said: list[bool] = [False]
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
            actual.append(str(properties.get("/ActualText", "")))
            said.append(False)
        elif operator == b"EMC":
            actual.pop()
            said.pop()
        elif operator == b"cm":
            height = float(operands[5])
        elif operator == b"Tf":
            font = str(operands[0])
        elif operator in (b"Tj", b"TJ"):
            pieces = operands[0] if operator == b"TJ" else [operands[0]]
            if actual[-1]:
                if not said[-1]:
                    yield Run(actual[-1], height)
                said[-1] = True
                continue
            for piece in pieces:
                if isinstance(piece, bytes | str):
                    raw = piece.original_bytes if isinstance(piece, TextStringObject) else bytes(piece)  # type: ignore[arg-type] # bytes
                    for at in range(0, len(raw), 2):
                        yield Run(codes[font].get(raw[at : at + 2], "\ufffd"), height)


def root_of(reader: PdfReader) -> Any:
    """Return the file's root, whose types pypdf leaves open."""
    return reader.trailer["/Root"]


def _to_unicode(font: Any) -> dict[bytes, str]:
    """Return what each two-byte code of a font means."""
    cmap = font["/ToUnicode"].get_data().decode("latin1")
    return {
        bytes.fromhex(code): bytes.fromhex(meaning).decode("utf-16-be")
        for part in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S)
        for code, meaning in re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", part)
    }


def arabic_words(pdf: bytes) -> str:
    """Return the file's Arabic in reading order, word by word: it stands there from left to right."""
    letters = (run.text for run in reversed(list(runs(pdf))))
    return re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\u2060]", "", "".join(letters))


def tags(reader: PdfReader) -> set[str]:
    """Return the kinds of elements in the structure tree."""
    found: set[str] = set()
    todo: list[Any] = [root_of(reader)["/StructTreeRoot"]]
    while todo:
        thing = todo.pop()
        thing = thing.get_object() if hasattr(thing, "get_object") else thing
        if isinstance(thing, list):
            todo += thing
        elif isinstance(thing, dict):
            found |= {str(thing["/S"])} if "/S" in thing else set()
            todo += [thing["/K"]] if "/K" in thing else []
    return found


def outline(reader: PdfReader) -> list[str]:
    """Return the titles of the bookmarks, at whatever depth."""

    def flat(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, list):
                yield from flat(entry)
            else:
                yield str(entry.title)

    return list(flat(reader.outline))


def links(reader: PdfReader) -> set[str]:
    """Return the addresses that the file links."""
    notes: Iterator[Any] = (a.get_object() for page in reader.pages for a in page.get("/Annots", []))
    return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}


def assert_accessible(pdf: bytes, *, title: str, language: str) -> PdfReader:
    """Assert what PDF/UA asks for, as far as the file itself says it."""
    reader = read(pdf)
    root = root_of(reader)
    assert root["/Lang"].lower().startswith(language.split("-")[0])
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert {"/Document", "/P"} <= tags(reader)
    return reader
