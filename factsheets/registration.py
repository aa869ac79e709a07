"""What this app hands to publishing, at start-up."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from factsheets import writing
from factsheets.models import Case, CaseText, Factsheet, FactsheetText, Section, SectionText
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
    return CaseText.objects.ready().filter(case__in=Case.objects.public())


def register() -> None:
    """Say what shows pictures, what codes in texts stand for, and what can be searched."""
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
    )
