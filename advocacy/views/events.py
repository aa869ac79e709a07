"""The pages of events, their papers, and events as calendars."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from advocacy.calendar import calendar_of
from advocacy.models import Event, EventDocument, Issue, News, Organisation
from advocacy.times import shown_agenda, when
from publishing.zones import ZoneForm


def _zone_form(request: HttpRequest) -> ZoneForm:
    """Return the form with the reader's zone, as the address has it."""
    return ZoneForm(request.GET if "zone" in request.GET else {"zone": ""})


def _context(form: ZoneForm) -> dict[str, Any]:
    """Return what the pages tell of the reader's zone."""
    return {"zone_form": form, "zone": form.chosen, "zone_query": f"?zone={form.chosen.key}" if form.chosen else ""}


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """List coming and past events."""
    form = _zone_form(request)
    rows: list[Any] = list(Event.objects.public().for_list())
    for row in rows:
        row.when = when(row, form.chosen)
    now = timezone.now()
    context = {
        "coming": sorted((e for e in rows if e.over_at >= now), key=lambda e: e.starts_at),
        "past": [e for e in rows if e.over_at < now],
        "has_hours": any(not e.all_day for e in rows),
    }
    status = 200 if form.is_valid() else 400
    return render(request, "advocacy/events.html", context | _context(form), status=status)


def document_rows(rows: Any) -> Any:
    """Fetch with each paper what a list shows of it."""
    return rows.for_list().select_related("event")


def event_rows(rows: Any) -> Any:
    """Fetch with each event what its page shows."""
    return rows.with_text().prefetch_related(
        "agenda",
        Prefetch("documents", document_rows(EventDocument.objects.public()), to_attr="public_documents"),
        Prefetch("organisations", Organisation.objects.public().for_list(), to_attr="public_organisations"),
        Prefetch("issues", Issue.objects.public().for_list(), to_attr="public_issues"),
        Prefetch("news", News.objects.public().for_list(), to_attr="public_news"),
    )


def present(event: Any, zone: ZoneInfo | None = None) -> Any:
    """Let an event tell its times in words, by its own clock and by the reader's."""
    event.when = when(event, zone)
    event.shown_agenda = shown_agenda(event, event.agenda.all(), zone)
    return event


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an event."""
    form = _zone_form(request)
    found = present(get_object_or_404(event_rows(Event.objects.public()), slug=slug), form.chosen)
    context = {"event": found, "untranslated": found.text.stand_in}
    status = 200 if form.is_valid() else 400
    return render(request, "advocacy/event.html", context | _context(form), status=status)


@require_safe
def document(request: HttpRequest, event: str, slug: str) -> FileResponse:
    """Serve a paper that lies here."""
    rows = EventDocument.objects.public().filter(event__slug=event, slug=slug).exclude(file="")
    found = get_object_or_404(rows)
    try:
        file = found.file.open()
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type="application/pdf", filename=f"{found.slug}.pdf")


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve one event for a calendar."""
    found = get_object_or_404(Event.objects.public().for_list(), slug=slug)
    return calendar_of([found], f"{found.slug}.ics")


@require_safe
def events_calendar(request: HttpRequest) -> HttpResponse:
    """Serve all coming events, and those of the past year, for calendars that fetch them again and again."""
    since = timezone.now() - timedelta(days=365)
    return calendar_of(Event.objects.public().for_list().filter(ends_at__gte=since), "events.ics", feed=True)
