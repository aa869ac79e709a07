"""The pages on which staff take things out as a spreadsheet, and bring them in."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from publishing.admin.publishable import PublishableAdmin
from publishing.csv_file import csv_file
from publishing.exchange import SheetResource, exported
from publishing.xlsx_file import xlsx_file

WRITERS = {"csv": csv_file, "xlsx": xlsx_file}


class ReasonField(forms.CharField):
    """Why a thing changes; as long as its history keeps it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": gettext_lazy("Reason for the change"),
                "max_length": 100,
                "required": False,
                "widget": forms.TextInput(attrs={"class": "vLargeTextField", "dir": "auto"}),
                **kwargs,
            }
        )


class ImportForm(forms.Form):
    """The file, and why things change."""

    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}), max_length=200
    )
    reason = ReasonField()


class ExchangeAdmin(PublishableAdmin):
    """Things that come and go as spreadsheets. Where a subclass says how a file is read, that is asked first."""

    change_list_template = "admin/exchange_list.html"
    resource: ClassVar[type[SheetResource]]
    # What an exported file is called, and which of its columns a spreadsheet can reckon with.
    exchange_name: ClassVar[str]
    exchange_numbers: ClassVar[tuple[str, ...]] = ()
    most_rows: ClassVar[int]
    largest: ClassVar[int]
    import_title: ClassVar[Any]
    import_help: ClassVar[Any]
    import_form: ClassVar[type[forms.Form]] = ImportForm

    def exchange_address(self, page: str, *args: Any) -> str:
        """Return the address of one of these pages."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def get_urls(self) -> list[URLPattern]:
        """Add the pages."""
        bring = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.import_view))
        take = self.admin_site.admin_view(require_safe(self.export_view))
        start = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("import/", bring, name=f"{start}_import"),
            path("export.<slug:form>", take, name=f"{start}_export"),
            *super().get_urls(),
        ]

    def may_exchange(self, request: HttpRequest) -> bool:
        """Whether somebody may do to all things what a spreadsheet can."""
        return self.has_add_permission(request) and self.has_change_permission(request)

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The kinds of file to export, with their addresses."""
        return [(form, self.exchange_address("export", form)) for form in WRITERS]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Link the pages."""
        links = {"import_url": self.exchange_address("import"), "exports": self.exports}
        return super().changelist_view(
            request, {**(links if self.may_exchange(request) else {}), **(extra_context or {})}
        )

    def export_view(self, request: HttpRequest, form: str) -> HttpResponse:
        """Give everything as a spreadsheet that can be brought in again."""
        if not self.may_exchange(request):
            raise PermissionDenied
        if form not in WRITERS:
            raise Http404
        resource = self.resource()
        header, rows = exported(resource, self.exported_rows(resource))
        if form == "xlsx":
            numbers = {header.index(name) for name in self.exchange_numbers}
            rows = ([_number(cell) if at in numbers else cell for at, cell in enumerate(row)] for row in rows)
        response = WRITERS[form](f"{self.exchange_name}-{timezone.localdate().isoformat()}.{form}", header, rows)
        response["Cache-Control"] = "no-store"
        return response

    def exported_rows(self, resource: SheetResource) -> Any:
        """Return what goes out, in its order; nothing is locked for it."""
        rows = resource.get_queryset().order_by(resource.key)
        rows.query.select_for_update = False
        return rows

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file."""
        raise NotImplementedError

    def import_page(self, request: HttpRequest, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
        """Return the page on which a file is chosen, and below which stands what it would change."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": self.import_title,
            "form": form,
            "columns": [name for name in self.resource.columns if name not in self.resource.told],
            "most": self.most_rows,
            "largest": self.largest // (1024 * 1024),
            "help": self.import_help,
            "exports": self.exports,
            **context,
        }
        return TemplateResponse(request, "admin/import.html", context, status=context.get("status", 200))


def _number(text: Any) -> int | float | str:
    """Return a number that a spreadsheet can reckon with; text where there is none."""
    if not text:
        return ""
    return int(text) if text.isdigit() else float(text)
