"""What members share with each other: the list, and the page of each practice."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from advocacy.members import for_members
from advocacy.models import Membership, Organisation, Practice, Role
from advocacy.revisions import revisions
from advocacy.sharing_filter import SharedFilter
from advocacy.views.practice_parts import named
from advocacy.views.practices import practice_rows


@require_safe
@for_members
def shared(request: HttpRequest, memberships: list[Membership]) -> HttpResponse:
    """List what members share, public or for members only."""
    form = SharedFilter(request.GET or None)
    rows = Practice.objects.for_members().for_list().order_by("-published_at", "slug").prefetch_related(named())
    status = 200
    if form.is_bound and form.is_valid():
        rows = form.narrow(rows)
    elif form.is_bound:
        rows, status = rows.none(), 400
    asked = form.is_bound and any(form.data.get(name) for name in form.fields)
    context: dict[str, Any] = {"practices": rows, "form": form, "asked": asked, "here": reverse("members-practices")}
    return render(request, "advocacy/members/practices.html", context, status=status)


@require_safe
@for_members
def shared_practice(request: HttpRequest, memberships: list[Membership], slug: str) -> HttpResponse:
    """Show a practice to members, and what they can do about it."""
    rows = practice_rows(Practice.objects.for_members()).prefetch_related(named())
    practice = get_object_or_404(rows, slug=slug)
    others = [each for each in memberships if each.organisation_id != practice.organisation_id]
    telling = [each.organisation_id for each in others if each.may(Role.CONTRIBUTOR)]
    own = [each for each in memberships if each.organisation_id == practice.organisation_id]
    context = {
        "practice": practice,
        "untranslated": practice.text.stand_in,
        "revisions": revisions(practice, public=False),
        "is_own": bool(own),
        "may_edit": any(each.may(Role.CONTRIBUTOR) for each in own),
        "may_tell": Organisation.objects.for_list().filter(pk__in=telling).order_by("slug"),
        "may_ask": bool(others) and not own,
    }
    return render(request, "advocacy/members/practice.html", context)
