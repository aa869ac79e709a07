"""Paragraphs of texts that speak of a shared issue: the app that holds them registers, since it lies further left."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from publishing.languages import direction


@dataclass(frozen=True)
class Passage:
    """A paragraph as pages cite it; `version` only where it is no longer in the current one."""

    label: str
    language: str
    number: int
    version: int | None
    url: str
    # Its first words, which may be in another language than what its text is called.
    excerpt: str
    excerpt_language: str

    @property
    def dir(self) -> str:
        """The direction of the label."""
        return direction(self.language)

    @property
    def excerpt_dir(self) -> str:
        """The direction of the first words."""
        return direction(self.excerpt_language)


@dataclass(frozen=True)
class Texts:
    """The answers of the app that holds the texts."""

    # The paragraphs of these keys that readers can see, in the order of their texts.
    shown: Callable[[Iterable[UUID]], list[Passage]]
    # The key of the paragraph that staff name (`guidance-note 12`). Raises ValidationError.
    find: Callable[[str], UUID]
    # How staff name a paragraph, so that it stays the same one whatever is published meanwhile.
    named: Callable[[UUID], str]


_registered: list[Texts] = []


def register(texts: Texts) -> None:
    """Let an app answer."""
    _registered[:] = [texts]


def passages(keys: Iterable[UUID]) -> list[Passage]:
    """Return the paragraphs of these keys that readers can see."""
    return [passage for texts in _registered for passage in texts.shown(keys)]


def find(named: str) -> UUID:
    """Return the key of the paragraph that staff name. Raises ValidationError."""
    (texts,) = _registered
    return texts.find(named)


def name_of(key: UUID) -> str:
    """Return how staff name a paragraph; nothing, where no text has it any more."""
    (texts,) = _registered
    return texts.named(key)
