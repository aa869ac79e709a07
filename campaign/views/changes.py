"""What changed between two versions, and the history of one paragraph."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from campaign.changes_download import changes_document
from campaign.comparison import Library, compare, stretches, summary
from campaign.history import steps_of
from campaign.models import Deliverable, Paragraph, Version
from publishing.downloads import answer


def _deliverable(slug: str) -> Deliverable:
    return get_object_or_404(Deliverable.objects.public().with_text(), slug=slug)


def _version(deliverable: Deliverable, number: int) -> Version:
    version = get_object_or_404(Version.objects.public().filter(deliverable=deliverable), number=number)
    version.deliverable = deliverable
    return version


@require_safe
def changes(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Show the redline of two versions, the older one first."""
    if old > new:
        return redirect("changes", slug, new, old)
    deliverable = _deliverable(slug)
    if old == new:
        raise Http404
    before, after = _version(deliverable, old), _version(deliverable, new)
    context: dict[str, Any] = {"deliverable": deliverable, "old": before, "new": after}
    return render(request, "campaign/changes.html", context | changes_context(before, after))


@require_safe
def changes_pdf(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponseBase:
    """Serve the redline as PDF."""
    if old >= new:
        raise Http404
    deliverable = _deliverable(slug)
    document = changes_document(_version(deliverable, old), _version(deliverable, new))
    if document is None:
        raise Http404
    return answer(request, document, "pdf")


def changes_context(before: Version, after: Version) -> dict[str, Any]:
    """Return what the redline's page shows of two versions, public or previewed."""
    found = Library(before, after).read(before, after)
    if not found:
        return {}
    entries = compare(*found)
    text = found[1].text
    return {
        "text": text,
        "untranslated": text.stand_in,
        "stretches": stretches(entries),
        "summary": summary(entries),
    }


@require_safe
def paragraph_history(request: HttpRequest, slug: str, number: int, paragraph: int) -> HttpResponse:
    """Show what a paragraph was in every version, and what became of it."""
    deliverable = _deliverable(slug)
    version = _version(deliverable, number)
    start = Paragraph.objects.filter(text__in=version.texts.ready(), number=paragraph).order_by("text").first()
    if start is None or start.key_id is None:
        raise Http404
    steps = steps_of(version, start.key_id)
    context = {"deliverable": deliverable, "version": version, "number": paragraph, "steps": steps}
    return render(request, "campaign/paragraph_history.html", context)
