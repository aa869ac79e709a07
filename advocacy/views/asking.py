"""The page on which members write to who shares a practice."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from advocacy import asking
from advocacy.members import for_members
from advocacy.models import Membership, Organisation, Practice
from advocacy.sharing_forms import QuestionForm
from advocacy.views.practice_parts import named

DAY = 24 * 60 * 60


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def ask(request: HttpRequest, memberships: list[Membership], slug: str) -> HttpResponse:
    """Take in a message, and mail it; to what one shares oneself there is no question."""
    own = {each.organisation_id: each for each in memberships}
    rows = Practice.objects.for_members().for_list().select_related("organisation").prefetch_related(named())
    practice = get_object_or_404(rows, slug=slug)
    if practice.organisation_id in own:
        raise Http404
    names = Organisation.objects.for_list().filter(pk__in=own)
    choices = [(str(each.pk), each.text.title if each.text else each.slug) for each in names]
    form = QuestionForm(request.POST if request.method == "POST" else None, organisations=choices)
    context: dict[str, Any] = {"practice": practice, "form": form}
    if not form.is_bound:
        return render(request, "advocacy/members/ask.html", context)
    if not form.is_valid():
        return render(request, "advocacy/members/ask.html", context, status=400)
    data = form.cleaned_data
    by = own[int(data["organisation"])]
    message, give_address, key = data["message"], data["give_address"], data["form_key"]
    try:
        asking.ask(practice, message=message, give_address=give_address, key=key, by=by)
    except asking.TooMany:
        response = render(request, "advocacy/members/ask.html", {**context, "too_many": True}, status=429)
        response["Retry-After"] = str(DAY)
        return response
    return render(request, "advocacy/members/asked.html", context, status=201)
