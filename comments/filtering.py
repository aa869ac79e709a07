"""Which of a consultation's comments a reader asks for, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, UUIDField, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from comments.models import Answer, Comment, CommentQuerySet, NameKind, Point
from comments.passages import passage_select
from comments.subjects import Passage, Subject
from publishing.languages import language_name, validate_language_code
from publishing.search import MAX_QUERY, has_words

# The columns of each order. Within a paragraph, and on the whole text, comments stand by number.
ORDERS = {"": ("number",), "newest": ("-number",), "paragraph": ("position", "number")}


class FilterForm(forms.Form):
    """The filters, as they stand in the address."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=MAX_QUERY,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off"}),
    )
    # Whether there is such a paragraph, the view has found out before.
    paragraph = forms.CharField(label=_("Paragraph"), required=False, widget=forms.NumberInput(attrs={"min": 1}))
    language = forms.CharField(
        label=_("Language"), required=False, validators=[validate_language_code], widget=forms.Select
    )
    sender = forms.ChoiceField(
        label=_("From"),
        required=False,
        choices=[("", "–"), ("organisation", _("organisations")), ("person", _("persons"))],
    )
    answers = forms.ChoiceField(
        label=_("Answers"),
        required=False,
        choices=[("", "–"), ("yes", _("answered")), ("no", _("not yet answered"))],
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("oldest first")), ("newest", _("newest first")), ("paragraph", _("by paragraph"))],
    )

    def __init__(self, data: QueryDict, languages: Iterable[str] = (), subject: Subject | None = None) -> None:
        """Offer figures by what they say; paragraphs go by their numbers."""
        super().__init__(data)
        if subject and subject.choices:
            self.fields["paragraph"].label = _("Figure")
            self.fields["paragraph"].widget = passage_select(subject)
            order: Any = self.fields["order"]
            order.choices = [*order.choices[:-1], ("paragraph", _("by figure"))]
        named = sorted(((code, language_name(code)) for code in languages), key=lambda row: row[1])
        self.fields["language"].widget.choices = [("", "–"), *named]

    def add_prefix(self, field_name: str) -> str:
        """Call the sender `from`, which Python keeps for itself."""
        return "from" if field_name == "sender" else field_name


@dataclass(frozen=True)
class Asked:
    """What a reader asks for."""

    passage: Passage | None = None
    language: str = ""
    sender: str = ""
    answers: str = ""
    q: str = ""
    order: str = ""
    # Whether the words are looked for as a piece of text: no comment has them as words.
    as_piece: bool = False

    @property
    def narrows(self) -> bool:
        """Whether some comments are left out."""
        return bool(self.passage or self.language or self.sender or self.answers or self.q)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns by which its pages are ordered."""
        return ORDERS[self.order]

    def query(self, *, page: str | None = None) -> str:
        """Return the query string that asks for this, and for one page of it."""
        asked = {
            "paragraph": self.passage.number if self.passage else None,
            "language": self.language,
            "from": self.sender,
            "answers": self.answers,
            "q": self.q,
            "order": self.order,
            "page": page,
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"?{query}" if query else ""

    def of(self, comments: CommentQuerySet) -> CommentQuerySet:
        """Return those of the comments that are asked for."""
        if self.passage:
            comments = comments.filter(paragraph_key=self.passage.key)
        if self.language:
            comments = comments.filter(language=self.language)
        if self.sender:
            is_organisation = Q(name_kind=NameKind.ORGANISATION)
            comments = comments.filter(is_organisation if self.sender == "organisation" else ~is_organisation)
        if self.answers:
            public = Answer.objects.public()
            open_point = Exists(Point.objects.filter(comment=OuterRef("pk")).exclude(answer__in=public))
            comments = comments.filter(~open_point if self.answers == "yes" else open_point)
        if self.q and self.as_piece:
            return comments.filter(
                Q(body__icontains=self.q) | Q(name__icontains=self.q) | Q(organisation__icontains=self.q)
            )
        return comments.filter(has_words(self.q)) if self.q else comments


def asked_in(form: FilterForm, passage: Passage | None, comments: CommentQuerySet) -> Asked:
    """Return what a valid form asks of these comments; words that none has, as in Chinese, are a piece of text."""
    data: dict[str, Any] = form.cleaned_data | {"paragraph": None}
    del data["paragraph"]
    asked = Asked(passage, **data)
    if asked.q and not asked.of(comments).exists():
        return replace(asked, as_piece=True)
    return asked


def with_position(comments: CommentQuerySet, subject: Subject) -> CommentQuerySet:
    """Add the position of each comment's paragraph in the text; 0 where it is about the whole."""
    keys: list[UUID] = [passage.key for passage in subject.passages]
    array = Value(keys, ArrayField(UUIDField()))
    position = Func(array, F("paragraph_key_id"), function="array_position", output_field=IntegerField())
    return comments.annotate(position=Coalesce(position, 0))


def first_of_thread(comments: CommentQuerySet, asked: Asked) -> CommentQuerySet:
    """Return those that stand alone: a reply stands below its comment, unless that is gone or not asked for."""
    # Both are of one consultation, so that nothing is asked of it twice: this keeps long lists fast.
    parent = asked.of(Comment.objects.filter(Comment.out_q())).filter(pk=OuterRef("reply_to"))
    return comments.filter(Q(reply_to__isnull=True) | ~Exists(parent))
