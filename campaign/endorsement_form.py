"""The form with which an organisation or a person signs a deliverable."""

import re
from typing import Any
from unicodedata import normalize

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.models import OrganisationText
from advocacy.speaking import name_of
from campaign.endorsing import initials
from campaign.models import ORGANISATIONS, PERSONS, Capacity, EndorsementRefusal, ShownAs
from comments.forms import AddressField, KeyedForm, PlainTextField, RefusalForm
from publishing.places import country_choices

# What turns the direction of writing about, or takes no room: the same name with one of them would be another.
UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


class NameField(PlainTextField):
    """A name on one line, without spaces and signs that nobody sees."""

    def to_python(self, value: Any) -> str:
        """Write every stretch of spaces and line ends as one space; what shows nothing is no name."""
        name = " ".join(UNSEEN.sub("", normalize("NFC", super().to_python(value))).split())
        return name if any(sign.isprintable() for sign in name.replace(" ", "")) else ""


class EndorsementForm(KeyedForm):
    """An endorsement of the deliverable that stands in the address."""

    member = forms.ChoiceField(label=_("For whom you sign"), widget=forms.RadioSelect, required=False)
    capacity = forms.ChoiceField(
        label=_("Who signs"),
        choices=lambda: [
            ("", "–"),
            (_("An organisation"), [(c.value, c.label) for c in ORGANISATIONS]),
            (_("A person"), [(c.value, c.label) for c in PERSONS]),
        ],
    )
    shown_as = forms.ChoiceField(
        label=_("How you appear"),
        help_text=_(
            "Of a person who appears by initials we keep the initials alone; of one who only counts, no name at all."
        ),
        choices=ShownAs.choices,
        widget=forms.RadioSelect,
    )
    name = NameField(
        label=_("Name"),
        help_text=_("The organisation’s, or yours. A person who only counts needs none."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        help_text=_(
            "It stands beside a full name. Otherwise it is only counted, and only where at least three have signed. "
            "Leave it empty if it could tell who you are."
        ),
        choices=lambda: [("", "–"), *country_choices()],
        required=False,
    )
    email = AddressField(
        label=_("E-mail address of the organisation"),
        help_text=_(
            "For an organisation only. We send it one mail with a link; as soon as the link is confirmed, or after "
            "seven days, the address is deleted. A person needs none, and none is kept."
        ),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, members: list[OrganisationText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(text.organisation_id): text for text in members}
        self.initial = {"shown_as": ShownAs.NAME, **self.initial}
        if self.members:
            chosen = [(key, text.title) for key, text in self.members.items()]
            self.fields["member"].choices = [*chosen, ("", _("for myself, or for another organisation"))]  # type: ignore[attr-defined] # a ChoiceField
            self.initial = {"member": chosen[0][0], **self.initial}
            self.fields["capacity"].required = False
        else:
            del self.fields["member"]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen kind needs, and drop what it does not."""
        data = super().clean()
        text = self.members.get(data.pop("member", ""))
        data["organisation"] = text.organisation if text else None
        capacity, shown_as = data.get("capacity"), data.get("shown_as")
        if text:
            data |= _as_member(text)
            self._drop_errors("name", "email", "country", "capacity")
        elif capacity in ORGANISATIONS:
            self._needs("name", _("Write the organisation’s name."))
            self._needs("email", _("Write an address of the organisation, so that it can confirm."))
        elif capacity in PERSONS:
            data["email"] = ""
            self._drop_errors("email")
            self._clean_person(shown_as)
        elif "capacity" not in self.errors:
            self.add_error("capacity", _("This field is required."))
        if shown_as == ShownAs.INITIALS and (text or capacity in ORGANISATIONS):
            self.add_error("shown_as", _("An organisation appears by name, or only in the count."))
        return data

    def _clean_person(self, shown_as: str | None) -> None:
        if shown_as == ShownAs.COUNT:
            self.cleaned_data["name"] = ""
            self._drop_errors("name")
        elif shown_as:
            self._needs("name", _("Write your name, or choose to appear only in the count."))
        name = self.cleaned_data.get("name")
        if shown_as == ShownAs.INITIALS and name and not initials(name):
            self.add_error("name", _("This name has no letters to make initials of."))

    def _needs(self, field: str, message: Any) -> None:
        if field not in self.errors and not self.cleaned_data.get(field):
            self.add_error(field, message)

    def _drop_errors(self, *names: str) -> None:
        """Forget what is wrong with fields that are not needed."""
        for name in names:
            self.errors.pop(name, None)


def _as_member(text: OrganisationText) -> dict[str, Any]:
    """Return what a member's profile says; not its country, where that could expose people."""
    organisation = text.organisation
    return {
        "capacity": Capacity.CIVIL_SOCIETY.value,
        "name": name_of(text),
        "country": "" if organisation.region_only else organisation.country,
        "email": "",
    }


class EndorsementRefusalForm(RefusalForm):
    """Why an endorsement is refused."""

    reason = forms.ChoiceField(label=_("Reason"), choices=EndorsementRefusal.choices)
    note = forms.CharField(
        label=_("Note to who signed"),
        help_text=_("Shown with the receipt. Name nobody."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
