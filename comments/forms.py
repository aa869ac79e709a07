"""What the public can send."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from comments.models import NameKind, Point, RefusalReason
from comments.receipts import LENGTH, normalise
from comments.speaking import Speaker
from comments.traps import stamp
from publishing.languages import language_name, reader_language
from publishing.places import place_choices

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What no text needs and no feed may hold. A null character is not among them: Django says that it is wrong.
CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f\ufffe\uffff]")


class PlainTextField(forms.CharField):
    """Text as people type and paste it; a line end counts as one character, as it does in their browser."""

    def to_python(self, value: Any) -> str:
        """Write every line end alike and drop control characters."""
        if isinstance(value, str):
            value = CONTROLS.sub("", LINE_ENDS.sub("\n", value))
        return str(super().to_python(value))


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the form: the portal's, then those its readers often write in."""
    codes = [code for code, _ in settings.LANGUAGES]
    more = [
        "bn",
        "de",
        "fa",
        "hi",
        "id",
        "it",
        "km",
        "ms",
        "my",
        "ne",
        "pl",
        "pt",
        "ro",
        "sw",
        "th",
        "tl",
        "tr",
        "uk",
        "ur",
        "vi",
    ]
    return [(code, language_name(code)) for code in [*codes, *more]]


class KeyedForm(forms.Form):
    """A form that counts once, however often it is sent: a hidden key tells that it is the same one."""

    form_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Part of the form got lost on the way. Please send it again.")
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"form_key": uuid4(), **self.initial}

    def clean(self) -> dict[str, Any]:
        """Give a form that lost its key another."""
        if "form_key" in self.errors:
            self.data = {**dict(self.data.items()), "form_key": uuid4()}
        return self.cleaned_data


class AddressField(forms.EmailField):
    """An address that every mail server reads as people do."""

    def clean(self, value: Any) -> Any:
        """Refuse names in quotation marks, numbers for hosts, and hosts that cannot be."""
        address = super().clean(value)
        try:
            host = address.rpartition("@")[2].encode("idna").decode()
        except UnicodeError:
            host = "["
        if '"' in address or "[" in host:
            raise forms.ValidationError(self.default_validators[0].message, code="invalid")  # type: ignore[attr-defined] # Django's own
        return address


