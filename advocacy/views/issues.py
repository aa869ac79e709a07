"""The pages of shared issues."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from advocacy.models import Issue, Organisation, Practice
from advocacy.views.parts import organisations


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
        Practice.objects.public().for_list().prefetch_related(organisations()),
        to_attr="public_practices",
    )
    return rows.with_text().prefetch_related(members, practices)


@require_safe
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an issue, who faces it and what they do about it."""
    found = get_object_or_404(issue_rows(Issue.objects.public()), slug=slug)
    context = {"issue": found, "untranslated": found.text.stand_in}
    return render(request, "advocacy/issue.html", context)
