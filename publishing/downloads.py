"""Files made of documents: each made once, kept, and made again when what it shows has changed."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TypeGuard
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.languages import LanguageRow, language_name, reader_language
from publishing.models import Download
from publishing.offline import STYLE, make_markdown, make_page
from publishing.pdf import fonts
from publishing.pdf.document import Document
from publishing.pdf.make import NoFont, edition, make_pdf

# Counted up whenever files made of the same data come out different: they all are made again.
EDITION = 1


@dataclass(frozen=True)
class Form:
    """One of the forms in which a document can be had."""

    label: str | Promise
    content_type: str
    make: Callable[[Document], bytes]
    edition: Callable[[str], str]


FORMS = {
    "pdf": Form(_("PDF"), "application/pdf", make_pdf, edition),
    "html": Form(_("Web page in one file"), "text/html; charset=utf-8", make_page, lambda _language: STYLE),
    "md": Form(_("Markdown"), "text/markdown; charset=utf-8", make_markdown, lambda _language: ""),
}


class FormConverter:
    """The end of a download's address."""

    regex = "|".join(FORMS)

    def to_python(self, value: str) -> str:
        """Return it."""
        return value

    def to_url(self, value: str) -> str:
        """Return it."""
        return value


def digest_of(document: Document, form: str) -> str:
    """Return what changes whenever the file would."""
    looks = [EDITION, form, FORMS[form].edition(document.language), document.data(), document.markdown]
    return sha256(json.dumps(looks, sort_keys=True).encode()).hexdigest()


def is_kept(document: Document, form: str) -> bool:
    """Whether the file is there, and shows what it should."""
    return _found(f"{document.name}.{form}", digest_of(document, form)) is not None


def _found(name: str, digest: str) -> Download | None:
    found = Download.objects.filter(name=name, digest=digest).first()
    # A restore without its files makes them again.
    return found if found and found.file.storage.exists(str(found.file.name)) else None


def keep(document: Document, form: str) -> Download:
    """Return the file, made now unless it is there already; of two who ask at once the second waits. Raises NoFont."""
    name, digest = f"{document.name}.{form}", digest_of(document, form)
    if found := _found(name, digest):
        return found
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"download {name}"])
        return _found(name, digest) or _made(document, form, name, digest)


def _made(document: Document, form: str, name: str, digest: str) -> Download:
    content = FORMS[form].make(document)
    download = Download.objects.filter(name=name).first() or Download(name=name)
    replaced = download.file.name
    download.digest, download.size = digest, len(content)
    download.file.save(f"{uuid4().hex}.{form}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            download.save()
    except BaseException:
        download.file.storage.delete(str(download.file.name))
        raise
    if replaced:
        transaction.on_commit(partial(download.file.storage.delete, replaced))
    return download


def forget(names: Iterable[str]) -> int:
    """Remove the kept files but those of these names, and return how many there were."""
    left_over = Download.objects.exclude(name__in=list(names))
    for download in left_over:
        transaction.on_commit(partial(download.file.storage.delete, str(download.file.name)))
    return left_over.delete()[0]


def is_there(file: FieldFile | None) -> TypeGuard[FieldFile]:
    """Whether there is a file, and not only its name: a restore may have brought back that alone."""
    return bool(file) and file is not None and file.storage.exists(str(file.name))


def answer(
    request: HttpRequest, document: Document, form: str, *, designed: FieldFile | None = None
) -> HttpResponseBase:
    """Serve a document in one of its forms; editors' designed PDF, unless it is lost, in the place of ours."""
    if form == "pdf" and is_there(designed):
        file, version = designed, str(designed.name)
    else:
        try:
            download = keep(document, form)
        except NoFont:
            return render(request, "publishing/no_pdf.html", status=404)
        file, version = download.file, download.digest
    etag = f'"{sha256(version.encode()).hexdigest()}"'
    unchanged: HttpResponse | None = get_conditional_response(request, etag=etag)
    if unchanged:
        return unchanged
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    filename = f"{document.name.replace('/', '-')}.{form}"
    response = FileResponse(
        opened, as_attachment=True, filename=filename, content_type=FORMS[form].content_type, headers={"ETag": etag}
    )
    response["Content-Language"] = document.language
    response["Cache-Control"] = "public, max-age=300"
    return response


@dataclass(frozen=True)
class DownloadLink:
    """One line of `parts/downloads.html`; without `url` it says that the file can't be had."""

    label: str | Promise
    url: str
    size: str
    language: str
    language_name: str


def download_links(
    text: LanguageRow, name: str, address: Callable[[str], str], *, designed: FieldFile | None = None
) -> list[DownloadLink]:
    """Return the links to a text's downloads, with the sizes of those that are made, in one query."""
    names = {f"{name}.{form}": form for form in FORMS}
    rows = Download.objects.filter(name__in=names).values_list("name", "size")
    sizes = {names[row]: size for row, size in rows}
    if designed and is_there(designed):
        sizes["pdf"] = designed.size
    stands_in = text.language != reader_language()
    return [
        DownloadLink(
            label=kind.label,
            url=address(form) if form != "pdf" or is_there(designed) or fonts.can_set(text.language) else "",
            size=filesizeformat(sizes[form]) if form in sizes else "",
            language=text.language,
            language_name=language_name(text.language) if stands_in else "",
        )
        for form, kind in FORMS.items()
    ]