class CommentForm(KeyedForm):
    """A comment or a reply. Which paragraph or comment it is about stands in the address, not here."""

    speaker = forms.ChoiceField(label=_("For whom you speak"), widget=forms.RadioSelect, required=False)
    body = PlainTextField(
        label=_("Your comment"),
        help_text=_(
            "Plain text, up to 30,000 characters. Lines that start with “>” are shown as quotations. "
            "Please name nobody who could be harmed by being named."
        ),
        # Not as max_length: browsers would silently cut what is pasted.
        validators=[MaxLengthValidator(30_000)],
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("The language you write in"), choices=language_choices)
    name_kind = forms.ChoiceField(label=_("How you appear"), choices=NameKind.choices, widget=forms.RadioSelect)
    name = PlainTextField(
        label=_("Name or pseudonym"),
        help_text=_("Needed only under a name."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    organisation = PlainTextField(
        label=_("Organisation"),
        help_text=_("Left out where you appear without a name."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    place = forms.ChoiceField(
        label=_("Country or region"),
        help_text=_("Leave it empty if it could tell who you are."),
        choices=lambda: [("", "–"), *place_choices()],
        required=False,
    )
    consulted_count = forms.IntegerField(
        label=_("How many people were consulted"), min_value=1, max_value=10_000_000, required=False
    )
    consulted_how = PlainTextField(
        label=_("How they were consulted"),
        help_text=_("At a meeting, by telephone, in a group chat … Please name nobody."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    consulted_language = forms.ChoiceField(
        label=_("In which language"), choices=lambda: [("", "–"), *language_choices()], required=False
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_(
            "We write only that something changed, never what, and no name. It is kept encrypted, apart from the "
            "comment, and deleted once the report is out, or as soon as you say so."
        ),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    # For programs that fill in whatever they find.
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    # What is no part of the comment.
    aside = ("form_key", "email", "homepage", "stamp", "speaker")
    # What a member's profile says for it.
    of_speaker = ("name_kind", "name", "organisation", "place")

    def __init__(self, *args: Any, speakers: Iterable[Speaker] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = {speaker.key: speaker for speaker in speakers}
        if self.speakers:
            own = [("", _("for myself, as I say below"))]
            offered = [(s.key, _("as %(name)s") % {"name": s.name}) for s in self.speakers.values()]
            self.fields["speaker"].choices = [*own, *offered]  # type: ignore[attr-defined] # a ChoiceField
        else:
            del self.fields["speaker"]
        self.initial = {"language": reader_language(), "name_kind": NameKind.NONE, "stamp": stamp(), **self.initial}

    @property
    def comment(self) -> dict[str, Any]:
        """What the comment's row takes from the form."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.aside}

    @property
    def spoken_for(self) -> Speaker | None:
        """The member of the network that sends it."""
        return self.speakers.get(self.cleaned_data.get("speaker", ""))

    @property
    def speaks_for_others(self) -> bool:
        """Whether to show the fields about people who were consulted without being asked to."""
        return self._is_used("consulted_count", "consulted_how", "consulted_language")

    @property
    def wants_mail(self) -> bool:
        """Whether to show the field for an address without being asked to."""
        return self._is_used("email")

    def _is_used(self, *names: str) -> bool:
        return any(self[name].value() or self[name].errors for name in names)

    def clean(self) -> dict[str, Any]:
        """Ask for the name where one was chosen, and drop what was not."""
        data = super().clean()
        if self.spoken_for:
            self._appear_as(self.spoken_for)
        elif self.data.get("speaker") and "speaker" not in self.fields:
            self.add_error(None, _("You are not signed in any more. Sign in again, or say how you appear."))
        kind = data.get("name_kind")
        if kind in (NameKind.PSEUDONYM, NameKind.OWN_NAME):
            if "name" not in self.errors and not data["name"]:
                self.add_error("name", _("Write the name to appear under, or choose “without a name”."))
        else:
            data["name"] = ""
        if kind == NameKind.ORGANISATION and "organisation" not in self.errors and not data["organisation"]:
            self.add_error("organisation", _("Write the organisation’s name, or choose another way to appear."))
        if kind == NameKind.NONE:
            data["organisation"] = ""
        told = data.get("consulted_how") or data.get("consulted_language")
        if told and "consulted_count" not in self.errors and not data["consulted_count"]:
            self.add_error("consulted_count", _("Say how many people were consulted."))
        return data

    def _appear_as(self, speaker: Speaker) -> None:
        """Take from a member's profile what nobody needs to fill in then."""
        for name in self.of_speaker:
            self.errors.pop(name, None)
        appears = (NameKind.ORGANISATION, "", speaker.name, speaker.place)
        self.cleaned_data |= dict(zip(self.of_speaker, appears, strict=True))


class ReceiptForm(forms.Form):
    """The code that a commenter got."""

    code = forms.CharField(
        label=_("Receipt code"),
        help_text=_(
            "Twelve letters and digits, such as K7QF-2M9X-WD4T. Spaces, dashes and small letters do not matter."
        ),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )

    def clean_code(self) -> str:
        """Refuse what cannot be a code at all."""
        code = normalise(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise forms.ValidationError(_("A receipt code has twelve letters and digits."))
        return code


class VerdictForm(forms.Form):
    """What an author says to the answer to one point; which of the two stands on the button that was pressed."""

    verdict = forms.ChoiceField(choices=Point.Verdict.choices, widget=forms.HiddenInput)
    why = PlainTextField(
        label=_("Why, in one line"),
        help_text=_("For the editors."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class RefusalForm(forms.Form):
    """Why a comment is refused."""

    reason = forms.ChoiceField(label=_("Reason"), choices=RefusalReason.choices)
    note = forms.CharField(
        label=_("Note to the author"),
        help_text=_("Shown with the receipt. Do not quote the comment."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
