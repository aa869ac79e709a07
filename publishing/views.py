"""Picture files, under the publication rule."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from publishing.models import Picture


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """Serve a picture that something public shows; its name is random and its bytes never change."""
    if "\0" in name:  # PostgreSQL would refuse to look for it
        raise Http404
    shown = get_object_or_404(Picture.objects.public(), file=f"pictures/{name}")
    try:
        file = shown.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = "public, max-age=3600"
    return response
