"""The form of one part of a translation: it knows what it overwrites."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Max
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factsheets.models import CaseText, Factsheet, FactsheetText, Section, SectionText
from factsheets.translating import SOURCE, Part, State
from publishing.admin.live import WrittenField
from publishing.admin.merging import Clash, put
from publishing.languages import direction
from publishing.wording import marked

# The last records of a part's source and of its translation, which tell later what a form was made from.
Records = dict[str, list[int]]
SEEN = re.compile(r"(\d{1,9})-(\d{1,9})-([01])")


def last_records(found: list[Part], language: str) -> Records:
    """Return the last records of each part, by its name."""
    records: Records = {part.name: [0, 0] for part in found}
    for model in {type(part.source) for part in found}:
        parent = model.parent_field
        keys = [part.thing.pk for part in found if isinstance(part.source, model)]
        rows = model.history.filter(**{f"{parent}_id__in": keys, "language__in": (SOURCE, language)}).order_by()
        for key, code, last in rows.values_list(f"{parent}_id", "language").annotate(Max("history_id")):
            records[f"{parent}-{key}"][code != SOURCE] = last
    return records


class LineField(forms.CharField):
    """Shown on several lines, and kept on one."""

    def to_python(self, value: Any) -> Any:
        """Join the lines."""
        return " ".join(str(super().to_python(value) or "").split())


@dataclass(frozen=True)
class Beside:
    """A field of the translation, with the source that stands beside it."""

    field: forms.BoundField
    source: SafeString | str


class PartForm(forms.ModelForm[Any]):
    """One part: its fields, whether readers may see it, and whether it says what the source says now."""

    same = forms.BooleanField(label=_("Says the same as the source now"), required=False)

    def __init__(self, data: QueryDict | None, *, part: Part, language: str, records: Records) -> None:
        text = part.text or type(part.source)(**{part.source.parent_field: part.thing}, language=language, ready=False)
        self.part, self.records = part, records[part.name]
        self.clashes: list[Clash] = []
        # What the source was when the form was opened, where that was something else.
        self.source_before: str | None = None
        super().__init__(
            data,
            prefix=part.name,
            instance=text,
            initial={"same": part.state in (State.MISSING, State.CURRENT)},
            empty_permitted=True,
            use_required_attribute=False,
        )
        self._dress(language)
        if data is not None:
            self._look_for_others(data)

    def _dress(self, language: str) -> None:
        for name, field in self.fields.items():
            if name not in self.part.source.translated_fields:
                continue
            field.widget.attrs |= {"lang": language, "dir": direction(language)}
            if name == "body":
                # As long as the source where the browser cannot let it grow.
                field.widget.attrs["rows"] = min(30, 4 + len(self.part.source.body) // 60)

    def _look_for_others(self, data: QueryDict) -> None:
        """Compare what was typed with what the form was made from, and that with what there is now.

        Into `data` goes what only somebody else changed. What somebody deleted is new where this translator wrote.
        """
        found = SEEN.fullmatch(data.get(self.seen_name, ""))
        source, own, ticked = map(int, found.groups()) if found else (0, 0, 0)
        names = [name for name in self.fields if name != "same"]
        before, typed = self._as_of(own, names), {name: self._typed(name, data) for name in names}
        for name in names if own != self.records[1] else ():
            old, theirs = before[name], getattr(self.instance, name)
            if theirs == old or typed[name] == theirs:
                continue
            if typed[name] == old and not (self.part.text is None and typed != before):
                put(data, self, name)
            else:
                label = str(self.fields[name].label)
                self.clashes.append(Clash(label, *map(_words, (old, theirs, typed[name]))))
        agreed = f"{self.prefix}-same" in data
        if agreed == bool(ticked):
            # Nobody touched the mark: it stands as the part does now.
            put(data, self, "same")
            agreed = False
        if source != self.records[0] and (agreed or typed != before):
            record = type(self.instance).history.filter(history_id=source, language=SOURCE).first()
            was = "\n".join(getattr(record, name) for name in self.instance.translated_fields) if record else ""
            if was != self.part.source.wording:
                self.source_before = was

    def _as_of(self, record: int, names: list[str]) -> dict[str, Any]:
        """Return the fields as the form was made with them."""
        parent = f"{self.instance.parent_field}_id"
        same = {"history_id": record, parent: getattr(self.instance, parent), "language": self.instance.language}
        found = type(self.instance).history.filter(**same).exclude(history_type="-").first() if record else None
        return {name: getattr(found, name) if found else False if name == "ready" else "" for name in names}

    def _typed(self, name: str, data: QueryDict) -> Any:
        field: Any = self.fields[name]
        return field.to_python(field.widget.value_from_datadict(data, {}, f"{self.prefix}-{name}"))

    def has_changed(self) -> bool:
        """Whether there is more than the mark that stands in every part nobody has translated."""
        return bool(set(self.changed_data) - ({"same"} if self.part.text is None else set()))

    @property
    def is_rewritten(self) -> bool:
        """Whether the text itself was changed."""
        return bool(set(self.changed_data) - {"same"})

    @property
    def is_same(self) -> bool:
        """Whether it says what the source says now."""
        return bool(self.cleaned_data["same"])

    @property
    def has_conflict(self) -> bool:
        """Whether somebody else changed what this translator relied on."""
        return bool(self.clashes) or self.source_before is not None

    @property
    def seen_name(self) -> str:
        """The name of the field that tells what the form was made from."""
        return f"{self.prefix}-seen"

    @property
    def seen(self) -> str:
        """What the form is made from."""
        source, own = self.records
        return f"{source}-{own}-{int(self.initial['same'])}"

    @property
    def kind(self) -> str:
        """What the part is on the factsheet's page."""
        thing = self.part.thing
        if isinstance(thing, Section):
            return thing.get_kind_display()
        return gettext("Title, summary and overview") if isinstance(thing, Factsheet) else gettext("Case")

    @property
    def title(self) -> str:
        """How the part is called."""
        source = self.part.source
        return str(getattr(source, source.translated_fields[0]))

    def rows(self) -> list[Beside]:
        """Return the fields that are translated, each beside its source, in which changes are marked."""
        source = self.part.source
        before = self.part.text.translated_from if self.part.state == State.BEHIND else ""
        was = source.fields_of(before if self.source_before is None else self.source_before)
        found = []
        for name in source.translated_fields:
            now = getattr(source, name)
            found.append(Beside(self[name], marked(was[name], now, whole=True) if any(was.values()) else now))
        return found


def _words(value: Any) -> str:
    return {True: gettext("yes"), False: gettext("no")}[value] if isinstance(value, bool) else str(value)


def _form_of(model: Any) -> Any:
    """Return the form of one kind of text."""
    names = model.translated_fields
    return forms.modelform_factory(
        model,
        form=PartForm,
        fields=(*names, "ready"),
        widgets={"summary": forms.Textarea(attrs={"rows": 3})} if "summary" in names else {},
        field_classes={"body": WrittenField} | ({"summary": LineField} if "summary" in names else {}),
    )


FORMS = {model: _form_of(model) for model in (FactsheetText, SectionText, CaseText)}
