"""Pictures, factsheets with their sections, sources with their figures."""

import re
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from campaign.seeding.kinds import Kind
from campaign.seeding.reading import Broken, Head, Problem
from campaign.seeding.rows import Entry, Rows, get
from campaign.seeding.tree import MAIN, PUBLICATION, Thing
from factsheets.models import Case, Factsheet, Figure, FigureText, Section, SectionText, Source
from factsheets.translating import follow
from publishing.models import Picture
from publishing.pictures import make_renditions, reencode

SECTION = re.compile(r"## *(?P<heading>.*\S) *\{#(?P<kind>[a-z-]+)( picture=(?P<picture>[\w-]+))?\} *")

# A footnote's definition with its indented further lines: (label, the whole).
NOTE = re.compile(r"^(?=\[\^([\w-]+)\]:)(.*(?:\n+(?: {4}|\t).*)*\n?)", re.MULTILINE)
REFERENCE = re.compile(r"\[\^([\w-]+)\](?!:)")

FIGURE = (
    *("indicator", "population", "place", "excluding", "year"),
    *("value", "low", "high", "out_of", "unit", "qualifier", "checked"),
)
FIGURE_TEXT = ("label", "comparison", "note")


class Pictures(Kind):
    """A picture's file lies beside its text; it is stored under a name made from the picture's and what it holds."""

    def derive(self, row: Picture, thing: Thing, rows: Rows) -> None:
        """Store the file and its renditions, as far as they are not stored already."""
        name = store(row.file, thing, rows, "pictures/{}.webp", reencode)
        for made in make_renditions(row.file.storage, name):
            rows.undo.callback(row.file.storage.delete, made)
        if row.file and row.file.name != name:
            row.remove_files()
        thing.main.add("file", name, thing.main.lines["file"])


def store(
    file: Any, thing: Thing, rows: Rows, path: str, accept: Callable[[ContentFile[bytes]], ContentFile[bytes]]
) -> str:
    """Store the file that lies beside a thing's text, as `accept` lets it in, and return its name.

    What is stored already stays. Two things made of the same bytes have files of their own: one can be replaced
    without the other.
    """
    head, storage = thing.main, file.storage
    source = (rows.seeds.root / head.path).parent / Path(str(head.get("file"))).name
    if not source.is_file():
        raise Broken(head.problem("there is no such file beside this one", "file"))
    data = source.read_bytes()
    name = path.format(sha256(thing.slug.encode() + data).hexdigest()[:32])
    if not storage.exists(name):
        try:
            storage.save(name, accept(ContentFile(data)))
        except ValidationError as error:
            raise Broken(*(head.problem(message, "file") for message in error.messages)) from error
        rows.undo.callback(storage.delete, name)
    return name


def _save_following(text: Any, head: Head, fields: Iterable[str], entry: Entry, where: str) -> None:
    """Save a text; a translation that came with the files says what its source says there."""
    before = "" if text._state.adding else text.wording
    entry.save(text, head, fields, where)
    if text.language != MAIN and (text.wording != before or not text.translated_from):
        follow(text)


class Following(Kind):
    """Things whose translations know what they were made from."""

    def load_text(self, row: Any, language: str, head: Head, entry: Entry) -> Any:
        """Load one language's text, and return its row."""
        model = row.texts.model
        text = get(model, **{model.parent_field: row, "language": language})
        _save_following(text, head, self.text_fields, entry, "" if language == MAIN else language)
        return text


class Factsheets(Following):
    """A factsheet's text is cut at its headings, `## Heading {#kind}`; what precedes them is the overview."""

    def load_parts(self, row: Factsheet, thing: Thing, entry: Entry) -> None:
        """Load the texts, of which the main one says which sections there are."""
        count = len(_sections(thing.main)) - 1
        super().load_parts(row, thing, entry)
        if row.sections.filter(position__gt=count).delete()[0]:
            entry.changes.append("sections removed")

    def load_text(self, row: Factsheet, language: str, head: Head, entry: Entry) -> Any:
        """Load the overview and the sections."""
        overview, *sections = _sections(head)
        head.add("body", overview["body"], overview.line)
        text = super().load_text(row, language, head, entry)
        for position, section in enumerate(sections, start=1):
            with entry.rows.problems.collect():
                self._load_section(row, position, language, section, entry)
        return text

    def _load_section(self, sheet: Factsheet, position: int, language: str, head: Head, entry: Entry) -> None:
        section = get(Section, factsheet=sheet, position=position)
        where = f"section {position}" if language == MAIN else f"{language} section {position}"
        if language == MAIN:
            entry.save(section, head, ("kind", "picture"), where)
        elif section.kind != head["kind"]:
            told = f"section {position} is of another kind in the main file, {{#{section.kind or '–'}}}"
            raise Broken(head.problem(told, "kind"))
        text = get(SectionText, section=section, language=language)
        _save_following(text, head, ("heading", "body"), entry, f"{where} text")


