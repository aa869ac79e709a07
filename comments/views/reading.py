"""Consultations and their comments, as visitors read them."""

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comments.filtering import Asked, first_of_thread, with_position
from comments.models import Comment, CommentQuerySet, CommentState, Consultation
from comments.paging import Cursor, cursor_of, page_of
from comments.progress import progress_of
from comments.shown import show, show_all
from comments.stations import days_until_answer, report_url, stage, stations
from comments.subjects import Subject, subject_of
from comments.views.found import comments_of, consultation_of, found_at

PAGE_SIZE = 25
# Below a comment; its own page shows the others.
REPLIES = 20


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """List all consultations, the open ones first."""
    public = (
        Consultation.objects.public()
        .for_list()
        .annotate(published=Count("comments", filter=Q(comments__state=CommentState.PUBLISHED)))
        # Said here, since a query that counts drops the model's own order.
        .order_by("-opens_at", "slug")
    )
    rows: list[dict[str, Any]] = [{"consultation": c, "stage": stage(c), "stations": stations(c)} for c in public]
    rows.sort(key=lambda row: row["stage"][0] != "open")
    return render(request, "comments/consultations.html", {"rows": rows})


def _with_replies(comments: CommentQuerySet, replies: CommentQuerySet) -> CommentQuerySet:
    """Fetch the first replies to each comment, and one more, which tells that there are others."""
    first = replies.order_by("number")[: REPLIES + 1]
    return comments.prefetch_related(Prefetch("replies", queryset=first, to_attr="public_replies"))


def consultation_context(
    current: Consultation, subject: Subject, asked: Asked | None = None, cursor: Cursor | None = None
) -> dict[str, Any]:
    """Return what a consultation's page shows: those of its comments that are asked for, after the cursor."""
    asked = asked or Asked()
    found = asked.of(comments_of(current))
    threads = first_of_thread(_with_replies(found, found), asked)
    if "position" in asked.keys:
        threads = with_position(threads, subject)
    page = page_of(threads, asked.keys, cursor, PAGE_SIZE)
    address = current.get_absolute_url()
    is_open = current.takes_comments()
    return head_context(current) | {
        "subject": subject,
        "passage": asked.passage,
        "asked": asked,
        "comments": show_all(page.comments, subject, is_open=is_open, replies=REPLIES),
        "count": found.count(),
        "next_url": _page_url(address, asked, page.after),
        "previous_url": _page_url(address, asked, page.before),
    }


def head_context(current: Consultation) -> dict[str, Any]:
    """Return what the head of a consultation's page says: its dates, and where it stands."""
    days = days_until_answer(current)
    return {
        "consultation": current,
        "now": timezone.now(),
        "untranslated": current.text.stand_in,
        "stations": stations(current),
        "report_url": report_url(current),
        "is_open": current.takes_comments(),
        "progress": progress_of(current),
        "days_left": days,
        "days_late": -(days or 0),
    }


def _page_url(address: str, asked: Asked, page: str | None) -> str:
    return "" if page is None else f"{address}{asked.query(page=page)}#comments"


@require_safe
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show dates, how to take part, and published comments: all, or those that the filters ask for."""
    found = found_at(request, slug)
    context = {"form": found.form, "query": found.asked.query() if found.asked else ""}
    if found.asked is None:
        context |= head_context(found.consultation) | {"subject": found.subject}
        return render(request, "comments/consultation.html", context, status=400)
    cursor = cursor_of(request.GET.get("page", ""), found.asked.keys)
    context |= consultation_context(found.consultation, found.subject, found.asked, cursor)
    return render(request, "comments/consultation.html", context)


@require_safe
def comment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one comment with its answers and replies, page by page; of one that is gone, only that it is."""
    current = consultation_of(slug)
    cursor = cursor_of(request.GET.get("page", ""), ("number",))
    found = comments_of(current).select_related("reply_to").filter(number=number).first()
    if found is None:
        if _was_there(current, number):
            return render(
                request, "comments/comment_gone.html", {"consultation": current, "number": number}, status=410
            )
        raise Http404
    page = page_of(comments_of(current).filter(reply_to=found), ("number",), cursor, REPLIES)
    found.public_replies = page.comments  # type: ignore[attr-defined] # where a list prefetches them
    subject = subject_of(current)
    address, whole = found.get_absolute_url(), Asked()
    context = {
        "consultation": current,
        "subject": subject,
        "passage": subject.by_key(found.paragraph_key_id),
        "shown": show(found, subject, is_open=current.takes_comments()),
        "reply_to": found.reply_to if found.reply_to and found.reply_to.state == CommentState.PUBLISHED else None,
        "next_url": _page_url(address, whole, page.after),
        "previous_url": _page_url(address, whole, page.before),
    }
    return render(request, "comments/comment.html", context)


def _was_there(current: Consultation, number: int) -> bool:
    """Whether a comment was public under this number. Why it is not any more, nobody is told."""
    return Comment.objects.filter(consultation=current, number=number).exclude(state=CommentState.PUBLISHED).exists()


@require_safe
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """Show on which terms one takes part, and what is kept for how long."""
    current = consultation_of(slug)
    context = {"consultation": current, "untranslated": current.text.stand_in}
    return render(request, "comments/policy.html", context)
