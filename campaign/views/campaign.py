"""The campaign and its advisory group."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.models import AdvisoryMember, Campaign
from campaign.views.deliverables import deliverable_rows
from publishing.models import Picture


@require_safe
def campaign(request: HttpRequest) -> HttpResponse:
    """Show what the campaign is for."""
    current = get_object_or_404(Campaign.objects.public().with_text())
    context = {
        "campaign": current,
        "untranslated": current.text.stand_in,
        "rows": deliverable_rows(),
    }
    return render(request, "campaign/campaign.html", context)


def member_rows(rows: Any) -> Any:
    """Fetch with each member of the advisory group the bio and the picture."""
    return rows.with_text().prefetch_related(Prefetch("picture", Picture.objects.with_text()))


@require_safe
def advisory_group(request: HttpRequest) -> HttpResponse:
    """Show the advisory group with bios."""
    members = member_rows(AdvisoryMember.objects.public())
    return render(request, "campaign/advisory_group.html", {"members": members})