def _sections(head: Head) -> list[Head]:
    """Cut a body at its headings of the second level; each footnote goes to where it is called."""
    start = head.lines["body"]
    parts = [Head(head.path, start)]
    parts[0].add("body", "", start)
    for number, line in enumerate(head["body"].split("\n"), start):
        if line.startswith("## "):
            found = SECTION.fullmatch(line)
            if not found:
                raise Broken(Problem(head.path, number, "end the heading with the section's kind, as {#policy}"))
            parts.append(Head(head.path, number))
            for key, value in found.groupdict().items():
                if value:
                    parts[-1].add(key, value, number)
            parts[-1].add("body", "", number)
        else:
            parts[-1]["body"] += line + "\n"
    notes = dict(found for part in parts for found in NOTE.findall(part["body"]))
    for part in parts:
        text = NOTE.sub("", part["body"]).strip()
        own = [notes[label].strip() for label in dict.fromkeys(REFERENCE.findall(text)) if label in notes]
        part["body"] = "\n\n".join([text, *own])
    return parts


class Sources(Kind):
    """A source's head lists the figures that were read there."""

    def row(self, thing: Thing, rows: Rows) -> Source:
        """Return the source of this code."""
        return get(Source, code=thing.slug)

    def load_parts(self, row: Source, thing: Thing, entry: Entry) -> None:
        """Load the figures."""
        figures = thing.main.get("figures", [])
        if not isinstance(figures, list) or not all(isinstance(figure, Head) for figure in figures):
            raise Broken(thing.main.problem("write a list of figures", "figures"))
        for figure in figures:
            with entry.rows.problems.collect():
                self._load_figure(row, figure, entry.rows)

    def _load_figure(self, source: Source, head: Head, rows: Rows) -> None:
        head.check_keys({"code", "approximate", *FIGURE, *FIGURE_TEXT, *PUBLICATION})
        if head.pop("approximate", False) and "qualifier" not in head:
            head.add("qualifier", "about", head.lines["approximate"])
        code = str(head.get("code", ""))
        if code in rows.entries[Figure]:
            raise Broken(head.problem(f"there is another figure “{code}”", "code"))
        head.add("source", source, head.line)
        if source.checked and "checked" not in head:
            head.add("checked", source.checked, head.line)
        row = get(Figure, code=code)
        entry = rows.entry(code, row)
        entry.save(row, head, (*FIGURE, *PUBLICATION, "source"))
        for language, text in _by_language(head).items():
            with rows.problems.collect():
                old = get(FigureText, figure=row, language=language)
                entry.save(old, text, FIGURE_TEXT, "" if language == MAIN else language)


def _by_language(head: Head) -> dict[str, Head]:
    """Turn a figure's label, comparison and note, each by language, into one text per language."""
    texts: dict[str, Head] = {}
    for key in FIGURE_TEXT:
        words = head.get(key, Head(head.path, head.line))
        if not isinstance(words, Head):
            raise Broken(head.problem("write one text per language, as “en: …”", key))
        for language, word in words.items():
            text = texts.setdefault(language, Head(head.path, head.lines[key]))
            text.add(key, word, words.lines[language])
    if MAIN not in texts:
        raise Broken(head.problem("say in English what it measures (label)"))
    return texts


PICTURES = Pictures(
    Picture, "pictures/<slug>.<language>.md", ("credit", "year", "file"), text_fields=("alt", "caption", "consent")
)
FACTSHEETS = Factsheets(Factsheet, "factsheets/<slug>/factsheet.<language>.md", ("population", "position", "reviewed"))
CASES = Following(
    Case,
    "cases/<slug>.<language>.md",
    ("factsheet", "place", "year", "source", "position"),
    text_fields=("title", "body"),
)
SOURCES = Sources(
    Source,
    "sources/<slug>.md",
    ("title", "author", "quoted_from", "date", "address", "archived", "licence", "note", "checked"),
    text_fields=(),
    keys=("figures",),
)
