"""The files of practices, as everybody has them and as members do."""

from typing import Any

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from advocacy.members import for_members
from advocacy.models import Membership, Practice, PracticeFile, Role

LARGEST_KEY = 2**63


def _found(rows: Any, slug: str, number: int) -> PracticeFile:
    if number >= LARGEST_KEY:
        raise Http404
    file: PracticeFile | None = rows.filter(practice__slug=slug, pk=number).select_related("practice").first()
    if file is None:
        raise Http404
    return file


def download(file: PracticeFile) -> FileResponse:
    """Hand over a file, under a name of ours: browsers neither show it nor guess what it is."""
    try:
        content = file.file.storage.open(str(file.file.name))
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=file.content_type)


@require_safe
def practice_file(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponseBase:
    """Hand over a file of a public practice."""
    file = _found(PracticeFile.objects.public(), slug, number)
    return redirect(file) if name != file.name else download(file)


@require_safe
@for_members
def members_practice_file(
    request: HttpRequest, memberships: list[Membership], slug: str, number: int, name: str
) -> HttpResponseBase:
    """Hand over a file of a practice that members may read; to who shares it, also one that waits."""
    own = [each.organisation_id for each in memberships if each.may(Role.CONTRIBUTOR)]
    rows = PracticeFile.objects.filter(
        Q(approved=True) & Practice.members_q("practice__") | Q(practice__organisation__in=own)
    )
    file = _found(rows, slug, number)
    return redirect(file.members_url) if name != file.name else download(file)
