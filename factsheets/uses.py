"""Where figures are used."""

from itertools import chain

from factsheets.models import CaseText, FactsheetText, SectionText


def texts_naming(code: str) -> list[FactsheetText | SectionText | CaseText]:
    """Return the texts, public or not, that name the figure of this code: what a change of it touches."""
    named = {"body__contains": f"[[{code}]]"}
    return list(
        chain(
            FactsheetText.objects.filter(**named).select_related("factsheet"),
            SectionText.objects.filter(**named).select_related("section__factsheet"),
            CaseText.objects.filter(**named).select_related("case__factsheet"),
        )
    )
