"""PDFs that editors attach: what is let in, and what is left in them."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link, Text
from pypdf.generic import ArrayObject, DictionaryObject, Fit, NameObject, StreamObject, TextStringObject

from publishing.pdf import designed
from publishing.pdf.make import make_pdf
from tests.publishing.pdfs import outline, read, root_of, tags, text_of
from tests.publishing.test_pdf import BODY, document


def written(writer: PdfWriter) -> bytes:
    """Return the bytes of a PDF."""
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_pages(count: int = 1) -> PdfWriter:
    """Return a PDF with empty pages."""
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    return writer


def said(content: bytes) -> list[str]:
    """Return every string and the words of every stream in a PDF, whether anything leads to them or not."""
    reader = PdfReader(BytesIO(content))
    found: list[str] = []
    todo: list[Any] = [reader.trailer, *(reader.get_object(number) for number in reader.xref[0])]
    while todo:
        thing = todo.pop()
        if isinstance(thing, StreamObject):
            found.append(thing.get_data().decode("latin-1"))
        if isinstance(thing, str):
            found.append(thing)
        elif isinstance(thing, dict):
            todo += thing.values()
        elif isinstance(thing, list):
            todo += thing
    return found


def scripted() -> bytes:
    writer = with_pages()
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return written(writer)


def carrying() -> bytes:
    writer = with_pages()
    writer.add_attachment("notes.txt", b"who took part")
    return written(writer)


def launching() -> bytes:
    writer = with_pages()
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), url="https://example.org/"))
    annotations: Any = writer.pages[0]["/Annots"]
    annotation = annotations[0].get_object()
    annotation[NameObject("/A")] = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")}
    )
    return written(writer)


def opening() -> bytes:
    writer = with_pages()
    writer.root_object[NameObject("/AA")] = DictionaryObject(
        {NameObject("/WC"): DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})}
    )
    return written(writer)


def acting(**action: Any) -> bytes:
    """Return a PDF that does something when a link is followed; each of its values stands elsewhere in the file."""
    writer = with_pages()
    values = {NameObject(f"/{key}"): writer._add_object(value) for key, value in action.items()}
    writer.root_object[NameObject("/Outlines")] = DictionaryObject({NameObject("/A"): DictionaryObject(values)})
    return written(writer)


def starting(kind: str, **more: Any) -> bytes:
    """Return a PDF that does something when it is opened."""
    writer = with_pages()
    action = {NameObject("/S"): NameObject(kind), **{NameObject(f"/{key}"): value for key, value in more.items()}}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return written(writer)


def stored_elsewhere() -> bytes:
    writer = with_pages()
    stream = StreamObject()
    stream[NameObject("/F")] = TextStringObject("//elsewhere.example/words")
    writer.root_object[NameObject("/Z")] = writer._add_object(stream)
    return written(writer)


def encrypted() -> bytes:
    writer = with_pages()
    writer.encrypt("secret")
    return written(writer)


GOOD = written(with_pages())
REFUSED = {
    "empty": (b"", "This is not a PDF."),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "This is not a PDF."),
    "page": (b"<!doctype html><p>%PDF-1.7", "This is not a PDF."),
    "head alone": (b"%PDF-1.7\n", "The PDF is damaged: it could not be read."),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 50, "The PDF is damaged: it could not be read."),
    "cut off": (GOOD[: len(GOOD) // 2], "The PDF is damaged: it could not be read."),
    "no page": (written(with_pages(0)), "The PDF has no page."),
    "encrypted": (encrypted(), "The PDF is protected by a password; attach it without."),
    **{
        name: (content, "The PDF holds scripts, forms that are sent, or other files; attach it without.")
        for name, content in {
            "script": scripted(),
            "file": carrying(),
            "launch": launching(),
            "script on closing": opening(),
            "launch in two places": acting(S=NameObject("/Launch"), F=TextStringObject("calc.exe")),
            "script in two places": acting(S=NameObject("/JavaScript")),
            "film": acting(S=NameObject("/Movie")),
            "link that acts": acting(S=NameObject("/URI"), URI=TextStringObject("java\nscript:alert(1)")),
            "link to a file": acting(S=NameObject("/URI"), URI=TextStringObject("file:///etc/passwd")),
            "tells that it is opened": starting("/URI", URI=TextStringObject("https://elsewhere.example/")),
            "prints itself": starting("/Named", N=NameObject("/Print")),
            "brings its words from elsewhere": stored_elsewhere(),
            "file of another kind": acting(FS=DictionaryObject({NameObject("/UF"): TextStringObject("//a/b")})),
        }.items()
    },
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(content: bytes, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        designed.accept(ContentFile(content, name="x.pdf"))
    assert refused.value.messages == [message]


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(designed, "MAX_BYTES", len(GOOD) - 1)
    with pytest.raises(ValidationError, match="larger than 20 MB"):
        designed.accept(ContentFile(GOOD, name="x.pdf"))


def test_what_tells_of_people_is_taken_out() -> None:
    """Author, program, dates and private data of drawing programs go; the title stays."""
    writer = with_pages(2)
    writer.metadata = {"/Title": "The <note>", "/Author": "A. Person", "/Creator": "Their program"}
    writer.pages[0][NameObject("/PieceInfo")] = DictionaryObject({NameObject("/X"): TextStringObject("A. Person")})
    writer.pages[0][NameObject("/Kids2")] = ArrayObject(
        [DictionaryObject({NameObject("/LastModified"): TextStringObject("A. Person")})]
    )
    metadata = StreamObject()
    metadata.set_data(b"<x:xmpmeta><creator>A. Person</creator></x:xmpmeta>")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(metadata)
    elsewhere = writer._add_object(DictionaryObject({NameObject("/X"): TextStringObject("A. Person")}))
    writer.pages[1][NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Y"): elsewhere})
    writer.add_annotation(1, Link(rect=(0, 0, 50, 50), target_page_index=0, fit=Fit.fit()))
    content = designed.accept(ContentFile(written(writer), name="A. Person.pdf")).read()
    assert not [words for words in said(content) if "A. Person" in words]
    assert "Their program" not in said(content)
    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == 2
    assert reader.metadata is not None
    assert reader.metadata.title == "The <note>"
    assert "The &lt;note&gt;" in root_of(reader)["/Metadata"].get_data().decode()


def test_what_makes_it_accessible_stays() -> None:
    """Tags, language, outline, links and the mark of PDF/UA outlive the rewriting."""
    before = make_pdf(document(BODY))
    after = designed.accept(ContentFile(before, name="x.pdf")).read()
    assert text_of(after) == text_of(before)
    assert tags(read(after)) == tags(read(before))
    assert outline(read(after)) == outline(read(before))
    root = root_of(read(after))
    assert root["/Lang"] == "en"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


@pytest.mark.parametrize("url", ["https://example.org/a:b", "mailto:office@example.org", "page.html?a=b:c"])
def test_links_stay(url: str) -> None:
    assert url in said(designed.accept(ContentFile(acting(S=NameObject("/URI"), URI=TextStringObject(url)))).read())


def test_comments_do_not_name_who_wrote_them() -> None:
    writer = with_pages()
    comment = Text(text="Agreed", rect=(0, 0, 50, 50))
    comment[NameObject("/T")] = TextStringObject("Wanjiru Rivers")
    writer.add_annotation(0, comment)
    kept = designed.accept(ContentFile(written(writer))).read()
    assert "Agreed" in said(kept)
    assert "Wanjiru Rivers" not in said(kept)


def test_metadata_that_unpack_without_end() -> None:
    """They are thrown away unread."""
    writer = with_pages()
    metadata = StreamObject()
    metadata._data = b"\x81\0" * 600_000 + b"\x80"
    metadata[NameObject("/Filter")] = ArrayObject([NameObject("/RunLengthDecode")] * 2)
    writer.root_object[NameObject("/Metadata")] = writer._add_object(metadata)
    assert designed.accept(ContentFile(written(writer))).size < 10_000
