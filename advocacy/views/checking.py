"""The page on which a member says that its profile is still right."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from advocacy.checking import due, mark_checked
from advocacy.members import for_organisation
from advocacy.models import Membership, Organisation, OrganisationText, Role
from advocacy.views.parts import organisation_text
from publishing.languages import place_name


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Role.CONTRIBUTOR)
def check(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Show all that the profile says, and take down that it is right."""
    organisation = organisation_text(membership.organisation)
    if request.method == "POST":
        mark_checked(organisation, by=request.user)
        return HttpResponseRedirect(request.path)
    context = {
        "organisation": organisation,
        "is_due": due().filter(pk=organisation.pk).exists(),
        "country": place_name(organisation.country),
        "populations": organisation.populations.with_text(),
        "issues": organisation.issues.with_text(),
        "services": [Organisation.Service(code).label for code in organisation.services],
        "contact": [
            (kind.label, getattr(organisation, f"contact_{kind}"), kind in organisation.contact_shown)
            for kind in Organisation.Contact
            if getattr(organisation, f"contact_{kind}")
        ],
        "texts": [_told(text) for text in organisation.texts.order_by("language")],
    }
    return render(request, "advocacy/members/check.html", context)


def _told(text: Any) -> Any:
    """Give a text what it says under which name."""
    text.told = [
        (_name_of(name), getattr(text, f"{name}_html")) for name in OrganisationText.parts if getattr(text, name)
    ]
    return text


def _name_of(part: str) -> str:
    field: Any = OrganisationText._meta.get_field(part)
    return capfirst(str(field.verbose_name))
