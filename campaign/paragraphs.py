"""Cuts a version's text into paragraphs that keep their identity from version to version."""

from collections import defaultdict

from django.db import transaction

from campaign.models.deliverables import Paragraph, VersionText
from publishing.markdown import Block, blocks, plain
from publishing.models import ParagraphKey

UNNUMBERED = {Paragraph.Kind.HEADING, Paragraph.Kind.NOTES}


@transaction.atomic
def number_paragraphs(text: VersionText) -> None:
    """Replace the paragraphs of `text` by those of its present body, keeping the keys of unchanged ones."""
    found = blocks(text.body)
    keys = _keys(text, [block for block in found if block.kind not in UNNUMBERED])
    text.paragraphs.all().delete()
    ParagraphKey.objects.bulk_create(key for key in keys if key._state.adding)
    numbered = iter(enumerate(keys, start=1))
    rows = []
    for position, block in enumerate(found):
        number, key = (None, None) if block.kind in UNNUMBERED else next(numbered)
        rows.append(
            Paragraph(
                text=text,
                position=position,
                number=number,
                key=key,
                kind=block.kind,
                html=block.html,
                plain=plain(block.html),
            )
        )
    Paragraph.objects.bulk_create(rows)


def _keys(text: VersionText, numbered: list[Block]) -> list[ParagraphKey]:
    """Return one key per numbered block.

    A translation takes the keys of the version's first text, number by number. Otherwise a block with the same
    words as one before (in this text, else in the version before) takes its key, and any other gets a new one.
    """
    others = Paragraph.objects.filter(text__version=text.version, number__isnull=False).exclude(text=text)
    original = others.order_by("text_id").values_list("text_id", flat=True).first()
    if original:
        shared = {p.number: p.key for p in others.filter(text=original).select_related("key")}
        return [shared.get(number) or ParagraphKey() for number in range(1, len(numbered) + 1)]
    before = Paragraph.objects.filter(text=text)
    if not before.exists():
        before = Paragraph.objects.filter(
            text__version__deliverable=text.version.deliverable,
            text__version__number=text.version.number - 1,
            text__language=text.language,
        )
    known: defaultdict[str, list[ParagraphKey]] = defaultdict(list)
    for paragraph in before.filter(number__isnull=False).select_related("key").order_by("-position"):
        known[paragraph.plain].append(paragraph.key)  # type: ignore[arg-type] # numbered, so keyed
    words = [plain(block.html) for block in numbered]
    return [known[word].pop() if known[word] else ParagraphKey() for word in words]
