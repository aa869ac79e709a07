"""A version's text as a document to download."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from campaign.models import Deliverable, Paragraph, Version, VersionText
from publishing.downloads import DownloadLink, download_links
from publishing.languages import LanguageRowQuerySet
from publishing.pdf.document import Document, full_address
from publishing.pdf.lines import Node
from publishing.pdf.tree import Tree


def _name(deliverable: Deliverable, version: Version, text: VersionText) -> str:
    return f"{deliverable.slug}/{version.number}/{text.language}"


def version_body(text: VersionText, address: str) -> list[Node]:
    """Return a text's paragraphs, each with its number; items that follow each other are one list."""
    paragraphs = list(text.paragraphs.all())
    tree = Tree(address)
    for paragraph in paragraphs:
        if paragraph.kind == Paragraph.Kind.NOTES:
            tree.learn_notes(paragraph.html)
    for paragraph in paragraphs:
        if paragraph.kind in (Paragraph.Kind.BULLET, Paragraph.Kind.STEP):
            ordered = paragraph.kind == Paragraph.Kind.STEP
            tree.add_item(paragraph.html, ordered=ordered, number=paragraph.number)
        else:
            tree.add(paragraph.html, paragraph.number)
    return tree.finish()


def version_document(text: VersionText) -> Document:
    """Return a version in one language, with every word around it in that language too."""
    version, deliverable = text.version, text.version.deliverable
    with override(text.language):
        address = full_address("version", deliverable.slug, version.number)
        number = gettext("version %(number)s") % {"number": version.number}
        return Document(
            name=_name(deliverable, version, text),
            kind=" · ".join([capfirst(deliverable.get_kind_display()), number, version.get_state_display()]),
            title=text.title,
            summary=text.summary,
            language=text.language,
            address=address,
            day=timezone.localdate(version.published_at),
            body=version_body(text, address),
            markdown=text.body,
        )


def public_texts() -> LanguageRowQuerySet[VersionText]:
    """Return the texts that readers may see, with all that their documents show."""
    texts = VersionText.objects.ready().filter(version__in=Version.objects.public())
    return texts.select_related("version__deliverable").prefetch_related("paragraphs").defer("search", "plain")


def documents() -> Iterator[Document]:
    """Yield every public document of this app."""
    for text in public_texts():
        yield version_document(text)


def version_downloads(deliverable: Deliverable, version: Version) -> list[DownloadLink]:
    """Return the links that a version's page shows."""
    text: VersionText = version.text
    return download_links(
        text,
        _name(deliverable, version, text),
        lambda form: reverse("version-download", args=[deliverable.slug, version.number, form]),
        designed=text.designed_pdf,
    )
