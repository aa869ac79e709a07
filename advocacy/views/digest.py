"""The pages on which one asks for the monthly digest, confirms, and ends it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from advocacy.digest.forms import SubscriptionForm
from advocacy.digest.subscribing import MAILING, NotToConfirm, ask, by_token
from advocacy.digest.subscribing import confirm as confirm_address
from advocacy.models.digest import CONFIRM_WITHIN
from publishing import limits
from publishing.mailing import stop_view

stop = stop_view(MAILING, "parts/mail_stop.html")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take an address; the answer is the same whether it is known or not."""
    form = SubscriptionForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "days": CONFIRM_WITHIN.days}
    if not form.is_valid():
        return render(request, "advocacy/digest/subscribe.html", context, status=400 if form.is_bound else 200)
    try:
        limits.count(request, "digest")
    except limits.TooMany:
        form.add_error(None, limits.message())
        return limits.ask_to_wait(request, "advocacy/digest/subscribe.html", context)
    ask(form.cleaned_data["email"], language=form.cleaned_data["language"])
    return render(request, "advocacy/digest/asked.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more: following the link alone subscribes nobody, since mail scanners do so."""
    try:
        asked = by_token(token)
        if request.method == "POST":
            confirm_address(asked)
            asked = by_token(token)
    except NotToConfirm:
        return render(request, "advocacy/digest/gone.html", status=410)
    return render(request, "advocacy/digest/confirm.html", {"done": asked.is_done})
