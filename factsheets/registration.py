"""What this app hands to the apps further right, at start-up."""

from django.db.models import Case, CharField, Func, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat, NullIf
from django.utils.translation import gettext_lazy as _

from comments import subjects
from comments.models import About
from factsheets import models, questions, writing
from factsheets.models import (
    CaseText,
    Factsheet,
    FactsheetText,
    Figure,
    FigureText,
    KeyPopulationText,
    Section,
    SectionText,
)
from publishing import recent
from publishing.models import PictureQuerySet
from publishing.references import References
from publishing.references import register as register_references
from publishing.search import Source
from publishing.search import register as register_search


def _overviews() -> QuerySet[FactsheetText]:
    return FactsheetText.objects.ready().filter(factsheet__in=Factsheet.objects.public())


def _sections() -> QuerySet[SectionText]:
    return SectionText.objects.ready().filter(section__in=Section.objects.public())


def _cases() -> QuerySet[CaseText]:
    return CaseText.objects.ready().filter(case__in=models.Case.objects.public())


def _figures() -> QuerySet[FigureText]:
    """Return the figures' texts; what they measure is not enough to tell one from another in a list."""
    named = KeyPopulationText.objects.ready().filter(
        population=OuterRef("figure__population"), language=OuterRef("language")
    )
    year = Cast("figure__year", CharField())
    rows = FigureText.objects.ready().filter(figure__in=Figure.objects.public())
    return rows.annotate(
        title=Concat("label", Case(When(figure__year=None, then=Value("")), default=Concat(Value(", "), year))),
        words=Func(
            Value(" · "),
            Subquery(named.values("title")[:1]),
            *(NullIf(name, Value("")) for name in ("comparison", "note", "figure__source__title")),
            function="concat_ws",
            output_field=TextField(),
        ),
    )


def register() -> None:
    """Say what questions are about, what shows pictures, what codes in texts stand for; what can be found."""
    subjects.providers[About.FIGURES] = questions.subject_of
    register_references(References(writing.problems, writing.remarks, writing.shown))
    PictureQuerySet.shown_by.append((Section, "picture"))
    register_search(
        Source("factsheet", _("Factsheet"), _overviews, "factsheet", {"slug": "factsheet__slug"}),
        Source(
            "section",
            _("Factsheet"),
            _sections,
            "factsheet",
            {"slug": "section__factsheet__slug", "anchor": "section__position"},
            title="heading",
            fragment="section-",
        ),
        Source(
            "case",
            _("Factsheet"),
            _cases,
            "factsheet",
            {"slug": "case__factsheet__slug", "anchor": "case__slug"},
            fragment="case-",
        ),
        Source("figure", _("Figure"), _figures, "figure", {"code": "figure__code"}, words="words"),
    )
    recent.register(recent.Source(50, _("Factsheets"), recent.published(Factsheet)))
