"""Consultations, their comments, the comment form and the receipt."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from comments import receipt_kinds
from comments.forms import CommentForm, ReceiptForm
from comments.models import Comment, CommentQuerySet, CommentState, Consultation
from comments.shown import show, show_all, with_answers
from comments.stations import stage, stations
from comments.subjects import Passage, Subject, subject_of
from comments.submission import ConsultationClosed, submit

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


def _consultation(slug: str) -> Consultation:
    return get_object_or_404(Consultation.objects.public().with_text(), slug=slug)


def _number(request: HttpRequest, name: str) -> int | None:
    """Return a whole number from the query string, or nothing where it is not given. Raises Http404."""
    value = request.GET.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise Http404
    return int(value)


def _passage(request: HttpRequest, subject: Subject) -> Passage | None:
    """Return the paragraph that the address names. Raises Http404 where there is no such paragraph."""
    number = _number(request, "paragraph")
    passage = subject.by_number(number)
    if number is not None and passage is None:
        raise Http404
    return passage


def _with_answers(comments: CommentQuerySet) -> CommentQuerySet:
    return with_answers(comments).select_related("consultation").defer("search", "reply_to__search", "shingles")


def _with_replies(comments: CommentQuerySet) -> CommentQuerySet:
    replies = _with_answers(Comment.objects.public().order_by("number"))
    return _with_answers(comments).prefetch_related(Prefetch("replies", queryset=replies, to_attr="public_replies"))


def consultation_context(
    current: Consultation, subject: Subject, passage: Passage | None = None, after: int = 0
) -> dict[str, Any]:
    """Return what a consultation's page shows: its comments from number `after` on, all or those on one paragraph."""
    public = Comment.objects.public().filter(consultation=current)
    if passage:
        public = public.filter(paragraph_key=passage.key)
    # A reply stands below its comment; where that one is gone, it stands alone.
    parent = Comment.objects.public().filter(pk=OuterRef("reply_to"))
    first_level = public.filter(~Exists(parent))
    page = list(_with_replies(first_level.filter(number__gt=after).order_by("number"))[: PAGE_SIZE + 1])
    more = len(page) > PAGE_SIZE
    page = page[:PAGE_SIZE]
    return {
        "consultation": current,
        "untranslated": current.text.stand_in,
        "subject": subject,
        "passage": passage,
        "stations": stations(current),
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
    current = _consultation(slug)
    subject = subject_of(current)
    after = _number(request, "page") or 0
    context = consultation_context(current, subject, _passage(request, subject), after)
    return render(request, "comments/consultation.html", context)


@require_safe
def comment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one comment with its replies and answers."""
    current = _consultation(slug)
    public = Comment.objects.public().filter(consultation=current)
    found = get_object_or_404(_with_replies(public).select_related("reply_to"), number=number)
    subject = subject_of(current)
    context = {
        "consultation": current,
        "subject": subject,
        "passage": subject.by_key(found.paragraph_key_id),
        "shown": show(found, subject, is_open=current.takes_comments()),
        "reply_to": found.reply_to if found.reply_to and found.reply_to.state == CommentState.PUBLISHED else None,
    }
    return render(request, "comments/comment.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a comment, on a paragraph or in reply where the address says so, and give its receipt."""
    try:
        return _new_comment(request, _consultation(slug))
    except Http404:
        if not _typed(request):
            raise
        # The comment replied to may have been withdrawn while the reader wrote.
        return render(request, "comments/gone.html", {"typed": _typed(request)}, status=404)


def _typed(request: HttpRequest) -> str:
    return request.POST.get("body", "")


def _new_comment(request: HttpRequest, current: Consultation) -> HttpResponse:
    subject = subject_of(current)
    passage = _passage(request, subject)
    reply_to = _reply_to(request, current)
    context: dict[str, Any] = {
        "consultation": current,
        "subject": subject,
        "passage": passage,
        "reply_to": reply_to,
    }
    paragraph_key = passage.key if passage else None
    if reply_to:
        context["shown"] = show(reply_to, subject, is_open=False)
        paragraph_key = reply_to.paragraph_key_id
    closed = {**context, "typed": _typed(request)}
    form = CommentForm(request.POST) if request.method == "POST" else CommentForm()
    if not form.is_valid():
        if not current.takes_comments():
            return render(request, "comments/closed.html", closed, status=409)
        return render(request, "comments/new.html", {**context, "form": form}, status=400 if form.is_bound else 200)
    fields = form.cleaned_data
    form_key: UUID = fields.pop("form_key")
    try:
        code = submit(
            consultation=current,
            form_key=form_key,
            paragraph_key_id=paragraph_key,
            reply_to=reply_to,
            **fields,
        )
    except ConsultationClosed:
        return render(request, "comments/closed.html", closed, status=409)
    return render(request, "comments/sent.html", {**context, "code": code}, status=201)


def _reply_to(request: HttpRequest, current: Consultation) -> Comment | None:
    """Return the comment that the address says is replied to; a reply to a reply goes to its comment."""
    number = _number(request, "reply-to")
    if number is None:
        return None
    public = Comment.objects.public().filter(consultation=current)
    found = get_object_or_404(_with_answers(public), number=number)
    if found.reply_to_id:
        return get_object_or_404(_with_answers(public), pk=found.reply_to_id)
    return found


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Show what became of the comment, or whatever else has this receipt code, and take it back if asked to."""
    form = ReceiptForm(request.POST) if request.method == "POST" else ReceiptForm()
    if not form.is_valid():
        return render(request, "comments/receipt.html", {"form": form}, status=400 if form.is_bound else 200)
    code = form.cleaned_data["code"]
    there = receipt_kinds.find(code)
    if there is None:
        form.add_error("code", _("Nothing here has this code. Please look at it again."))
        return render(request, "comments/receipt.html", {"form": form}, status=404)
    kind, found = there
    if "withdraw" in request.POST:
        kind.withdraw(found)
        found.refresh_from_db()
    return render(request, kind.template, {"code": code, **kind.context(found)})
