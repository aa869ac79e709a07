"""The form in which members write what their profile shall say."""

import re
from collections.abc import Iterator
from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.core import signing
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from advocacy import logos
from advocacy.models import Issue, Organisation
from advocacy.shapes import PROFILE, TEXTS, Values
from comments.forms import AddressField, PlainTextField
from factsheets.models import KeyPopulation
from publishing.languages import language_name, locale
from publishing.models import LONGEST
from publishing.places import country_choices

SALT = "advocacy.profile"
# What people write between the items of a list, in any script.
BETWEEN = re.compile(r"\s*[,،、，;؛；\n]\s*")
LINE = {"autocomplete": "off", "dir": "auto"}


class ListField(PlainTextField):
    """A list in one line, between commas; `kept` is what stands there, which is returned where nobody touched it."""

    kept: tuple[str, ...] = ()

    def prepare_value(self, value: Any) -> Any:
        """Write a list as people do."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Return the items, each once."""
        text = super().clean(value)
        if text == self.prepare_value(self.kept):
            return list(self.kept)
        return list(dict.fromkeys(self.item(word) for word in BETWEEN.split(text) if word))

    def item(self, word: str) -> str:
        """Return what a word stands for. Raises ValidationError."""
        if len(word) > 80:
            raise forms.ValidationError(_("One of these is longer than 80 characters. Is a comma missing?"))
        return word


class LanguagesField(ListField):
    """Languages, by the names that the reader's language or English has for them."""

    def prepare_value(self, value: Any) -> Any:
        """Write their names."""
        if not isinstance(value, list | tuple):
            return value
        return ", ".join(language_name(code) for code in value)

    def item(self, word: str) -> str:
        """Return the code of a language."""
        for code in self.kept:
            if word.casefold() == language_name(code).casefold():
                return code
        known = {name.casefold(): code for code, name in settings.LANGUAGES}
        for names in (Locale("en").languages, locale().languages):
            known |= {name.casefold(): code.replace("_", "-") for code, name in names.items() if len(code) <= 12}
        found = known.get(word.casefold(), word if word in Locale("en").languages else "")
        if not found:
            message = _("We do not know “%(word)s” as a language. Write its name in English.")
            raise forms.ValidationError(message, params={"word": word})
        return str(found)


class LanguageField(LanguagesField):
    """One language."""

    def prepare_value(self, value: Any) -> Any:
        """Write its name where it is a code that stands there."""
        return language_name(value) if value and value in self.kept else value

    def clean(self, value: Any) -> Any:
        """Return its code."""
        word = PlainTextField.clean(self, value)
        return self.item(word) if word else ""


def _line(label: Any, help_text: Any = "", *, most: int = 200, **attributes: str) -> PlainTextField:
    widget = forms.TextInput(attrs=LINE | attributes)
    return PlainTextField(label=label, help_text=help_text, max_length=most, required=False, widget=widget)


def _boxes(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple
    )


def _titles(model: Any) -> list[tuple[str, str]]:
    return [(row.slug, row.text.title) for row in model.objects.public().for_list()]


