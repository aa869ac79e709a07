"""The form of an answer: its points by number, and the paragraphs that it changed by number."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments import answering
from comments.models import Answer, AnswerState, Consultation, Disposition, Point
from comments.subjects import later_paragraphs

BETWEEN = re.compile(r"[\s,،、，;؛；¶]+")
LABEL = re.compile(r"(\d{1,9})(?:\.(\d{1,4}))?", re.ASCII)


def points_named(consultation: Consultation | int, labels: str) -> tuple[list[Point], list[str]]:
    """Return the points that labels such as `12, 14.2` name, and the labels that name none.

    A comment's number alone stands for all its points.
    """
    words = list(dict.fromkeys(filter(None, BETWEEN.split(labels))))
    asked = {word: (int(found[1]), int(found[2] or 0)) for word in words if (found := LABEL.fullmatch(word))}
    rows = Point.objects.counted().filter(
        comment__consultation=consultation, comment__number__in={number for number, _position in asked.values()}
    )
    there: dict[tuple[int, int], list[Point]] = {}
    for point in rows.select_related("comment").order_by("comment__number", "position"):
        number = point.comment.number or 0
        there.setdefault((number, 0), []).append(point)
        there.setdefault((number, point.position), []).append(point)
    unknown = [word for word in words if word not in asked or asked[word] not in there]
    points = {point.pk: point for word in asked for point in there.get(asked[word], [])}
    return list(points.values()), unknown


def labels_of(points: Iterable[Point]) -> str:
    """Return what names these points."""
    return ", ".join(point.label for point in points)


class AnswerForm(forms.ModelForm[Answer]):
    """Takes numbers where the row has keys, and takes no point from a colleague unseen."""

    points = forms.CharField(
        label=_("Points"),
        required=False,
        max_length=20_000,
        help_text=_("Numbers of comments or of their points, such as “12, 14.2, 20”; 12 alone is all of comment 12."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )
    move = forms.BooleanField(
        label=_("Take points out of other drafts"),
        required=False,
        help_text=_("Without this, a point that a colleague is answering stays there."),
    )
    changed_paragraphs = forms.CharField(
        label=_("Changed paragraphs"),
        required=False,
        max_length=1000,
        help_text=_("Their numbers in that version, such as “12, 14”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: list[Point] = []
        if "changed_version" not in self.fields:
            self.fields.pop("changed_paragraphs", None)
        answer = self.instance
        if answer.pk:
            own = answer.points.counted().select_related("comment").order_by("comment__number", "position")
            self.initial["points"] = labels_of(own)
        self.initial["changed_paragraphs"] = self._numbers(self.initial.get("changed_paragraphs") or [])

    def _numbers(self, keys: Any) -> str:
        """Return the numbers that paragraphs have in the version which the answer names."""
        wanted = {getattr(key, "pk", key) for key in keys} if not isinstance(keys, str) else set()
        answer = self.instance
        if not (wanted and answer.pk and answer.changed_version):
            return ""
        numbers = later_paragraphs(answer.consultation, answer.changed_version) or {}
        return ", ".join(str(number) for number, key in numbers.items() if {key, str(key)} & wanted)

    def clean(self) -> dict[str, Any]:
        """Find the points, and what changed."""
        cleaned = super().clean() or self.cleaned_data
        consultation = self.instance.consultation if self.instance.pk else cleaned.get("consultation")
        if consultation is not None:
            if "points" in cleaned:
                self._find_points(consultation, cleaned)
            self._find_change(consultation, cleaned)
        return cleaned

    def _find_points(self, consultation: Consultation, cleaned: dict[str, Any]) -> None:
        # Whoever saves at the same moment waits here, and is then told of what the first did.
        Consultation.objects.locked(consultation.pk)
        self.found, unknown = points_named(consultation, cleaned["points"])
        if unknown:
            told = gettext("There is no such point to answer in this consultation: %(labels)s.")
            self.add_error("points", told % {"labels": ", ".join(unknown)})
        elif self.instance.state == AnswerState.PUBLISHED and not self.found:
            self.add_error("points", gettext("A published answer answers at least one point. Withdraw it instead."))
        try:
            answering.refuse_taken(self.found, self.instance, move=bool(cleaned.get("move")))
        except answering.AnsweredElsewhere as elsewhere:
            self.add_error("points", [_taken(point) for point in elsewhere.published or elsewhere.points])

    def _find_change(self, consultation: Consultation, cleaned: dict[str, Any]) -> None:
        number, typed = cleaned.get("changed_version"), cleaned.get("changed_paragraphs") or ""
        cleaned["changed_paragraphs"] = []
        words = list(filter(None, BETWEEN.split(typed)))
        if number is None:
            if words and "changed_version" not in self.errors:
                self.add_error("changed_version", gettext("Say in which version these paragraphs changed."))
            return
        if cleaned.get("disposition") in (Disposition.NOT_ACCEPTED, Disposition.OUT_OF_SCOPE):
            self.add_error("changed_version", gettext("What was not taken up changed nothing."))
            return
        keys = later_paragraphs(consultation, number)
        if keys is None:
            told = gettext("There is no version %(number)d later than the one that was consulted on.")
            self.add_error("changed_version", told % {"number": number})
            return
        unknown = [word for word in words if not (word.isascii() and word.isdigit() and int(word[:9]) in keys)]
        if unknown:
            told = gettext("Version %(number)d has no such paragraph: %(labels)s.")
            self.add_error("changed_paragraphs", told % {"number": number, "labels": ", ".join(unknown)})
        cleaned["changed_paragraphs"] = [keys[int(word[:9])] for word in words if word not in unknown]


def _taken(point: Point) -> ValidationError:
    """Say which other answer has a point."""
    answer = point.answer
    if answer is None:
        raise LookupError
    names = {
        "label": point.label,
        "answer": f"{answer.get_disposition_display()} ({answer.pk}, {answer.get_state_display()})",
        "who": answer.answered_by.get_username(),
    }
    return ValidationError(_("%(label)s has an answer by %(who)s already: %(answer)s."), params=names)
