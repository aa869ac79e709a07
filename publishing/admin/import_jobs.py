"""The pages of spreadsheets that a command works off: choose a file, see how far it is, say yes, or cancel."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from publishing.admin.exchange import ExchangeAdmin
from publishing.exchange import Report
from publishing.import_jobs import ImportJob, ImportState, NotAsShown, cancel, confirm
from publishing.sealing import seal_file
from publishing.spreadsheet import Unreadable, read_content, read_rows

# After so many seconds a browser looks again how far it is.
REFRESH = 2
# So many of the last files are listed.
LISTED = 10


class JobPages(ExchangeAdmin):
    """Import by jobs, and export."""

    job_kind: ClassVar[str]

    def get_urls(self) -> list[URLPattern]:
        """Add the page of one file."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.job_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_import_job"
        return [path("import/<int:number>/", view, name=name), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file, and have it checked."""
        if not self.may_exchange(request):
            raise PermissionDenied
        form = self.import_form(request.POST or None, request.FILES or None)
        if form.is_valid() and (job := self._take(request, form)):
            return HttpResponseRedirect(self.exchange_address("import_job", job.pk))
        jobs = ImportJob.objects.filter(kind=self.job_kind).select_related("by").defer("sealed", "report")
        shown = [(job, self.exchange_address("import_job", job.pk)) for job in jobs.order_by("-pk")[:LISTED]]
        return self.import_page(request, form, {"jobs": shown, "status": 400 if form.is_bound else 200})

    def _take(self, request: HttpRequest, form: forms.Form) -> ImportJob | None:
        """Keep a file that is a table; otherwise say beside its field what it is not."""
        try:
            content = read_content(form.cleaned_data["file"], self.largest)
            next(read_rows(content, most_rows=self.most_rows, largest=self.largest))
        except Unreadable as error:
            form.add_error("file", str(error))
            return None
        reason = form.cleaned_data["reason"]
        user: Any = request.user
        return ImportJob.objects.create(kind=self.job_kind, by=user, reason=reason, sealed=seal_file(content))

    def job_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show how far a file is, what it would change or what is wrong with it; say yes to it, or cancel it."""
        if not self.may_exchange(request):
            raise PermissionDenied
        rows = ImportJob.objects.filter(kind=self.job_kind).select_related("by").defer("sealed")
        job = rows.filter(pk=number).first() if number < 2**63 else None
        if job is None:
            raise Http404
        status = 200
        if request.method == "POST":
            try:
                self._decide(request, job)
            except NotAsShown:
                messages.error(request, _("This can no longer be confirmed. Look at where it stands now."))
                status = 409
            else:
                return HttpResponseRedirect(request.path)
        return self._job_page(request, job, status)

    def _decide(self, request: HttpRequest, job: ImportJob) -> None:
        if "cancel" in request.POST:
            cancel(job)
        else:
            confirm(job, request.POST.get("digest", ""))

    def _job_page(self, request: HttpRequest, job: ImportJob, status: int) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": self.import_title,
            "import_url": self.exchange_address("import"),
            "job": job,
            "report": Report.from_json(job.report) if job.report else None,
            "reason": job.reason,
            "can_confirm": job.state == ImportState.CHECKED and job.report["new"] + job.report["changed"],
        }
        response = TemplateResponse(request, "admin/import_job.html", context, status=status)
        response["Cache-Control"] = "no-store"
        if job.is_to_do:
            response["Refresh"] = str(REFRESH)
        return response
