"""A version's paragraphs as the reading page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from campaign.models import Paragraph
from campaign.tracing import Fate
from comments.models import Consultation
from publishing.markdown import plain


@dataclass(frozen=True)
class ReadingBlock:
    """A heading, a numbered paragraph (`parts/paragraph.html` reads it) or the notes."""

    kind: str
    html: SafeString
    plain: str
    level: int = 0
    anchor: str = ""
    number: int | None = None
    count: int = 0
    comments_url: str = ""
    comment_url: str = ""
    fate: Fate | None = None


@dataclass(frozen=True)
class ContentsEntry:
    """One line of the contents list."""

    anchor: str
    title: str
    level: int


def reading_blocks(
    paragraphs: Iterable[Paragraph],
    consultation: Consultation | None,
    counts: Mapping[UUID, int],
    fates: Mapping[UUID, Fate],
) -> list[ReadingBlock]:
    """Return the blocks, with what their comments need where there is a public consultation.

    Each list item is a list of its own, so that its number can stand beside it; numbered ones go on counting.
    """
    open_now = consultation is not None and consultation.takes_comments()
    base = reverse("consultation", args=[consultation.slug]) if consultation else ""
    new = reverse("comment-new", args=[consultation.slug]) if consultation else ""
    found, step = [], 0
    for paragraph in paragraphs:
        step = step + 1 if paragraph.kind == Paragraph.Kind.STEP else 0
        block = _block(paragraph, step, base=base, new=new if open_now else "", counts=counts)
        fate = fates.get(paragraph.key_id) if paragraph.key_id else None
        found.append(replace(block, fate=fate))
    return found


def _block(paragraph: Paragraph, step: int, *, base: str, new: str, counts: Mapping[UUID, int]) -> ReadingBlock:
    html = paragraph.html
    if paragraph.kind == Paragraph.Kind.HEADING:
        inner = html[html.index(">") + 1 : html.rindex("<")]
        return ReadingBlock(
            "heading", _safe(inner), plain(inner), level=int(html[2]), anchor=f"part-{paragraph.position}"
        )
    if paragraph.kind == Paragraph.Kind.NOTES:
        return ReadingBlock("notes", _safe(html), "")
    if paragraph.kind == Paragraph.Kind.BULLET:
        html = f"<ul><li>{html}</li></ul>"
    elif paragraph.kind == Paragraph.Kind.STEP:
        html = f'<ol start="{step}"><li>{html}</li></ol>'
    elif paragraph.kind == Paragraph.Kind.TABLE:
        html = f'<div class="table" role="region" aria-label="¶ {paragraph.number}" tabindex="0">{html}</div>'
    count = counts.get(paragraph.key_id, 0) if paragraph.key_id else 0
    about = f"?paragraph={paragraph.number}"
    return ReadingBlock(
        "paragraph",
        _safe(html),
        "",
        number=paragraph.number,
        count=count,
        comments_url=f"{base}{about}#comments" if count else "",
        comment_url=f"{new}{about}" if new else "",
    )


def _safe(html: str) -> SafeString:
    """Mark what nh3 cleaned when it was stored."""
    return mark_safe(html)  # noqa: S308 - see above


def contents(blocks: Iterable[ReadingBlock]) -> list[ContentsEntry]:
    """Return the contents list of the headings of the first two levels."""
    return [ContentsEntry(b.anchor, b.plain, b.level) for b in blocks if b.kind == "heading" and b.level < 4]
