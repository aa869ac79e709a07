"""The redline of two versions as a document to download, whole: with what was kept, and with the reasons."""

from collections.abc import Iterator
from itertools import pairwise

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from campaign.comparison import Library, Reading, Reason, ShownEntry, compare, summary
from campaign.models import Deliverable, Version
from publishing.languages import reader_language
from publishing.pdf.document import Document, full_address, joined, link, span
from publishing.pdf.lines import Node
from publishing.pdf.tree import Tree, paragraph


def changes_document(old: Version, new: Version) -> Document | None:
    """Return the redline in the language in which a reader would see it; nothing where the two have none in common."""
    found = Library(old, new).read(old, new)
    return _document(*found) if found else None


def documents() -> Iterator[Document]:
    """Yield the redlines of public versions that follow each other, in all their languages."""
    for deliverable in Deliverable.objects.public():
        versions = list(Version.objects.public().filter(deliverable=deliverable).order_by("number"))
        for version in versions:
            version.deliverable = deliverable
        for old, new in pairwise(versions):
            made: set[str] = set()
            for language, _name in settings.LANGUAGES:
                with override(language):
                    document = changes_document(old, new)
                if document and document.language not in made:
                    made.add(document.language)
                    yield document


def _document(old: Reading, new: Reading) -> Document:
    deliverable, text = new.version.deliverable, new.text
    numbers = {"old": old.version.number, "new": new.version.number}
    with override(text.language):
        entries = compare(old, new, spoken=False)
        address = full_address("changes", deliverable.slug, numbers["old"], numbers["new"])
        return Document(
            name=f"{deliverable.slug}/changes-{numbers['old']}-{numbers['new']}/{reader_language()}",
            kind=" · ".join([capfirst(deliverable.get_kind_display()), text.title]),
            title=gettext("What changed from version %(old)s to version %(new)s") % numbers,
            summary=", ".join(f"{label}: {count}" for _kind, label, count in summary(entries)),
            language=text.language,
            address=address,
            day=timezone.localdate(new.version.published_at),
            body=_body(entries, address),
            markdown="",
        )


def _body(entries: list[ShownEntry], address: str) -> list[Node]:
    tree = Tree(address)
    for entry in entries:
        if not entry.is_kept and any(part.number for part in entry.parts):
            tree.blocks.append(_label(entry, address))
        for part in entry.parts:
            if part.html:
                tree.add(part.html, part.number)
        tree.blocks += [node for reason in entry.reasons for node in _reason(reason, address)]
    return tree.finish()


def _label(entry: ShownEntry, address: str) -> Node:
    """Say what became of a paragraph: `moved · was ¶ 17`."""
    was = [gettext("was ¶ %(number)s") % {"number": number} for number, _url in entry.before]
    moved = [gettext("Moved to ¶ %(number)s") % {"number": number} for number, _url in entry.after]
    numbers = [f"¶ {part.number}" for part in entry.parts if entry.after or entry.kind == "removed"]
    label: Node = {"t": "strong", "c": [capfirst(entry.label)]}
    return paragraph(*joined(" · ", label, *numbers, *was, *moved))


def _reason(reason: Reason, address: str) -> Iterator[Node]:
    lines = []
    if reason.text:
        lines.append(paragraph(span(reason.language, reason.text)))
    if reason.asked:
        asked = []
        for comment in reason.asked:
            # A file is kept and passed on, so no name stands in it: its bearer may take the comment back.
            told = f"{gettext('Comment')} {comment.number}"
            answers = [f" – {answer.label}" for answer in comment.answers]
            asked.append(span(reader_language(), link(_absolute(comment.url), told), *answers))
        lines.append(paragraph(gettext("Asked for by"), " ", *joined(", ", *asked)))
    yield {"t": "quote", "c": lines}


def _absolute(url: str) -> str:
    return f"{settings.SITE_ADDRESS}{url}"
