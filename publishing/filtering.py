"""Filters that stand in an address: they combine, and beside each choice stands how many rows it would leave."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, ClassVar, Generic, Self, TypeVar
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.languages import direction
from publishing.numbers import whole
from publishing.search import MAX_QUERY
from publishing.widgets import LanguageSelect


@dataclass(frozen=True)
class Asked:
    """What a reader asks for, in the words of the address; subclasses add their filters, which are empty at first."""

    q: str = ""

    @property
    def narrows(self) -> bool:
        """Whether some rows are left out."""
        return self != type(self)()

    def query(self, *, page: int | None = None) -> str:
        """Return the query string that asks for this, and for one page of it."""
        query = urlencode({name: value for name, value in (asdict(self) | {"page": page}).items() if value})
        return f"?{query}" if query else ""

    def without(self, name: str) -> Self:
        """Return the same but for one filter."""
        return replace(self, **{name: getattr(type(self), name)})


A = TypeVar("A", bound=Asked)


@dataclass(frozen=True)
class Fact:
    """What filters ask of one public row: the values that it has, by the filter's name."""

    pk: int
    values: Mapping[str, Sequence[str]]

    def fits(self, asked: Any) -> bool:
        """Whether it is asked for, as far as its words don't matter."""
        return all(getattr(asked, name) in ("", *held) for name, held in self.values.items())


@dataclass(frozen=True)
class Choice:
    """A value of a filter, and what it is called, where in another language than the page's."""

    value: str
    label: str
    language: str = ""


def words_field() -> forms.CharField:
    """Return the filter by words."""
    attributes = {"type": "search", "dir": "auto", "autocomplete": "off"}
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=_("Words"), required=False, max_length=MAX_QUERY, widget=widget)


def choice_field(label: Any) -> forms.ChoiceField:
    """Return a filter whose choices come from the rows."""
    return forms.ChoiceField(label=label, required=False, widget=LanguageSelect)


class FilterForm(forms.Form):
    """The filters, as they stand in the address."""

    # What is said of a value that no row has.
    unknown: ClassVar[str | Promise]

    def __init__(self, data: QueryDict, choices: Mapping[str, list[Choice]]) -> None:
        super().__init__(data)
        self.named = {name: {choice.value: choice for choice in found} for name, found in choices.items()}
        for name, found in choices.items():
            field: Any = self.fields[name]
            field.choices = [("", "–"), *((choice.value, choice.label) for choice in found)]
            field.error_messages["invalid_choice"] = self.unknown
            field.widget.languages = {choice.value: choice.language for choice in found}

    def count(self, counts: Mapping[str, Counter[str]]) -> None:
        """Write beside each choice how many rows it leaves, and offer none that leaves nothing."""
        for name, left in counts.items():
            widget: Any = self.fields[name].widget
            chosen = self.cleaned_data[name]
            widget.choices = [
                (value, f"{label} ({left[value]})" if value else label)
                for value, label in widget.choices
                if not value or value == chosen or left[value]
            ]

    def label_of(self, name: str, value: Any) -> Choice:
        """Return what a chosen value is called."""
        return self.named[name][value] if name in self.named else Choice(value, str(value))


@dataclass(frozen=True)
class Chosen:
    """A filter that is set; `url` is the page without it."""

    label: str
    choice: Choice
    url: str

    @property
    def dir(self) -> str:
        """The direction of what the choice is called."""
        return direction(self.choice.language)


@dataclass(frozen=True)
class Found(Generic[A]):
    """The rows that an address asks for; where a filter is wrong, `asked` is nothing and the form says why."""

    form: FilterForm
    asked: A | None
    keys: list[int]
    # Of all rows that have the words, what filters ask of them.
    facts: list[Any] = field(default_factory=list)

    def chosen(self, address: str, fragment: str = "") -> list[Chosen]:
        """Return the filters that are set; `address` is the page's without any, `fragment` where on it the list is."""
        if self.asked is None:
            return []
        return [
            Chosen(
                str(self.form.fields[row.name].label),
                self.form.label_of(row.name, getattr(self.asked, row.name)),
                f"{address}{self.asked.without(row.name).query()}{fragment}",
            )
            for row in fields(self.asked)
            if getattr(self.asked, row.name)
        ]

    def page(
        self, request: HttpRequest, size: int, address: str, fragment: str = ""
    ) -> tuple[list[int], dict[str, Any]]:
        """Return the keys on the page that is asked for, and what its template reads. Raises Http404."""
        asked, number = self.asked or Asked(), whole(request.GET.get("page", "") or "1")
        if not number or (number - 1) * size >= max(len(self.keys), 1):
            raise Http404

        def at(page: int) -> str:
            return f"{address}{asked.query(page=page)}{fragment}"

        context = {
            "count": len(self.keys),
            "chosen": self.chosen(address, fragment),
            "query": asked.query(),
            "next_url": at(number + 1) if number * size < len(self.keys) else "",
            "previous_url": at(number - 1) if number > 1 else "",
        }
        return self.keys[(number - 1) * size : number * size], context


def narrow(form: FilterForm, asked: A, facts: Iterable[Fact], worded: Collection[int] | None = None) -> Found[A]:
    """Return the rows that fit, `worded` of which have the words; the form tells how many each choice would leave."""
    facts = [fact for fact in facts if worded is None or fact.pk in worded]
    # Without one filter at a time, the rows tell how many each of its choices would leave.
    form.count(
        {
            name: Counter(
                value for fact in facts if fact.fits(asked.without(name)) for value in set(fact.values[name])
            )
            for name in form.named
        }
    )
    return Found(form, asked, [fact.pk for fact in facts if fact.fits(asked)], facts)
