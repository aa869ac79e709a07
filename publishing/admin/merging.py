"""Puts what somebody else saved and what this editor typed into one form, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import QueryDict

from publishing.history import is_written, name_of, shown
from publishing.snapshots import Seen, key_of, linked
from publishing.wording import marked


@dataclass
class Clash:
    """One field that somebody else changed: what it was, what it is, and what this editor typed, if anything."""

    label: str
    old: str | None
    theirs: str
    yours: str | None

    @property
    def marked_theirs(self) -> str:
        """What they changed."""
        return self.theirs if self.old is None else marked(self.old, self.theirs)

    @property
    def marked_yours(self) -> str:
        """What this editor changed."""
        return (self.yours or "") if self.old is None else marked(self.old, self.yours or "")


@dataclass
class RowClash:
    """What somebody else did to one row: `added`, `changed` or `deleted`."""

    what: str
    how: str
    fields: list[Clash] = field(default_factory=list)


class Merge:
    """Looks at one model's forms; `data` is what was typed, and takes in what only somebody else changed."""

    def __init__(self, model: Any, column: str, pk: Any, seen: Seen, data: QueryDict) -> None:
        self.model, self.seen, self.data = model, seen, data
        self.rows = {str(row.pk): row for row in model._default_manager.filter(**{column: pk})}
        numbers = [n for key, n in seen.records.items() if key.startswith(f"{model._meta.model_name}:")]
        records = model.history.filter(**{column: pk}, history_id__in=numbers) if hasattr(model, "history") else []
        self.base = {
            str(getattr(record, model._meta.pk.attname)): record for record in records if record.history_type != "-"
        }

    def touched(self, form_class: Any, prefix: str | None, pk: str) -> set[str] | None:
        """Return the fields that differ from what the form was made from; None where that is not known."""
        record = self.base.get(pk)
        if record is None:
            return None
        values = {f.attname: getattr(record, f.attname) for f in self.model._meta.fields if is_written(f)}
        before = self.model(pk=self.model._meta.pk.to_python(pk), **values)
        initial = self.seen.links.get(key_of(self.model, pk), {})
        return set(form_class(self.data, prefix=prefix, instance=before, initial=initial).changed_data)

    def row(self, form_class: Any, prefix: str | None, pk: str, frozen: Any = ()) -> Iterator[RowClash]:
        """Compare one form with its row, and take over what this editor did not touch."""
        row, record, touched = self.rows[pk], self.base.get(pk), self.touched(form_class, prefix, pk)
        typed = form_class(self.data, prefix=prefix, instance=self.model._default_manager.get(pk=row.pk))
        typed.is_valid()
        clash = RowClash(name_of(self.model, row), "changed")
        for name in typed.fields:
            if name not in model_to_dict(row, [name]):
                continue
            column = self.model._meta.get_field(name)
            is_link = bool(column.many_to_many)
            if not (is_link or is_written(column)):
                continue
            old = self._old(name, pk) if is_link else getattr(record, column.attname, None)
            now = linked(row, name) if is_link else getattr(row, column.attname)
            known = touched is not None
            theirs = old != now if known else name in typed.changed_data
            # What was typed where nothing can be changed any more must not vanish with its field.
            stranded = (
                touched is not None and name in touched and name in frozen and typed[name].html_name in self.data
            )
            if not (theirs or stranded):
                continue
            mine = touched is None or name in touched
            yours = self._typed(typed, name, column) if mine else None
            if not mine:
                put(self.data, form_class(prefix=prefix, instance=row), name)
            before = self._words(column, old) if known else None
            clash.fields.append(Clash(str(typed.fields[name].label), before, self._words(column, now), yours))
        if clash.fields:
            yield clash

    def _old(self, name: str, pk: str) -> Any:
        return self.seen.links.get(key_of(self.model, pk), {}).get(name)

    def _words(self, column: Any, value: Any) -> str:
        if column.many_to_many:
            rows = column.related_model._default_manager.filter(pk__in=value or [])
            return ", ".join(map(str, rows))
        return shown(column, value)

    def _typed(self, form: Any, name: str, column: Any) -> str:
        """Return what was typed, as words where it is valid."""
        if name not in form.cleaned_data:
            return str(form[name].data or "")
        value = form.cleaned_data[name]
        if column.many_to_many:
            return ", ".join(map(str, value))
        return shown(column, getattr(value, "pk", value))

    def formset(self, formset_class: Any, prefix: str) -> Iterator[RowClash]:
        """Compare the forms of one inline, first making texts that somebody else deleted new again where need be."""
        yield from self._deleted(formset_class, prefix)
        sent = {self.data.get(f"{prefix}-{n}-id"): n for n in range(_number(self.data, f"{prefix}-TOTAL_FORMS"))}
        for pk, row in self.rows.items():
            if pk in sent:
                yield from self.row(formset_class.form, f"{prefix}-{sent[pk]}", pk, self._frozen(formset_class, row))
            elif pk not in self.base:
                now = [Clash(str(f.verbose_name), None, shown(f, getattr(row, f.attname)), None) for f in _told(row)]
                yield RowClash(name_of(self.model, row), "added", now)

    def _frozen(self, formset_class: Any, row: Any) -> set[str]:
        """Return the fields that the inline lets nobody change any more."""
        parent = getattr(row, formset_class.fk.name)
        return {
            name
            for form in formset_class(instance=parent).forms
            if form.instance.pk == row.pk
            for name, found in form.fields.items()
            if found.disabled
        }

    def _deleted(self, formset_class: Any, prefix: str) -> Iterator[RowClash]:
        """Put the forms in order again: rows that are there, then what is new; a deleted row is new if touched."""
        kept: list[dict[str, list[Any]]] = []
        new: list[dict[str, list[Any]]] = []
        for number in range(_number(self.data, f"{prefix}-TOTAL_FORMS")):
            start = f"{prefix}-{number}-"
            values = {name[len(start) :]: found for name, found in self.data.lists() if name.startswith(start)}
            pk = self.data.get(f"{start}id", "")
            if not pk or pk in self.rows:
                (kept if pk else new).append(values)
                continue
            touched = self.touched(formset_class.form, f"{prefix}-{number}", pk)
            record = self.base.get(pk)
            yield RowClash(name_of(self.model, record) if record else str(self.model._meta.verbose_name), "deleted")
            if touched is None or touched:
                new.append({**values, "id": [""]})
        for name in [name for name in self.data if name.startswith(f"{prefix}-") and not name.endswith("_FORMS")]:
            if "__prefix__" not in name:
                del self.data[name]
        for number, values in enumerate([*kept, *new]):
            for name, found in values.items():
                self.data.setlist(f"{prefix}-{number}-{name}", found)
        self.data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))
        self.data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))


