"""The receipt: what became of what somebody sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from comments import receipt_kinds
from comments.forms import ReceiptForm


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Show what became of the comment, or whatever else has this receipt code, and take it back if asked to."""
    form = ReceiptForm(request.POST) if request.method == "POST" else ReceiptForm()
    if not form.is_valid():
        return render(request, "comments/receipt.html", {"form": form}, status=400 if form.is_bound else 200)
    code = form.cleaned_data["code"]
    there = receipt_kinds.find(code)
    if there is None:
        form.add_error("code", _("Nothing here has this code. Please look at it again."))
        return render(request, "comments/receipt.html", {"form": form}, status=404)
    kind, found = there
    if "withdraw" in request.POST:
        kind.withdraw(found)
        found.refresh_from_db()
    return render(request, kind.template, {"code": code, **kind.context(found)})
