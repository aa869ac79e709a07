"""What people who act for a member see when they have signed in."""

from django.contrib.auth.decorators import login_required
from django.db.models import BooleanField, ExpressionWrapper, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from advocacy.models import Membership, Organisation
from advocacy.second_factor import has_second_factor


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the organisations that somebody acts for, and what they can do there."""
    is_public = ExpressionWrapper(Organisation.public_q(), output_field=BooleanField())
    organisations = Prefetch("organisation", Organisation.objects.for_list().annotate(is_public=is_public))
    context = {
        "memberships": Membership.objects.of(request.user).prefetch_related(organisations),
        "has_second_factor": has_second_factor(request.user),
        "changed": request.GET.get("changed", ""),
    }
    return render(request, "advocacy/members/home.html", context)
