"""The page on which somebody follows an invitation."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from advocacy import inviting
from advocacy.models import Invitation, Organisation
from advocacy.people_forms import AccountForm


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what, and take the account; following the link alone uses nothing up: scanners do so."""
    try:
        response = _followed(request, token, inviting.by_token(token))
    except inviting.NoInvitation:
        response = render(request, "advocacy/members/invitation_gone.html", status=410)
    response["X-Robots-Tag"] = "noindex"
    return response


def _followed(request: HttpRequest, token: str, found: Invitation) -> HttpResponse:
    address = inviting.address_of(found)
    account = inviting.account_with(address)
    context: dict[str, Any] = {
        "invitation": found,
        "organisation": Organisation.objects.for_list().get(pk=found.organisation_id),
        "address": address,
    }
    if account:
        return _known(request, token, {**context, "is_me": request.user == account})
    form = AccountForm(request.POST if request.method == "POST" else None, address=address)
    if form.is_valid():
        try:
            name, password = form.cleaned_data["name"], form.cleaned_data["password"]
            user = inviting.register(token, name=name, password=password)
        except inviting.HasAccount:
            return _known(request, token, context)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("members-home")
    status = 400 if form.is_bound else 200
    return render(request, "advocacy/members/invitation.html", {**context, "form": form}, status=status)


def _known(request: HttpRequest, token: str, context: dict[str, Any]) -> HttpResponse:
    """Add somebody who has an account, or ask them to sign in with it first."""
    if request.method == "POST" and context.get("is_me") and request.user.is_authenticated:
        inviting.join(token, by=request.user)
        return redirect("members-home")
    there = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}"
    status = 409 if request.method == "POST" else 200
    return render(request, "advocacy/members/invitation_known.html", {**context, "sign_in": there}, status=status)
