"""The form with which an organisation asks to join."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from advocacy import joining
from advocacy.join_form import ApplicationForm
from comments import traps
from publishing import limits


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Take an application, and give its receipt."""
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return render(request, "advocacy/join.html", context, status=400 if form.is_bound else 200)

    def hold() -> list[Any]:
        limits.count(request, "application")
        return traps.reasons(form.for_traps)

    try:
        code = joining.apply(form_key=form.cleaned_data["form_key"], hold=hold, **form.application)
    except limits.TooMany:
        form.add_error(None, limits.message())
        return limits.ask_to_wait(request, "advocacy/join.html", context)
    return render(request, "advocacy/join_sent.html", {"code": code}, status=201)
