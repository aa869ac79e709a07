"""`manage.py collect_messages`: brings the translation catalogues up to date with the code, by Babel alone."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

TEMPLATES = {".html", ".txt", ".xml"}
FUNCTIONS = ("gettext", "ngettext", "pgettext", "npgettext")
KEYWORDS = DEFAULT_KEYWORDS | {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in FUNCTIONS}
# Nothing here changes from run to run: no dates, no names, no versions of tools.
HEADER = r"""# Brought up to date by `manage.py collect_messages`; write only the msgstr lines by hand.
msgid ""
msgstr ""
"Language: {language}\n"
"Plural-Forms: {plural_forms}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def catalogue_paths() -> dict[str, Path]:
    """Where the catalogue of each language but the source's own lies, by Django's locale name (zh_Hans)."""
    locales = [to_locale(code) for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return {locale: settings.LOCALE_PATHS[0] / locale / "LC_MESSAGES" / "django.po" for locale in locales}


def message_keys(catalogue: Catalog) -> set[tuple[str, ...]]:
    """What tells the messages of a catalogue apart: context, text, plural text."""
    return {(message.context or "", *_texts(message.id)) for message in catalogue if message.id}


def _texts(one_or_more: str | Sequence[str] | None) -> tuple[str, ...]:
    return (one_or_more or "",) if isinstance(one_or_more, str | None) else tuple(one_or_more)


def collect() -> Catalog:
    """Read every message that code and templates ask for."""
    found = Catalog()
    for path in sorted(_sources()):
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for line, text, comments, context in extract("python", _as_python(path), KEYWORDS, ["Translators"]):
            found.add(text, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def _sources() -> Iterator[Path]:
    """Our own apps' modules, and the templates."""
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if folder.parent == settings.BASE_DIR:
            yield from (path for path in folder.rglob("*.py") if "migrations" not in path.parts)
    yield from (path for path in (settings.BASE_DIR / "templates").rglob("*") if path.suffix in TEMPLATES)


def _as_python(path: Path) -> IO[bytes]:
    """Return a module as it is, a template as text whose only Python is the calls for its messages."""
    text = path.read_text("utf-8")
    if path.suffix in TEMPLATES:
        # Python would take a template's indentation for its own.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return BytesIO(text.encode())


def _read(path: Path, locale: str) -> Catalog:
    return read_po(BytesIO(path.read_bytes() if path.exists() else b""), locale=locale)


def _write(path: Path, catalogue: Catalog, locale: str) -> None:
    buffer = BytesIO()
    write_po(
        buffer, catalogue, width=110, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    header = HEADER.format(language=locale, plural_forms=catalogue.plural_forms)
    path.write_bytes(header.encode() + buffer.getvalue().rstrip() + b"\n")


class Command(BaseCommand):
    """Merges what code and templates ask for into each catalogue; a translation is kept, none is guessed."""

    help = "Updates locale/*/LC_MESSAGES/django.po; with --check only says whether that is needed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail if one is out of date")

    def handle(self, *, check: bool, verbosity: int, **options: Any) -> None:
        """Update, or compare."""
        found = collect()
        problems: dict[str, list[str]] = {}
        for locale, path in catalogue_paths().items():
            catalogue = _read(path, locale)
            if check:
                for key in sorted(message_keys(found) ^ message_keys(catalogue)):
                    state = "obsolete" if key in message_keys(catalogue) else "missing"
                    problems.setdefault(f"{state}: {' | '.join(filter(None, key))}", []).append(locale)
                continue
            catalogue.update(found, no_fuzzy_matching=True)
            _write(path, catalogue, locale)
            if verbosity:
                empty = sum(not all(_texts(message.string)) for message in catalogue)
                self.stdout.write(f"{locale}: {len(catalogue)} messages, {empty} without translation")
        if problems:
            lines = [f"  {problem} ({', '.join(locales)})" for problem, locales in problems.items()]
            raise CommandError("\n".join(["Run manage.py collect_messages, then translate:", *lines]))
