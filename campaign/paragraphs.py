"""Cuts a version's text into paragraphs that keep their identity from version to version, whatever is redrafted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from campaign.models.changes import Change, ChangeEnd
from campaign.models.deliverables import Paragraph, Version, VersionState, VersionText
from campaign.redline import changes, matching
from campaign.redline.document import UNNUMBERED, numbered_blocks
from campaign.redline.matching import Link
from campaign.translations import differs
from publishing.markdown import Block, blocks, plain
from publishing.models import ParagraphKey


@dataclass(frozen=True)
class Numbered:
    """The numbered paragraphs of a text with their keys, in order."""

    blocks: list[Block]
    keys: list[ParagraphKey]


@transaction.atomic
def number_paragraphs(text: VersionText) -> None:
    """Replace the paragraphs of `text` by those of its present body.

    Of a version's first text, keys are carried over by matching words: from the text as it was saved last, and from
    the version before, and what became of each paragraph is stored. Translations share the keys by number; one that
    no longer has as many paragraphs is no longer ready.
    """
    version = Version.objects.select_for_update(no_key=True).get(pk=text.version_id)
    original = version.texts.order_by("pk").first() or text
    found = numbered_blocks(text.body)
    if text != original:
        _store(text, _shared_keys(original, len(found)))
        return
    keys = _carried(stored(text), found)
    if base := base_of(version):
        before = stored(base)
        by_hand = _corrected(version, before, keys)
        _redraft(text, base, Numbered(found, keys), matching.match(before.blocks, found, by_hand), by_hand)
    else:
        _store(text, keys)
    for translation in version.texts.exclude(pk=text.pk):
        if translation.ready and differs(text.body, translation.body):
            VersionText.objects.filter(pk=translation.pk).update(ready=False)
        number_paragraphs(translation)
    _number_next(version)


def _redraft(
    text: VersionText, base: VersionText, present: Numbered, links: Sequence[Link], by_hand: Sequence[Link]
) -> None:
    """Store the paragraphs of a text, and what became of those of the version before."""
    before = stored(base)
    keys = _inherited(links, before, present.blocks, present.keys)
    _store(text, keys)
    store_changes(text.version, base.version, links, before, Numbered(present.blocks, keys), by_hand)


@transaction.atomic
def correct(version: Version, links: Sequence[Link]) -> None:
    """Let a draft's paragraphs come from those that an editor names, by position, and remember what that changed."""
    version = Version.objects.select_for_update(no_key=True).get(pk=version.pk)
    text, base = version.texts.order_by("pk").first(), base_of(version)
    if text is None or base is None:
        return
    present, before = stored(text), stored(base)
    by_hand = _corrected(version, before, present.keys)
    known = set(links_of(version))
    by_hand = [link for link in links if link in by_hand or link not in known]
    _redraft(text, base, present, links, by_hand)
    for translation in version.texts.exclude(pk=text.pk):
        number_paragraphs(translation)
    _number_next(version)


def links_of(version: Version) -> list[Link]:
    """Return what is stored of what became of each paragraph, by position."""
    text, base = version.texts.order_by("pk").first(), base_of(version)
    if text is None or base is None:
        return []
    old = {key.pk: i for i, key in enumerate(stored(base).keys)}
    new = {key.pk: j for j, key in enumerate(stored(text).keys)}
    links = []
    for change in version.changes.prefetch_related("ends").order_by("pk"):
        ends = list(change.ends.all())
        olds = sorted(old[end.key_id] for end in ends if end.side == ChangeEnd.Side.OLD and end.key_id in old)
        news = sorted(new[end.key_id] for end in ends if end.side == ChangeEnd.Side.NEW and end.key_id in new)
        links.append(Link(tuple(olds), tuple(news)))
    return links


def _number_next(version: Version) -> None:
    """Match the next version anew, while it is a draft that nobody cites."""
    later = version.deliverable.versions.filter(number__gt=version.number).order_by("number").first()
    text = later.texts.order_by("pk").first() if later and later.state == VersionState.DRAFT else None
    if text:
        number_paragraphs(text)


def _store(text: VersionText, keys: Sequence[ParagraphKey]) -> None:
    text.paragraphs.all().delete()
    ParagraphKey.objects.bulk_create(key for key in keys if key._state.adding)
    numbers = iter(enumerate(keys, start=1))
    rows = []
    for position, block in enumerate(blocks(text.body)):
        number, key = (None, None) if block.kind in UNNUMBERED else next(numbers)
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