def _number(data: QueryDict, name: str) -> int:
    value = data.get(name, "")
    return min(int(value), 1000) if value.isdecimal() and len(value) < 9 else 0


def _told(row: Any) -> list[Any]:
    """Return the columns that a new row is shown by."""
    return [f for f in row._meta.fields if is_written(f) and not f.is_relation and getattr(row, f.attname) != ""]


def put(data: QueryDict, form: forms.BaseForm, name: str) -> None:
    """Write into `data` what a browser would send of a field that shows its initial value."""
    bound = form[name]
    widget: Any = getattr(bound.field.widget, "widget", bound.field.widget)
    value = bound.field.prepare_value(bound.initial)
    if isinstance(widget, forms.MultiWidget):
        whole: Any = widget
        for ending, part, piece in zip(whole.widgets_names, whole.widgets, whole.decompress(value), strict=True):
            data[f"{bound.html_name}{ending}"] = part.format_value(piece) or ""
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(bound.html_name, None)
        if value:
            data[bound.html_name] = "on"
    elif isinstance(widget, forms.Select):
        data.setlist(bound.html_name, [str(choice) for choice in widget.format_value(value)])
    elif not isinstance(widget, forms.FileInput):
        data[bound.html_name] = widget.format_value(value) or ""


def refusing(form_class: Any, message: str) -> Any:
    """Return a form that keeps all that was typed and saves nothing."""

    def clean(self: Any) -> Any:
        form_class.clean(self)
        raise ValidationError(message)

    return type(form_class.__name__, (form_class,), {"clean": clean})
