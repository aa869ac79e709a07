"""Forms about the people of an organisation."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from advocacy.alike import folded
from advocacy.models import Role
from comments.forms import AddressField, PlainTextField
from publishing import limits


class AccountForm(forms.Form):
    """The account of somebody who was invited."""

    name = PlainTextField(
        label=_("Your name"),
        help_text=_("Seen by those who act for the organisation with you. A pseudonym will do, or nothing."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Ask Django's validators, who know address and name too."""
        data = self.cleaned_data
        password = data.get("password")
        if password and "again" in data and data["again"] != password:
            self.add_error("again", _("The two passwords are not the same."))
        elif password:
            user = User(username=self.address, email=self.address, first_name=data.get("name", ""))
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class RoleForm(forms.Form):
    """What somebody may do."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class InvitationForm(RoleForm):
    """Whom to invite, and to what."""

    field_order = ["address", "role"]

    address = AddressField(
        label=_("E-mail address"),
        help_text=_("The link in the mail opens once, within two weeks. The mail does not name your organisation."),
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.CONTRIBUTOR, widget=forms.RadioSelect)


class ErasureForm(forms.Form):
    """Erasing needs the organisation's name, so that nobody does it by a slip, and the password of whoever does it.

    Whoever sits down at a phone that somebody left signed in cannot.
    """

    name = PlainTextField(
        label=_("Name of the organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, names: list[str], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names, self.user = {folded(name) for name in names if name}, user

    def clean_name(self) -> str:
        """Take any of its names, however it is spelt."""
        name = self.cleaned_data["name"]
        if folded(name) not in self.names:
            raise forms.ValidationError(_("This is not its name."))
        return str(name)

    def clean_password(self) -> str:
        """Compare it, as often as at signing in. Raises TooMany."""
        limits.count_for(self.user.get_username().casefold(), "account")
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return str(self.cleaned_data["password"])
