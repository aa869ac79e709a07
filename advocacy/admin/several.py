"""Lists in the admin: chosen from what there is, as a list of values."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from publishing.languages import locale, validate_language_code
from publishing.places import without_accents


class SeveralField(forms.MultipleChoiceField):
    """Several of the choices that a list's items have."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether others are chosen, in whatever order."""
        return set(initial or []) != set(data or [])


class LanguagesField(SeveralField):
    """Several languages, found by name; one that CLDR does not list stays where it is."""

    def valid_value(self, value: str) -> bool:
        """Whether it is a language."""
        try:
            validate_language_code(value)
        except ValidationError:
            return False
        return True

    def prepare_value(self, value: Any) -> Any:
        """Offer what is there already."""
        choices: Any = self.choices
        there = {code for code, _name in choices}
        if more := [(code, code) for code in value or [] if code not in there]:
            self.choices = [*choices, *more]
        return value


def several_field(column: Any) -> forms.Field:
    """Return the field of a list whose items have choices, as check boxes."""
    widget = forms.CheckboxSelectMultiple
    return SeveralField(
        label=capfirst(column.verbose_name), choices=column.base_field.choices, required=False, widget=widget
    )


def languages_field(column: models.Field[Any, Any]) -> forms.Field:
    """Return the field of a list of languages, as a list that can be searched."""
    label = capfirst(str(column.verbose_name))
    names = sorted(locale().languages.items(), key=lambda row: without_accents(row[1]).casefold())
    choices = [(code.replace("_", "-").lower(), f"{name} ({code})") for code, name in names]
    return LanguagesField(label=label, choices=choices, required=False, widget=FilteredSelectMultiple(label, False))
