"""An organisation leaves the network, or has itself erased."""

from contextlib import suppress
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from advocacy import leaving
from advocacy.members import for_organisation
from advocacy.models import Erasure, Membership, Organisation, Role
from advocacy.people_forms import ErasureForm
from publishing import limits


def _context(membership: Membership) -> dict[str, Any]:
    organisation = Organisation.objects.for_list().get(pk=membership.organisation_id)
    return {"membership": membership, "organisation": organisation}


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Role.LEAD)
def leave_network(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Ask whether the organisation shall leave, and see to it."""
    context = _context(membership)
    if request.method != "POST":
        return render(request, "advocacy/members/leave.html", context)
    # Where another lead was faster, it is as both wanted it.
    with suppress(leaving.AlreadyLeft):
        leaving.leave(membership.organisation, by=membership.user)
    return render(request, "advocacy/members/left.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Role.LEAD)
def erase_organisation(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Ask for the organisation's name and one's password, and erase it at once."""
    context = _context(membership)
    organisation: Organisation = membership.organisation
    titles = [str(title) for title in organisation.texts.values_list("title", flat=True)]
    names = [*titles, organisation.own_name] if titles else [organisation.slug]
    form = ErasureForm(request.POST if request.method == "POST" else None, names=names, user=membership.user)
    try:
        if not form.is_valid():
            status = 400 if form.is_bound else 200
            return render(request, "advocacy/members/erase.html", {**context, "form": form}, status=status)
    except limits.TooMany:
        form.add_error(None, limits.message())
        return limits.ask_to_wait(request, "advocacy/members/erase.html", {**context, "form": form})
    me = membership.user_id
    leaving.erase(organisation, part=Erasure.Part.LEAD, by=membership.user)
    is_gone = not User.objects.filter(pk=me).exists()
    if is_gone:
        logout(request)
    return render(request, "advocacy/members/erased.html", {"is_gone": is_gone})
