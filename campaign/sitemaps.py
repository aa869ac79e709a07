"""The sitemap: every public page in every language, asked of the publication rule."""

from collections.abc import Callable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from advocacy.models import Event, Issue, News, Organisation, Practice
from campaign.models import Campaign, Deliverable, Page, Version
from comments.models import Consultation, Report
from factsheets.models import Factsheet, Figure


class PortalSitemap(Sitemap[Any]):
    """Pages with an address in each language, each naming the others."""

    i18n = True
    alternates = True
    x_default = True


class Lists(PortalSitemap):
    """The pages that list things."""

    def items(self) -> list[str]:
        """Return the names of their addresses."""
        return [
            *("home", "advisory-group", "deliverables", "consultations", "factsheets", "comparisons", "figures"),
            *("figures-dictionary", "network", "issues", "practices", "news-list", "events"),
        ]

    def location(self, item: str) -> str:
        """Return the address in the language that Django has made current."""
        return reverse(item)


class Public(PortalSitemap):
    """The public rows of one model."""

    def __init__(self, rows: Callable[[], QuerySet[Model]]) -> None:
        self.rows = rows

    def items(self) -> QuerySet[Model]:
        """Return the rows."""
        return self.rows().order_by("pk")


class Endorsed(Public):
    """The lists of those who signed a deliverable."""

    def location(self, item: Any) -> str:
        """Return the list's address."""
        return reverse("endorsements", args=[item.slug])


SITEMAPS: dict[str, Any] = {
    "lists": Lists,
    "campaign": Public(Campaign.objects.public),
    "deliverables": Public(Deliverable.objects.public),
    "endorsements": Endorsed(Deliverable.objects.public),
    "versions": Public(lambda: Version.objects.public().select_related("deliverable")),
    "pages": Public(Page.objects.public),
    "consultations": Public(Consultation.objects.public),
    "reports": Public(lambda: Report.objects.public().select_related("consultation")),
    "factsheets": Public(Factsheet.objects.public),
    "figures": Public(Figure.objects.public),
    "organisations": Public(Organisation.objects.public),
    "issues": Public(Issue.objects.public),
    "practices": Public(Practice.objects.public),
    "news": Public(News.objects.public),
    "events": Public(Event.objects.public),
}


@require_safe
def sitemap(request: HttpRequest, sitemaps: dict[str, Any]) -> HttpResponse:
    """Serve the sitemap."""
    return django_sitemap(request, sitemaps)
