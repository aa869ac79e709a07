"""What members propose of a thing, as JSON: fields by name, links by slug, texts by language.

Two states of a thing are compared, and the differences between them put onto a third: nobody's proposal takes back
what others changed meanwhile.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.models import Organisation, Practice
from advocacy.practice_files import read_files, shown_files, write_files
from publishing.history import is_written

Values = dict[str, Any]
TEXTS = "texts"


@dataclass(frozen=True)
class Part:
    """Something more that a shape holds, which is no column: how it is read, written, and shown to the desk.

    What is read can stand in JSON. Writing is part of the transaction that approves; it may raise ValidationError.
    """

    name: str
    label: Any
    read: Callable[[Any], Any]
    write: Callable[[Any, Any], None]
    shown: Callable[[Any], str] = str


@dataclass(frozen=True)
class Shape:
    """Which of a model's columns, links and texts members propose."""

    model: type[Any]
    fields: tuple[str, ...]
    texts: tuple[str, ...]
    # Columns that hold a list in no order.
    sets: tuple[str, ...] = ()
    # Foreign keys to one row, and links to many, all by their slugs.
    link: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def text_model(self) -> Any:
        """The model of its texts."""
        return self.model._meta.get_field("texts").related_model

    def read(self, thing: Any) -> Values:
        """Return a thing as it stands."""
        values: Values = {name: _plain(getattr(thing, name)) for name in self.fields}
        values |= {name: sorted(getattr(thing, name)) for name in self.sets}
        values |= {name: row.slug if (row := getattr(thing, name)) else "" for name in self.link}
        for name in self.links:
            values[name] = sorted(row.slug for row in getattr(thing, name).all()) if thing.pk else []
        values |= {part.name: part.read(thing) for part in self.parts}
        texts = thing.texts.order_by("language") if thing.pk else []
        values[TEXTS] = {text.language: {name: _plain(getattr(text, name)) for name in self.texts} for text in texts}
        return values

    def changed(self, before: Values, values: Values) -> list[str]:
        """Return the names of what differs; texts as `texts.en.title`."""
        found = [name for name in self._names(values) if before.get(name) != values[name]]
        for language in _languages(before, values):
            was, wanted = before[TEXTS].get(language), values[TEXTS].get(language)
            if was is None or wanted is None:
                found.append(f"{TEXTS}.{language}")
            else:
                found += [f"{TEXTS}.{language}.{name}" for name in self.texts if was.get(name) != wanted.get(name)]
        return found

    def applied(self, now: Values, before: Values, values: Values) -> Values:
        """Return `now` with what differs between `before` and `values`; lists without order, item by item."""
        result = deepcopy(now)
        for name in self._names(values):
            was, wanted = before.get(name), values[name]
            if was == wanted:
                continue
            if name in (*self.sets, *self.links):
                old, new = set(was or []), set(wanted)
                wanted = sorted((set(now[name]) - (old - new)) | (new - old))
            result[name] = wanted
        for language in _languages(before, values):
            was, wanted = before[TEXTS].get(language), values[TEXTS].get(language)
            if wanted is None:
                result[TEXTS].pop(language, None)
            elif language not in result[TEXTS]:
                result[TEXTS][language] = dict(wanted)
            else:
                own = {name: text for name, text in wanted.items() if text != (was or {}).get(name)}
                result[TEXTS][language] |= own
        return result

    def write(self, thing: Any, values: Values, *, by: Any, why: str = "") -> None:
        """Give a thing these values, by its model's own rules, in the name of a user. Raises ValidationError.

        Part of a transaction that is undone where this raises. Of what stays, nothing is written.
        """
        now = self.read(thing)
        for name in (*self.fields, *self.sets):
            if now[name] != values.get(name, now[name]):
                setattr(thing, name, values[name])
        for name in self.link:
            if now[name] != values.get(name, now[name]):
                setattr(thing, name, self._linked(name, [values[name]])[0] if values[name] else None)
        _save(thing, by, why)
        for name in self.links:
            if now[name] != values.get(name, now[name]):
                getattr(thing, name).set(self._linked(name, values[name]))
        self._write_texts(thing, now[TEXTS], values[TEXTS], by, why)
        for part in self.parts:
            if now[part.name] != values.get(part.name, now[part.name]):
                part.write(thing, values[part.name])

    def label_of(self, name: str) -> str:
        """Return how people call a column of a thing or of its texts."""
        for part in self.parts:
            if part.name == name:
                return capfirst(str(part.label))
        for model in (self.model, self.text_model):
            for field in (*model._meta.fields, *model._meta.many_to_many):
                if field.name == name:
                    return capfirst(str(field.verbose_name))
        return name

    def messages(self, error: ValidationError) -> list[str]:
        """Return what is wrong, each with the name of its column."""
        if not hasattr(error, "error_dict"):
            return list(error.messages)
        found = []
        for name, messages in error.message_dict.items():
            label = "" if name == NON_FIELD_ERRORS else f"{self.label_of(name)}: "
            found += [f"{label}{message}" for message in messages]
        return found

    def _write_texts(self, thing: Any, now: Values, wanted: Values, by: Any, why: str) -> None:
        if not wanted:
            raise ValidationError(gettext("It needs a text in at least one language."))
        rows = {text.language: text for text in thing.texts.all()}
        for language in now.keys() - wanted.keys():
            rows[language]._history_user, rows[language]._change_reason = by, why
            rows[language].delete()
        for language, fields in wanted.items():
            if fields == now.get(language):
                continue
            new = self.text_model(**{self.text_model.parent_field: thing}, language=language)
            text = rows.get(language, new)
            for name, value in fields.items():
                if value != now.get(language, {}).get(name):
                    setattr(text, name, value)
            _save(text, by, why)

    def _linked(self, name: str, slugs: list[str]) -> list[models.Model]:
        """Return the rows of these slugs. Raises ValidationError for what is there no more."""
        field = self.model._meta.get_field(name)
        rows = {row.slug: row for row in field.related_model.objects.filter(slug__in=slugs)}
        if missing := sorted(set(slugs) - rows.keys()):
            raise ValidationError({name: gettext("No longer there: %(names)s") % {"names": ", ".join(missing)}})
        return [rows[slug] for slug in slugs]

    def _names(self, values: Values) -> Iterator[str]:
        own = (*self.fields, *self.sets, *self.link, *self.links, *(part.name for part in self.parts))
        return (name for name in own if name in values)


