"""The pages of news."""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from advocacy.models import Event, Issue, News
from publishing.models import Picture

NEWS_PER_PAGE = 20


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
    issues: Prefetch[Any] = Prefetch("issues", Issue.objects.public().for_list(), to_attr="public_issues")
    return rows.with_text().with_languages().prefetch_related(events, pictures, issues)


@require_safe
def news(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a piece of news, and name its translations."""
    found = get_object_or_404(news_rows(News.objects.public()), slug=slug)
    context = {"news": found, "untranslated": found.text.stand_in}
    return render(request, "advocacy/news.html", context)
