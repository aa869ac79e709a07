"""The directory and the profiles."""

from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advocacy.models import Issue, Organisation, Practice
from advocacy.models.former import moved_to
from advocacy.views.parts import populations


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
    return rows.with_text().prefetch_related(populations(), issues, practices)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an organisation's profile, or lead to where it stands now."""
    found = organisation_rows(Organisation.objects.public()).filter(slug=slug).first()
    if found is None:
        return HttpResponsePermanentRedirect(moved_to(slug))
    context = {"organisation": found, "untranslated": found.text.stand_in}
    return render(request, "advocacy/organisation.html", context)
