"""By what members narrow the list of what they share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.models import Issue, Practice
from factsheets.models import KeyPopulation
from publishing.widgets import LanguageSelect


class SharedFilter(forms.Form):
    """All of them may stay empty."""

    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: [("", "–"), *Practice.Kind.choices], required=False)
    population = forms.ChoiceField(label=_("Key population"), required=False)
    issue = forms.ChoiceField(label=_("Shared issue"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("population", KeyPopulation), ("issue", Issue)):
            rows: Any = model._default_manager
            texts = {row.slug: row.text for row in rows.public().for_list()}
            field: Any = self.fields[name]
            field.widget = LanguageSelect(languages={slug: text.language for slug, text in texts.items()})
            field.choices = [("", "–"), *((slug, text.title) for slug, text in texts.items())]

    def narrow(self, rows: Any) -> Any:
        """Keep the practices that were asked for."""
        data = self.cleaned_data
        wanted = {"kind": data["kind"], "populations__slug": data["population"], "issues__slug": data["issue"]}
        return rows.filter(**{name: value for name, value in wanted.items() if value})
