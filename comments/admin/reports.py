"""Admin of the reports: their figures are counted, and their texts drafted, on pages that ask first."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from comments import reporting
from comments.admin.consultations import subject_to_show
from comments.models import Report, ReportText
from comments.report_shown import show_report
from comments.report_text import PARTS, draft_texts
from comments.views import report_context
from publishing.admin import NothingToShow, PublishableAdmin, TranslatedAdmin, take_draft, text_inline

NOT_COUNTED = gettext_lazy("Count the figures first: a report is published with them.")


class ReportForm(forms.ModelForm[Report]):
    """Lets nothing be published that was not counted."""

    def clean(self) -> dict[str, Any]:
        """Say beside the state what is missing."""
        cleaned = super().clean() or {}
        if cleaned.get("state") in Report.public_states and not self.instance.counted_at:
            self.add_error("state", NOT_COUNTED)
        return cleaned


class DraftForm(forms.Form):
    """Asks which texts to draft, and once more for each that somebody wrote."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    overwrite = forms.MultipleChoiceField(
        label=_("Write anew what stands there"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Elsewhere only empty parts are filled. The history keeps what is replaced."),
    )

    def __init__(self, report: Report, data: Any = None) -> None:
        texts = list(report.texts.all())
        super().__init__(data, initial={"languages": [text.language for text in texts] or ["en"]})
        written = {text.language for text in texts if any(getattr(text, part) for part in PARTS)}
        choices = [(code, name) for code, name in settings.LANGUAGES if code in written]
        cast(forms.MultipleChoiceField, self.fields["overwrite"]).choices = choices
        if not choices:
            del self.fields["overwrite"]

    def clean(self) -> dict[str, Any]:
        """Refuse to write anew what is not to be drafted at all."""
        cleaned = super().clean() or {}
        if set(cleaned.get("overwrite", [])) - set(cleaned.get("languages", [])):
            self.add_error("overwrite", _("Tick the language above too."))
        return cleaned


@admin.register(Report)
class ReportAdmin(TranslatedAdmin, PublishableAdmin):
    """Reports, each with its figures as readers see them."""

    form = ReportForm
    list_display = ("consultation", "title", "state", "published_at", "counted_at")
    search_fields = ("consultation__slug", "texts__title")
    list_select_related = ("consultation",)
    autocomplete_fields = ("consultation",)
    inlines = (text_inline(ReportText, *("language", "ready", "title", "summary", *PARTS)),)
    fields = ("consultation", "counted_at", "shown_figures")
    preview_template = "comments/report.html"
    change_form_template = "admin/report_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Report | None = None) -> Any:
        """Keep a report with its consultation."""
        return ("counted_at", "shown_figures", *(["consultation"] if obj else []))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show figures only where there can be some."""
        names = super().get_fields(request, obj)
        return names if obj else [name for name in names if name not in ("counted_at", "shown_figures")]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the consultation, which names the report."""
        return super().get_queryset(request).select_related("consultation")

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that count and that draft."""
        pages = {"count": self.count_view, "draft": self.draft_view}
        allowed = require_http_methods(["GET", "HEAD", "POST"])
        return [*(self.page(name, allowed(view)) for name, view in pages.items()), *super().get_urls()]

    @admin.display(description=_("figures"))
    def shown_figures(self, report: Report) -> str:
        """Return the figures as tables."""
        return render_to_string("admin/report_figures.html", {"shown": show_report(report)})

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        """Let those know who asked to hear of it, when it becomes published."""
        before = Report.objects.filter(pk=obj.pk).values_list("state", flat=True).first()
        super().save_model(request, obj, form, change)
        if obj.state in Report.public_states and before not in Report.public_states:
            reporting.announce(obj)

    def restore_refusal(self, thing: Report, model: Any, record: Any) -> str:
        """Let publication be decided on the form alone: who asked to hear of it is told by it."""
        if model is Report and record.state in Report.public_states and thing.state not in Report.public_states:
            return gettext("Publish it on the form.")
        return ""

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """Keep published reports: their addresses are cited. Withdraw one first."""
        if obj is not None and obj.state in Report.public_states:
            return False
        return super().has_delete_permission(request, obj)

    def count_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask whether to count again, and count."""
        report = self._to_change(request, object_id)
        if request.method == "POST":
            try:
                subject_to_show(report.consultation)
            except NothingToShow as nothing:
                messages.warning(request, str(nothing.advice))
                return HttpResponseRedirect(self.address("change", report))
            reporting.recount(report, by=cast(User, request.user))
            self.log_change(request, report, gettext("The figures were counted."))
            messages.success(request, _("The figures were counted."))
            return HttpResponseRedirect(self.address("change", report))
        context = self._context(request, report, gettext("Count again"))
        return TemplateResponse(request, "admin/report_count.html", context)

    def draft_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask in which languages to draft the texts, and draft them."""
        report = self._to_change(request, object_id)
        form = DraftForm(report, request.POST if request.method == "POST" else None)
        if not report.counted_at:
            messages.warning(request, str(_("Count the figures first: the text is drafted from them.")))
            return HttpResponseRedirect(self.address("change", report))
        if form.is_valid():
            written = draft_texts(
                report,
                languages=form.cleaned_data["languages"],
                overwrite=form.cleaned_data.get("overwrite", []),
                by=cast(User, request.user),
            )
            told = ", ".join(str(text.get_language_display()) for text in written) or "–"
            self.log_change(request, report, gettext("Drafted: %(languages)s") % {"languages": told})
            messages.success(request, _("Drafted: %(languages)s") % {"languages": told})
            return HttpResponseRedirect(self.address("change", report))
        context = self._context(request, report, gettext("Draft the text from the answers")) | {"form": form}
        return TemplateResponse(request, "admin/report_draft.html", context, status=400 if form.is_bound else 200)

    def _to_change(self, request: HttpRequest, object_id: str) -> Report:
        report: Report | None = self.get_object(request, unquote(object_id))
        if not self.has_change_permission(request, report):
            raise PermissionDenied
        if report is None:
            raise Http404
        return report

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Link the pages that count and that draft."""
        report = context.get("original")
        if report is not None and self.has_change_permission(request, report):
            context["count_url"] = self.address("count", report)
            context["draft_url"] = self.address("draft", report)
        return super().render_change_form(request, context, *args, **kwargs)

    def preview_rows(self, rows: Any) -> Any:
        """Fetch the consultation."""
        return rows.select_related("consultation")

    def preview_context(self, thing: Report) -> dict[str, Any]:
        """Show it as its page will be, where its consultation may be unpublished too. Raises NothingToShow."""
        take_draft(thing.consultation)
        return report_context(thing, thing.consultation, subject_to_show(thing.consultation))
