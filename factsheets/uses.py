"""Where figures are used."""

from itertools import chain

from django.db.models import Q

from factsheets.models import CaseText, FactsheetText, SectionText
from factsheets.references import codes_in


def texts_naming(*codes: str) -> list[FactsheetText | SectionText | CaseText]:
    """Return the texts, public or not, that name a figure of these codes: what a change of it touches."""
    named = Q(pk=None)
    for code in codes:
        named |= Q(body__contains=f"[[{code}]]")
    return list(
        chain(
            FactsheetText.objects.filter(named).select_related("factsheet"),
            SectionText.objects.filter(named).select_related("section__factsheet"),
            CaseText.objects.filter(named).select_related("case__factsheet"),
        )
    )


def codes_in_texts() -> set[str]:
    """Return the codes of all figures that texts name, public or not."""
    htmls = chain.from_iterable(
        model._default_manager.filter(body_html__contains="<data").values_list("body_html", flat=True)
        for model in (FactsheetText, SectionText, CaseText)
    )
    return set(codes_in(*htmls))
