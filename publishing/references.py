"""What `[[code]]` in staff's texts stands for: the app that knows registers what models and the admin ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class References:
    """The answers about rendered texts in which `<data value="code"></data>` stands for something."""

    # What is wrong with a text, and what its editor should know of it though it may be saved.
    problems: Callable[[str], list[str]]
    remarks: Callable[[str], list[str]]
    # Pieces of a text, as readers of its language will see them; what cannot be shown is marked.
    shown: Callable[[Sequence[str], str], list[str]]


_registered: list[References] = []


def register(references: References) -> None:
    """Let an app answer."""
    _registered.append(references)


def problems(html: str) -> list[str]:
    """Return what is wrong with the references in a text."""
    return [problem for answers in _registered for problem in answers.problems(html)]


def remarks(html: str) -> list[str]:
    """Return what an editor should know of the references in a text."""
    return [remark for answers in _registered for remark in answers.remarks(html)]


def shown(pieces: Sequence[str], language: str) -> list[str]:
    """Return the pieces of a text with what their references stand for."""
    found = list(pieces)
    for answers in _registered:
        found = answers.shown(found, language)
    return found
