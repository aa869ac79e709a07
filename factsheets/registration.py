"""What this app hands to the apps further right, at start-up."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comments import subjects
from comments.models import About
from factsheets import questions
from factsheets.models import Factsheet, FactsheetText, Section, SectionText
from publishing.models import PictureQuerySet
from publishing.search import Source
from publishing.search import register as register_search


def _overviews() -> QuerySet[FactsheetText]:
    return FactsheetText.objects.ready().filter(factsheet__in=Factsheet.objects.public())


def _sections() -> QuerySet[SectionText]:
    return SectionText.objects.ready().filter(section__in=Section.objects.public())


def register() -> None:
    """Say what questions about figures are about, what shows pictures and what can be searched."""
    subjects.providers[About.FIGURES] = questions.subject_of
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
    )