def _plain(value: Any) -> Any:
    """Write line ends and outer spaces as forms do: where nothing was typed, nothing differs."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return list(value) if isinstance(value, list | tuple) else value


def _languages(before: Values, values: Values) -> list[str]:
    """Return the languages whose texts differ."""
    return sorted(
        language
        for language in before[TEXTS].keys() | values[TEXTS].keys()
        if before[TEXTS].get(language) != values[TEXTS].get(language)
    )


def _save(row: Any, by: Any, why: str) -> None:
    """Check a row and save it, so that its history names who did it."""
    derived = {field.name for field in row._meta.fields if not is_written(field)}
    row.full_clean(exclude=derived)
    row._history_user, row._change_reason = by, why
    row.save()


PROFILE = Shape(
    Organisation,
    fields=(
        *("own_name", "own_name_language", "listing", "country", "cities", "languages", "founded", "size", "site"),
        *("contact_person", "contact_email", "contact_phone", "contact_address"),
    ),
    sets=("services", "contact_shown"),
    link=("logo",),
    links=("populations", "issues"),
    texts=("title", "summary", "body", "pressing", "achievements", "hopes"),
)
PRACTICE = Shape(
    Practice,
    fields=("kind", "audience", "licence", "year"),
    links=("populations", "issues"),
    texts=("title", "summary", "setting", "body", "results", "evidence", "repeat"),
    parts=(Part("files", _("files"), read_files, write_files, shown_files),),
)


def shape_of(thing: Any) -> Shape:
    """Return what members propose of this thing."""
    return PRACTICE if isinstance(thing, Practice) else PROFILE
