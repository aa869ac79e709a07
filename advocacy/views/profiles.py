"""Members' pages about their own profile: how it stands, what waits, and the form to propose something else."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advocacy import logos
from advocacy.differences import differences
from advocacy.members import for_organisation
from advocacy.models import Membership, Organisation, Proposal, ProposalState, Role
from advocacy.previewing import Page
from advocacy.profile_form import ListingForm, ProfileForm, opened_by
from advocacy.proposing import (
    AlreadyDecided,
    CannotApply,
    NothingChanged,
    as_if,
    drafted,
    is_less,
    propose,
    wanted,
    withdraw,
)
from advocacy.shapes import PROFILE, Values
from publishing.models import Picture

# So many decisions are listed.
LAST = 10
# What the overview says about what was just done, by what its address says.
DONE = ("waits", "withdrawn", "listed-less", "unchanged")


def waiting(organisation: Organisation) -> Proposal | None:
    """Return what waits of a profile."""
    return Proposal.objects.pending().filter(organisation=organisation, practice=None).first()


@require_safe
@for_organisation()
def overview(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Show what the public sees of an organisation, what waits, and what was decided."""
    return _overview(request, membership)


def _overview(
    request: HttpRequest, membership: Membership, *, form: ListingForm | None = None, status: int = 200
) -> HttpResponse:
    organisation = _titled(membership)
    waits = waiting(organisation)
    rows = Proposal.objects.filter(organisation=organisation, practice=None).exclude(state=ProposalState.PENDING)
    done = request.GET.get("done")
    context = {
        "organisation": organisation,
        "membership": membership,
        "may_write": membership.may(Role.CONTRIBUTOR),
        "is_public": Organisation.objects.public().filter(pk=organisation.pk).exists(),
        "waiting": waits,
        "differences": differences(PROFILE, waits.before, waits.values) if waits else [],
        "asks_listing": waits and waits.values["listing"] != waits.before["listing"],
        "decisions": rows.order_by("-decided_at", "-proposed_at")[:LAST],
        "form": form or ListingForm(initial={"listing": organisation.listing}),
        "done": done if done in DONE else "",
    }
    return render(request, "advocacy/members/profile.html", context, status=status)


def _titled(membership: Membership) -> Organisation:
    """Return the organisation with its title; members see it before it is public."""
    return Organisation.objects.with_text().get(pk=membership.organisation_id)


def _to_overview(organisation: Organisation, done: str) -> HttpResponse:
    response = HttpResponseRedirect(f"{reverse('member-profile', args=[organisation.slug])}?done={done}")
    response.status_code = 303
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Role.CONTRIBUTOR)
def edit(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Take a proposal for the profile, starting from what waits."""
    organisation = _titled(membership)
    if request.method != "POST":
        form = ProfileForm(opened=wanted(organisation, waiting(organisation)), organisation=organisation)
        return _form(request, organisation, form)
    opened = opened_by(request.POST.get("opened", ""), organisation) or wanted(organisation, waiting(organisation))
    form = ProfileForm(request.POST, request.FILES, opened=opened, organisation=organisation)
    form.full_clean()
    form.keep_logo()
    if form.is_valid() and (response := _valid(request, membership, form, opened)):
        return response
    return _form(request, organisation, form, status=400 if form.errors else 200)


def _valid(request: HttpRequest, membership: Membership, form: ProfileForm, opened: Values) -> HttpResponse | None:
    """Preview or propose what a form says; nothing, where it shall be shown again."""
    organisation, values = form.organisation, form.values()
    if "edit" in request.POST:
        return None
    try:
        proposal = drafted(organisation, waiting(organisation), opened=opened, values=values)
        language = request.POST.get("preview", "")
        if language in dict(settings.LANGUAGES):
            return _preview(request, organisation, proposal, form, language)
        with as_if(proposal, organisation):
            pass
    except CannotApply as error:
        for message in error.messages:
            form.add_error(None, message)
        return None
    try:
        note = form.cleaned_data["note"]
        sent = propose(membership=membership, values=values, opened=opened, note=note)
    except NothingChanged:
        return _to_overview(organisation, "unchanged")
    return _to_overview(organisation, "withdrawn" if sent.state == ProposalState.WITHDRAWN else "waits")


def _form(request: HttpRequest, organisation: Organisation, form: ProfileForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "organisation": organisation,
        "waiting": waiting(organisation),
        "has_logo": bool(form.was["logo"]),
    }
    return render(request, "advocacy/members/profile_edit.html", context, status=status)


def _preview(
    request: HttpRequest, organisation: Organisation, proposal: Proposal, form: ProfileForm, language: str
) -> HttpResponse:
    """Show the public page as it would be; the form comes along, hidden."""

    def address(picture: Picture) -> str:
        token = logos.token_for(picture.slug, organisation)
        return reverse("member-logo", args=[organisation.slug, token])

    names = dict(settings.LANGUAGES)
    context = {
        "typed": [(name, value) for name in form.fields for value in form.typed(name)],
        "other_languages": [(code, names[code]) for code in proposal.values["texts"] if code != language],
        "edit_url": request.path,
    }
    return Page("advocacy/members/preview.html", context, language, address).of(request, proposal, organisation)


@require_POST
@for_organisation(Role.CONTRIBUTOR)
def listing(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Make the profile less visible at once, or ask for more."""
    form = ListingForm(request.POST)
    if not form.is_valid():
        return _overview(request, membership, form=form, status=400)
    organisation = _titled(membership)
    asked = form.cleaned_data["listing"]
    values = wanted(organisation, waiting(organisation))
    less = is_less(asked, than=organisation.listing)
    try:
        sent = propose(membership=membership, values={**values, "listing": asked}, opened=values)
    except NothingChanged:
        return _to_overview(organisation, "unchanged")
    done = "listed-less" if less else "withdrawn" if sent.state == ProposalState.WITHDRAWN else "waits"
    return _to_overview(organisation, done)


@require_POST
@for_organisation(Role.CONTRIBUTOR)
def take_back(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Withdraw what waits."""
    organisation = membership.organisation
    waits = waiting(organisation)
    try:
        if waits is None:
            raise AlreadyDecided
        withdraw(waits, by=membership.user)
    except AlreadyDecided:
        return _overview(request, membership, status=409)
    return _to_overview(organisation, "withdrawn")


@require_safe
@for_organisation(Role.CONTRIBUTOR)
def logo(request: HttpRequest, membership: Membership, token: str) -> HttpResponse:
    """Show members their own logo before anybody else can see it."""
    picture = logos.by_token(token, membership.organisation)
    if picture is None or not picture.file.storage.exists(str(picture.file.name)):
        raise Http404
    with picture.file.open("rb") as file:
        return HttpResponse(file.read(), content_type="image/webp")
