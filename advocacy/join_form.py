"""The form with which an organisation asks to join the network."""

import re
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from advocacy.models import ApplicationRefusal, Issue, Organisation
from comments.forms import AddressField, KeyedForm, PlainTextField, RefusalForm
from comments.traps import stamp
from factsheets.models import KeyPopulation
from publishing.languages import locale, reader_language
from publishing.places import country_choices

SEPARATOR = re.compile(r"[,;\n،؛、，；]")
MOST_ITEMS = 20
LONGEST_ITEM = 80
LONGEST_TEXT = 10_000


@cache
def _known_languages(reader: str) -> dict[str, str]:
    """Return the codes of all languages by code, English name and the reader's name, folded."""
    found: dict[str, str] = {}
    for spoken in ("en", reader):
        names = {str(code): str(name) for code, name in locale(spoken).languages.items() if "_" not in str(code)}
        found |= {code.casefold(): code for code in names}
        found |= {name.casefold(): code for code, name in names.items()}
    return found


class ListField(PlainTextField):
    """A few words or names on one line, separated by commas of any script."""

    def clean(self, value: Any) -> Any:
        """Return them as a list, each once."""
        items = [" ".join(item.split()) for item in SEPARATOR.split(super().clean(value))]
        found = list(dict.fromkeys(filter(None, items)))
        if len(found) > MOST_ITEMS:
            raise forms.ValidationError(_("Write at most %(most)d."), params={"most": MOST_ITEMS})
        if any(len(item) > LONGEST_ITEM for item in found):
            raise forms.ValidationError(_("One of these is very long. Separate them by commas."))
        return found


class LanguagesField(ListField):
    """Languages by their names, in the reader's language or in English, or by their codes."""

    def clean(self, value: Any) -> Any:
        """Return their codes."""
        codes = []
        known = _known_languages(reader_language())
        for item in super().clean(value):
            if item.casefold() not in known:
                raise forms.ValidationError(
                    _("“%(name)s” is no language that we know. Try its English name."), params={"name": item}
                )
            codes.append(known[item.casefold()])
        return list(dict.fromkeys(codes))


def _line(label: Any, help_text: Any = "", *, longest: int = 200, required: bool = False) -> PlainTextField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    return PlainTextField(label=label, help_text=help_text, max_length=longest, required=required, widget=widget)


def _text(label: Any, help_text: Any = "", *, required: bool = False) -> PlainTextField:
    # Not as max_length: browsers would silently cut what is pasted.
    longest = [MaxLengthValidator(LONGEST_TEXT)]
    widget = forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    return PlainTextField(label=label, help_text=help_text, validators=longest, required=required, widget=widget)


def _named(model: type[KeyPopulation | Issue]) -> list[tuple[str, str]]:
    """Return what is public of a kind by name, marked with the language that the name is in."""
    rows: Any = model._default_manager
    mark = '<span lang="{}" dir="{}">{}</span>'
    texts = [(row.slug, row.text) for row in rows.public().for_list()]
    return [(slug, format_html(mark, text.language, text.dir, text.title)) for slug, text in texts]


class ApplicationForm(KeyedForm):
    """An application; what is left empty stays unknown."""

    listing = forms.ChoiceField(
        label=_("How your organisation is listed"),
        help_text=_("Choose what is safe where you are. You can change it later."),
        choices=[
            ("country", _("With its country: name, country, cities and profile are public.")),
            ("region", _("With its region only: name and profile are public, country and cities are not.")),
            ("unlisted", _("Not at all: only the secretariat knows of it. It takes part all the same.")),
        ],
        widget=forms.RadioSelect,
    )
    name = _line(_("Name, in English"), required=True)
    own_name = _line(_("Name in its own language"), _("If it has one that is not English."))
    own_name_language = LanguagesField(
        label=_("Which language that name is in"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        help_text=_("Public only if you are listed with your country. Otherwise only the secretariat knows it."),
        choices=lambda: [("", "–"), *country_choices()],
    )
    cities = ListField(
        label=_("Cities where you work"),
        help_text=_("Separated by commas. Public only if you are listed with your country."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    populations = forms.MultipleChoiceField(
        label=_("Whom you work with"),
        choices=lambda: _named(KeyPopulation),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    services = forms.MultipleChoiceField(
        label=_("What you offer"),
        choices=Organisation.Service.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = LanguagesField(
        label=_("Languages you work in"),
        help_text=_("Separated by commas: Swahili, English."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    founded = forms.IntegerField(
        label=_("Founded in the year"), required=False, widget=forms.NumberInput(attrs={"autocomplete": "off"})
    )
    size = forms.ChoiceField(
        label=_("Size"),
        help_text=_("Roughly: an exact number could tell who is meant."),
        choices=[("", "–"), *Organisation.Size.choices],
        required=False,
    )
    site = forms.URLField(
        label=_("Site"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    issues = forms.MultipleChoiceField(
        label=_("Which of these issues you face too"),
        choices=lambda: _named(Issue),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text_language = forms.ChoiceField(
        label=_("The language in which you write what follows"), choices=settings.LANGUAGES
    )
    summary = _line(_("Your work in one sentence"), longest=300, required=True)
    body = _text(_("Introduction"), _("Who you are and what you do. Please name nobody who could be harmed by it."))
    pressing = _text(_("Most pressing issues"))
    achievements = _text(_("Achievements"))
    hopes = _text(_("Hopes for the network"))
    contact_person = _line(
        _("Contact person"), _("A pseudonym will do. It stays with the secretariat, encrypted."), longest=150
    )
    email = AddressField(
        label=_("E-mail address of that person"),
        help_text=_(
            "The secretariat writes to it, and sends the invitation or its reason there. It is kept encrypted, and "
            "deleted from the application as soon as that is decided."
        ),
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    consent = forms.BooleanField(
        label=_("We may speak for this organisation, and agree that what is marked as public is published"),
    )
    # For programs that fill in whatever they find.
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    # What is no part of the application.
    aside = ("form_key", "consent", "homepage", "stamp")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"text_language": reader_language(), "stamp": stamp(), **self.initial}
        this_year = timezone.localdate().year
        self.fields["founded"].validators += [MinValueValidator(1800), MaxValueValidator(this_year)]

    @property
    def application(self) -> dict[str, Any]:
        """What the application's row takes from the form."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.aside}

    @property
    def for_traps(self) -> dict[str, Any]:
        """What the traps look at, under the names that a comment's fields have."""
        data = self.cleaned_data
        texts = [data[name] for name in ("summary", "body", "pressing", "achievements", "hopes")]
        return {
            "body": "\n".join(texts),
            "name": data["name"],
            "organisation": data["own_name"],
            "consulted_how": data["contact_person"],
            "homepage": data["homepage"],
            "stamp": data["stamp"],
        }

    def clean(self) -> dict[str, Any]:
        """Take one language for the name, and ask for it where there is a name."""
        data = super().clean()
        codes = data.get("own_name_language") or []
        if len(codes) > 1:
            self.add_error("own_name_language", _("Write one language."))
        elif data.get("own_name") and not codes and "own_name_language" not in self.errors:
            self.add_error("own_name_language", _("Say which language that name is in."))
        data["own_name_language"] = codes[0] if codes and data.get("own_name") else ""
        return data


class ApplicationRefusalForm(RefusalForm):
    """Why an application is not accepted."""

    reason = forms.ChoiceField(label=_("Reason"), choices=ApplicationRefusal.choices)
    note = forms.CharField(
        label=_("Note to who applied"),
        help_text=_("Stands in the mail and with the receipt. Name nobody."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
