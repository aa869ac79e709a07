"""Picture files, under the publication rule."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from publishing.models import Picture
from publishing.pictures import master_of


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """Serve a rendition of a picture that something public shows; names are random and bytes never change."""
    if "\0" in name:  # PostgreSQL would refuse to look for it
        raise Http404
    path = f"pictures/{name}"
    shown = get_object_or_404(Picture.objects.public(), file=master_of(path))
    form = next((each.format for each in shown.renditions if each.name == path), None)
    if form is None:
        raise Http404
    try:
        file = shown.file.storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=form.content_type)
    response["Cache-Control"] = "public, max-age=3600"
    return response
