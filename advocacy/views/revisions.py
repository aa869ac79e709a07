"""The revisions of a practice, and what changed from one to another: for everybody, and for members."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from advocacy.members import for_members
from advocacy.models import Membership, Practice
from advocacy.revisions import Revision, differences, revisions
from advocacy.views.practice_parts import named

PAGE = "advocacy/revisions.html"
COMPARISON = "advocacy/revision.html"


@require_safe
def practice_revisions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the revisions that a visitor may read."""
    practice = get_object_or_404(Practice.objects.public().for_list(), slug=slug)
    return render(request, PAGE, _list_context(practice, revisions(practice, public=True)))


@require_safe
def practice_revision(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Show what changed from one to another."""
    if old > new:
        return redirect("practice-revision", slug, new, old)
    practice = get_object_or_404(Practice.objects.public().for_list(), slug=slug)
    return render(request, COMPARISON, _comparison(practice, revisions(practice, public=True), old, new))


@require_safe
@for_members
def members_revisions(request: HttpRequest, memberships: list[Membership], slug: str) -> HttpResponse:
    """List all revisions."""
    practice = _for_members(slug)
    context = _list_context(practice, revisions(practice, public=False))
    return render(request, f"advocacy/members/{PAGE.rpartition('/')[2]}", context)


@require_safe
@for_members
def members_revision(
    request: HttpRequest, memberships: list[Membership], slug: str, old: int, new: int
) -> HttpResponse:
    """Show what changed from one to another."""
    if old > new:
        return redirect("members-practice-revision", slug, new, old)
    practice = _for_members(slug)
    context = _comparison(practice, revisions(practice, public=False), old, new)
    return render(request, f"advocacy/members/{COMPARISON.rpartition('/')[2]}", context)


def _for_members(slug: str) -> Practice:
    return get_object_or_404(Practice.objects.for_members().for_list().prefetch_related(named()), slug=slug)


def _list_context(practice: Practice, found: list[Revision]) -> dict[str, Any]:
    """Return the revisions, each with the one before it that its reader may compare it with."""
    pairs = list(zip(found, [*found[1:], None], strict=True))
    return {"practice": practice, "revisions": pairs}


def _comparison(practice: Practice, found: list[Revision], old: int, new: int) -> dict[str, Any]:
    """Return what changed between two of them. Raises Http404 where one is not there for this reader."""
    known = {each.number: each for each in found}
    if old == new or not {old, new} <= known.keys():
        raise Http404
    before, after = known[old], known[new]
    # Proposals hold all texts, also what nobody has said is ready for readers.
    hidden = set(practice.texts.filter(ready=False).values_list("language", flat=True))
    changes = differences(before, after, hidden=hidden)
    return {"practice": practice, "old": before, "new": after, "differences": changes}
