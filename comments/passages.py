"""Choosing a passage by what it says."""

from typing import Any

from django import forms

from comments.subjects import Subject
from publishing.languages import direction


class PassageSelect(forms.Select):
    """The passages of a subject, each marked with its language."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(choices=[("", "–"), *subject.choices])
        self.languages = {passage.number: passage.language for passage in subject.passages if passage.language}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Mark one."""
        option = super().create_option(name, value, *args, **kwargs)
        if language := self.languages.get(value):
            option["attrs"] |= {"lang": language, "dir": direction(language)}
        return option
