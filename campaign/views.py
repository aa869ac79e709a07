"""Home, campaign, deliverables, search, the pages about the portal, and what machines ask."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Prefetch
from django.db.utils import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from advocacy.models import News
from campaign.models import AdvisoryMember, Campaign, Deliverable, Page, Paragraph, Version, VersionText
from campaign.reading import ReadingBlock, contents, reading_blocks
from campaign.search_form import SearchForm
from comments.models import Comment, Consultation
from comments.stations import stage, stations
from factsheets.models import Factsheet, Figure, Indicator, KeyPopulation
from factsheets.shown import show_figure
from publishing.languages import reader_language
from publishing.models import Picture
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
    consultation = Consultation.objects.public().open().for_list().order_by("closes_at").first()
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


def _current_versions() -> Any:
    return Version.objects.current().select_related("consultation")


def deliverable_rows() -> list[dict[str, Any]]:
    """Return each public deliverable with its current version, where it has one."""
    versions = Prefetch("versions", queryset=_current_versions(), to_attr="current_versions")
    found = Deliverable.objects.public().for_list().prefetch_related(versions)
    return [{"deliverable": d, "version": d.current_versions[0] if d.current_versions else None} for d in found]


@require_safe
def campaign(request: HttpRequest) -> HttpResponse:
    """Show what the campaign is for."""
    current = get_object_or_404(Campaign.objects.public().with_text())
    context = {
        "campaign": current,
        "untranslated": current.text.stand_in,
        "rows": deliverable_rows(),
    }
    return render(request, "campaign/campaign.html", context)


def member_rows(rows: Any) -> Any:
    """Fetch with each member of the advisory group the bio and the picture."""
    return rows.with_text().prefetch_related(Prefetch("picture", Picture.objects.with_text()))


@require_safe
def advisory_group(request: HttpRequest) -> HttpResponse:
    """Show the advisory group with bios."""
    members = member_rows(AdvisoryMember.objects.public())
    return render(request, "campaign/advisory_group.html", {"members": members})


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
        return render(request, "campaign/deliverable_empty.html", {"deliverable": current})
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
    consultation = found.consultation
    counts: dict[Any, int] = {}
    is_public = consultation is not None and Consultation.objects.public().filter(pk=consultation.pk).exists()
    if consultation and is_public:
        tally = Comment.objects.public().filter(consultation=consultation, paragraph_key__isnull=False)
        counts = dict(tally.values_list("paragraph_key").annotate(Count("pk")))
    blocks: list[ReadingBlock] = reading_blocks(
        found.text.paragraphs.all(), consultation if is_public else None, counts
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
        "stage": stage(consultation) if consultation and is_public else None,
        "is_open": consultation is not None and is_public and consultation.takes_comments(),
    }


def _read(request: HttpRequest, current: Deliverable, found: Version) -> HttpResponse:
    versions = Version.objects.public().filter(deliverable=current).order_by("-number")
    context = reading_context(current, found) | {"versions": versions, "newest": versions.first()}
    return render(request, "campaign/version.html", context)


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
        *(f"/{code}/{path}" for code, _ in settings.LANGUAGES for path in ("receipt/", "search/")),
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
