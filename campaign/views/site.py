"""Home, search, the pages about the portal, and what machines ask."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Prefetch
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from advocacy.models import News
from campaign.models import Campaign, Page
from campaign.search_form import SearchForm
from campaign.views.deliverables import deliverable_rows
from comments.models import Consultation
from comments.stations import stations
from factsheets.models import Factsheet, Figure, Indicator, KeyPopulation
from factsheets.shown import show_figure
from publishing.search import search as find


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the reader's best language, as their browser tells it."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is open now, the evidence, the deliverables and the news."""
    current = Campaign.objects.public().for_list().first()
    # A draft comes before the questions about figures, which can always be asked.
    consultation = Consultation.objects.public().open().for_list().order_by("-about", "closes_at").first()
    populations = Prefetch("population", KeyPopulation.objects.public().for_list())
    figures = (
        Figure.objects.public()
        .filter(indicator=Indicator.RELATIVE_RISK, population__isnull=False)
        .order_by("-year", "position", "code")
        .with_text()
        .select_related("source")
        .prefetch_related(populations)
    )
    context = {
        "campaign": current,
        "untranslated": current and current.text.stand_in,
        "consultation": consultation,
        "stations": stations(consultation) if consultation else [],
        "figures": [show_figure(f, named=True) for f in figures[:4]],
        "factsheets": Factsheet.objects.public().for_list().prefetch_related(populations),
        "rows": deliverable_rows(),
        "news": News.objects.public().for_list()[:3],
    }
    return render(request, "campaign/home.html", context)


@require_safe
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page about the portal."""
    page = get_object_or_404(Page.objects.public().with_text(), slug=slug)
    context = {"page": page, "untranslated": page.text.stand_in}
    return render(request, "campaign/about.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find words in everything public."""
    form = SearchForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return render(request, "campaign/search.html", context, status=400)
    text, page = form.cleaned_data["q"], form.cleaned_data["page"] or 1
    if text:
        results, more, resembling = find(text, page)
        here = reverse("search")
        context |= {
            "q": text,
            "results": results,
            "resembling": resembling,
            "next_url": f"{here}?{form.query(page + 1)}" if more else "",
            "previous_url": f"{here}?{form.query(page - 1)}" if page > 1 else "",
        }
    return render(request, "campaign/search.html", context)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers too."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return HttpResponse("no database\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where not to go, and where the map is."""
    disallowed = [
        "/admin/",
        "/accounts/",
        *(f"/{code}/{path}" for code, _ in settings.LANGUAGES for path in ("receipt/", "search/", "accounts/")),
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in disallowed)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a security problem (RFC 9116)."""
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    languages = ", ".join(code for code, _ in settings.LANGUAGES)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        f"Preferred-Languages: {languages}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
