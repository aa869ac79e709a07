"""What people who act for a member see when they have signed in."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from advocacy.models import Membership, Organisation


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the organisations that somebody acts for, and what they can do there."""
    organisations = Prefetch("organisation", Organisation.objects.for_list())
    memberships = Membership.objects.of(request.user).prefetch_related(organisations)
    return render(request, "advocacy/members/home.html", {"memberships": memberships})
