"""The page that shows how the network does, and its table to download."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from advocacy.checking import members
from advocacy.statistics import network_statistics, table
from publishing.admin.exchange import WRITERS
from publishing.admin.parts import AdminPart


class StatisticsPages(AdminPart):
    """Adds the page to the admin of organisations."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page and its files."""
        page = self.admin_site.admin_view(require_safe(self.statistics_view))
        files = self.admin_site.admin_view(require_safe(self.statistics_file))
        return [
            path("statistics/", page, name="advocacy_organisation_statistics"),
            path("statistics.<slug:form>", files, name="advocacy_organisation_statistics_file"),
            *super().get_urls(),
        ]

    def statistics_view(self, request: HttpRequest) -> HttpResponse:
        """Show charts with their tables."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        name = "admin:advocacy_organisation_statistics_file"
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Statistics of the network"),
            "members": members().count(),
            "charts": [chart for chart in network_statistics() if chart.rows],
            "files": [(form, reverse(name, args=[form])) for form in WRITERS],
        }
        return TemplateResponse(request, "admin/advocacy/organisation/statistics.html", context)

    def statistics_file(self, request: HttpRequest, form: str) -> HttpResponse:
        """Give the same as a spreadsheet."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if form not in WRITERS:
            raise Http404
        name = f"network-statistics-{timezone.localdate().isoformat()}.{form}"
        response = WRITERS[form](name, *table(network_statistics()))
        response["Cache-Control"] = "no-store"
        return response
