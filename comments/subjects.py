"""What a consultation is about. The apps that own the texts and the figures say so, since they lie further left."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.safestring import SafeString

from comments.models import About, Answer, Consultation


@dataclass(frozen=True)
class Passage:
    """A numbered paragraph, or a figure, that comments can be about."""

    number: int
    key: UUID
    # What readers call it: “¶ 12”, “Figure 12”.
    label: str
    html: SafeString
    url: str
    # What a figure says in short, by which readers find it among the others; a paragraph has no such words.
    words: str = ""
    # The language of those words, where it is not the reader's.
    language: str = ""
    # Comments on it stay, but it is not public any more, and nobody can comment on it.
    is_gone: bool = False
    # What became of it in a later version, and the address that tells.
    fate: str = ""
    fate_url: str = ""


@dataclass(frozen=True)
class Subject:
    """The text under consultation, or the figures, as the reader gets them."""

    title: str
    url: str
    language: str
    dir: str
    passages: list[Passage] = field(default_factory=list)

    @property
    def choices(self) -> list[tuple[int, str]]:
        """Its passages by what they say, to choose one from; none where a number says enough."""
        return [(passage.number, passage.words) for passage in self.passages if passage.words]

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


providers: dict[About, Callable[[Consultation], Subject]] = {}
later_provider: Callable[[Consultation, int], dict[int, UUID] | None] | None = None
changes_provider: Callable[[Iterable[Answer]], dict[int, Changed]] | None = None


def subject_of(consultation: Consultation) -> Subject:
    """Return what `consultation` is about, in the reader's language where there is a translation."""
    return providers[About(consultation.about)](consultation)


def later_paragraphs(consultation: Consultation, number: int) -> dict[int, UUID] | None:
    """Return the paragraphs' keys by number in a version later than the one consulted on; None if there is none."""
    return later_provider(consultation, number) if later_provider else None


def changed_by(answers: Iterable[Answer]) -> dict[int, Changed]:
    """Return what public answers changed, by their keys, as far as the version that they name is public."""
    return changes_provider(answers) if changes_provider else {}
