"""What a consultation is about. The app that owns the texts says so (`provider`), since it lies further left."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.safestring import SafeString

from comments.models import Answer, Consultation


@dataclass(frozen=True)
class Passage:
    """A numbered paragraph that comments can be about."""

    number: int
    key: UUID
    html: SafeString
    url: str
    # What became of it in a later version, and the address that tells.
    fate: str = ""
    fate_url: str = ""


@dataclass(frozen=True)
class Subject:
    """The text under consultation, as the reader gets it."""

    title: str
    url: str
    language: str
    dir: str
    passages: list[Passage] = field(default_factory=list)

    def by_number(self, number: int | None) -> Passage | None:
        """Return the paragraph with this number, if there is one."""
        return next((passage for passage in self.passages if passage.number == number), None)

    def by_key(self, key: UUID | None) -> Passage | None:
        """Return the paragraph with this key, if the text has it."""
        return next((passage for passage in self.passages if passage.key == key), None)


@dataclass(frozen=True)
class Changed:
    """What an answer changed: the redline that shows it, and in it the numbered paragraphs."""

    version: int
    url: str
    paragraphs: list[tuple[int, str]] = field(default_factory=list)


provider: Callable[[Consultation], Subject] | None = None
changes_provider: Callable[[Iterable[Answer]], dict[int, Changed]] | None = None


def subject_of(consultation: Consultation) -> Subject:
    """Return what `consultation` is about, in the reader's language where there is a translation."""
    if provider is None:
        raise LookupError("No app has said what consultations are about.")
    return provider(consultation)


def changed_by(answers: Iterable[Answer]) -> dict[int, Changed]:
    """Return what public answers changed, by their keys, as far as the version that they name is public."""
    return changes_provider(answers) if changes_provider else {}
