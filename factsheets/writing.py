"""Figures in texts while staff write them: what no figure is called is named, and what readers will see is told."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from html import unescape

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext, override

from factsheets.models import Figure
from factsheets.references import codes_in, figures_in, resolve, unknown_codes
from publishing.markdown import REFERENCE

# What was meant to be a code and cannot be one. In code spans brackets are brackets.
NO_CODE = re.compile(r"\[\[([^\[\]\n]{1,100})\]\]")
CODE_SPAN = re.compile(r"<code>.*?</code>", re.DOTALL)


def problems(html: str) -> list[str]:
    """Name each code that no figure has, with those that look like it."""
    unknown = [*unknown_codes(html), *map(unescape, NO_CODE.findall(CODE_SPAN.sub("", html)))]
    if not unknown:
        return []
    known = list(Figure.objects.order_by("code").values_list("code", flat=True))
    return [_named(code, get_close_matches(code.lower(), known)) for code in dict.fromkeys(unknown)]


def _named(code: str, alike: list[str]) -> str:
    told = gettext("There is no figure “%(code)s”.") % {"code": code}
    if not alike:
        return told
    offered = ", ".join(f"“{other}”" for other in alike)
    return f"{told} {gettext('Did you mean one of these? %(codes)s') % {'codes': offered}}"


def remarks(html: str) -> list[str]:
    """Tell of figures in a text that readers do not see, or that newer ones supersede."""
    codes = codes_in(html)
    if not codes:
        return []
    public = set(Figure.objects.public().filter(code__in=codes).values_list("code", flat=True))
    found = []
    for figure in Figure.objects.filter(code__in=codes).select_related("superseded_by").order_by("code"):
        if figure.code not in public:
            told = gettext("“%(code)s” is not public: readers see “(figure withdrawn)” in its place.")
            found.append(told % {"code": figure.code})
        if figure.superseded_by:
            told = gettext("“%(code)s” is superseded by “%(newer)s”.")
            found.append(told % {"code": figure.code, "newer": figure.superseded_by.code})
    return found


def shown(pieces: Sequence[str], language: str) -> list[str]:
    """Return the pieces of a text with the figures' values; unknown codes are marked."""
    html = "".join(pieces)
    figures, unknown = figures_in(html), set(unknown_codes(html))

    def marked(found: re.Match[str]) -> str:
        if found[1] not in unknown:
            return found[0]
        return format_html("<mark>[[{}]] {}</mark>", found[1], gettext("There is no such figure."))

    with override(language):
        return [resolve(REFERENCE.sub(marked, piece), figures, language) for piece in pieces]


def differing_codes(source: str, translation: str) -> tuple[list[str], list[str]]:
    """Return the codes that only the one, and those that only the other of two rendered texts names."""
    ours, theirs = codes_in(source), codes_in(translation)
    return [code for code in ours if code not in theirs], [code for code in theirs if code not in ours]


def listed_codes(population: int) -> list[Figure]:
    """Return the figures to which texts about a population are likely to refer: its own, and those about all."""
    own = Q(population=population) | Q(population=None)
    return list(Figure.objects.current().with_text().filter(own).order_by("indicator", "position", "code"))
