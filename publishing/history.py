"""Who changed what of staff's content, and the way back; nothing that readers send is ever recorded here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from simple_history.models import HistoricalRecords

from publishing.wording import marked

RESTORED = "restored"


class History(HistoricalRecords):  # type: ignore[misc] # simple_history has no types
    """Records what staff can write of a thing: never what is derived from it, nor files, which can be removed."""

    def fields_included(self, model: type[models.Model]) -> list[models.Field[Any, Any]]:
        """Leave out what nobody writes."""
        return [field for field in model._meta.fields if field.primary_key or is_written(field)]

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Let no role be given rights on what happened; the names are for migrations alone."""
        self.user_set_verbose_name, self.user_set_verbose_name_plural = "record", "records"
        return {**super().get_meta_options(model), "default_permissions": ()}

    def post_delete(self, instance: Any, using: str | None = None, **kwargs: Any) -> None:
        """Record that a text was deleted; with a whole thing all that it ever was goes too."""
        if hasattr(instance, "parent_field"):
            super().post_delete(instance, using=using, **kwargs)
            return
        type(instance).history.filter(pk_of(type(instance), instance.pk)).delete()
        for relation in instance._meta.related_objects:
            if hasattr(relation.related_model, "parent_field") and hasattr(relation.related_model, "history"):
                relation.related_model.history.filter(**{relation.field.attname: instance.pk}).delete()


def is_written(field: models.Field[Any, Any]) -> bool:
    """Whether staff can write a column."""
    return field.editable and not field.generated and not field.primary_key and not isinstance(field, models.FileField)


def pk_of(model: type[models.Model], pk: Any) -> models.Q:
    """Return the condition that a record is about the row with this key."""
    return models.Q(**{model._meta.pk.attname: pk})


@dataclass(frozen=True)
class Difference:
    """What became of one field; `marked` shows both texts in one, with `ins` and `del`."""

    label: str
    old: str
    new: str

    @property
    def marked(self) -> SafeString:
        """Both in one."""
        return marked(self.old, self.new)


def shown(field: models.Field[Any, Any], value: Any) -> str:
    """Return a value as staff read it."""
    if value is None or value == "":
        return ""
    if isinstance(field, models.ForeignKey):
        row = field.related_model._default_manager.filter(pk=value).first()
        return str(row or value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(field, models.DateTimeField):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def is_restored(model: type[models.Model], field: models.Field[Any, Any]) -> bool:
    """Whether a column goes back with its row: how much the public may know is decided anew each time."""
    return is_written(field) and field.name not in getattr(model, "never_restored", ())


def differences(model: type[models.Model], old: Any, new: Any, *, restoring: bool = False) -> list[Difference]:
    """Compare two states of a row: each a record, the row itself, or None; or what restoring would change."""
    found = []
    for field in model._meta.fields:
        if not is_written(field) or field.name == getattr(model, "parent_field", ""):
            continue
        if restoring and not is_restored(model, field):
            continue
        before, after = (getattr(state, field.attname) if state else None for state in (old, new))
        if before != after and (before or after or (old and new)):
            difference = Difference(capfirst(str(field.verbose_name)), shown(field, before), shown(field, after))
            if difference.old != difference.new:
                found.append(difference)
    return found


@dataclass(frozen=True)
class Event:
    """One thing that happened: who did what to which row, and when."""

    record: Any
    what: str
    differences: list[Difference]

    @property
    def action(self) -> str:
        """What was done."""
        if self.record.history_change_reason == RESTORED:
            return gettext("restored")
        names = {
            "+": pgettext("what was done", "added"),
            "~": pgettext("what was done", "changed"),
            "-": pgettext("what was done", "deleted"),
        }
        return names[self.record.history_type]

    @property
    def reason(self) -> str:
        """Why, where staff said so."""
        said = self.record.history_change_reason
        return "" if said in (None, RESTORED) else str(said)


def name_of(model: Any, record: Any) -> str:
    """Return what a record is about: the thing itself, or its text in a language."""
    name = capfirst(str(model._meta.verbose_name))
    return f"{name} ({record.get_language_display()})" if hasattr(model, "parent_field") else name


def events(rows: Any, model: Any) -> Iterator[Event]:
    """Yield what happened to rows of a model, by their records; saving without a change is no event."""
    last: dict[Any, Any] = {}
    for record in rows.select_related("history_user").order_by("history_id"):
        key = getattr(record, model._meta.pk.attname)
        before = None if record.history_type == "+" else last.get(key)
        after = None if record.history_type == "-" else record
        found = differences(model, before, after) if after else []
        if found or record.history_type != "~":
            yield Event(record, name_of(model, record), found)
        last[key] = record


@transaction.atomic
def restore(model: Any, record: Any) -> None:
    """Bring a row back to what a record says, or bring the row back.

    Raises ValidationError where a rule of the model, or of the database, is against it.
    """
    pk = getattr(record, model._meta.pk.attname)
    row = model._default_manager.filter(pk=pk).first() or model(pk=pk)
    for field in model._meta.fields:
        if is_restored(model, field):
            setattr(row, field.attname, getattr(record, field.attname))
    derived = {field.name for field in model._meta.fields if not is_written(field)}
    row.full_clean(exclude=derived - {model._meta.pk.name} if row._state.adding else derived)
    row._change_reason = RESTORED
    try:
        with transaction.atomic():
            row.save()
    except DatabaseError as error:
        raise ValidationError(gettext("The database refuses this: the text may be frozen since.")) from error
