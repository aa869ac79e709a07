"""What a receipt can be of. An app further left adds what it takes in (`KINDS.append`), at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comments import marks
from comments.erasure import erase
from comments.forms import VerdictForm
from comments.models import Comment, CommentState, ModerationEvent, Point
from comments.receipts import receipt_hash
from comments.shown_answers import About, ShownAnswer, about_answers, points_of, show_answer, with_answers
from comments.stations import stations
from comments.submission import withdraw
from comments.verdicts import NothingToSay, give_verdict
from publishing.numbers import whole
from publishing.usertext import as_html

REDACTIONS = (ModerationEvent.Action.REDACT, ModerationEvent.Action.REDACT_FOR_GOOD)


@dataclass(frozen=True)
class ReceiptKind:
    """One kind of thing that people send and get a receipt for."""

    # Returns what has this hash of a code, or nothing.
    find: Callable[[str], Any]
    # Does what the form asks for, once; returns what the page shows of that, or nothing where nothing was asked for.
    act: Callable[[Any, QueryDict], dict[str, Any] | None]
    # The page that shows what became of it, and what that page reads beside `code`.
    template: str
    context: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class ShownPoint:
    """One point of one's own comment, with its public answer and the form to say something to that."""

    position: int
    words: SafeString
    answer: ShownAnswer | None
    said: str
    form: VerdictForm


def _find(stored: str) -> Comment | None:
    rows = with_answers(Comment.objects.filter(receipt_hash=stored))
    return rows.select_related("consultation").defer("search", "shingles").first()


def _act(found: Comment, data: QueryDict) -> dict[str, Any] | None:
    if "withdraw" in data:
        withdraw(found)
        return {}
    if "erase" in data:
        if data["erase"] != "sure":
            return {"to_erase": True}
        erase(found)
        return {}
    return _say(found, data) if "verdict" in data else None


def _say(found: Comment, data: QueryDict) -> dict[str, Any]:
    """Take what the author says to one answer; the point's position comes with it."""
    position = whole(data.get("point", ""), 9999) or 0
    form = VerdictForm(data, auto_id=_ids(position))
    if form.is_valid():
        try:
            give_verdict(found, position=position, **form.cleaned_data)
        except NothingToSay:
            form.add_error(None, _("This answer is no longer there."))
            return {"form": form, "status": 409}
        return {}
    return {"form": form, "points": _points(found, form, position), "status": 400}


def _ids(position: int) -> str:
    return f"id_%s_{position}"


def _context(found: Comment) -> dict[str, Any]:
    redactions = found.events.filter(action__in=REDACTIONS) if found.redacted_at else None
    return {
        "comment": found,
        "stations": stations(found.consultation),
        "points": _points(found),
        "redaction": redactions.last() if redactions else None,
        "is_erased": found.state == CommentState.ERASED,
        "is_withdrawn": found.state == CommentState.WITHDRAWN,
    }


def _points(found: Comment, sent: VerdictForm | None = None, position: int = 0) -> list[ShownPoint]:
    """Return the points of a published comment; one has the form that was sent, the others what was said before."""
    if found.state != CommentState.PUBLISHED:
        return []
    about = about_answers([found])
    return [_point(row, about, found, sent if sent and row.position == position else None) for row in points_of(found)]


def _point(row: Point, about: About, found: Comment, sent: VerdictForm | None) -> ShownPoint:
    return ShownPoint(
        row.position,
        marks.in_html(as_html(row.text)),
        show_answer(row.answer, (), about, found) if row.answer else None,
        row.get_verdict_display(),
        sent or VerdictForm(initial={"why": row.verdict_why}, auto_id=_ids(row.position)),
    )


KINDS = [ReceiptKind(_find, _act, "comments/receipt_found.html", _context)]


def find(code: str) -> tuple[ReceiptKind, Any] | None:
    """Return what has this receipt, with its kind."""
    stored = receipt_hash(code)
    for kind in KINDS:
        if found := kind.find(stored):
            return kind, found
    return None
