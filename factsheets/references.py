"""Figures in texts: `[[code]]` in the Markdown stands for a figure, and pages write its value in its place.

A text is stored with the codes, so that a corrected figure is right everywhere at once, in every language.
"""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.translation import gettext, override

from factsheets.models import Figure
from publishing.markdown import REFERENCE


def codes_in(*htmls: str) -> list[str]:
    """Return the codes of the figures that rendered texts name, each once, in their order."""
    return list(dict.fromkeys(code for html in htmls for code in REFERENCE.findall(html)))


def unknown_codes(html: str) -> list[str]:
    """Return the codes in a rendered text that no figure has."""
    codes = codes_in(html)
    known = set(Figure.objects.filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    return [code for code in codes if code not in known]


def figures_in(*htmls: str) -> dict[str, Figure]:
    """Return the public figures that rendered texts name, by code, as `resolve` wants them."""
    codes = codes_in(*htmls)
    return {figure.code: figure for figure in Figure.objects.shown().filter(code__in=codes)} if codes else {}


def resolve(html: str, figures: Mapping[str, Figure], language: str) -> str:
    """Return a rendered text with the figures' values, written as its language writes numbers.

    Each leads to the figure's own page. A figure that is not public is told to be missing.
    """

    def written(code: str) -> str:
        figure = figures.get(code)
        if figure is None:
            with override(language):
                return format_html("<em>{}</em>", gettext("(figure withdrawn)"))
        address = figure.get_absolute_url()
        with override(language):
            return format_html('<a class="figure-link" href="{}">{}</a>', address, figure.display)

    return REFERENCE.sub(lambda found: written(found[1]), html)
