"""What can be asked of the search."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.search import MAX_QUERY, MAX_RESULTS, PAGE_SIZE


class SearchForm(forms.Form):
    """Words, and which page of results."""

    q = forms.CharField(label=_("Search"), max_length=MAX_QUERY, required=False)
    page = forms.IntegerField(
        min_value=1, max_value=MAX_RESULTS // PAGE_SIZE, required=False, widget=forms.HiddenInput
    )

    def query(self, page: int) -> str:
        """Return the query string of another page of the same search."""
        return urlencode({"q": self.cleaned_data["q"], "page": page})
