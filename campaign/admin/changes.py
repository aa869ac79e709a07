"""What became of each paragraph of a version, before it is published: seen, corrected and explained by editors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from campaign.comparison import Reading, ShownEntry, show_entry
from campaign.models import Change, ChangeEnd, Version
from campaign.paragraphs import base_of, correct, links_of
from campaign.redline.document import Entry, redline
from campaign.redline.matching import Link
from comments.models import Comment

NUMBERS = re.compile(r"\d+")


class NumbersField(forms.CharField):
    """Numbers, separated by commas or spaces."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12})

    def __init__(self, *, last: int | None = None, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, **kwargs)
        self.last = last

    def clean(self, value: Any) -> list[int]:
        """Return the numbers, in order."""
        text = super().clean(value)
        if re.search(r"[^\d\s,،、;¶]", text):
            raise ValidationError(_("Write numbers, separated by commas."))
        numbers = sorted({int(number) for number in NUMBERS.findall(text)})
        if self.last is not None and numbers and (numbers[-1] > self.last or numbers[0] < 1):
            raise ValidationError(_("The version before has paragraphs 1 to %(last)d.") % {"last": self.last})
        return numbers


@dataclass(frozen=True)
class Row:
    """What became of some paragraphs, with the fields that correct and explain it."""

    shown: ShownEntry
    sources: list[BoundField]
    reason: BoundField | None
    language: BoundField | None
    comments: BoundField | None


