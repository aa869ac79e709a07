"""Pictures, factsheets with their sections, sources with their figures."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from campaign.seeding.kinds import Kind
from campaign.seeding.reading import Broken, Head, Problems
from campaign.seeding.rows import Entry, Rows, get
from campaign.seeding.tree import MAIN, PUBLICATION, Thing
from factsheets.models import Factsheet, Figure, FigureText, Section, Source
from publishing.models import Picture
from publishing.pictures import reencode


class Pictures(Kind):
    """A picture's file lies beside its text, and is stored under the digest of what it held."""

    def derive(self, row: Picture, thing: Thing, rows: Rows) -> None:
        """Store the picture's file, unless it is stored already."""
        head = thing.main
        source = (rows.seeds.root / head.path).with_name(Path(str(head.get("file"))).name)
        if not source.is_file():
            raise Broken(head.problem("there is no such file beside this one", "file"))
        data = source.read_bytes()
        storage = row.file.storage
        name = f"pictures/{sha256(data).hexdigest()[:32]}.webp"
        if not storage.exists(name):
            try:
                storage.save(name, reencode(ContentFile(data)))
            except ValidationError as error:
                raise Broken(*(head.problem(message, "file") for message in error.messages)) from error
            rows.undo.callback(storage.delete, name)
        head.add("file", name, head.lines["file"])


SECTION = re.compile(r"^##[ \t]+(?P<heading>.+?)(?:[ \t]*\{#(?P<kind>[\w-]+)\})?[ \t]*$")


class Factsheets(Kind):
    """A factsheet's text is cut at its headings `## Heading {#kind}`; what precedes the first is the overview."""

    def load_text(self, row: Factsheet, language: str, head: Head, entry: Entry) -> Any:
        """Load the overview, then the sections."""
        overview, *sections = _sections(head)
        head.add("body", overview["body"], overview.line)
        text = super().load_text(row, language, head, entry)
        for position, section in enumerate(sections, start=1):
            with entry.rows.problems.collect():
                where = f"section {position}" if language == MAIN else f"{language} section {position}"
                part = get(Section, text=text, position=position)
                entry.save(part, section, ("heading", "kind", "body", "picture"), where)
        ...
        return text
