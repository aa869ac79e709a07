"""Pages that begin after a row and not at a count: they stay the same while others publish and withdraw."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404

from comments.models import Comment, CommentQuerySet

# What an order's columns hold for one row: a page begins after it.
Cursor = tuple[int, ...]
NUMBERS = re.compile(r"[0-9]{1,9}(-[0-9]{1,9})*")


@dataclass(frozen=True)
class Page:
    """Some comments; the cursors of the next page and of the one before, where there are such pages."""

    comments: list[Comment]
    after: str | None
    # Empty for the first page of all.
    before: str | None


def cursor_of(text: str, keys: tuple[str, ...]) -> Cursor | None:
    """Return the cursor that an address names, or nothing where it names none. Raises Http404."""
    if not text:
        return None
    cursor = tuple(int(part) for part in text.split("-")) if NUMBERS.fullmatch(text) else ()
    if len(cursor) != len(keys):
        raise Http404
    return cursor


def page_of(comments: CommentQuerySet, keys: tuple[str, ...], cursor: Cursor | None, size: int) -> Page:
    """Return the page of comments, in the order of these keys, that comes after the cursor."""
    rows = comments.order_by(*keys)
    if cursor:
        rows = rows.filter(_beyond(keys, cursor))
    found = list(rows[: size + 1])
    more = len(found) > size
    before = _before(comments, keys, cursor, size) if cursor else None
    return Page(found[:size], _written(found[size - 1], keys) if more else None, before)


def _beyond(keys: tuple[str, ...], cursor: Cursor, *, back: bool = False) -> Q:
    """Return the condition of coming after the cursor; or, going back, of coming up to it."""
    found, same = Q(), Q()
    for key, value in zip(keys, cursor, strict=True):
        name = key.removeprefix("-")
        falling = key.startswith("-") != back
        found |= same & Q(**{f"{name}__{'lt' if falling else 'gt'}": value})
        same &= Q(**{name: value})
    return found | same if back else found


def _before(comments: CommentQuerySet, keys: tuple[str, ...], cursor: Cursor, size: int) -> str:
    rows: Any = comments.filter(_beyond(keys, cursor, back=True)).order_by(*keys).reverse()
    first = next(iter(rows.prefetch_related(None)[size : size + 1]), None)
    return _written(first, keys) if first else ""


def _written(comment: Comment, keys: tuple[str, ...]) -> str:
    return "-".join(str(getattr(comment, key.removeprefix("-"))) for key in keys)
