"""What all admin pages share: texts as inlines, publication, previews; and the admin of pictures."""

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from publishing.context import language_links
from publishing.languages import Translated, reader_language
from publishing.models import Picture, PictureText
from publishing.pictures import reencode
from publishing.places import country_choices, validate_country


class PortalAdmin(admin.ModelAdmin[Any]):
    """Countries are chosen by name."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the countries where a field wants one, and take addresses for secure ones."""
        if validate_country in db_field.validators:
            choices = [("", "–"), *country_choices()]
            return forms.ChoiceField(
                label=capfirst(db_field.verbose_name), choices=choices, required=not db_field.blank
            )
        if isinstance(db_field, models.URLField):
            # What Django 6 will take an address without a scheme for.
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def address(self, name: str, thing: models.Model) -> str:
        """Return the address of one of the admin's pages about `thing`."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=[quote(thing.pk)])

    def page(self, name: str, view: Any) -> URLPattern:
        """Return the route of one more page about a thing, which staff alone can open and nothing stores."""
        route_name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        route: URLPattern = path(f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=route_name)
        return route


class TextInline(admin.StackedInline[Any, Any]):
    """The texts of a thing, one per language; a new thing starts with an empty one."""

    fields: ClassVar[Any] = ("language", "ready", "title", "summary", "body")
    max_num = len(settings.LANGUAGES)
    # What is written decides which way it runs.
    formfield_overrides = {
        models.CharField: {"widget": AdminTextInputWidget(attrs={"dir": "auto", "class": "vLargeTextField"})},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"dir": "auto", "rows": 20})},
    }

    def get_extra(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> int:
        """Offer an empty text only where there is none."""
        return 0 if obj else 1


def text_inline(model: type[models.Model], *fields: str) -> type[TextInline]:
    """Return the inline of one kind of text."""
    own: dict[str, object] = {"model": model}
    if fields:
        own["fields"] = fields
    return type(f"{model.__name__}Inline", (TextInline,), own)


class TranslatedAdmin(PortalAdmin):
    """Things with texts: listed and found by title."""

    search_fields: ClassVar[Any] = ("slug", "texts__title")
    text_title = "title"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the titles of the whole list in one query."""
        rows: Any = super().get_queryset(request)
        return rows.for_list()

    @admin.display(description=_("title"))
    def title(self, thing: Translated) -> str:
        """Return the title for the reader, marked with its language."""
        text = thing.text
        return format_html('<bdi lang="{}">{}</bdi>', text.language, getattr(text, self.text_title)) if text else "–"


class NothingToShow(Exception):
    """A preview lacks something; `advice` says what to do about it."""

    def __init__(self, advice: str | Promise) -> None:
        super().__init__(advice)
        self.advice = advice


def take_draft(thing: Any, texts: Any = None) -> None:
    """Give a thing its text for the reader, whether it is ready or not. Raises NothingToShow."""
    found = list(thing.texts.all() if texts is None else texts)
    if not found:
        raise NothingToShow(_("There is nothing to show yet: write a text first."))
    own = reader_language()
    thing.best_texts = [min(found, key=lambda text: (text.language != own, text.language != "en", text.language))]


def show_unpublished(picture: Picture | None) -> None:
    """Let a preview show a picture that nothing public shows: its public address does not serve it."""
    if picture:
        address = partial(reverse, "admin:publishing_picture_image", args=[picture.pk])
        picture.get_absolute_url = address  # type: ignore[method-assign] # of this one alone


class PublishableAdmin(PortalAdmin):
    """Things with a publication state, which staff can look at before anybody else can.

    A subclass names the public page's template, and gives it the same context as the public view does.
    """

    list_filter: ClassVar[Any] = ("state", "published_at")
    save_on_top = True
    change_form_template = "admin/publishable_form.html"
    preview_template: ClassVar[str]

    def preview_rows(self, rows: Any) -> Any:
        """Fetch with a thing what its public page shows."""
        return rows

    def preview_texts(self, thing: Any) -> Any:
        """Return all texts of a thing, with what its public page shows of them."""
        return thing.texts.all()

    def preview_context(self, thing: Any) -> dict[str, Any]:
        """Return what the public page's template reads. Raises NothingToShow."""
        return {str(self.opts.model_name): thing}

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """Ask for publication last."""
        publication = ["state", "published_at"]
        return [*(name for name in super().get_fields(request, obj) if name not in publication), *publication]

    def get_urls(self) -> list[URLPattern]:
        """Add the preview."""
        return [self.page("preview", require_safe(self.preview)), *super().get_urls()]

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a thing as its page will be, in the language that `?language=` names."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        language = request.GET.get("language", reader_language())
        if language not in dict(settings.LANGUAGES):
            raise Http404
        with override(language):
            thing = self._found(object_id)
            try:
                response = self._previewed(request, thing)
            except NothingToShow as nothing:
                messages.warning(request, str(nothing.advice))
                response = HttpResponseRedirect(self.address("change", thing))
        response["Content-Language"] = language
        return response

    def _found(self, object_id: str) -> models.Model:
        try:
            found: models.Model | None = self.preview_rows(
                self.model._default_manager.filter(pk=unquote(object_id))
            ).first()
        except ValueError as error:
            raise Http404 from error
        if found is None:
            raise Http404
        return found

    def _previewed(self, request: HttpRequest, thing: models.Model) -> HttpResponse:
        links = [replace(link, url=f"?language={link.code}") for link in language_links(request.path)]
        context: dict[str, Any] = {
            "public_template": self.preview_template,
            "change_url": self.address("change", thing),
            "language_links": links,
        }
        if isinstance(thing, Translated):
            take_draft(thing, self.preview_texts(thing))
            context["untranslated"] = thing.text.stand_in
        return render(request, "admin/preview.html", context | self.preview_context(thing))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Link the preview."""
        thing = context.get("original")
        if thing is not None:
            context["preview_url"] = self.address("preview", thing)
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, thing: Any) -> str | None:
        """Link the public page where there is one."""
        has_page = hasattr(thing, "get_absolute_url")
        is_public = has_page and self.model._default_manager.public().filter(pk=thing.pk).exists()
        return str(thing.get_absolute_url()) if is_public else None


class PictureForm(forms.ModelForm[Picture]):
    """Takes in nothing of a file but its pixels."""

    def clean_file(self) -> Any:
        """Re-encode what was uploaded."""
        upload = self.cleaned_data["file"]
        return reencode(upload) if isinstance(upload, UploadedFile) else upload


class PictureTextInline(TextInline):
    """What a picture shows; a picture has no state of its own, so its texts are always ready."""

    model = PictureText
    fields = ("language", "alt", "caption")
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
    formfield_overrides = {models.ImageField: {"widget": forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"})}}
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
        """Save, and remove the file that another one replaces: it may show somebody who must not be seen."""
        replaced: FieldFile | None = form.initial.get("file") if "file" in form.changed_data else None
        super().save_model(request, obj, form, change)
        if replaced:
            _remove(replaced)

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        """Delete the row and its file."""
        super().delete_model(request, obj)
        _remove(obj.file)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete the rows and their files."""
        files = [picture.file for picture in queryset]
        super().delete_queryset(request, queryset)
        for file in files:
            _remove(file)


def _remove(file: FieldFile) -> None:
    """Remove a file once what removed it from the database is certain."""
    transaction.on_commit(partial(file.storage.delete, str(file.name)))
