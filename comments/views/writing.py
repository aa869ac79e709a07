"""The comment form."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from comments import traps
from comments.forms import CommentForm
from comments.models import Comment, Consultation, HoldReason
from comments.shown import show
from comments.speaking import speakers_for
from comments.subjects import subject_of
from comments.submission import ConsultationClosed, submit
from comments.views.found import comments_of, consultation_of, passage_of, whole_number
from publishing import limits


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
    if passage and passage.is_gone:
        raise Http404
    reply_to = _reply_to(request, current)
    about: dict[str, Any] = {"paragraph_key_id": passage.key if passage else None, "reply_to": reply_to}
    context: dict[str, Any] = {"consultation": current, "subject": subject, "passage": passage, "reply_to": reply_to}
    if reply_to:
        context["shown"] = show(reply_to, subject, is_open=False)
        about["paragraph_key_id"] = reply_to.paragraph_key_id
    form = CommentForm(request.POST if request.method == "POST" else None, speakers=speakers_for(request.user))
    context["form"] = form
    if not form.is_valid():
        if not current.takes_comments():
            return _closed(request, context)
        return render(request, "comments/new.html", context, status=400 if form.is_bound else 200)
    if "preview" in request.POST:
        if not current.takes_comments(language=form.comment["language"]):
            return _closed(request, context)
        preview = Comment(consultation=current, **about, **form.comment)
        member_url = form.spoken_for.url if form.spoken_for else ""
        shown = replace(show(preview, subject, is_open=False), member_url=member_url)
        # A reply stands below its comment, which says what both are about.
        context["preview"] = replace(shown, paragraph="") if reply_to else shown
        return render(request, "comments/new.html", context)
    try:
        code = submit(
            consultation=current,
            form_key=form.cleaned_data["form_key"],
            hold=lambda: _held_for(request, form),
            email=form.cleaned_data["email"],
            speaker=form.spoken_for,
            **about,
            **form.comment,
        )
    except ConsultationClosed:
        return _closed(request, context)
    except limits.TooMany:
        form.add_error(None, limits.message())
        return limits.ask_to_wait(request, "comments/new.html", context)
    return render(request, "comments/sent.html", {**context, "code": code}, status=201)


def _held_for(request: HttpRequest, form: CommentForm) -> list[HoldReason]:
    """Return what a new comment is held for. Raises limits.TooMany."""
    sent = limits.count(request, "comment")
    rate = [HoldReason.RATE] if sent > limits.MANY_COMMENTS else []
    return [*traps.reasons(form.cleaned_data), *rate]


def _closed(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Say from when until when comments are taken, in which language still, and give the text back."""
    current: Consultation = context["consultation"]
    now = timezone.now()
    own = [row for row in current.closings.all() if current.opens_at <= now < row.closes_at]
    others_open = current.opens_at <= now < current.closes_at
    more = {
        "typed": _typed(request),
        "open_languages": own,
        "others_open": others_open,
        "is_over": current.last_closing <= now,
    }
    with timezone.override(current.zone):
        return render(request, "comments/closed.html", {**context, **more}, status=409)


def _reply_to(request: HttpRequest, current: Consultation) -> Comment | None:
    """Return the comment that the address says is replied to; a reply to a reply goes to its comment."""
    number = whole_number(request, "reply-to")
    if number is None:
        return None
    found = get_object_or_404(comments_of(current), number=number)
    if found.reply_to_id:
        return get_object_or_404(comments_of(current), pk=found.reply_to_id)
    return found
