"""Factsheets."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from factsheets.article import article
from factsheets.downloads import factsheet_document, factsheet_downloads
from factsheets.models import Factsheet, FactsheetText, KeyPopulation
from factsheets.page import factsheet_context, with_sections
from publishing.downloads import answer
from publishing.languages import reader_language
from publishing.pdf.document import Document


@require_safe
def factsheets(request: HttpRequest) -> HttpResponse:
    """List all factsheets."""
    populations = Prefetch("population", KeyPopulation.objects.for_list())
    rows = Factsheet.objects.public().for_list().prefetch_related(populations)
    return render(request, "factsheets/factsheets.html", {"factsheets": rows})


@require_safe
def factsheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a factsheet with its figures, sections and instruments."""
    sheet = get_object_or_404(with_sections(Factsheet.objects.public()), slug=slug)
    context = factsheet_context(sheet)
    more = {"downloads": factsheet_downloads(sheet), "linked_data": article(sheet, context["notes"])}
    return render(request, "factsheets/factsheet.html", context | more)


@require_safe
def download(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Serve a factsheet as a file."""
    public = FactsheetText.objects.filter(factsheet__in=Factsheet.objects.public().filter(slug=slug))
    text = public.best(reader_language()).only("language", "designed_pdf", "factsheet").first()
    if text is None:
        raise Http404
    with override(text.language):
        sheet = with_sections(Factsheet.objects.filter(pk=text.factsheet_id)).get()
        document = factsheet_document(sheet, factsheet_context(sheet))
    return answer(request, document, form, designed=text.designed_pdf)


def documents() -> Iterator[Document]:
    """Yield every public document of this app."""
    texts = FactsheetText.objects.ready().filter(factsheet__in=Factsheet.objects.public())
    for language, key in texts.values_list("language", "factsheet"):
        with override(language):
            sheet = with_sections(Factsheet.objects.filter(pk=key)).get()
            yield factsheet_document(sheet, factsheet_context(sheet))
