"""Deliverables and their versions."""

from collections import defaultdict
from itertools import zip_longest
from typing import Any

from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.downloads import version_downloads
from campaign.endorsers import endorsers_context
from campaign.models import Deliverable, Paragraph, Version, VersionText
from campaign.reading import ReadingBlock, contents, reading_blocks
from campaign.tracing import fates
from campaign.views.parts import deliverable_parts
from comments.models import About, Comment, Consultation
from comments.stations import report_url, stage, stations
from publishing.languages import reader_language


def _current_versions() -> Any:
    return Version.objects.current().select_related("consultation")


def deliverable_rows() -> list[dict[str, Any]]:
    """Return each public deliverable with its current version, where it has one."""
    versions = Prefetch("versions", queryset=Version.objects.current(), to_attr="current_versions")
    found = Deliverable.objects.public().for_list().prefetch_related(versions)
    consultations = _consultations()
    return [_row(deliverable, consultations.get(deliverable.pk, [])) for deliverable in found]


def _consultations() -> dict[int, list[Consultation]]:
    """Return the public consultations on each deliverable, on its newest version first."""
    found: defaultdict[int, list[Consultation]] = defaultdict(list)
    public = Consultation.objects.public().filter(about=About.VERSION)
    rows = public.select_related("version").order_by("-version__number")
    for consultation in rows:
        found[consultation.version.deliverable_id].append(consultation)
    return found


def _row(deliverable: Any, consultations: list[Consultation]) -> dict[str, Any]:
    """Return one line of the list: the current version, where its consultation stands, and all that are open."""
    version = deliverable.current_versions[0] if deliverable.current_versions else None
    own = next((c for c in consultations if version and c.version.pk == version.pk), None)
    return {
        "deliverable": deliverable,
        "version": version,
        "stations": stations(own) if own else [],
        "open": [consultation for consultation in consultations if consultation.takes_comments()],
    }


@require_safe
def deliverables(request: HttpRequest) -> HttpResponse:
    """List the deliverables with state and dates."""
    return render(request, "campaign/deliverables.html", {"rows": deliverable_rows()})


@require_safe
def deliverable(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a deliverable's current version under the deliverable's own address."""
    current = get_object_or_404(Deliverable.objects.public().with_text(), slug=slug)
    found = _version(_current_versions().filter(deliverable=current))
    if found is None:
        context = {"deliverable": current} | deliverable_parts(current)
        return render(request, "campaign/deliverable_empty.html", context)
    return _read(request, current, found)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one version."""
    current = get_object_or_404(Deliverable.objects.public().with_text(), slug=slug)
    versions = Version.objects.public().filter(deliverable=current, number=number)
    found = _version(versions.select_related("consultation"))
    if found is None:
        raise Http404
    return _read(request, current, found)


def _version(versions: Any) -> Version | None:
    """Return the one version with its text and its paragraphs."""
    paragraphs = Prefetch("paragraphs", Paragraph.objects.defer("plain"))
    texts = VersionText.objects.best(reader_language()).defer("search", "body", "body_html", "plain")
    best = Prefetch("texts", queryset=texts.prefetch_related(paragraphs), to_attr="best_texts")
    found: Version | None = versions.prefetch_related(best).first()
    return found


def reading_context(current: Deliverable, found: Version) -> dict[str, Any]:
    """Return what the reading page shows of a version, public or previewed."""
    found.deliverable = current
    consultation = found.consultation
    counts: dict[Any, int] = {}
    is_public = consultation is not None and Consultation.objects.public().filter(pk=consultation.pk).exists()
    if consultation and is_public:
        tally = Comment.objects.public().filter(consultation=consultation, paragraph_key__isnull=False)
        counts = dict(tally.values_list("paragraph_key").annotate(Count("pk")))
    paragraphs = found.text.paragraphs.all()
    numbers = {paragraph.key_id: paragraph.number for paragraph in paragraphs if paragraph.number}
    blocks: list[ReadingBlock] = reading_blocks(
        paragraphs, consultation if is_public else None, counts, fates(found, numbers)
    )
    return {
        "deliverable": current,
        "version": found,
        "text": found.text,
        "untranslated": found.text.stand_in,
        "blocks": blocks,
        "contents": contents(blocks),
        "consultation": consultation if is_public else None,
        "stations": stations(consultation) if consultation and is_public else [],
        "report_url": report_url(consultation) if consultation and is_public else "",
        "stage": stage(consultation) if consultation and is_public else None,
        "is_open": consultation is not None and is_public and consultation.takes_comments(),
    }


def _read(request: HttpRequest, current: Deliverable, found: Version) -> HttpResponse:
    versions = list(Version.objects.public().filter(deliverable=current).order_by("-number"))
    older = [row.number for row in versions[1:]]
    context = (
        reading_context(current, found)
        | deliverable_parts(current)
        | {
            "newest": versions[0],
            # Each with the number of the one before it, which it is compared with.
            "versions": list(zip_longest(versions, older)),
            "previous": next((number for number in older if number < found.number), None),
        }
    )
    context |= endorsers_context(current)
    context |= {"downloads": version_downloads(current, found)}
    return render(request, "campaign/version.html", context)
