"""The pages of events."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from advocacy.models import Event, News


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