class ProfileForm(forms.Form):
    """All that a member may say of itself, in each of the portal's languages; how much of it is listed stands apart.

    `opened` is what the form holds at first. It comes back with the form, so that what others change meanwhile stays.
    """

    own_name = _line(
        _("Name in your own language"),
        _("Only where that is none of the portal’s languages, or the name is never translated."),
    )
    own_name_language = LanguageField(
        label=_("Language of that name"), required=False, max_length=100, widget=forms.TextInput(attrs=LINE)
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices)
    cities = ListField(
        label=_("Cities you work in"),
        help_text=_("Between commas."),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs=LINE),
    )
    languages = LanguagesField(
        label=_("Languages you work in"),
        help_text=_("Between commas: English, Bemba, Nyanja."),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs=LINE),
    )
    populations = _boxes(_("Whom you work with"), lambda: _titles(KeyPopulation))
    services = _boxes(_("What you offer"), Organisation.Service.choices)
    issues = _boxes(_("Problems you share with other members"), lambda: _titles(Issue))
    founded = forms.IntegerField(label=_("Founded in"), min_value=1800, max_value=2100, required=False)
    size = forms.ChoiceField(
        label=_("Size"),
        help_text=_("Roughly, and never a number: numbers could tell who is meant."),
        choices=[("", "–"), *Organisation.Size.choices],
        required=False,
    )
    site = forms.URLField(
        label=_("Web site"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    contact_person = _line(_("Contact person"), most=150)
    contact_email = AddressField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    contact_phone = _line(_("Telephone"), most=40, dir="ltr", inputmode="tel")
    contact_address = _line(_("Postal address"), most=300)
    contact_shown = _boxes(
        _("What the public may see of this contact"),
        Organisation.Contact.choices,
        _("Without a tick only the secretariat sees it."),
    )
    logo = logos.LogoField(
        label=_("Logo"),
        help_text=_("PNG, JPEG or WebP, up to 5 MB. Place and camera are taken out of the file."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    note = _line(_("What changes, in one line"), _("For the secretariat."))
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    kept_logo = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, opened: Values, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.was = organisation, opened
        self.initial = {name: value for name, value in opened.items() if name not in (TEXTS, "logo")}
        self.initial["opened"] = signing.dumps([organisation.pk, opened], salt=SALT, compress=True)
        for name, kept in (("cities", opened["cities"]), ("languages", opened["languages"])):
            self.fields[name].kept = tuple(kept)  # type: ignore[attr-defined] # a ListField
        self.fields["own_name_language"].kept = (opened["own_name_language"],)  # type: ignore[attr-defined] # the same
        if not opened["logo"]:
            del self.fields["without_logo"]
        for language, _name in settings.LANGUAGES:
            for name in PROFILE.texts:
                self.fields[f"{language}-{name}"] = _text_field(name, language)
                self.initial[f"{language}-{name}"] = opened[TEXTS].get(language, {}).get(name, "")

    def blocks(self) -> Iterator[dict[str, Any]]:
        """Yield the languages, those with a text open, each with its fields."""
        for language, name in settings.LANGUAGES:
            fields = [self[f"{language}-{field}"] for field in PROFILE.texts]
            written = any(field.value() or field.errors for field in fields)
            yield {"code": language, "name": name, "fields": fields, "written": written}

    def clean(self) -> dict[str, Any]:
        """Ask for a name in each language that something is written in, and for one language at the least."""
        data: dict[str, Any] = self.cleaned_data
        texts = self._texts()
        for language, text in texts.items():
            name = f"{language}-title"
            if not text["title"] and name not in self.errors:
                self.add_error(name, _("Write your organisation’s name, or leave all in this language empty."))
        if not texts and not any(name.partition("-")[2] in PROFILE.texts for name in self.errors):
            self.add_error(
                f"{self._first_language()}-title", _("Write your organisation’s name in one language at least.")
            )
        if data.get("own_name") and not data.get("own_name_language") and "own_name_language" not in self.errors:
            self.add_error("own_name_language", _("Say which language that name is in."))
        return data

    def keep_logo(self) -> None:
        """Store a logo that was sent: browsers do not send it again with the next form."""
        upload = self.cleaned_data.get("logo")
        if upload:
            picture = logos.keep(upload, self.organisation)
            data: Any = self.data
            self.data = data = data.copy()
            data["kept_logo"] = logos.token_for(picture.slug, self.organisation)

    def typed(self, name: str) -> list[str]:
        """Return what was sent in a field, to be sent again."""
        data: Any = self.data
        return list(data.getlist(name))

    @property
    def has_new_logo(self) -> bool:
        """Whether a logo came with this form, or with the one before."""
        return bool(self.is_bound and self._new_logo())

    def values(self) -> Values:
        """Return the whole profile as the form wants it; links that it could not show stay."""
        values: Values = {**self.was, TEXTS: self._texts()}
        for name in (*PROFILE.fields, *PROFILE.sets):
            if name in self.fields:
                values[name] = sorted(self.cleaned_data[name]) if name in PROFILE.sets else self.cleaned_data[name]
        for name in PROFILE.links:
            offered = {slug for slug, _title in self.fields[name].choices}  # type: ignore[attr-defined] # a ChoiceField
            values[name] = sorted({*self.cleaned_data[name], *(set(self.was[name]) - offered)})
        if self.cleaned_data.get("without_logo"):
            values["logo"] = ""
        values["logo"] = self._new_logo() or values["logo"]
        return values

    def _new_logo(self) -> str:
        picture = logos.by_token(self.data.get("kept_logo", ""), self.organisation)
        return picture.slug if picture else ""

    def _texts(self) -> dict[str, dict[str, str]]:
        found = {}
        for language, _name in settings.LANGUAGES:
            text = {name: self.cleaned_data.get(f"{language}-{name}", "") for name in PROFILE.texts}
            if any(text.values()):
                found[language] = text
        return found

    def _first_language(self) -> str:
        return next(iter(self.was[TEXTS]), settings.LANGUAGE_CODE)


def _text_field(name: str, language: str) -> PlainTextField:
    labels = {
        "title": _("Name"),
        "summary": _("In one sentence"),
        "body": _("Who you are and what you do"),
        "pressing": _("Your most pressing issues"),
        "achievements": _("What you have achieved"),
        "hopes": _("What you hope from the network"),
    }
    attributes = {"lang": language, "dir": "auto", "autocomplete": "off"}
    if name in ("title", "summary"):
        most = 200 if name == "title" else 300
        widget: Any = forms.TextInput(attrs=attributes)
        needed = _("Needed where you write anything in this language.") if name == "title" else ""
        return PlainTextField(label=labels[name], help_text=needed, max_length=most, required=False, widget=widget)
    widget = forms.Textarea(attrs=attributes | {"rows": 6})
    return PlainTextField(label=labels[name], validators=[MaxLengthValidator(LONGEST)], required=False, widget=widget)


def opened_by(token: str, organisation: Organisation) -> Values | None:
    """Return what a form of this organisation's held when it was opened, or nothing where that got lost."""
    try:
        key, values = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return values if key == organisation.pk else None


class ListingForm(forms.Form):
    """How much the public may know of a member."""

    listing = forms.ChoiceField(
        label=_("What the public may know"), choices=Organisation.Listing.choices, widget=forms.RadioSelect
    )
