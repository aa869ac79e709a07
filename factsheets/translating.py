"""A factsheet's translation: its parts beside their source, how far it has come, and what changed since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from factsheets.models import Case, CaseText, Factsheet, FactsheetText, Section, SectionText

SOURCE = "en"

FollowingText = FactsheetText | SectionText | CaseText

# The texts of a factsheet, in the order of its page, each with the way to the factsheet.
TEXTS: list[tuple[Any, str]] = [
    (FactsheetText, "factsheet"),
    (SectionText, "section__factsheet"),
    (CaseText, "case__factsheet"),
]


class State(models.TextChoices):
    """How a part's translation stands to its source."""

    MISSING = "missing", _("not translated")
    UNCOMPARED = "uncompared", _("not compared with the source yet")
    BEHIND = "behind", _("source changed since")
    CURRENT = "current", _("up to date")


@dataclass(frozen=True)
class Part:
    """The source of one part, and its translation where there is one."""

    source: Any
    text: Any

    @property
    def thing(self) -> Factsheet | Section | Case:
        """What both are texts of."""
        thing: Factsheet | Section | Case = getattr(self.source, self.source.parent_field)
        return thing

    @property
    def name(self) -> str:
        """How its form is called."""
        return f"{self.source.parent_field}-{self.thing.pk}"

    @property
    def state(self) -> State:
        """How the translation stands."""
        if self.text is None:
            return State.MISSING
        if self.text.translated_from == self.source.wording:
            return State.CURRENT
        return State.BEHIND if self.text.translated_from else State.UNCOMPARED


def parts(sheet: Factsheet, language: str) -> list[Part]:
    """Return what there is to translate of a factsheet, in the order of its page."""
    found: list[Part] = []
    for model, way in TEXTS:
        both: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        parent = model.parent_field
        order = [parent] if model is FactsheetText else [f"{parent}__position", f"{parent}_id"]
        rows = model.objects.filter(**{way: sheet, "language__in": (SOURCE, language)}).defer("plain", "search")
        for text in rows.select_related(parent).order_by(*order):
            both[getattr(text, f"{parent}_id")][text.language] = text
        found += [Part(texts[SOURCE], texts.get(language)) for texts in both.values() if SOURCE in texts]
    return found


@dataclass(frozen=True)
class Progress:
    """How many parts there are, how many of them are translated, and how many of these are not up to date."""

    total: int
    done: int = 0
    behind: int = 0


def progress(sheets: Iterable[Factsheet]) -> dict[int, dict[str, Progress]]:
    """Return how far each factsheet's translations have come, by its key and by language; nothing of what has none."""
    totals: defaultdict[int, int] = defaultdict(int)
    found: defaultdict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    keys = [sheet.pk for sheet in sheets]
    for model, way in TEXTS:
        source = model.objects.filter(**{model.parent_field: OuterRef(model.parent_field), "language": SOURCE})
        rows = model.objects.filter(**{f"{way}__in": keys}).order_by()
        rows = rows.annotate(source=Subquery(source.annotate(w=model.wording_column()).values("w")))
        counted = rows.filter(source__isnull=False).values_list(way, "language")
        counted = counted.annotate(done=Count("pk"), current=Count("pk", filter=Q(translated_from=F("source"))))
        for key, language, done, up_to_date in counted:
            if language == SOURCE:
                totals[key] += done
            else:
                found[key, language][0] += done
                found[key, language][1] += done - up_to_date
    by_sheet: dict[int, dict[str, Progress]] = {key: {} for key in keys}
    for (key, language), (done, behind) in sorted(found.items()):
        by_sheet[key][language] = Progress(totals[key], done, behind)
    return by_sheet


@dataclass(frozen=True)
class Change:
    """What a translator wrote of one part: the row as it shall be, and whether it says what the source says now."""

    text: FollowingText
    source: FollowingText
    rewritten: bool
    same: bool


def lock_texts(sheet: Factsheet) -> None:
    """Let nobody else write a factsheet's texts until the transaction ends."""
    for rows in (Factsheet.objects.filter(pk=sheet.pk), sheet.sections.all(), sheet.cases.all()):
        list(rows.order_by("pk").select_for_update().values_list("pk"))


@transaction.atomic
def save_translation(changes: Iterable[Change], *, by: User) -> None:
    """Save what was translated; to say that a text agrees with its source is no change of the text."""
    for change in changes:
        text, now = change.text, change.source.wording
        if change.same:
            text.translated_from = now
        elif text.translated_from == now:
            text.translated_from = ""
        if change.rewritten:
            text._history_user = by  # type: ignore[union-attr] # read by simple_history
            text.save()
        else:
            type(text).objects.filter(pk=text.pk).update(translated_from=text.translated_from)


def follow(text: FollowingText) -> None:
    """Note that a translation was made from its source as it stands."""
    model: Any = type(text)
    source = model.objects.filter(**{f"{model.parent_field}_id": getattr(text, f"{model.parent_field}_id")})
    found = source.filter(language=SOURCE).first()
    if found:
        model.objects.filter(pk=text.pk).update(translated_from=found.wording)
