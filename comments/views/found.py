"""What the public views share: finding what an address names."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from comments.models import Comment, CommentQuerySet, Consultation
from comments.shown_answers import with_answers
from comments.subjects import Passage, Subject


def consultation_of(slug: str) -> Consultation:
    """Return the public consultation of this name. Raises Http404."""
    return get_object_or_404(Consultation.objects.public().with_text(), slug=slug)


def whole_number(request: HttpRequest, name: str) -> int | None:
    """Return a whole number from the query string, or nothing where it is not given. Raises Http404."""
    value = request.GET.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise Http404
    return int(value)


def passage_of(request: HttpRequest, subject: Subject) -> Passage | None:
    """Return the paragraph that the address names. Raises Http404 where there is no such paragraph."""
    number = whole_number(request, "paragraph")
    passage = subject.by_number(number)
    if number is not None and passage is None:
        raise Http404
    return passage


def comments_of(consultation: Consultation) -> CommentQuerySet:
    """Return the public comments on a consultation, with what is shown of each."""
    public = Comment.objects.public().filter(consultation=consultation)
    return with_answers(public).select_related("consultation").defer("search", "reply_to__search", "shingles")
