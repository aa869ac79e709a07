"""The public part of a consultation as files: what its page shows, row by row, and no more."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comments.feeds import MAX_AGE
from comments.marks import in_words
from comments.models import Comment, Consultation, Point
from comments.shown import translations_of
from comments.subjects import Subject
from comments.views.found import Found, found_at
from publishing.csv_file import csv_file
from publishing.xlsx_file import xlsx_file

CHUNK = 500
COLUMNS = (
    *("number", "reply_to", "paragraph", "about", "about_url", "language", "name", "organisation"),
    *("place", "place_name"),
    *("consulted_count", "consulted_how", "consulted_language", "received", "channel", "redacted"),
    *("text", "translations", "answers", "url"),
)


@require_safe
@cache_control(public=True, max_age=MAX_AGE)
def comments_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the comments as a table."""
    found = _found(request, slug)
    return csv_file(_file_name(found.consultation, "csv"), COLUMNS, _rows(request, found))


@require_safe
@cache_control(public=True, max_age=MAX_AGE)
def comments_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the comments as a spreadsheet."""
    found = _found(request, slug)
    return xlsx_file(_file_name(found.consultation, "xlsx"), COLUMNS, _rows(request, found))


@require_safe
@cache_control(public=True, max_age=MAX_AGE)
def comments_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the comments for programs.

    `{version, made, consultation: {…}, comments: [{number, …, points: [{point, words, answer: {…} or null}]}]}`:
    `version` changes when a name here changes its meaning or goes; days and moments are ISO 8601.
    """
    found = _found(request, slug)
    current = found.consultation
    told = {
        "version": 1,
        "made": timezone.now(),
        "consultation": {
            "slug": current.slug,
            "title": current.text.title,
            "language": current.text.language,
            "url": request.build_absolute_uri(current.get_absolute_url()),
            "opens_at": current.opens_at,
            "closes_at": current.closes_at,
            "timezone": current.timezone,
            "answer_due": current.answer_due,
        },
        "comments": [_told(request, comment, found.subject) for comment in _comments(found)],
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{_file_name(current, "json")}"'
    return response


def _found(request: HttpRequest, slug: str) -> Found:
    found = found_at(request, slug)
    if found.asked is None:
        raise BadRequest
    return found


def _file_name(consultation: Consultation, form: str) -> str:
    """Say when it was made: tomorrow's file may hold more, or less."""
    return f"{consultation.slug}-comments-{timezone.now():%Y-%m-%dT%H%MZ}.{form}"


def _comments(found: Found) -> Iterator[Any]:
    """Yield the comments in the order of their numbers, fetched in chunks."""
    parent = Case(When(Comment.out_q("reply_to__"), then="reply_to__number"))
    rows = found.comments.select_related(None).annotate(parent_number=parent).order_by("number")
    for comment in rows.iterator(CHUNK):
        comment.consultation = found.consultation
        yield comment


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""


def _told(request: HttpRequest, comment: Any, subject: Subject) -> dict[str, Any]:
    """Return all that is public of a comment."""
    passage = subject.by_key(comment.paragraph_key_id)
    return {
        "number": comment.number,
        "reply_to": comment.parent_number,
        "paragraph": passage.number if passage else None,
        "about": passage.label if passage else "",
        "about_url": request.build_absolute_uri(passage.url) if passage and passage.url else "",
        "language": comment.language,
        "name": comment.name,
        "organisation": comment.organisation,
        "place": comment.place,
        "place_name": comment.place_name,
        "consulted_count": comment.consulted_count,
        "consulted_how": comment.consulted_how,
        "consulted_language": comment.consulted_language,
        "received": _day(comment.received_at),
        "channel": comment.channel,
        "redacted": _day(comment.redacted_at),
        "text": comment.words,
        "translations": [
            {"language": row.language, "translator": row.translator, "text": row.body}
            for row in translations_of(comment)
        ],
        "points": [_point(point) for point in comment.points.all()],
        "url": request.build_absolute_uri(comment.get_absolute_url()),
    }


def _point(point: Point) -> dict[str, Any]:
    answer = point.answer
    return {
        "point": point.label,
        "words": in_words(point.text),
        "answer": answer
        and {
            "disposition": answer.disposition,
            "reason": answer.text.reason,
            "language": answer.text.language,
            "changed_version": answer.changed_version,
        },
    }


def _rows(request: HttpRequest, found: Found) -> Iterator[list[object]]:
    """Yield a row of the tables for each comment: what there may be several of stands in one cell."""
    for comment in _comments(found):
        told = _told(request, comment, found.subject)
        told["translations"] = "\n\n".join(f"[{t['language']}] {t['text']}" for t in told["translations"])
        told["answers"] = "\n\n".join(
            f"{p['point']} {p['answer']['disposition']}: {p['answer']['reason']}"
            for p in told["points"]
            if p["answer"]
        )
        yield ["" if told[name] is None else told[name] for name in COLUMNS]
