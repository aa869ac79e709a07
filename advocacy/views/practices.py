"""The pages of shared practices."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from advocacy.models import Issue, Practice
from advocacy.revisions import revisions
from advocacy.views.parts import organisations, populations
from advocacy.views.practice_parts import files_and_uses


@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """List the practices that members share."""
    rows = Practice.objects.public().for_list().prefetch_related(organisations())
    return render(request, "advocacy/practices.html", {"practices": rows})


def practice_rows(rows: Any) -> Any:
    """Fetch with each practice what its page shows."""
    issues = Prefetch("issues", Issue.objects.public().for_list(), to_attr="public_issues")
    return rows.with_text().prefetch_related(organisations(), populations(), issues, *files_and_uses())


@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a practice."""
    found = get_object_or_404(practice_rows(Practice.objects.public()), slug=slug)
    context = {
        "practice": found,
        "untranslated": found.text.stand_in,
        "revisions": revisions(found, public=True),
    }
    return render(request, "advocacy/practice.html", context)
