"""What every page's template knows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_info, to_locale

from publishing.languages import direction, language_name, reader_language

# What of an address's query goes along into another language; nothing else, since it may be secret.
FIGURES = ("population", "indicator", "place", "author", "since", "until", "superseded")
NETWORK = ("country", "region", "service", "issue", "kind", "licence")
KEPT = ("paragraph", "reply-to", "page", "q", "zone", *FIGURES, *NETWORK)


@dataclass(frozen=True)
class LanguageLink:
    """This page in one language; `name` is the language's own."""

    code: str
    name: str
    url: str
    current: bool

    @property
    def dir(self) -> str:
        """The direction of its name."""
        return direction(self.code)

    @property
    def translated_name(self) -> str:
        """What the reader calls the language."""
        return language_name(self.code)


def language_links(path: str) -> list[LanguageLink]:
    """Return the page at `path` in each of the portal's languages."""
    current = reader_language()
    return [
        LanguageLink(
            code,
            get_language_info(code)["name_local"].capitalize(),
            translate_url(path, code),
            code == current,
        )
        for code, _ in settings.LANGUAGES
    ]


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Give the frame of the page: never the session, so that a visitor's answer does not vary by cookie."""
    language = reader_language()
    kept = urlencode([(name, value) for name, value in request.GET.items() if name in KEPT])
    return {
        "LANGUAGE_CODE": language,
        "text_direction": direction(language),
        "locale_name": to_locale(language),
        "site_name": settings.SITE_NAME,
        "site_address": settings.SITE_ADDRESS,
        "exit_url": settings.EXIT_URL,
        "sample_content": settings.SAMPLE_CONTENT,
        "language_links": language_links(f"{request.path}?{kept}" if kept else request.path),
    }
