"""Who may see and do what on members' pages: each view is handed the membership that lets somebody in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from advocacy.models import Membership, Organisation, Role

View = Callable[..., HttpResponseBase]


def for_organisation(role: Role = Role.READER) -> Callable[[View], View]:
    """Hand a view the membership of whoever is signed in, in the organisation that the address names.

    To others the organisation is not there (404); a role that is too small is refused (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        @login_required
        def guarded(request: HttpRequest, slug: str, **named: Any) -> HttpResponseBase:
            rows = Membership.objects.of(request.user).filter(organisation__slug=slug)
            membership = rows.select_related("organisation").first()
            if membership is None:
                raise Http404
            if not membership.may(role):
                raise PermissionDenied
            try:
                return view(request, membership, **named)
            except Organisation.DoesNotExist as error:  # erased meanwhile
                raise Http404 from error

        return guarded

    return decorate


def for_members(view: View) -> View:
    """Let in whoever acts for some organisation, with all their memberships; refuse others who are signed in (403)."""

    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: HttpRequest, **named: Any) -> HttpResponseBase:
        memberships = list(Membership.objects.of(request.user).select_related("organisation"))
        if not memberships:
            raise PermissionDenied
        return view(request, memberships, **named)

    return guarded
