"""Cuts a version's text into paragraphs that keep their identity from version to version."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Max

from campaign.models.deliverables import Paragraph, VersionText
from publishing.markdown import Block, blocks, plain
from publishing.models import ParagraphKey

UNNUMBERED = {Paragraph.Kind.HEADING, Paragraph.Kind.NOTES}


@transaction.atomic
def number_paragraphs(text: VersionText) -> None:
    """Replace the paragraphs of `text` by those of its present body, keeping the keys of unchanged ones."""
    found = blocks(text.body)
    numbered_blocks = [block for block in found if block.kind not in UNNUMBERED]
    original = text.version.texts.order_by("pk").first() or text
    keys = _matched_keys(text, numbered_blocks) if text == original else _shared_keys(original, len(numbered_blocks))
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
    if text == original:
        for translation in text.version.texts.exclude(pk=text.pk):
            number_paragraphs(translation)


def _shared_keys(original: VersionText, count: int) -> list[ParagraphKey]:
    """Return the keys of a translation's paragraphs: those of the version's first text, number by number."""
    shared = [p.key or ParagraphKey() for p in original.paragraphs.filter(number__isnull=False).select_related("key")]
    return shared[:count] + [ParagraphKey() for _ in range(count - len(shared))]


def _matched_keys(text: VersionText, numbered: list[Block]) -> list[ParagraphKey]:
    """Return one key per block: that of a paragraph with the same words before, else a new one.

    "Before" is this same text as it was saved last, or, for a new one, the version before.
    """
    before = Paragraph.objects.filter(text=text)
    if not before.exists():
        earlier = text.version.deliverable.versions.filter(number__lt=text.version.number)
        before = Paragraph.objects.filter(
            text__version__deliverable=text.version.deliverable,
            text__version__number=earlier.aggregate(Max("number"))["number__max"],
            text__language=text.language,
        )
    known: defaultdict[str, list[ParagraphKey]] = defaultdict(list)
    for paragraph in before.filter(number__isnull=False).select_related("key").order_by("-position"):
        known[paragraph.plain].append(paragraph.key or ParagraphKey())
    words = [plain(block.html) for block in numbered]
    return [known[word].pop() if known[word] else ParagraphKey() for word in words]
