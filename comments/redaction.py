"""Takes words out of a comment: its public copy loses them, and the original is sealed or destroyed."""

import json
import re
from itertools import accumulate

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comments.marks import MARK, mark
from comments.models import Comment, CommentState, CommentTranslation, ModerationEvent, NameKind, SealedOriginal
from comments.moderation import AlreadyDecided, approve, locked
from comments.telling import note_change
from publishing.sealing import seal, unseal

# Stands in the moderator's text for words that were taken out before.
TAKEN_OUT = "█"
UNIT = re.compile(f"{MARK.pattern}|.", re.DOTALL)
Spans = list[tuple[int, int]]


def brackets(body: str) -> tuple[str, str]:
    """Return what a moderator sets around words that must go: longer than any row of brackets in the comment."""
    longest = max((len(row) for row in re.findall(r"\[+|\]+", body)), default=0)
    length = max(2, longest + 1)
    return "[" * length, "]" * length


def _units(body: str) -> list[str]:
    """Return a text's characters; words that were taken out count as one."""
    return [found[0] for found in UNIT.finditer(body)]


def to_mark(body: str) -> str:
    """Return a text for a moderator to set brackets in."""
    return MARK.sub(TAKEN_OUT, body)


def spans(body: str, typed: str) -> Spans:
    """Return from where to where words must go, in `to_mark(body)`. Raises ValidationError."""
    opening, closing = brackets(body)
    words = {"opening": opening, "closing": closing}
    unpaired = _("Each %(opening)s needs its %(closing)s, one pair after the other.") % words
    # Beside a bracket of the author's own, the outermost are the moderator's: rather too much goes than too little.
    pieces = re.split(rf"({re.escape(opening)}|{re.escape(closing)}(?!\]))", typed)
    set_brackets = pieces[1::2]
    if set_brackets != [opening, closing] * (len(set_brackets) // 2):
        raise ValidationError(unpaired)
    text = "".join(pieces[::2])
    if text != to_mark(body):
        raise ValidationError(
            _("Only %(opening)s and %(closing)s may be added: the rest is its author’s, letter by letter.") % words
        )
    ends = list(accumulate(len(piece) for piece in pieces[::2]))
    pairs = zip(ends[:-1:2], ends[1::2], strict=True)
    return [(start, end) for start, end in pairs if text[start:end].strip()]


def cut(body: str, found: Spans, reason: str) -> str:
    """Return a text with a mark in place of what stood in the spans."""
    return _cut(_units(body), found, reason)


def _cut(units: list[str], found: Spans, reason: str) -> str:
    kept, last = [], 0
    for start, end in found:
        kept += [*units[last:start], mark(reason)]
        last = end
    return "".join([*kept, *units[last:]])


def _cut_point(text: str, body: str, found: Spans, reason: str) -> str:
    """Return a point's words without those that go; nothing where they are not the comment's any more."""
    pattern = r"\s+".join(re.escape(word) for word in to_mark(text).split())
    places = [place.span() for place in re.finditer(pattern, to_mark(body))]
    for first, last in places:
        inside = [(max(a, first) - first, min(b, last) - first) for a, b in found if a < last and first < b]
        if inside:
            return _cut(_units(body)[first:last], inside, reason)
    return text if places else ""


@transaction.atomic
def redact(
    comment: Comment,
    *,
    by: User,
    typed: str,
    reason: str,
    hide_name: bool = False,
    destroy: bool,
    seen: int | None = None,
) -> Comment:
    """Take out of a comment what stands in brackets in `typed`; a pending one is published with that.

    Its points lose the same words; its translations go, for nobody knows which of their words those are.
    Raises AlreadyDecided, or ValidationError.
    """
    current = locked(comment, seen=seen)
    if current.state not in (CommentState.PENDING, CommentState.PUBLISHED):
        raise AlreadyDecided
    found = spans(current.body, typed)
    _keep_original(current, destroy=destroy)
    for point in current.points.exclude(text=""):
        point.text = _cut_point(point.text, current.body, found, reason)
        point.save(update_fields=["text"])
    CommentTranslation.objects.filter(comment=current).delete()
    action = ModerationEvent.Action.REDACT_FOR_GOOD if destroy else ModerationEvent.Action.REDACT
    event = ModerationEvent.objects.create(comment=current, action=action, by=by, reason=reason)
    changes = {"body": cut(current.body, found, reason), "redacted_at": event.at, "shingles": []}
    if hide_name:
        changes |= {"name_kind": NameKind.NONE, "name": "", "organisation": "", "consulted_how": ""}
    for name, value in changes.items():
        setattr(current, name, value)
    current.save(update_fields=changes)
    if current.state == CommentState.PENDING:
        return approve(current, by=by)
    note_change([current])
    return current


def _keep_original(comment: Comment, *, destroy: bool) -> None:
    """Seal what the author wrote, unless an earlier text is sealed already; or destroy all there is of it."""
    if destroy:
        SealedOriginal.objects.filter(comment=comment).delete()
        return
    original = {
        name: getattr(comment, name) for name in ("body", "name", "organisation", "name_kind", "consulted_how")
    }
    SealedOriginal.objects.get_or_create(comment=comment, defaults={"sealed": seal(json.dumps(original))})


@transaction.atomic
def read_original(comment: Comment, *, by: User) -> dict[str, str]:
    """Return what the author wrote; that it was read is on record. Raises SealedOriginal.DoesNotExist, Unreadable."""
    current = locked(comment)
    original: dict[str, str] = json.loads(unseal(SealedOriginal.objects.get(comment=current).sealed))
    ModerationEvent.objects.create(comment=current, action=ModerationEvent.Action.UNSEAL, by=by)
    return original
