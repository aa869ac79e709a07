"""Forms of the account pages: allauth's, in our words and within our limits."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.models import User
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from campaign.accounts import tries
from publishing import limits

PASSWORD_HELP = _(
    "Twelve characters or more; neither a common password nor like your name. Several words in a row are easy to keep "
    "in mind and hard to guess."
)
TYPED = {"dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}


class Plain:
    """Labels stand above their fields; nothing stands in them that goes when one types."""

    fields: dict[str, forms.Field]
    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}
    # Pages do not promise that what was typed is still there: passwords and codes are typed anew.
    forgets = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs |= TYPED
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class LoginForm(Plain, account.LoginForm):  # type: ignore[misc] # allauth has no types
    """A name and a password. What is wrong of the two is not told, nor whether there is such an account."""

    labels = {"login": _("E-mail address or user name"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["login"].validators.append(MaxLengthValidator(254))

    def user_credentials(self) -> dict[str, str]:
        """Return one name only: comparing a password with each would take longer where there is such an account."""
        name = self.cleaned_data["login"]
        kind = "email" if "@" in name else "username"
        return {kind: name, "password": self.cleaned_data["password"]}

    def _clean_with_password(self, credentials: dict[str, str]) -> Any:
        tries.count(self.request, self.cleaned_data["login"])
        user = get_adapter(self.request).authenticate(self.request, **credentials)
        if user is None or not user.is_active:
            raise forms.ValidationError(_("There is no account with this name and this password."))
        self._login = account.Login(user=user, email=credentials.get("email"))
        self.user = user
        return self.cleaned_data


class PasswordAgain(Plain):
    """A form that asks for the password of whoever is signed in."""

    user: User

    def checked(self, name: str) -> str:
        """Return the password that was typed. Raises ValidationError."""
        tries.count(context.request, self.user.get_username())
        typed: str = self.cleaned_data[name]  # type: ignore[attr-defined] # of the form
        if not self.user.check_password(typed):
            raise forms.ValidationError(_("This is not your password."))
        return typed


class ReauthenticateForm(PasswordAgain, account.ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """The password once more, before something that matters."""

    labels = {"password": _("Your password")}

    def clean_password(self) -> str:
        """Compare it."""
        return self.checked("password")


class Twice(Plain):
    """A form in which a new password is typed twice."""

    helps = {"password1": PASSWORD_HELP}

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        data: dict[str, Any] = forms.Form.clean(self)  # type: ignore[arg-type, assignment] # mixed into a form
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two are not alike."))  # type: ignore[attr-defined] # of the form
        return data


class ChangePasswordForm(Twice, PasswordAgain, account.ChangePasswordForm):  # type: ignore[misc] # allauth has no types
    """A new password for the old one."""

    labels = {
        "oldpassword": _("Your password until now"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }

    def clean_oldpassword(self) -> str:
        """Compare it."""
        return self.checked("oldpassword")


class EraseForm(PasswordAgain, forms.Form):
    """The password, to end one's account for good."""

    labels = {"password": _("Your password")}
    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), max_length=4096
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Compare it."""
        return self.checked("password")


class ResetPasswordForm(Plain, account.ResetPasswordForm):  # type: ignore[misc] # allauth has no types
    """An address to which a link goes, if somebody here has it. The answer is the same for every address."""

    labels = {"email": _("Your e-mail address")}

    def clean_email(self) -> str:
        """Find whose it is. Raises ValidationError; an address that got much mail gets no more, and nobody is told."""
        try:
            limits.count(context.request, "reset")
        except limits.TooMany as error:
            raise tries.too_many() from error
        email: str = super().clean_email()
        try:
            limits.count_for(email, "reset-address")
        except limits.TooMany:
            self.users: list[User] = []
        return email


class NewPasswordForm(Twice, account.ResetPasswordKeyForm):  # type: ignore[misc] # allauth has no types
    """The password of whoever followed the link."""

    labels = {"password1": _("New password"), "password2": _("New password, once more")}


class Code(Plain):
    """A form for the six digits that an app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
        self.fields["code"].validators.append(MaxLengthValidator(20))


class CodeForm(Code, AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """The second factor, at sign-in."""

    labels = {"code": _("Code")}
    helps = {"code": _("The six digits that your app shows now, or one of your recovery codes.")}

    def clean_code(self) -> str:
        """Compare it."""
        tries.count(context.request, str(self.user.pk), name="code")
        code: str = super().clean_code()
        return code


class ActivateForm(Code, ActivateTOTPForm):  # type: ignore[misc] # allauth has no types
    """The first code, which shows that the app has the key."""

    labels = {"code": _("Code")}
    helps = {"code": _("The six digits that the app shows now.")}

    def clean_code(self) -> str:
        """Compare it."""
        tries.count(context.request, str(self.user.pk), name="code")
        code: str = super().clean_code()
        return code
