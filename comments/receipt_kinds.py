"""What a receipt can be of. An app further left adds what it takes in (`KINDS.append`), at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from comments.models import Comment, CommentState
from comments.receipts import receipt_hash
from comments.shown_answers import show_answers, with_answers
from comments.stations import stations
from comments.submission import withdraw


@dataclass(frozen=True)
class ReceiptKind:
    """One kind of thing that people send and get a receipt for."""

    # Returns what has this hash of a code, or nothing.
    find: Callable[[str], Any]
    # Takes it back for who sent it; does nothing the second time.
    withdraw: Callable[[Any], None]
    # The page that shows what became of it, and what that page reads beside `code`.
    template: str
    context: Callable[[Any], dict[str, Any]]


def _find(stored: str) -> Comment | None:
    rows = with_answers(Comment.objects.filter(receipt_hash=stored))
    return rows.select_related("consultation").defer("search", "shingles").first()


def _context(found: Comment) -> dict[str, Any]:
    return {
        "comment": found,
        "stations": stations(found.consultation),
        "answers": show_answers(found),
        "is_withdrawn": found.state == CommentState.WITHDRAWN,
    }


KINDS = [ReceiptKind(_find, withdraw, "comments/receipt_found.html", _context)]


def find(code: str) -> tuple[ReceiptKind, Any] | None:
    """Return what has this receipt, with its kind."""
    stored = receipt_hash(code)
    for kind in KINDS:
        if found := kind.find(stored):
            return kind, found
    return None
