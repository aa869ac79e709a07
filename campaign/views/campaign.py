"""The campaign and its advisory group."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.grounds import add_grounds
from campaign.models import AdvisoryMember, Campaign, PracticalStep
from campaign.views.deliverables import deliverable_rows
from publishing.models import Picture

# How many members the campaign's page introduces; the group's own page shows all.
FIRST_MEMBERS = 4


@require_safe
def campaign(request: HttpRequest) -> HttpResponse:
    """Show what the campaign is for, what it works on and what it asks of whom."""
    current = get_object_or_404(campaign_rows(Campaign.objects.public()))
    steps = step_rows(PracticalStep.objects.public().filter(campaign=current))
    members = AdvisoryMember.objects.public().filter(campaign=current)
    context = {"campaign": current, "untranslated": current.text.stand_in} | campaign_parts(steps, members)
    return render(request, "campaign/campaign.html", context)


def campaign_rows(rows: Any) -> Any:
    """Fetch with a campaign its text and the still picture of its video."""
    return rows.with_text().prefetch_related(Prefetch("video_still", Picture.objects.with_text()))


def step_rows(rows: Any) -> Any:
    """Fetch with each step what it rests on."""
    return rows.with_text("plain").prefetch_related("grounds")


def campaign_parts(steps: Iterable[PracticalStep], members: Any) -> dict[str, Any]:
    """Return what the campaign's page shows below its text, with these steps and members."""
    rows = deliverable_rows()
    return {
        "rows": rows,
        "members": member_rows(members)[:FIRST_MEMBERS],
        "audiences": by_audience(add_grounds(steps, [row["deliverable"] for row in rows])),
    }


def by_audience(steps: list[PracticalStep]) -> list[dict[str, Any]]:
    """Group steps by whom they ask, in the order of the choices."""
    groups = [
        {"key": key, "label": label, "steps": [step for step in steps if step.audience == key]}
        for key, label in PracticalStep.Audience.choices
    ]
    return [group for group in groups if group["steps"]]


def member_rows(rows: Any) -> Any:
    """Fetch with each member of the advisory group the bio and the picture."""
    return rows.with_text().prefetch_related(Prefetch("picture", Picture.objects.with_text()))


@require_safe
def advisory_group(request: HttpRequest) -> HttpResponse:
    """Show the advisory group with bios."""
    members = member_rows(AdvisoryMember.objects.public())
    return render(request, "campaign/advisory_group.html", {"members": members})
