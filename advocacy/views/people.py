"""The people of an organisation: who acts for it, who is invited, and how one stops."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from advocacy import inviting, people
from advocacy.members import for_organisation
from advocacy.models import Invitation, Membership, Organisation, Role
from advocacy.people_forms import InvitationForm, RoleForm
from publishing import limits

LIST = "organisation-people"


def told_last_lead() -> str:
    """Return why the last lead stays."""
    return _("Nobody else leads this organisation. Give somebody else that role first, or let the organisation leave.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Role.LEAD)
def organisation_people(request: HttpRequest, membership: Membership) -> HttpResponse:
    """List who acts for the organisation, and invite somebody."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _people(request, membership, form=form, status=400 if form.is_bound else 200)
    try:
        limits.count(request, "invitation")
        inviting.invite(membership.organisation, by=membership.user, **form.cleaned_data)
    except limits.TooMany:
        form.add_error(None, limits.message())
        return _people(request, membership, form=form, status=429)
    except inviting.NotInvited as error:
        form.add_error("address", error.told)
        return _people(request, membership, form=form, status=409)
    return redirect(LIST, membership.organisation.slug)


def _people(
    request: HttpRequest, membership: Membership, *, form: Any = None, problem: str = "", status: int = 200
) -> HttpResponse:
    organisation = membership.organisation
    rows = Membership.objects.filter(organisation=organisation).select_related("user").order_by("since", "pk")
    waiting = Invitation.objects.waiting().filter(organisation=organisation).select_related("invited_by")
    context = {
        "membership": membership,
        "organisation": Organisation.objects.for_list().get(pk=organisation.pk),
        "people": rows,
        "roles": Role.choices,
        "invitations": [(row, inviting.address_of(row)) for row in waiting],
        "form": form or InvitationForm(),
        "problem": problem,
    }
    return render(request, "advocacy/members/people.html", context, status=status)


def _one(membership: Membership, number: int) -> Membership:
    rows = Membership.objects.filter(organisation=membership.organisation, pk=number).select_related("user")
    found = rows.first()
    if found is None:
        raise Http404
    return found


@require_POST
@for_organisation(Role.LEAD)
def change_role(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    """Give somebody another role."""
    form = RoleForm(request.POST)
    changed = _one(membership, number)
    if not form.is_valid():
        return _people(request, membership, problem=" ".join(map(str, form.errors["role"])), status=400)
    try:
        people.change_role(changed, role=form.cleaned_data["role"], by=membership.user)
    except people.LastLead:
        return _people(request, membership, problem=told_last_lead(), status=409)
    except people.NoMember as error:
        raise Http404 from error
    # Whoever gives up leading sees this page no longer.
    stays = changed.pk != membership.pk or form.cleaned_data["role"] == Role.LEAD
    return redirect(LIST, membership.organisation.slug) if stays else redirect("members-home")


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Role.LEAD)
def remove_person(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    """Ask whether somebody shall no longer act for the organisation, and see to it."""
    return _remove(request, membership, _one(membership, number))


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation()
def stop_acting(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Ask whether one wants to act for the organisation no longer, and see to it."""
    return _remove(request, membership, membership)


def _remove(request: HttpRequest, membership: Membership, leaver: Membership) -> HttpResponse:
    is_me = leaver.pk == membership.pk
    context: dict[str, Any] = {
        "membership": membership,
        "organisation": Organisation.objects.for_list().get(pk=membership.organisation_id),
        "leaver": leaver,
        "is_me": is_me,
    }
    status = 200
    if request.method == "POST":
        try:
            people.remove(leaver, by=membership.user)
            return redirect("members-home") if is_me else redirect(LIST, membership.organisation.slug)
        except people.LastLead:
            context["problem"], status = told_last_lead(), 409
        except people.NoMember as error:
            raise Http404 from error
    return render(request, "advocacy/members/remove_person.html", context, status=status)


def _invitation(membership: Membership, number: int) -> Invitation:
    rows = Invitation.objects.waiting().filter(organisation=membership.organisation, pk=number)
    found = rows.first()
    if found is None:
        raise Http404
    return found


@require_POST
@for_organisation(Role.LEAD)
def withdraw_invitation(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    """Take an invitation back."""
    inviting.withdraw(_invitation(membership, number), by=membership.user)
    return redirect(LIST, membership.organisation.slug)


@require_POST
@for_organisation(Role.LEAD)
def renew_invitation(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    """Send an invitation again."""
    try:
        found = _invitation(membership, number)
        limits.count(request, "invitation")
        inviting.renew(found, by=membership.user)
    except limits.TooMany:
        return _people(request, membership, problem=limits.message(), status=429)
    except inviting.NoInvitation as error:
        raise Http404 from error
    return redirect(LIST, membership.organisation.slug)
