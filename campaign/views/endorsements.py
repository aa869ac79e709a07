"""Who signed a deliverable, the form to sign it, and the link by which an organisation confirms."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from advocacy.speaking import speaks_for
from campaign.endorsement_form import EndorsementForm
from campaign.endorsers import count_endorsements, public_endorsements
from campaign.endorsing import NotToConfirm, by_token, confirm, endorse
from campaign.models import Deliverable, Endorsement, EndorsementState, ShownAs, Version
from publishing import limits
from publishing.csv_file import csv_file

PAGE_SIZE = 100
COLUMNS = ("kind", "name", "country", "version", "month")


def _deliverable(slug: str) -> Deliverable:
    return get_object_or_404(Deliverable.objects.public().for_list(), slug=slug)


@require_safe
def endorsements(request: HttpRequest, slug: str) -> HttpResponse:
    """List all who agreed to be named, a hundred to a page, with the counts of all who signed."""
    current = _deliverable(slug)
    page = request.GET.get("page", "1")
    if not (page.isascii() and page.isdigit() and 1 <= len(page) <= 4 and int(page)):
        raise Http404
    number = int(page)
    start = (number - 1) * PAGE_SIZE
    rows = list(public_endorsements(current).named()[start : start + PAGE_SIZE + 1])
    if not rows and number > 1:
        raise Http404
    here = reverse("endorsements", args=[slug])
    context = {
        "deliverable": current,
        "endorsements": count_endorsements(current),
        "endorsers": rows[:PAGE_SIZE],
        "can_sign": Version.objects.public().filter(deliverable=current).exists(),
        "next_url": f"{here}?page={number + 1}" if len(rows) > PAGE_SIZE else "",
        "previous_url": f"{here}?page={number - 1}" if number > 1 else "",
    }
    return render(request, "campaign/endorsements.html", context)


@require_safe
def endorsements_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Give out what is public: who is named, and of the others nothing but their kind."""
    current = _deliverable(slug)
    return csv_file(f"{current.slug}-endorsements.csv", COLUMNS, _rows(current))


def _rows(deliverable: Deliverable) -> Iterator[tuple[object, ...]]:
    public = public_endorsements(deliverable)
    for row in public.named():
        month = timezone.localtime(row.published_at).strftime("%Y-%m")
        yield row.capacity, row.name, row.public_country, row.version.number, month
    # By kind, so that their order does not tell when they signed.
    counted = public.filter(shown_as=ShownAs.COUNT).order_by("capacity").values_list("capacity", flat=True)
    for capacity in counted:
        yield capacity, "", "", "", ""


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_endorsement(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an endorsement and give its receipt; an organisation gets a mail to confirm it."""
    current = _deliverable(slug)
    if not Version.objects.public().filter(deliverable=current).exists():
        raise Http404
    members = speaks_for(request.user)
    form = EndorsementForm(request.POST if request.method == "POST" else None, members=members)
    context: dict[str, Any] = {"deliverable": current, "form": form}
    if not form.is_valid():
        return render(request, "campaign/endorsement_new.html", context, status=400 if form.is_bound else 200)
    try:
        limits.count(request, "endorsement")
    except limits.TooMany:
        form.add_error(None, limits.message())
        return limits.ask_to_wait(request, "campaign/endorsement_new.html", context)
    taken = endorse(deliverable=current, by=request.user, **form.cleaned_data)
    context |= {"code": taken.code, "to_confirm": taken.endorsement.state == EndorsementState.UNCONFIRMED}
    return render(request, "campaign/endorsement_sent.html", context, status=201)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_endorsement(request: HttpRequest, token: str) -> HttpResponse:
    """Ask an organisation whether it signs: following the link alone confirms nothing, since mail scanners do so."""
    try:
        found = _to_confirm(token)
        if request.method == "POST":
            confirm(found)
            found.refresh_from_db()
    except NotToConfirm:
        return render(request, "campaign/endorsement_gone.html", status=410)
    context = {
        "endorsement": found,
        "deliverable": Deliverable.objects.for_list().get(pk=found.deliverable_id),
        "to_confirm": found.state == EndorsementState.UNCONFIRMED,
    }
    return render(request, "campaign/endorsement_confirm.html", context)


def _to_confirm(token: str) -> Endorsement:
    """Return what the link is about, as long as it is of any use. Raises NotToConfirm."""
    found = by_token(token)
    stands = found.state in (EndorsementState.UNCONFIRMED, EndorsementState.PENDING, EndorsementState.PUBLISHED)
    if not stands or not Deliverable.objects.public().filter(pk=found.deliverable_id).exists():
        raise NotToConfirm
    return found