class ChangesForm(forms.Form):
    """For each new paragraph the numbers that it comes from; for each change its reason and who asked for it.

    What a published version's paragraphs come from is settled; reasons can still be written.
    """

    def __init__(self, version: Version, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.is_settled = Version.objects.public().filter(pk=version.pk).exists()
        base, text = base_of(version), version.texts.order_by("pk").first()
        self.entries: list[Entry] = []
        if base is None or text is None:
            return
        self.old, self.new = Reading(base.version, base), Reading(version, text)
        self.consultation = base.version.consultation
        self.links = links_of(version)
        self.entries = redline(self.old.document, self.new.document, self.links)
        self.changes = self._changes()
        for entry in self.entries:
            self._add_fields(entry)

    def _changes(self) -> dict[tuple[str, Any], Change]:
        """Return the stored changes by their ends."""
        rows = (
            ChangeEnd.objects.filter(version=self.version)
            .select_related("change")
            .prefetch_related("change__comments")
        )
        return {(end.side, end.key_id): end.change for end in rows}

    def change_of(self, entry: Entry) -> Change | None:
        """Return what is stored of an entry; nothing of headings and notes."""
        ends = [(ChangeEnd.Side.OLD.value, self.old.keys[n - 1]) for n in entry.old_numbers]
        ends += [(ChangeEnd.Side.NEW.value, self.new.keys[n - 1]) for n in entry.new_numbers]
        return next((self.changes[end] for end in ends if end in self.changes), None)

    @staticmethod
    def _name(entry: Entry) -> str:
        return f"p{entry.new_numbers[0]}" if entry.new_numbers else f"was{entry.old_numbers[0]}"

    def _add_fields(self, entry: Entry) -> None:
        if entry.kind == "moved-away" or not (entry.old_numbers or entry.new_numbers):
            return
        for part in entry.here:
            self.fields[f"from-{part.number}"] = NumbersField(
                label=_("¶ %(number)d comes from ¶") % {"number": part.number or 0},
                initial=", ".join(map(str, entry.old_numbers)),
                disabled=self.is_settled,
                last=len(self.old.keys),
            )
        change, name = self.change_of(entry), self._name(entry)
        if change is None or entry.kind == Change.Kind.KEPT or f"reason-{name}" in self.fields:
            return
        self.fields[f"reason-{name}"] = forms.CharField(
            label=_("Why"),
            required=False,
            initial=change.reason,
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        )
        self.fields[f"language-{name}"] = forms.ChoiceField(
            label=_("Language of the reason"), choices=settings.LANGUAGES, initial=change.language
        )
        if self.consultation:
            numbers = [comment.number for comment in change.comments.all() if comment.number]
            self.fields[f"comments-{name}"] = NumbersField(
                label=_("Asked for by comments"), initial=", ".join(map(str, sorted(numbers)))
            )

    def rows(self) -> Iterator[Row]:
        """Yield every entry with its fields."""
        for entry in self.entries:
            numbered = bool(entry.old_numbers or entry.new_numbers) and entry.kind != "moved-away"
            name = self._name(entry) if numbered else ""
            yield Row(
                show_entry(entry, self.old.version, self.new.version),
                [self[f"from-{part.number}"] for part in entry.here if part.number] if numbered else [],
                self._field(f"reason-{name}"),
                self._field(f"language-{name}"),
                self._field(f"comments-{name}"),
            )

    def _field(self, name: str) -> BoundField | None:
        return self[name] if name in self.fields else None

    def clean(self) -> dict[str, Any]:
        """Refuse what is split and merged at once, and comments that there are not."""
        data = self.cleaned_data
        known = set()
        if self.entries and self.consultation:
            published = Comment.objects.filter(consultation=self.consultation, number__isnull=False)
            known = set(published.values_list("number", flat=True))
        for name, numbers in list(data.items()):
            missing = [n for n in numbers if n not in known] if name.startswith("comments-") else []
            if missing:
                self.add_error(name, _("There is no comment %(number)d.") % {"number": missing[0]})
        sources = {int(name.removeprefix("from-")): value for name, value in data.items() if name.startswith("from-")}
        heirs: dict[int, list[int]] = {}
        for new, olds in sources.items():
            for old in olds:
                heirs.setdefault(old, []).append(new)
        for new, olds in sources.items():
            shared = next((old for old in olds if len(olds) > 1 and len(heirs[old]) > 1), None)
            if shared is not None:
                told = _("¶ %(number)d of the version before is named elsewhere too; what is merged cannot be split.")
                self.add_error(f"from-{new}", told % {"number": shared})
        return data

    @transaction.atomic
    def save(self) -> None:
        """Store corrections first, then the reasons."""
        data = self.cleaned_data
        if not self.is_settled:
            links = self._corrected()
            if set(links) != set(self.links):
                correct(self.version, links)
        explained = [entry for entry in self.entries if f"reason-{self._name_or_none(entry)}" in self.fields]
        changes = self._changes_now()
        for entry in explained:
            name = self._name(entry)
            change = changes.get(name)
            if change:
                change.reason, change.language = data[f"reason-{name}"], data[f"language-{name}"]
                change.save(update_fields=["reason", "language"])
                if self.consultation:
                    wanted = Comment.objects.filter(
                        consultation=self.consultation, number__in=data[f"comments-{name}"]
                    )
                    change.comments.set(wanted)

    def _name_or_none(self, entry: Entry) -> str:
        return self._name(entry) if entry.old_numbers or entry.new_numbers else ""

    def _changes_now(self) -> dict[str, Change]:
        """Return the changes as they are stored now, by the names of the fields."""
        form = ChangesForm(self.version)
        found = {}
        for entry in form.entries:
            change = form.change_of(entry)
            for name in [f"p{n}" for n in entry.new_numbers] or [f"was{n}" for n in entry.old_numbers]:
                if change:
                    found[name] = change
        return found

    def _corrected(self) -> list[Link]:
        """Return the links that the numbers describe."""
        sources = {
            int(name.removeprefix("from-")): tuple(number - 1 for number in value)
            for name, value in self.cleaned_data.items()
            if name.startswith("from-")
        }
        links: dict[tuple[int, ...], list[int]] = {}
        added = [Link((), (new - 1,)) for new, olds in sources.items() if not olds]
        for new, olds in sorted(sources.items()):
            if olds:
                links.setdefault(olds, []).append(new - 1)
        named = {old for olds in links for old in olds}
        removed = [Link((old,), ()) for old in range(len(self.old.keys)) if old not in named]
        return [*(Link(olds, tuple(news)) for olds, news in links.items()), *added, *removed]
