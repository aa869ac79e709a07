"""The few things that templates can't say by themselves."""

from collections.abc import Iterable

from django import template

from publishing.context import LanguageLink, language_links
from publishing.languages import reader_language

register = template.Library()


@register.filter
def translations(codes: Iterable[str], path: str) -> list[LanguageLink]:
    """Return links to this page in the other languages among `codes`, each named in its own language."""
    wanted = set(codes)
    return [link for link in language_links(path) if link.code in wanted and link.code != reader_language()]
