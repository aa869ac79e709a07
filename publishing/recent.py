"""What has become public in a span of time, for mails that tell of it; the apps say what they have."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext

from publishing.languages import direction, language_name, reader_language


@dataclass(frozen=True)
class Item:
    """Something new: its title as a page shows it, and where it stands."""

    title: str
    url: str
    language: str
    note: str = ""
    # Whether it is reason enough for a mail; what is only called to mind is not.
    is_new: bool = True

    @property
    def dir(self) -> str:
        """The direction of its title."""
        return direction(self.language)

    @property
    def stand_in(self) -> str:
        """The language of the title, as the reader calls it, where it is not the reader's."""
        return "" if self.language == reader_language() else language_name(self.language)

    @property
    def remarks(self) -> str:
        """What stands behind the title, in brackets."""
        return gettext(", ").join(part for part in (self.note, self.stand_in) if part)


@dataclass(frozen=True)
class Section:
    """What is new of one kind."""

    label: str
    items: list[Item]


@dataclass(frozen=True)
class Source:
    """A kind of things that can be new, and those that are from one moment until another."""

    position: int
    label: str | Promise
    items: Callable[[datetime, datetime], Iterable[Item]]


class Registry:
    """All sources."""

    sources: ClassVar[list[Source]] = []


def register(*sources: Source) -> None:
    """Add sources; called by each app when it is ready."""
    Registry.sources.extend(sources)


def item_of(row: Any, note: str = "", *, is_new: bool = True) -> Item:
    """Return a thing with texts as an item; its title is one line, whatever was typed."""
    return Item(" ".join(row.text.title.split()), row.get_absolute_url(), row.text.language, note, is_new)


def published(model: Any, *related: str) -> Callable[[datetime, datetime], Iterable[Item]]:
    """Return the source of a model's rows that became public by their own date."""

    def items(since: datetime, until: datetime) -> Iterable[Item]:
        rows = model.objects.public().for_list().select_related(*related)
        return [item_of(row) for row in rows.filter(published_at__gte=since, published_at__lt=until)]

    return items


def recent(since: datetime, until: datetime) -> list[Section]:
    """Return what became public since one moment and before another, in the current language where it can be."""
    sources = sorted(Registry.sources, key=lambda source: source.position)
    sections = [Section(str(source.label), list(source.items(since, until))) for source in sources]
    return [section for section in sections if section.items]
