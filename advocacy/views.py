"""The network's pages, news and events."""

from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from advocacy.models import Event, Issue, News, Organisation, Practice
from factsheets.models import KeyPopulation
from publishing.models import Picture

NEWS_PER_PAGE = 20


def _populations() -> Prefetch[Any]:
    return Prefetch("populations", KeyPopulation.objects.public().for_list())


def _organisations() -> Prefetch[Any]:
    return Prefetch("organisation", Organisation.objects.for_list())


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """List the member organisations by region."""
    members = Organisation.objects.public().for_list().order_by("region", "slug")
    regions = [list(group) for _region, group in groupby(members, key=lambda o: o.region)]
    regions.sort(key=lambda group: group[0].region_name)
    context = {
        "regions": regions,
        "count": sum(len(group) for group in regions),
        "issues": Issue.objects.public().for_list(),
    }
    return render(request, "advocacy/network.html", context)


def organisation_rows(rows: Any) -> Any:
    """Fetch with each organisation what its page shows."""
    issues = Prefetch("issues", Issue.objects.public().for_list(), to_attr="public_issues")
    practices = Prefetch("practices", Practice.objects.public().for_list(), to_attr="public_practices")
    return rows.with_text().prefetch_related(_populations(), issues, practices)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an organisation's profile."""
    found = get_object_or_404(organisation_rows(Organisation.objects.public()), slug=slug)
    context = {"organisation": found, "untranslated": found.text.stand_in}
    return render(request, "advocacy/organisation.html", context)


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """List the issues that members share."""
    return render(request, "advocacy/issues.html", {"issues": Issue.objects.public().for_list()})


def issue_rows(rows: Any) -> Any:
    """Fetch with each issue what its page shows."""
    members: Prefetch[Any] = Prefetch(
        "organisations", Organisation.objects.public().for_list(), to_attr="public_organisations"
    )
    practices: Prefetch[Any] = Prefetch(
        "practices",
        Practice.objects.public().for_list().prefetch_related(_organisations()),
        to_attr="public_practices",
    )
    return rows.with_text().prefetch_related(members, practices)


@require_safe
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an issue, who faces it and what they do about it."""
    found = get_object_or_404(issue_rows(Issue.objects.public()), slug=slug)
    context = {"issue": found, "untranslated": found.text.stand_in}
    return render(request, "advocacy/issue.html", context)


@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """List the practices that members share."""
    rows = Practice.objects.public().for_list().prefetch_related(_organisations())
    return render(request, "advocacy/practices.html", {"practices": rows})


def practice_rows(rows: Any) -> Any:
    """Fetch with each practice what its page shows."""
    issues = Prefetch("issues", Issue.objects.public().for_list(), to_attr="public_issues")
    return rows.with_text().prefetch_related(_organisations(), _populations(), issues)


@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a practice."""
    found = get_object_or_404(practice_rows(Practice.objects.public()), slug=slug)
    context = {"practice": found, "untranslated": found.text.stand_in}
    return render(request, "advocacy/practice.html", context)


@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    """List the news, newest first, twenty to a page."""
    page = request.GET.get("page", "1")
    if not (page.isascii() and page.isdigit() and 1 <= len(page) <= 4 and int(page)):
        raise Http404
    number = int(page)
    start = (number - 1) * NEWS_PER_PAGE
    rows = list(News.objects.public().for_list()[start : start + NEWS_PER_PAGE + 1])
    if not rows and number > 1:
        raise Http404
    here = reverse("news-list")
    context = {
        "news": rows[:NEWS_PER_PAGE],
        "next_url": f"{here}?page={number + 1}" if len(rows) > NEWS_PER_PAGE else "",
        "previous_url": f"{here}?page={number - 1}" if number > 1 else "",
    }
    return render(request, "advocacy/news_list.html", context)


def news_rows(rows: Any) -> Any:
    """Fetch with each piece of news what its page shows."""
    events: Prefetch[Any] = Prefetch("event", Event.objects.public().for_list())
    pictures: Prefetch[Any] = Prefetch("picture", Picture.objects.with_text())
    return rows.with_text().with_languages().prefetch_related(events, pictures)


@require_safe
def news(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a piece of news, and name its translations."""
    found = get_object_or_404(news_rows(News.objects.public()), slug=slug)
    context = {"news": found, "untranslated": found.text.stand_in}
    return render(request, "advocacy/news.html", context)


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """List coming and past events."""
    rows = list(Event.objects.public().for_list())
    now = timezone.now()
    context = {
        "coming": sorted((e for e in rows if e.ends_at >= now), key=lambda e: e.starts_at),
        "past": [e for e in rows if e.ends_at < now],
    }
    return render(request, "advocacy/events.html", context)


def event_rows(rows: Any) -> Any:
    """Fetch with each event what its page shows."""
    reports = Prefetch("news", News.objects.public().for_list(), to_attr="public_news")
    return rows.with_text().prefetch_related(reports)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an event."""
    found = get_object_or_404(event_rows(Event.objects.public()), slug=slug)
    context = {"event": found, "untranslated": found.text.stand_in}
    return render(request, "advocacy/event.html", context)
