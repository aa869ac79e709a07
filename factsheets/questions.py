"""Questions about figures, through the comment desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from comments.excerpts import first_words_of
from comments.models import About, Answer, Comment, CommentQuerySet, Consultation, Point
from comments.subjects import Passage, Subject
from factsheets.models import Figure
from factsheets.shown import show_figure
from publishing.languages import direction, reader_language

# A figure's page shows so many questions, the newest first, and so many characters of each.
SHOWN = 10
EXCERPT = 200


@dataclass(frozen=True)
class Question:
    """A public question: its first words, and whether all of it is answered."""

    url: str
    words: SafeString
    date: datetime
    is_answered: bool


def subject_of(consultation: Consultation) -> Subject:
    """Return the public figures, and those that were withdrawn since somebody asked about them.

    Superseded figures are among them, so that what was asked about them still says what it is about.
    """
    figures = list(Figure.objects.shown().with_names().order_by("indicator", "position", "code"))
    asked = Comment.objects.public().filter(consultation=consultation, paragraph_key__isnull=False)
    gone = (
        Figure.objects.filter(key__in=asked.values("paragraph_key"))
        .exclude(pk__in=Figure.objects.public())
        .order_by("pk")
    )
    passages = [
        *(_passage(figure, consultation) for figure in figures),
        *(_gone(figure, consultation) for figure in gone.only("pk", "key")),
    ]
    language = reader_language()
    return Subject(gettext("The figures"), reverse("figures"), language, direction(language), passages)


def _passage(figure: Figure, consultation: Consultation) -> Passage:
    shown, newer = show_figure(figure, named=True), figure.superseded_by
    where = ", ".join([shown.place, str(shown.year or gettext("undated"))])
    who = shown.who
    people = format_html('<span lang="{}" dir="{}">{}</span> · ', who.language, who.dir, who.title) if who else ""
    html = format_html(
        '<p><strong>{}</strong> <span lang="{}" dir="{}">{}</span></p><p>{}{}</p><p class="meta"><span>{}</span></p>',
        *(shown.value, shown.language, shown.dir, shown.text),
        *(people, where),
        shown.source.title,
    )
    return Passage(
        figure.pk,
        figure.key_id,
        consultation.passage_label(figure.pk),
        html,
        figure.get_absolute_url(),
        fate=gettext("there is a newer figure") if newer else "",
        fate_url=newer.get_absolute_url() if newer else "",
        words=_words(figure),
        language=figure.text.language,
    )


def _words(figure: Figure) -> str:
    """Return a figure in one line, all of it in the language of its text."""
    with override(figure.text.language):
        shown = show_figure(figure, named=True)
        who = shown.who.title if shown.who and shown.who.language == shown.language else ""
        return " · ".join(
            filter(None, [shown.value, shown.text, who, shown.place, str(shown.year or gettext("undated"))])
        )


def _gone(figure: Figure, consultation: Consultation) -> Passage:
    label, told = consultation.passage_label(figure.pk), gettext("(figure withdrawn)")
    html = format_html("<p>{}</p>", told)
    return Passage(figure.pk, figure.key_id, label, html, "", words=f"{label} {told}", is_gone=True)


def question_url(figure: Figure) -> str:
    """Return the address of the form that takes a question about a public figure, or nothing while none is taken."""
    rounds = Consultation.objects.public().open().filter(about=About.FIGURES)
    slug = rounds.order_by("opens_at", "pk").values_list("slug", flat=True).first()
    return f"{reverse('comment-new', args=[slug])}?paragraph={figure.pk}" if slug else ""


def questions_about(figure: Figure) -> CommentQuerySet:
    """Return the public questions about a figure, the newest first, of all rounds; replies stand with them."""
    waits = Point.objects.filter(comment=OuterRef("pk")).exclude(answer__in=Answer.objects.public())
    rows = Comment.objects.public().filter(paragraph_key=figure.key_id, reply_to=None)
    return rows.annotate(is_answered=~Exists(waits)).order_by("-published_at", "-number")


def questions_context(figure: Figure) -> dict[str, Any]:
    """Return what `factsheets/questions.html` shows on a figure's page."""
    rows = questions_about(figure)
    first: Any = rows.select_related("consultation").annotate(excerpt=Left("body", EXCERPT + 1))
    return {
        "question_url": question_url(figure),
        "question_count": rows.count(),
        "questions": [
            Question(
                row.get_absolute_url(), first_words_of(row.excerpt, row, EXCERPT), row.received_at, row.is_answered
            )
            for row in first.defer("body", "search", "shingles")[:SHOWN]
        ],
    }
