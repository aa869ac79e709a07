"""What all admin pages share: countries by name, texts as inlines, lists by title."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from publishing.admin.formsets import OnceFormSet
from publishing.admin.live import LivePages, WrittenField, preview_attributes
from publishing.languages import Translated
from publishing.places import country_choices, validate_country


class PortalAdmin(LivePages):
    """Countries are chosen by name; nobody overwrites unseen what somebody else saved, and all can be undone."""

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

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Start a form without a row that the address names by what cannot be a key: the widgets would not bear it."""
        named = super().get_changeform_initial_data(request).items()
        return {name: value for name, value in named if self._could_be(name, value)}

    def _could_be(self, name: str, value: Any) -> bool:
        try:
            field = self.opts.get_field(name)
            for key in value if isinstance(value, list) else [value]:
                if isinstance(field, models.ForeignKey | models.ManyToManyField):
                    field.target_field.to_python(key)
        except FieldDoesNotExist:
            return True
        except ValidationError:
            return False
        return True


class TextInline(admin.StackedInline[Any, Any]):
    """The texts of a thing, one per language; a new thing starts with an empty one."""

    formset = OnceFormSet
    fields: ClassVar[Any] = ("language", "ready", "title", "summary", "body")
    max_num = len(settings.LANGUAGES)
    # What is written decides which way it runs.
    formfield_overrides = {
        models.CharField: {"widget": AdminTextInputWidget(attrs={"dir": "auto", "class": "vLargeTextField"})},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"dir": "auto", "rows": 20})},
    }

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let Markdown be previewed."""
        if isinstance(db_field, models.TextField):
            kwargs["form_class"] = WrittenField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs |= preview_attributes(db_field, self.parent_model)
        return field

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
