"""The form with which somebody asks for the digest."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from comments.forms import AddressField
from publishing.languages import reader_language


class SubscriptionForm(forms.Form):
    """An address and a language, and nothing else."""

    email = AddressField(
        label=_("E-mail address"),
        help_text=_("We keep it encrypted, use it for this mail alone, and delete it when you have had enough."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES, initial=reader_language)
