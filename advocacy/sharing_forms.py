"""The short forms about what others share: that one used it, and a question to who shares it."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import LONGEST_NOTE
from comments.forms import KeyedForm, PlainTextField

LONGEST_QUESTION = 5000


class UseForm(forms.Form):
    """How it went when a member used a practice."""

    note = PlainTextField(
        label=_("How it went"),
        help_text=_("Plain text, up to 500 characters. Please name nobody who could be harmed by being named."),
        validators=[MaxLengthValidator(LONGEST_NOTE)],
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    year = forms.IntegerField(label=_("Since which year"), min_value=1981)

    def clean_year(self) -> int:
        """Refuse years to come."""
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("This year is still to come."))
        return year


class QuestionForm(KeyedForm):
    """A message to who shares a practice; it is mailed, and kept nowhere."""

    message = PlainTextField(
        label=_("Your message"),
        help_text=_("Plain text, up to 5,000 characters."),
        validators=[MaxLengthValidator(LONGEST_QUESTION)],
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )
    organisation = forms.ChoiceField(label=_("For which organisation you write"))
    give_address = forms.BooleanField(
        label=_("They may have my e-mail address"),
        help_text=_(
            "Then they can answer you directly. Otherwise their answer goes to the secretariat, which passes it on."
        ),
        required=False,
    )

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["organisation"]
        choice.choices = organisations
        self.initial = {"organisation": organisations[0][0], **self.initial}
        if len(organisations) == 1:
            choice.required = False
            choice.widget = forms.HiddenInput()

    def clean_organisation(self) -> str:
        """Take the only one there is where nothing was chosen."""
        return self.cleaned_data["organisation"] or str(self.initial["organisation"])
