"""Finds the files of a folder of seeds and what each belongs to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import models

from campaign.seeding.reading import Broken, Head, Problem, Problems, read
from publishing.publication import Publishable

# What does not depend on language stands in the English file.
MAIN = "en"
LANGUAGES = [MAIN, *(code for code, _ in settings.LANGUAGES if code != MAIN)]

PUBLICATION = ("state", "published_at")

# The slug of a thing, with the number of a version or a comment, or the name of an answer.
Key = tuple[str, int | str | None]


@dataclass(frozen=True)
class Layout:
    """Which files make things of a model, and the keys that their heads may hold.

    A path holds `<slug>`, for many things `<language>`, for versions and comments `<number>`, for answers `<name>`.
    """

    model: type[models.Model]
    path: str
    # Fields of the main file alone, and fields of every language's file; `body` is what stands below the head.
    fields: tuple[str, ...] = ()
    text_fields: tuple[str, ...] = ("title", "summary", "body")
    # What a head calls a field otherwise.
    names: Mapping[str, str] = field(default_factory=dict)
    # Keys of the main file that are no field, and fields that are no key, which `Kind.derive` fills in.
    keys: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields of the thing's own row."""
        return self._given + self.derived

    @property
    def _given(self) -> tuple[str, ...]:
        return self.fields + (PUBLICATION if issubclass(self.model, Publishable) else ())

    def match(self, path: str) -> re.Match[str] | None:
        """Return the parts of a file's path, if the file is one of these."""
        pattern = self.path.replace(".", r"\.").replace("<number>", r"(?P<number>\d+)")
        return re.fullmatch(re.sub(r"<(slug|name|language)>", r"(?P<\1>[^/]+)", pattern), path)

    def accept(self, head: Head, language: str) -> Head:
        """Give each key the name of its field; refuse unknown ones."""
        below, line = head.pop("text"), head.lines["text"]
        known = {*self.text_fields, *(self._given + self.keys if language == MAIN else ())}
        head.check_keys((known - {"body"}) | {key for key, name in self.names.items() if name in known})
        for key, name in self.names.items():
            if key in head:
                value = head.pop(key)
                if name not in head:
                    head.add(name, value, head.lines[key])
        if "body" in self.text_fields:
            head.add("body", below, line)
        elif below:
            raise Broken(Problem(head.path, line, "nothing may stand below the head here"))
        return head


@dataclass
class Thing:
    """The files of one thing, by language, English first."""

    key: Key
    files: dict[str, Head] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """What its address is made of."""
        return self.key[0]

    @property
    def number(self) -> int:
        """The number of a version or comment."""
        return self.key[1] if isinstance(self.key[1], int) else 0

    @property
    def name(self) -> str:
        """What the report calls it."""
        return " ".join(str(part) for part in self.key if part is not None)

    @property
    def main(self) -> Head:
        """The file that holds what does not depend on language."""
        return self.files[MAIN]


class Seeds:
    """All files of a folder, as things by model; a thing whose main file is broken is left out."""

    def __init__(self, root: Path, layouts: Iterable[Layout]) -> None:
        self.root = root
        self.problems = Problems()
        self.layouts = list(layouts)
        self.things: dict[type[models.Model], dict[Key, Thing]] = {layout.model: {} for layout in self.layouts}
        # What there is a file for, broken or not.
        self.seen: set[tuple[type[models.Model], Key, str]] = set()
        for file in sorted(root.glob("*/**/*.md")):
            with self.problems.collect():
                self._read(file, file.relative_to(root).as_posix())
        for model, things in self.things.items():
            self.things[model] = {key: things[key] for key in sorted(things) if self._complete(model, things[key])}

    def has(self, model: type[models.Model], slug: str, number: int | str | None = None) -> bool:
        """Whether a thing has its main file, broken or not."""
        return (model, (slug, number), MAIN) in self.seen

    def _read(self, file: Path, path: str) -> None:
        layout, parts = self._layout(path)
        language = parts.get("language", MAIN).lower()
        if language not in LANGUAGES:
            raise Broken(Problem(path, 1, f"“{language}” is no language of the portal"))
        key = (parts["slug"], int(parts["number"]) if "number" in parts else parts.get("name"))
        if (layout.model, key, language) in self.seen:
            raise Broken(Problem(path, 1, "there is another file of the same name, number and language"))
        self.seen.add((layout.model, key, language))
        head = layout.accept(read(file, path), language)
        self.things[layout.model].setdefault(key, Thing(key)).files[language] = head

    def _layout(self, path: str) -> tuple[Layout, dict[str, str]]:
        for layout in self.layouts:
            if found := layout.match(path):
                return layout, found.groupdict()
        folder = path.split("/")[0]
        expected = [layout.path for layout in self.layouts if layout.path.split("/")[0] == folder]
        message = f"seeds here are called {' or '.join(expected)}" if expected else f"“{folder}” is no folder of seeds"
        raise Broken(Problem(path, 1, message))

    def _complete(self, model: type[models.Model], thing: Thing) -> bool:
        """Put the main file first; tell whether it is there."""
        if not self.has(model, *thing.key):
            first = next(iter(thing.files.values()))
            self.problems.append(first.problem("there is no English file (.en.md) beside this one"))
        thing.files = {language: thing.files[language] for language in LANGUAGES if language in thing.files}
        return MAIN in thing.files
