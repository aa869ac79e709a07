"""The comment form."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from comments.forms import CommentForm
from comments.models import Comment, Consultation
from comments.shown import show
from comments.subjects import subject_of
from comments.submission import ConsultationClosed, submit
from comments.views.found import comments_of, consultation_of, passage_of, whole_number


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a comment, on a paragraph or in reply where the address says so, and give its receipt."""
    try:
        return _new_comment(request, consultation_of(slug))
    except Http404:
        if not _typed(request):
            raise
        # The comment replied to may have been withdrawn while the reader wrote.
        return render(request, "comments/gone.html", {"typed": _typed(request)}, status=404)


def _typed(request: HttpRequest) -> str:
    return request.POST.get("body", "")


def _new_comment(request: HttpRequest, current: Consultation) -> HttpResponse:
    subject = subject_of(current)
    passage = passage_of(request, subject)
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
    number = whole_number(request, "reply-to")
    if number is None:
        return None
    found = get_object_or_404(comments_of(current), number=number)
    if found.reply_to_id:
        return get_object_or_404(comments_of(current), pk=found.reply_to_id)
    return found
