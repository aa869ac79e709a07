"""The pages on which a member shares a practice, or changes one that it shares."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from advocacy import files, proposing, sharing
from advocacy.members import for_members, for_organisation
from advocacy.models import Membership, Practice, Proposal, ProposalState, Role
from advocacy.practice_form import PracticeForm
from advocacy.practice_preview import previewed
from advocacy.shapes import PRACTICE
from advocacy.views.parts import organisation_text
from comments.forms import PlainTextField
from publishing.publication import State


@dataclass
class Draft:
    """What the form is about: a practice that is there, or one that is not begun yet."""

    membership: Membership
    practice: Practice | None = None

    @property
    def waiting(self) -> Proposal | None:
        """What waits for the secretariat."""
        pending = self.practice and self.practice.proposals.filter(state=ProposalState.PENDING).first()
        return pending or None

    def begin(self, form: PracticeForm) -> Practice:
        """Return the practice, begun if it was not."""
        if self.practice is None:
            try:
                key = UUID(str(form["form_key"].value()))
            except ValueError:
                key = uuid4()
            kind = form["kind"].value()
            kind = kind if kind in Practice.Kind.values else Practice.Kind.METHOD
            self.practice = sharing.begin(self.membership, key=key, kind=kind)
        return self.practice

    def form(self, data: Any = None, uploads: Any = None, initial: dict[str, Any] | None = None) -> PracticeForm:
        """Return the form, with a text for each language that there is or that was asked for."""
        stands = proposing.wanted(self.practice, self.waiting) if self.practice else PRACTICE.read(Practice())
        given = data if data is not None else initial or {}
        known = dict(settings.LANGUAGES)
        asked = [code for code in str(given.get("languages") or "").split() if code in known]
        more = given.get("add_language")
        languages = list(dict.fromkeys([*asked, *stands["texts"], *([more] if more in known else [])]))
        if initial:
            initial = {**initial, "add_language": "", "languages": " ".join(languages)}
        rows = list(self.practice.files.all()) if self.practice else []
        return PracticeForm(data, uploads, initial=initial, stands=stands, rows=rows, languages=languages)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Role.CONTRIBUTOR)
def new(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Begin to share a practice."""
    return _answer(request, Draft(membership))


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def edit(request: HttpRequest, memberships: list[Membership], slug: str) -> HttpResponse:
    """Change a practice; what stands there stays until the secretariat approves."""
    return _answer(request, _own(memberships, slug))


@require_POST
@for_members
def withdraw(request: HttpRequest, memberships: list[Membership], slug: str) -> HttpResponse:
    """Take back what waits, if it still does."""
    draft = _own(memberships, slug)
    if draft.waiting:
        with suppress(proposing.AlreadyDecided):
            proposing.withdraw(draft.waiting, by=cast(User, request.user))
    return redirect("members-own-practices", draft.membership.organisation.slug)


@require_http_methods(["GET", "HEAD"])
@for_organisation()
def own_practices(request: HttpRequest, membership: Membership) -> HttpResponse:
    """List what an organisation shares, and where each of it stands."""
    rows = sharing.editable(Practice.objects.filter(organisation=membership.organisation_id)).for_list()
    found = list(rows.order_by("-published_at", "-pk").prefetch_related("proposals"))
    for practice in found:
        # The newest says where it stands.
        practice.latest = next(iter(practice.proposals.all()), None)
        practice.wanted = proposing.proposed_title(practice.latest)
    context = {
        "organisation": organisation_text(membership.organisation),
        "practices": found,
        "may_write": membership.may(Role.CONTRIBUTOR),
    }
    return render(request, "advocacy/members/own_practices.html", context)


def _own(memberships: list[Membership], slug: str) -> Draft:
    """Return a practice of an organisation for which somebody may write."""
    by_organisation = {each.organisation_id: each for each in memberships}
    rows = sharing.editable(Practice.objects.filter(organisation__in=by_organisation))
    practice = get_object_or_404(rows, slug=slug)
    membership = by_organisation[practice.organisation_id]
    if not membership.may(Role.CONTRIBUTOR):
        raise PermissionDenied
    return Draft(membership, practice)


def _answer(request: HttpRequest, draft: Draft) -> HttpResponse:
    if request.method != "POST":
        return _page(request, draft, draft.form())
    data = request.POST.copy()
    refusal = _keep_upload(request, draft, data)
    form = draft.form(data, request.FILES)
    if "add_file" in data or "more" in data:
        if "add_file" in data and not request.FILES.get("file"):
            refusal = refusal or gettext("Choose a file first.")
        shown = draft.form(initial=form.typed())
        return _page(request, draft, shown, refusal=refusal, status=400 if refusal else 200)
    if not form.is_valid() or refusal:
        return _page(request, draft, form, refusal=refusal, status=400)
    if "preview" in data:
        return _page(request, draft, form, preview=previewed(form.values(), draft.practice))
    practice = draft.begin(form)
    values, opened = form.values(), form.cleaned_data["opened"]
    try:
        proposing.propose(
            membership=draft.membership,
            practice=practice,
            values=values,
            note=form.cleaned_data["note"],
            opened=opened,
        )
    except proposing.NothingChanged:
        form.add_error(None, gettext("Nothing has changed: this is what stands there."))
        return _page(request, draft, form, status=400)
    sharing.drop_files(practice, kept=[each["id"] for each in values["files"]])
    return redirect("members-own-practices", draft.membership.organisation.slug)


def _keep_upload(request: HttpRequest, draft: Draft, data: Any) -> str:
    """Keep the file that came along, whatever else is wrong, as if typed; return why it is refused, or nothing."""
    upload = request.FILES.get("file")
    if upload is None:
        return ""
    try:
        cleaned = files.clean(upload)
        practice = draft.begin(draft.form(data))
        title = PlainTextField().to_python(data.get("file_title")).replace("\0", "")[:150]
        row = files.add(practice, cleaned, title=title, by=cast(User, request.user))
    except ValidationError as error:
        return " ".join(error.messages)
    data[f"keep_{row.pk}"] = "on"
    data.setdefault(f"title_{row.pk}", row.title)
    data["file_title"] = ""
    return ""


def _page(
    request: HttpRequest,
    draft: Draft,
    form: PracticeForm,
    *,
    refusal: str = "",
    preview: Practice | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form; once there is a draft, it is sent to the draft's own address."""
    practice = draft.practice
    slug = draft.membership.organisation.slug
    if form.is_bound and refusal and not form.has_error("file"):
        form.add_error("file", refusal)
    context = {
        "form": form,
        "refusal": "" if form.is_bound else refusal,
        "practice": practice,
        "organisation": organisation_text(draft.membership.organisation),
        "preview": preview,
        "waiting": draft.waiting,
        "is_new": practice is None or practice.state == State.DRAFT,
        "action": reverse("members-practice-edit", args=[practice.slug])
        if practice
        else reverse("members-practice-new", args=[slug]),
    }
    return render(request, "advocacy/members/practice_form.html", context, status=status)
