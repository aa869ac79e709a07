"""The pages on which staff take figures out as a spreadsheet, and bring them in."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from factsheets.exchange import MOST_ROWS, FigureResource, import_table
from publishing.admin.exchange import ExchangeAdmin, ImportForm
from publishing.admin.exchange import ReasonField as AnyReasonField
from publishing.exchange import Report
from publishing.spreadsheet import LARGEST, Table, Unreadable, read_table

# For how long what was shown can be confirmed.
ONE_DAY = 24 * 60 * 60


class ReasonField(AnyReasonField):
    """Why a figure changes, which readers of its history see."""

    def __init__(self, **kwargs: Any) -> None:
        told = gettext_lazy("Readers see it in the figure's history, so name nobody. At most 100 characters.")
        super().__init__(help_text=told, **kwargs)


class FigureImportForm(ImportForm):
    """The file, and why the figures change."""

    reason = ReasonField()


class ExchangePages(ExchangeAdmin):
    """Import and export. Nothing of a file is kept: what was shown comes back, sealed, with the confirmation."""

    resource = FigureResource
    exchange_name = "figures"
    exchange_numbers = ("year", "value", "low", "high", "out_of", "position")
    most_rows = MOST_ROWS
    largest = LARGEST
    import_title = gettext_lazy("Import figures")
    import_help = gettext_lazy(
        "Each row is found by its code. Population, source and “superseded by” are written by their codes too, places "
        "as ZM or 202, days as 2024-03-11. New figures become drafts; figures that are public stay so and change at "
        "once."
    )
    import_form = FigureImportForm

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file and show what it would change; bring in what was shown."""
        if not self.may_exchange(request):
            raise PermissionDenied
        if "table" in request.POST:
            return self._confirm(request)
        form = self.import_form(request.POST or None, request.FILES or None)
        if form.is_valid():
            try:
                table = read_table(form.cleaned_data["file"], most_rows=MOST_ROWS)
            except Unreadable as error:
                form.add_error("file", str(error))
            else:
                report = import_table(table, dry_run=True)
                offer = self._offer(request, table, report, form.cleaned_data["reason"])
                return self.import_page(request, form, offer)
        return self.import_page(request, form, {"status": 400 if form.is_bound else 200})

    def _seal(self, request: HttpRequest) -> str:
        return f"figures.{request.user.pk}"

    def _offer(self, request: HttpRequest, table: Table, report: Report, reason: str) -> dict[str, Any]:
        """Return what the page shows of a report, and what comes back with the confirmation."""
        kept = {"header": table.header, "rows": table.rows, "reason": reason, "digest": report.digest}
        sealed = signing.dumps(kept, salt=self._seal(request), compress=True)
        return {
            "report": report,
            "reason": reason,
            "sealed": "" if report.problems or not report.changes else sealed,
            "status": 400 if report.problems else 200,
        }

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        """Bring in what was shown, unless it would change something else by now."""
        try:
            kept = signing.loads(request.POST["table"], salt=self._seal(request), max_age=ONE_DAY)
        except signing.BadSignature:
            messages.error(request, _("This can no longer be confirmed. Choose the file again."))
            return self.import_page(request, FigureImportForm(), {"status": 400})
        table = Table(kept["header"], [(number, cells) for number, cells in kept["rows"]])
        report = import_table(table, dry_run=False, reason=kept["reason"], expected=kept["digest"])
        if report.digest != kept["digest"]:
            messages.warning(request, _("Somebody changed figures meanwhile. Look again at what would change."))
            shown = self._offer(request, table, report, kept["reason"])
            return self.import_page(request, FigureImportForm(), shown | {"status": 409})
        count = report.new + report.changed
        done = ngettext("%(count)d figure saved.", "%(count)d figures saved.", count)
        messages.success(request, done % {"count": count})
        return HttpResponseRedirect(self.exchange_address("changelist"))
