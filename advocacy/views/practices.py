"""The pages of shared practices."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from advocacy.models import Issue, Practice
from advocacy.practice_filtering import Asked, found_in, practices_of
from advocacy.revisions import revisions
from advocacy.views.parts import organisations, populations
from advocacy.views.practice_parts import files_and_uses

PRACTICES_PER_PAGE = 20


@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """List the practices that the filters ask for, newest first."""
    found, here = found_in(request.GET), reverse("practices")
    context: dict[str, Any] = {"form": found.form, "asked": found.asked or Asked()}
    if found.asked is None:
        return render(request, "advocacy/practices.html", context, status=400)
    keys, paged = found.page(request, PRACTICES_PER_PAGE, here)
    context |= paged | {"practices": practices_of(keys).prefetch_related(organisations())}
    return render(request, "advocacy/practices.html", context)


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
