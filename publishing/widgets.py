"""Widgets that speak several languages at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from publishing.languages import direction


class LanguageSelect(forms.Select):
    """A list of choices, some in another language than the page's: `languages` tells which, by their values."""

    def __init__(self, choices: Iterable[tuple[Any, str]] = (), languages: Mapping[Any, str] | None = None) -> None:
        super().__init__(choices=choices)
        self.languages = languages or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say which language an option is in."""
        option = super().create_option(name, value, *args, **kwargs)
        if language := self.languages.get(value):
            option["attrs"] |= {"lang": language, "dir": direction(language)}
        return option
