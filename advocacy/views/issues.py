"""The pages of shared issues."""

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from advocacy.charts import facing
from advocacy.models import Event, Issue, News, Organisation, Practice
from advocacy.paragraphs import passages
from advocacy.views.parts import organisations
from factsheets.models import Figure, KeyPopulation
from factsheets.shown import ShownFigure, show_figure

ORDER = ("position", "slug")


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """List the issues that members share, with how many face each and how many practices help."""
    faced = Count("organisations", filter=Q(organisations__in=Organisation.objects.public()), distinct=True)
    helped = Count("practices", filter=Q(practices__in=Practice.objects.public()), distinct=True)
    context = {
        # Rows that are counted lose their model's own order.
        "issues": Issue.objects.public().for_list().annotate(faced_by=faced, helped_by=helped).order_by(*ORDER),
        "member_count": Organisation.objects.public().count(),
    }
    return render(request, "advocacy/issues.html", context)


def issue_rows(rows: Any) -> Any:
    """Fetch with each issue what its page shows of the network."""
    members: Prefetch[Any] = Prefetch(
        "organisations", Organisation.objects.public().for_list(), to_attr="public_organisations"
    )
    practices: Prefetch[Any] = Prefetch(
        "practices",
        Practice.objects.public().for_list().prefetch_related(organisations()),
        to_attr="public_practices",
    )
    events = Prefetch("events", Event.objects.public().for_list(), to_attr="public_events")
    news = Prefetch("news", News.objects.public().for_list(), to_attr="public_news")
    return rows.with_text().prefetch_related(members, practices, events, news)


def issue_context(issue: Issue) -> dict[str, Any]:
    """Return what an issue's page shows; it comes with its text, members and practices."""
    return {
        "issue": issue,
        "facing": facing(issue, issue.public_organisations),  # type: ignore[attr-defined] # set by issue_rows
        "figures": issue_figures(issue),
        "passages": passages(issue.paragraphs.values_list("key", flat=True)),
        "untranslated": issue.text.stand_in,
    }


def issue_figures(issue: Issue) -> list[ShownFigure]:
    """Return the public figures about an issue; what newer ones supersede gives way to them."""
    populations: Any = KeyPopulation.objects.public().for_list()
    chosen = Figure.objects.filter(Q(issues=issue) | Q(supersedes__issues=issue))
    rows = Figure.objects.shown().current().filter(pk__in=chosen.values("pk"))
    found = rows.prefetch_related(Prefetch("population", populations))
    return [show_figure(figure, named=True) for figure in found.order_by("indicator", "position", "code")]


@require_safe
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an issue, who faces it where, what members do about it, and what else the portal holds on it."""
    found = get_object_or_404(issue_rows(Issue.objects.public()), slug=slug)
    return render(request, "advocacy/issue.html", issue_context(found))