def _shared_keys(original: VersionText, count: int) -> list[ParagraphKey]:
    """Return the keys of a translation's paragraphs: those of the original, number by number."""
    shared = stored(original).keys[:count]
    return shared + [ParagraphKey() for _ in range(count - len(shared))]


def stored(text: VersionText) -> Numbered:
    """Return the numbered paragraphs of a text as they are stored."""
    rows = text.paragraphs.filter(number__isnull=False).select_related("key").order_by("number")
    return Numbered([Block(row.kind, row.html) for row in rows], [row.key for row in rows if row.key])


def version_before(version: Version) -> Version | None:
    """Return the version with the next lower number."""
    earlier = version.deliverable.versions.filter(number__lt=version.number)
    return earlier.order_by("-number").first()


def base_of(version: Version) -> VersionText | None:
    """Return the text that a version's first text is matched with: that of the version before, in its language."""
    before = version_before(version)
    if before is None:
        return None
    original = version.texts.order_by("pk").first()
    texts = list(before.texts.order_by("pk"))
    return next((t for t in texts if original and t.language == original.language), texts[0] if texts else None)


def _carried(saved: Numbered, found: Sequence[Block]) -> list[ParagraphKey]:
    """Return keys for the blocks of a text saved again: those of the paragraphs they were, else new ones."""
    links = matching.match(saved.blocks, found) if saved.blocks else []
    return _inherited(links, saved, found, [ParagraphKey() for _ in found])


def _inherited(
    links: Sequence[Link], before: Numbered, found: Sequence[Block], keys: Sequence[ParagraphKey]
) -> list[ParagraphKey]:
    """Return `keys`, but with the key of a paragraph before wherever something became of it, and only there.

    The longest of several merged ones gives its key, and the longest of the parts of a split one takes it.
    """
    owned = {key.pk for key in before.keys}
    inherited = [ParagraphKey() if key.pk in owned else key for key in keys]
    for link in links:
        if link.old and link.new:
            inherited[_longest(link.new, found)] = before.keys[_longest(link.old, before.blocks)]
    return inherited


def _longest(places: Sequence[int], found: Sequence[Block]) -> int:
    return max(places, key=lambda place: (len(plain(found[place].html)), -place))


def _corrected(version: Version, before: Numbered, keys: Sequence[ParagraphKey]) -> list[Link]:
    """Return what editors have corrected by hand, as far as all of its paragraphs are still there."""
    old_place = {key.pk: i for i, key in enumerate(before.keys)}
    new_place = {key.pk: j for j, key in enumerate(keys)}
    links = []
    for change in version.changes.filter(by_hand=True).prefetch_related("ends"):
        ends = list(change.ends.all())
        old = [old_place.get(end.key_id, -1) for end in ends if end.side == ChangeEnd.Side.OLD]
        new = [new_place.get(end.key_id, -1) for end in ends if end.side == ChangeEnd.Side.NEW]
        if -1 not in old and -1 not in new:
            links.append(Link(tuple(sorted(old)), tuple(sorted(new))))
    return links


@transaction.atomic
def store_changes(
    version: Version,
    base: Version,
    links: Sequence[Link],
    before: Numbered,
    after: Numbered,
    by_hand: Sequence[Link],
) -> None:
    """Store what became of each paragraph; reasons and comments stay with the change of the same paragraphs."""
    known = list(version.changes.prefetch_related("ends", "comments"))
    told = {end: change for change in known for end in _keys_of(change)}
    version.changes.all().delete()
    for found in changes.name_changes(links, before.blocks, after.blocks):
        ends = [(ChangeEnd.Side.OLD, before.keys[i]) for i in found.old]
        ends += [(ChangeEnd.Side.NEW, after.keys[j]) for j in found.new]
        keys = [(str(side), key.pk) for side, key in ends]
        same = next((told[end] for end in keys if end in told), None)
        change = Change.objects.create(
            version=version,
            base=base,
            kind=found.kind,
            by_hand=Link(found.old, found.new) in by_hand,
            reason=same.reason if same else "",
            language=same.language if same else "en",
        )
        ChangeEnd.objects.bulk_create(
            ChangeEnd(change=change, version=version, side=side, key=key) for side, key in ends
        )
        if same:
            change.comments.set(same.comments.all())


def _keys_of(change: Change) -> frozenset[tuple[str, object]]:
    return frozenset((end.side, end.key_id) for end in change.ends.all())
