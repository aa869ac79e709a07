"""The report that closes a consultation, as visitors read it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from comments.models import Consultation, Report, ReportText
from comments.report_download import public_reports, report_document, report_downloads
from comments.report_shown import show_report
from comments.stations import stations
from comments.subjects import Subject, subject_of
from publishing.downloads import answer
from publishing.languages import reader_language


def report_context(found: Report, consultation: Consultation, subject: Subject) -> dict[str, Any]:
    """Return what a report's page shows, public or previewed; both come with their texts."""
    return {
        "report": found,
        "text": found.text,
        "untranslated": found.text.stand_in,
        "consultation": consultation,
        "subject": subject,
        "stations": stations(consultation),
        "shown": show_report(found, subject),
    }


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was heard, what was answered, and what changed."""
    found = get_object_or_404(public_reports(), consultation__slug=slug)
    consultation = Consultation.objects.with_text().get(pk=found.consultation_id)
    context = report_context(found, consultation, subject_of(consultation))
    return render(request, "comments/report.html", context | {"downloads": report_downloads(found)})


@require_safe
def report_download(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Serve a report as a file, in the language that its page would show."""
    public = ReportText.objects.filter(report__in=Report.objects.public().filter(consultation__slug=slug))
    text = public.best(reader_language()).only("language", "report").first()
    if text is None:
        raise Http404
    with override(text.language):
        document = report_document(public_reports().get(pk=text.report_id))
    return answer(request, document, form)
