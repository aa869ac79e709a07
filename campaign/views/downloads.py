"""Deliverables as files."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from campaign.downloads import public_texts, version_document
from publishing.downloads import answer
from publishing.languages import reader_language


@require_safe
def version(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponseBase:
    """Serve a version as a file, in the language that its page would show."""
    texts = public_texts().filter(version__deliverable__slug=slug, version__number=number)
    text = texts.best(reader_language()).first()
    if text is None:
        raise Http404
    return answer(request, version_document(text), form, designed=text.designed_pdf)
