"""PDFs that editors attach: what is let in, and what is left in them."""

import re
import uuid
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

MAX_BYTES = 20 * 1024 * 1024
# What acts when somebody opens the file, sends what they type, or brings other files along.
ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition"),
    *("/Movie", "/Sound", "/Thread", "/GoTo3DView", "/RichMediaExecute"),
}
CARRIERS = {
    *("/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/RichMediaContent", "/XFA", "/Collection"),
    # What is done unasked, and files that lie elsewhere.
    *("/AA", "/FS"),
}
# Where links may lead.
SCHEMES = {"http", "https", "mailto"}
SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.\s-]*):")
# What programs write about the people who used them.
TRACES = ("/Metadata", "/PieceInfo", "/LastModified")
# Whatever pypdf raises on a file that only pretends to be a PDF.
BROKEN = (
    *(PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError),
    *(RecursionError, NotImplementedError, OSError, EOFError, zlib.error),
)
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{ua}
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""


def accept(upload: UploadedFile[bytes] | ContentFile[bytes]) -> ContentFile[bytes]:
    """Return the PDF written anew, without what tells who made it. Raises ValidationError for what can't be let in."""
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 20 MB."))
    content = upload.read()
    if not content.startswith(b"%PDF-"):
        raise ValidationError(_("This is not a PDF."))
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise ValidationError(_("The PDF is protected by a password; attach it without."))
        if not reader.pages:
            raise ValidationError(_("The PDF has no page."))
        return ContentFile(_rewritten(reader), name="designed.pdf")
    except BROKEN as error:
        raise ValidationError(_("The PDF is damaged: it could not be read.")) from error


def _rewritten(reader: PdfReader) -> bytes:
    title = str((reader.metadata and reader.metadata.title) or "")
    metadata: Any = reader.root_object.get("/Metadata")
    is_ua = metadata is not None and _says_ua(metadata.get_object())
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for found in _dictionaries(writer):
        if _acts(found):
            raise ValidationError(_("The PDF holds scripts, forms that are sent, or other files; attach it without."))
        for trace in TRACES:
            found.pop(NameObject(trace), None)
        if "/Rect" in found and _value(found, "/Subtype") != "/Widget":
            # Of a comment in the margin, who wrote it.
            found.pop(NameObject("/T"), None)
    # What was taken out of the dictionaries is still in the file: only what they lead to is taken over.
    writer = PdfWriter(clone_from=PdfReader(_bytes(writer)))
    writer.metadata = {"/Title": title}
    xmp = StreamObject()
    ua = "<pdfuaid:part>1</pdfuaid:part>" if is_ua else ""
    xmp.set_data(XMP.format(title=escape(title), ua=ua).encode())
    xmp.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    return _bytes(writer).getvalue()


def _bytes(writer: PdfWriter) -> BytesIO:
    written = BytesIO()
    writer.write(written)
    return written


def _says_ua(metadata: StreamObject) -> bool:
    """Whether a file's metadata call it PDF/UA; odd packings, which may unpack without end, are not looked into."""
    return _value(metadata, "/Filter") in (None, "/FlateDecode") and b"pdfuaid:part" in metadata.get_data()


def _value(found: DictionaryObject, key: str) -> Any:
    """Return what stands under a key, also where the file says it elsewhere."""
    return found[key] if key in found else None  # noqa: SIM401 - pypdf's get() does not look elsewhere


def _acts(found: DictionaryObject) -> bool:
    """Whether a dictionary acts, leads where no link should, or brings files along."""
    opens = _value(found, "/OpenAction")
    unasked = isinstance(opens, DictionaryObject) and _value(opens, "/S") != "/GoTo"
    outside = isinstance(found, StreamObject) and "/F" in found
    scheme = SCHEME.match(str(_value(found, "/URI") or ""))
    astray = scheme is not None and scheme[1].lower() not in SCHEMES
    return bool(unasked or outside or astray or _value(found, "/S") in ACTIONS or CARRIERS & found.keys())


def _dictionaries(writer: PdfWriter) -> Iterator[DictionaryObject]:
    """Yield every dictionary that the new file will hold."""
    todo: list[Any] = [thing for thing in writer._objects if thing is not None]
    while todo:
        thing: PdfObject = todo.pop()
        if isinstance(thing, DictionaryObject):
            yield thing
            todo += [value for value in thing.values() if not isinstance(value, IndirectObject)]
        elif isinstance(thing, ArrayObject):
            todo += [value for value in thing if not isinstance(value, IndirectObject)]


def designed_path(instance: Any, filename: str) -> str:
    """Name the file by chance alone: the uploader's file name may tell who they are."""
    return f"designed/{uuid.uuid4().hex}.pdf"


class DesignedPdfInput(forms.ClearableFileInput):
    """Says that there is a file, without a link: it has no address but that of the text's PDF."""

    template_name = "admin/designed_pdf.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ".pdf,application/pdf", **(attrs or {})})

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        """Take the portal's own template: Django looks for those of fields among its own."""
        return render_to_string(template_name, context)


class DesignedPdfFormField(forms.FileField):
    """Takes in PDFs that do nothing and tell nothing about people."""

    widget = DesignedPdfInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Look into what was uploaded, and write it anew."""
        upload = super().clean(data, initial)
        return accept(upload) if isinstance(upload, UploadedFile) else upload


class DesignedPdfField(models.FileField):
    """A PDF that editors attach; its file goes when another replaces it, or its row goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("upload_to", designed_path)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """Offer the field that looks into the file, whatever widget the admin has for files."""
        return super().formfield(**{**kwargs, "form_class": DesignedPdfFormField, "widget": DesignedPdfInput})

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any) -> None:
        """Look after the files of this model's rows."""
        super().contribute_to_class(cls, name, *args, **kwargs)
        if not cls._meta.abstract:
            models.signals.pre_save.connect(self._replace, sender=cls)
            models.signals.post_delete.connect(self._remove, sender=cls)

    def _replace(self, instance: models.Model, **kwargs: Any) -> None:
        """Remove the file that another one replaces: it may show what must not be seen."""
        before = type(instance)._default_manager.filter(pk=instance.pk).values_list(self.name, flat=True).first()
        file = getattr(instance, self.name)
        if before and before != file.name:
            transaction.on_commit(partial(file.storage.delete, before))

    def _remove(self, instance: models.Model, **kwargs: Any) -> None:
        file = getattr(instance, self.name)
        if file:
            transaction.on_commit(partial(file.storage.delete, file.name))
