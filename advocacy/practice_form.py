"""The form with which a member shares a practice: facts, a text per language, files."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.models import MOST_FILES, Issue, Practice, PracticeFile
from advocacy.shapes import Values
from comments.forms import KeyedForm, PlainTextField
from factsheets.models import KeyPopulation
from publishing.languages import direction, language_name, reader_language
from publishing.models import LONGEST

SALT = "advocacy.practice"
LINKED: dict[str, Any] = {"populations": KeyPopulation, "issues": Issue}
# The fields of a text, in the order of the form: what it is called, and what helps who writes.
LINES = {
    "title": (_("Title"), _("Up to 200 characters. Name nobody who could be harmed by being named."), 200),
    "summary": (_("In one sentence"), _("Lists show it below the title."), 300),
    "setting": (_("Setting"), _("A prison, a clinic, a street."), 150),
}
LONG = {
    "body": (_("What was done"), _("Markdown: headings, lists and tables.")),
    "results": (_("Results"), _("What came of it, for whom.")),
    "evidence": (_("Evidence"), _("How you know: what was counted, by whom, and when.")),
    "repeat": (_("How to repeat it"), _("What others need: people, money, permissions, time.")),
}


class PracticeForm(KeyedForm):
    """All of a practice. A text whose fields are all empty goes; so do files that are not kept."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Practice.Kind.choices, widget=forms.RadioSelect)
    audience = forms.ChoiceField(
        label=_("For whom"),
        help_text=_("What is for members only is read by those who sign in for a member of the network."),
        choices=Practice.Audience.choices,
        widget=forms.RadioSelect,
    )
    populations = forms.MultipleChoiceField(
        label=_("Key populations"), required=False, widget=forms.CheckboxSelectMultiple
    )
    issues = forms.MultipleChoiceField(label=_("Shared issues"), required=False, widget=forms.CheckboxSelectMultiple)
    year = forms.IntegerField(label=_("Year"), min_value=1981, max_value=2100, required=False)
    licence = forms.ChoiceField(
        label=_("Licence"),
        help_text=_("On what terms others may use the text and the files."),
        choices=Practice.Licence.choices,
    )
    file = forms.FileField(
        label=_("Add a file"),
        help_text=_(
            "PDF, CSV, XLSX, JPEG, PNG, WebP, plain text or Markdown, up to 10 MB. It is written anew without the "
            "names of people, places and devices that programs leave in files. Look yourself for those in its text."
        ),
        required=False,
    )
    file_title = PlainTextField(
        label=_("What this file is"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    note = PlainTextField(
        label=_("What changes, in one line"),
        help_text=_("It stands in the list of revisions."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    add_language = forms.ChoiceField(label=_("Another language"), required=False)
    languages = forms.CharField(widget=forms.HiddenInput, required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, stands: Values, rows: list[PracticeFile], languages: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stands, self.rows = stands, rows
        self.text_languages = languages or [reader_language()]
        self.initial = {
            **_initial(stands, rows),
            "languages": " ".join(self.text_languages),
            "opened": signing.dumps(stands, salt=SALT, compress=True),
            **self.initial,
        }
        for name, model in LINKED.items():
            field: Any = self.fields[name]
            field.choices = [(row.slug, _marked(row.text)) for row in model.objects.public().for_list()]
        left = [(code, language_name(code)) for code, _n in settings.LANGUAGES if code not in self.text_languages]
        more: Any = self.fields["add_language"]
        more.choices = [("", "–"), *left]
        for language in self.text_languages:
            self.fields.update(_text_fields(language))
        if len(self.text_languages) == 1:
            for name in ("title", "body"):
                self.fields[f"{self.text_languages[0]}_{name}"].required = True
        for each in rows:
            self.fields[f"keep_{each.pk}"] = forms.BooleanField(label=_("keep"), required=False)
            self.fields[f"title_{each.pk}"] = PlainTextField(
                label=_("What this file is"),
                max_length=150,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            )

    @property
    def texts(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        """Yield each language with its name and its fields."""
        for language in self.text_languages:
            yield language, language_name(language), [self[f"{language}_{name}"] for name in (*LINES, *LONG)]

    @property
    def file_rows(self) -> Iterator[tuple[PracticeFile, BoundField, BoundField]]:
        """Yield each file with its two fields."""
        for each in self.rows:
            yield each, self[f"keep_{each.pk}"], self[f"title_{each.pk}"]

    def typed(self) -> dict[str, Any]:
        """Return all that was typed, so that the form can be shown again before anything is wrong about it."""
        return {name: self[name].value() for name in self.fields if name != "file"}

    def clean_opened(self) -> Values | None:
        """Return what the form held when it was opened, as we signed it; where that got lost, what stands now."""
        try:
            opened: Values = signing.loads(self.cleaned_data["opened"], salt=SALT)
        except signing.BadSignature:
            return None
        return opened if opened.keys() == self.stands.keys() else None

    def clean(self) -> dict[str, Any]:
        """Ask for a text, and for the titles of files that are kept."""
        data = super().clean()
        written = [language for language in self.text_languages if any(self._text(language).values())]
        for language in written or self.text_languages[:1]:
            for name in ("title", "body"):
                if not data.get(f"{language}_{name}") and f"{language}_{name}" not in self.errors:
                    self.add_error(f"{language}_{name}", _("This field is required."))
        kept = [each for each in self.rows if data.get(f"keep_{each.pk}")]
        for each in kept:
            if not data.get(f"title_{each.pk}") and f"title_{each.pk}" not in self.errors:
                self.add_error(f"title_{each.pk}", _("Say what the file is."))
        if len(kept) > MOST_FILES:
            told = ngettext("Keep %(count)d file at most.", "Keep %(count)d files at most.", MOST_FILES)
            self.add_error("file", ValidationError(told % {"count": MOST_FILES}))
        return data

    def values(self) -> Values:
        """Return what is proposed; links that the form does not offer stay."""
        data = self.cleaned_data
        values: Values = {name: data[name] for name in ("kind", "audience", "licence", "year")}
        for name in LINKED:
            field: Any = self.fields[name]
            offered = {slug for slug, _label in field.choices}
            values[name] = sorted({*data[name], *(set(self.stands[name]) - offered)})
        values["files"] = [
            {"id": each.pk, "title": data[f"title_{each.pk}"]} for each in self.rows if data[f"keep_{each.pk}"]
        ]
        texts = {language: self._text(language) for language in self.text_languages}
        values["texts"] = {language: text for language, text in texts.items() if any(text.values())}
        return values

    def _text(self, language: str) -> dict[str, str]:
        return {name: self.cleaned_data.get(f"{language}_{name}", "") for name in (*LINES, *LONG)}


def _text_fields(language: str) -> dict[str, forms.Field]:
    """Return the fields of one language's text; none is required, since an empty text goes."""
    attrs = {"dir": direction(language), "lang": language}
    fields: dict[str, forms.Field] = {}
    for name, (label, help_text, most) in LINES.items():
        widget = forms.TextInput(attrs={**attrs, "autocomplete": "off"})
        fields[f"{language}_{name}"] = PlainTextField(
            label=label, help_text=help_text, max_length=most, required=False, widget=widget
        )
    for name, (label, help_text) in LONG.items():
        area = forms.Textarea(attrs={**attrs, "rows": 10})
        # Not as max_length: browsers would silently cut what is pasted.
        fields[f"{language}_{name}"] = PlainTextField(
            label=label,
            help_text=help_text,
            validators=[MaxLengthValidator(LONGEST)],
            required=False,
            widget=area,
        )
    return fields


def _initial(stands: Values, files: list[PracticeFile]) -> dict[str, Any]:
    """Return the form of what stands; files that wait are kept unless somebody says otherwise."""
    titles = {each["id"]: each["title"] for each in stands["files"]}
    initial = {name: stands[name] for name in ("kind", "audience", "licence", "year", *LINKED)}
    for language, text in stands["texts"].items():
        initial |= {f"{language}_{name}": value for name, value in text.items()}
    for each in files:
        initial[f"keep_{each.pk}"] = each.pk in titles or not each.approved
        initial[f"title_{each.pk}"] = titles.get(each.pk, each.title)
    return initial


def _marked(text: Any) -> str:
    return format_html('<span lang="{}" dir="{}">{}</span>', text.language, text.dir, capfirst(text.title))
