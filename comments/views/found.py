"""What the public views share: finding what an address names."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from comments.filtering import Asked, FilterForm, asked_in
from comments.models import Comment, CommentQuerySet, Consultation
from comments.shown_answers import with_answers
from comments.subjects import Passage, Subject, subject_of
from publishing.numbers import whole

# No paragraph and no comment has a greater number.
MOST = 999_999_999


def consultation_of(slug: str) -> Consultation:
    """Return the public consultation of this name. Raises Http404."""
    return get_object_or_404(Consultation.objects.public().with_text(), slug=slug)


def whole_number(request: HttpRequest, name: str) -> int | None:
    """Return a whole number from the query string, or nothing where it is not given. Raises Http404."""
    value = request.GET.get(name, "")
    number = whole(value, MOST)
    if value and number is None:
        raise Http404
    return number


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
    rows = with_answers(public).select_related("consultation").prefetch_related("translations")
    return rows.defer("search", "reply_to__search", "shingles", "reply_to__shingles")


@dataclass(frozen=True)
class Found:
    """What an address asks of a consultation; where a filter is wrong, `asked` is nothing and the form says why."""

    consultation: Consultation
    subject: Subject
    form: FilterForm
    asked: Asked | None

    @property
    def comments(self) -> CommentQuerySet:
        """The comments asked for."""
        rows = comments_of(self.consultation)
        return self.asked.of(rows) if self.asked else rows.none()


def found_at(request: HttpRequest, slug: str) -> Found:
    """Return the consultation of this name, and which of its comments the filters ask for. Raises Http404."""
    consultation = consultation_of(slug)
    subject = subject_of(consultation)
    passage = passage_of(request, subject)
    comments = comments_of(consultation)
    languages = comments.order_by("language").values_list("language", flat=True).distinct()
    form = FilterForm(request.GET, languages, subject)
    return Found(consultation, subject, form, asked_in(form, passage, comments) if form.is_valid() else None)
