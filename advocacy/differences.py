"""What a proposal changes, as people read it."""

from collections.abc import Container
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from advocacy.shapes import TEXTS, Shape, Values
from publishing.history import Difference, shown
from publishing.languages import language_name, place_name


def differences(shape: Shape, old: Values, new: Values, only: Container[str] | None = None) -> list[Difference]:
    """Return what differs between two states of a thing, texts last; `only` these names, if need be."""
    found = []
    for name in shape.changed(old, new):
        if only is not None and name not in only:
            continue
        if not name.startswith(f"{TEXTS}."):
            texts = (_shown(shape, name, state.get(name)) for state in (old, new))
            found.append(Difference(shape.label_of(name), *texts))
            continue
        language = name.split(".")[1]
        was, wanted = (state[TEXTS].get(language, {}) for state in (old, new))
        for field in shape.texts if name.count(".") == 1 else name.split(".")[2:]:
            if was.get(field, "") != wanted.get(field, ""):
                label = f"{shape.label_of(field)} ({dict(settings.LANGUAGES)[language]})"
                found.append(Difference(label, was.get(field, ""), wanted.get(field, "")))
    return found


def _shown(shape: Shape, name: str, value: Any) -> str:
    """Return a value as people read it."""
    for part in shape.parts:
        if part.name == name:
            return part.shown(value) if value else ""
    if value in (None, "", []):
        return ""
    if name == "country":
        return place_name(value)
    if name == "languages":
        return ", ".join(language_name(code) for code in value)
    if name == "own_name_language":
        return language_name(value)
    if name in shape.link:
        return gettext("a picture (%(name)s)") % {"name": value}
    field: Any = shape.model._meta.get_field(name)
    if name in shape.links:
        titles = {row.slug: row.text.title for row in field.related_model.objects.for_list() if row.text}
        return ", ".join(str(titles.get(slug, slug)) for slug in value)
    if name in shape.sets:
        labels = dict(field.base_field.flatchoices)
        return ", ".join(str(labels.get(each, each)) for each in value)
    return shown(field, value) if isinstance(field, models.Field) else str(value)
