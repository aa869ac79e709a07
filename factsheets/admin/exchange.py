"""The pages on which staff take figures out as a spreadsheet, and bring them in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from factsheets.exchange import COLUMNS, MOST_ROWS, TOLD, Report, exported, import_table
from factsheets.models import Figure
from publishing.admin import PublishableAdmin
from publishing.csv_file import csv_file
from publishing.spreadsheet import Table, Unreadable, read_table
from publishing.xlsx_file import xlsx_file

WRITERS = {"csv": csv_file, "xlsx": xlsx_file}
NUMBERS = ("year", "value", "low", "high", "out_of", "position")
# So many rows of a report are shown; the rest is counted.
SHOWN = 200
# For how long what was shown can be confirmed.
ONE_DAY = 24 * 60 * 60


class ReasonField(forms.CharField):
    """Why a figure changes; as long as its history keeps it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Reason for the change"),
            help_text=gettext_lazy("Readers see it in the figure's history, so name nobody. At most 100 characters."),
            max_length=100,
            required=False,
            widget=forms.TextInput(attrs={"class": "vLargeTextField", "dir": "auto"}),
            **kwargs,
        )


class ImportForm(forms.Form):
    """The file, and why the figures change."""

    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}), max_length=200
    )
    reason = ReasonField()


class ExchangePages(PublishableAdmin):
    """Import and export. Nothing of a file is kept: what was shown comes back, sealed, with the confirmation."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages."""
        bring = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.import_view))
        take = self.admin_site.admin_view(require_safe(self.export_view))
        return [
            path("import/", bring, name="factsheets_figure_import"),
            path("export.<slug:form>", take, name="factsheets_figure_export"),
            *super().get_urls(),
        ]

    def may_exchange(self, request: HttpRequest) -> bool:
        """Whether somebody may do to all figures what a spreadsheet can."""
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Link the pages."""
        return super().changelist_view(
            request, {"may_exchange": self.may_exchange(request), "forms": list(WRITERS), **(extra_context or {})}
        )

    def export_view(self, request: HttpRequest, form: str) -> HttpResponse:
        """Give all figures as a spreadsheet that can be brought in again."""
        if not self.may_exchange(request):
            raise PermissionDenied
        if form not in WRITERS:
            raise Http404
        header, rows = exported(Figure.objects.order_by("code"))
        if form == "xlsx":
            numbers = [header.index(name) for name in NUMBERS]
            for row in rows:
                for at in numbers:
                    row[at] = _number(row[at])
        response = WRITERS[form](f"figures-{timezone.localdate().isoformat()}.{form}", header, rows)
        response["Cache-Control"] = "no-store"
        return response

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file and show what it would change; bring in what was shown."""
        if not self.may_exchange(request):
            raise PermissionDenied
        if "table" in request.POST:
            return self._confirm(request)
        form = ImportForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            try:
                table = read_table(form.cleaned_data["file"], most_rows=MOST_ROWS)
            except Unreadable as error:
                form.add_error("file", str(error))
            else:
                report = import_table(table, dry_run=True)
                return self._page(request, form, self._offer(request, table, report, form.cleaned_data["reason"]))
        return self._page(request, form, {"status": 400 if form.is_bound else 200})

    def _seal(self, request: HttpRequest) -> str:
        return f"figures.{request.user.pk}"

    def _offer(self, request: HttpRequest, table: Table, report: Report, reason: str) -> dict[str, Any]:
        """Return what the page shows of a report, and what comes back with the confirmation."""
        kept = {"header": table.header, "rows": table.rows, "reason": reason, "digest": report.digest}
        sealed = signing.dumps(kept, salt=self._seal(request), compress=True)
        return {
            "report": report,
            "reason": reason,
            "problems": report.problems[:SHOWN],
            "changes": report.changes[:SHOWN],
            "more_problems": max(len(report.problems) - SHOWN, 0),
            "more_changes": max(len(report.changes) - SHOWN, 0),
            "sealed": "" if report.problems or not report.changes else sealed,
            "status": 400 if report.problems else 200,
        }

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        """Bring in what was shown, unless it would change something else by now."""
        try:
            kept = signing.loads(request.POST["table"], salt=self._seal(request), max_age=ONE_DAY)
        except signing.BadSignature:
            messages.error(request, _("This can no longer be confirmed. Choose the file again."))
            return self._page(request, ImportForm(), {"status": 400})
        table = Table(kept["header"], [(number, cells) for number, cells in kept["rows"]])
        report = import_table(table, dry_run=False, reason=kept["reason"], expected=kept["digest"])
        if report.digest != kept["digest"]:
            messages.warning(request, _("Somebody changed figures meanwhile. Look again at what would change."))
            shown = self._offer(request, table, report, kept["reason"])
            return self._page(request, ImportForm(), shown | {"status": 409})
        for change in report.changes:
            log = self.log_addition if change.is_new else self.log_change
            log(request, change.figure, _("From a spreadsheet."))
        done = ngettext("%(count)d figure saved.", "%(count)d figures saved.", len(report.changes))
        messages.success(request, done % {"count": len(report.changes)})
        return HttpResponseRedirect(reverse("admin:factsheets_figure_changelist"))

    def _page(self, request: HttpRequest, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Import figures"),
            "form": form,
            "columns": [name for name in COLUMNS if name not in TOLD],
            "most": MOST_ROWS,
            "forms": list(WRITERS),
            **context,
        }
        return TemplateResponse(request, "admin/factsheets/figure/import.html", context, status=context["status"])


def _number(text: str) -> int | float | str:
    """Return a number that a spreadsheet can reckon with; text where there is none."""
    if not text:
        return ""
    return int(text) if text.isdigit() else float(text)
