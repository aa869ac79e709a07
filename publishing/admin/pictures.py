"""Admin of pictures: nothing of a file is kept but its pixels."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from publishing.admin.base import TextInline, TranslatedAdmin
from publishing.models import Picture, PictureText
from publishing.pictures import reencode, refuse_bomb


class PictureField(forms.ImageField):
    """Says of a bomb that it is one, where Django's own field would call it no image."""

    def to_python(self, data: Any) -> Any:
        """Look at the size first."""
        if isinstance(data, UploadedFile):
            refuse_bomb(data)
        return super().to_python(data)


class PictureForm(forms.ModelForm[Picture]):
    """Takes in nothing of a file but its pixels."""

    def clean_file(self) -> Any:
        """Re-encode what was uploaded."""
        upload = self.cleaned_data["file"]
        return reencode(upload) if isinstance(upload, UploadedFile) else upload


class PictureTextInline(TextInline):
    """What a picture shows; a picture has no state of its own, so its texts are always ready."""

    model = PictureText
    fields = ("language", "alt", "caption", "consent")
    extra = 0
    min_num = 1

    def get_extra(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> int:
        """Offer nothing beyond the one text there must be."""
        return self.extra

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Refuse a picture without any text: no page could show it."""
        return super().get_formset(request, obj, validate_min=True, **kwargs)


@admin.register(Picture)
class PictureAdmin(TranslatedAdmin):
    """Pictures, which staff can see before anything public shows them."""

    form = PictureForm
    list_display = ("slug", "title", "credit", "year", "width", "height")
    list_filter = ("year",)
    search_fields = ("slug", "credit", "texts__alt", "texts__caption")
    fields = ("image", "file", "slug", "credit", "year")
    readonly_fields = ("image",)
    formfield_overrides = {
        models.ImageField: {
            "form_class": PictureField,
            "widget": forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        }
    }
    inlines = (PictureTextInline,)
    text_title = "alt"
    view_on_site = False

    def get_urls(self) -> list[URLPattern]:
        """Add the file itself."""
        return [self.page("image", require_safe(self.serve)), *super().get_urls()]

    @admin.display(description=_("picture"))
    def image(self, picture: Picture) -> str:
        """Show the picture."""
        if not picture.file:
            return "–"
        return format_html('<img class="picture" src="{}" alt="" width="320">', self.address("image", picture))

    def serve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Serve the file to staff, whether anything public shows it or not."""
        picture = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, picture):
            raise PermissionDenied
        if picture is None or not picture.file.storage.exists(picture.file.name):
            raise Http404
        with picture.file.open("rb") as file:
            return HttpResponse(file.read(), content_type="image/webp")

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        """Save, and remove the files that another one replaces: they may show somebody who must not be seen."""
        replaced = Picture.objects.get(pk=obj.pk) if change and "file" in form.changed_data else None
        super().save_model(request, obj, form, change)
        if replaced:
            replaced.remove_files()

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        """Delete the row and its files."""
        super().delete_model(request, obj)
        obj.remove_files()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete the rows and their files."""
        pictures = list(queryset)
        super().delete_queryset(request, queryset)
        for picture in pictures:
            picture.remove_files()
