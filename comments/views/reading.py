"""Consultations and their comments, as visitors read them."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comments.models import Comment, CommentQuerySet, CommentState, Consultation
from comments.shown import show, show_all
from comments.stations import report_url, stage, stations
from comments.subjects import Passage, Subject, subject_of
from comments.views.found import comments_of, consultation_of, passage_of, whole_number

PAGE_SIZE = 25


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


def _with_replies(comments: CommentQuerySet, consultation: Consultation) -> CommentQuerySet:
    replies = comments_of(consultation).order_by("number")
    return comments.prefetch_related(Prefetch("replies", queryset=replies, to_attr="public_replies"))


def consultation_context(
    current: Consultation, subject: Subject, passage: Passage | None = None, after: int = 0
) -> dict[str, Any]:
    """Return what a consultation's page shows: its comments from number `after` on, all or those on one paragraph."""
    public = comments_of(current)
    if passage:
        public = public.filter(paragraph_key=passage.key)
    # A reply stands below its comment; where that one is gone, it stands alone.
    parent = Comment.objects.public().filter(pk=OuterRef("reply_to"))
    first_level = public.filter(~Exists(parent))
    page = list(_with_replies(first_level.filter(number__gt=after).order_by("number"), current)[: PAGE_SIZE + 1])
    more = len(page) > PAGE_SIZE
    page = page[:PAGE_SIZE]
    return {
        "consultation": current,
        "untranslated": current.text.stand_in,
        "subject": subject,
        "passage": passage,
        "stations": stations(current),
        "report_url": report_url(current),
        "is_open": current.takes_comments(),
        "comments": show_all(page, subject, is_open=current.takes_comments()),
        "count": public.count(),
        "next_url": _page_url(current, passage, page[-1].number) if more else "",
        "previous_url": _page_url(current, passage, _page_before(first_level, after)) if after else "",
    }


def _page_before(comments: CommentQuerySet, after: int) -> int | None:
    """Return the number after which the page before begins, or nothing where that is the first page."""
    before = comments.filter(number__lte=after).order_by("-number").values_list("number", flat=True)
    return next(iter(before[PAGE_SIZE : PAGE_SIZE + 1]), None)


def _page_url(current: Consultation, passage: Passage | None, after: int | None) -> str:
    """Return the address of the comments (on that paragraph) that come after a number."""
    asked = {"paragraph": passage.number if passage else None, "page": after}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{current.get_absolute_url()}{'?' if query else ''}{query}#comments"


@require_safe
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show dates, how to take part, and published comments: all, or those on one paragraph."""
    current = consultation_of(slug)
    subject = subject_of(current)
    after = whole_number(request, "page") or 0
    context = consultation_context(current, subject, passage_of(request, subject), after)
    return render(request, "comments/consultation.html", context)


@require_safe
def comment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one comment with its replies and answers."""
    current = consultation_of(slug)
    found = get_object_or_404(_with_replies(comments_of(current), current).select_related("reply_to"), number=number)
    subject = subject_of(current)
    context = {
        "consultation": current,
        "subject": subject,
        "passage": subject.by_key(found.paragraph_key_id),
        "shown": show(found, subject, is_open=current.takes_comments()),
        "reply_to": found.reply_to if found.reply_to and found.reply_to.state == CommentState.PUBLISHED else None,
    }
    return render(request, "comments/comment.html", context)
