"""Choosing a passage by what it says."""

from comments.subjects import Subject
from publishing.widgets import LanguageSelect


def passage_select(subject: Subject) -> LanguageSelect:
    """Return a list of a subject's passages."""
    languages = {passage.number: passage.language for passage in subject.passages}
    return LanguageSelect([("", "–"), *subject.choices], languages)
