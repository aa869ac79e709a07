"""The receipt: what became of what somebody sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from comments import receipt_kinds
from comments.forms import ReceiptForm
from comments.receipts import receipt_hash
from publishing import limits


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Show what became of the comment, or whatever else has this receipt code, and do with it what its owner asks."""
    form = ReceiptForm(request.POST) if request.method == "POST" else ReceiptForm()
    if not form.is_valid():
        return render(request, "comments/receipt.html", {"form": form}, status=400 if form.is_bound else 200)
    code = form.cleaned_data["code"]
    there = receipt_kinds.find(code)
    if there is None:
        return _unknown(request, form)
    kind, found = there
    outcome = kind.act(found, request.POST)
    if outcome is not None:
        found = kind.find(receipt_hash(code))
    shown = {"code": code, **kind.context(found), **(outcome or {})}
    return render(request, kind.template, shown, status=shown.pop("status", 200))


def _unknown(request: HttpRequest, form: ReceiptForm) -> HttpResponse:
    """Say that nothing has this code. Only such answers are counted: a neighbour who guesses locks nobody out."""
    try:
        limits.count(request, "receipt")
    except limits.TooMany:
        form.add_error(None, limits.message())
        return limits.ask_to_wait(request, "comments/receipt.html", {"form": form})
    form.add_error("code", _("Nothing here has this code. Please look at it again."))
    return render(request, "comments/receipt.html", {"form": form}, status=404)
