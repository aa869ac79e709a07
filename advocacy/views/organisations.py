"""The profiles of organisations."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advocacy.models import Event, Issue, Organisation, OrganisationText, Practice
from advocacy.models.former import moved_to
from advocacy.views.parts import populations
from publishing.models import Picture

NAMES = ("organisation", "language", "title")


def organisation_rows(rows: Any) -> Any:
    """Fetch with each organisation what its page shows."""
    names: Prefetch[Any] = Prefetch("texts", OrganisationText.objects.ready().only(*NAMES), to_attr="all_names")
    issues = Prefetch("issues", Issue.objects.public().for_list(), to_attr="public_issues")
    practices = Prefetch("practices", Practice.objects.public().for_list(), to_attr="public_practices")
    events = Prefetch("events", Event.objects.public().for_list(), to_attr="public_events")
    logos: Prefetch[Any] = Prefetch("logo", Picture.objects.with_text())
    return rows.with_text().prefetch_related(logos, names, populations(), issues, practices, events)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an organisation's profile, or lead to where it stands now."""
    found = organisation_rows(Organisation.objects.public()).filter(slug=slug).first()
    if found is None:
        return HttpResponsePermanentRedirect(moved_to(slug))
    context = {"organisation": found, "untranslated": found.text.stand_in, "is_public": True}
    return render(request, "advocacy/organisation.html", context)
