"""`manage.py compare_texts OLD.md NEW.md`: the redline of two texts that stand outside the portal."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaign.redline.document import Document, Entry, match_numbered, numbered_changes, redline
from publishing.markdown import blocks

KINDS = ("kept", "edited", "moved", "split", "merged", "removed", "added")


class Command(BaseCommand):
    """Compares as the portal does: paragraphs keep their identity, and words show what was changed."""

    help = "Show what changed between two texts in Markdown, with the numbers that the portal gives to paragraphs."
    # It needs no database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take two files."""
        parser.add_argument("old", type=Path, metavar="OLD.md")
        parser.add_argument("new", type=Path, metavar="NEW.md")
        parser.add_argument(
            "--json", action="store_true", help="a list of what became of each numbered paragraph, without the words"
        )

    def handle(self, *args: Any, old: Path, new: Path, **options: Any) -> None:
        """Print the redline."""
        before, after = Document(blocks(_read(old))), Document(blocks(_read(new)))
        links = match_numbered(before, after)
        if options["json"]:
            self.stdout.write(_as_json(before, after, links))
            return
        entries = redline(before, after, links)
        counts = Counter(change.kind for change in numbered_changes(before, after, links))
        self.stdout.write("Paragraphs: " + ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]))
        for entry in entries:
            if entry.kind != "kept":
                self.stdout.write(f"\n{_headline(entry)}")
                if entry.kind != "moved-away":
                    self.stdout.write("\n".join(entry.text()))


def _as_json(before: Document, after: Document, links: Any) -> str:
    rows = [
        {"kind": change.kind, "old": [i + 1 for i in change.old], "new": [j + 1 for j in change.new]}
        for change in numbered_changes(before, after, links)
    ]
    return "[" + ",\n ".join(json.dumps(row) for row in rows) + "]"


def _headline(entry: Entry) -> str:
    """Say which paragraphs an entry is about: `¶ 20 (before: ¶ 19, ¶ 20) merged`."""
    old, new = _numbers(entry.old_numbers), _numbers(entry.new_numbers)
    if entry.kind == "moved-away":
        return f"{old or 'Heading'} moved{f' to {new}' if new else ''}"
    if not old and not new:
        return f"{(entry.new or entry.old)[0].block.kind.capitalize()} {entry.kind}"
    before = f" (before: {old})" if old and new and old != new else ""
    return f"{new or old}{before} {entry.kind}"


def _numbers(numbers: list[int]) -> str:
    return ", ".join(f"¶ {number}" for number in numbers)


def _read(path: Path) -> str:
    """Return the text of a file, without the head that seed files have."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not UTF-8.") from error
    if text.startswith("---\n") and "\n---\n" in text:
        return text.split("\n---\n", 1)[1]
    return text
