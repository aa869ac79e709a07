"""The page on which a member says that it used what another shares."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from advocacy import using
from advocacy.members import for_organisation
from advocacy.models import Membership, Practice, PracticeUse, Role, UseState
from advocacy.sharing_forms import UseForm
from advocacy.views.parts import organisation_text
from advocacy.views.practice_parts import named


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Role.CONTRIBUTOR)
def use(request: HttpRequest, membership: Membership, practice: str) -> HttpResponse:
    """Show what an organisation said of a practice, and take in what it says now; not of what it shares itself."""
    rows = Practice.objects.for_members().exclude(organisation=membership.organisation_id)
    found = get_object_or_404(rows.for_list().prefetch_related(named()), slug=practice)
    said = {
        each.state: each for each in PracticeUse.objects.filter(practice=found, organisation=membership.organisation)
    }
    shown = said.pop(UseState.PUBLISHED, None)
    latest = next(iter(said.values()), shown)
    here = request.path
    if request.method == "POST" and "take_back" in request.POST:
        using.take_back(found, by=membership)
        return redirect(here)
    initial = {"note": latest.note, "year": latest.year} if latest else {"year": timezone.localdate().year}
    form = UseForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        using.say(found, note=form.cleaned_data["note"], year=form.cleaned_data["year"], by=membership)
        return redirect(here)
    context = {
        "practice": found,
        "organisation": organisation_text(membership.organisation),
        "shown": shown,
        "waits": said.get(UseState.PENDING),
        "refused": said.get(UseState.REFUSED),
        "form": form,
    }
    return render(request, "advocacy/members/use.html", context, status=400 if form.errors else 200)
