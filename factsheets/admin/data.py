"""Admin of the data: figures and their sources."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from factsheets.admin.asked import AskedAdmin
from factsheets.admin.exchange import ExchangePages, ReasonField
from factsheets.admin.filters import Answers, FigureWaits
from factsheets.admin.touched import touched_by, touched_text
from factsheets.checking import mark_checked
from factsheets.figure_views import figure_context
from factsheets.models import Figure, FigureText, Source
from factsheets.uses import texts_naming
from publishing.admin import TranslatedAdmin, text_inline


@admin.action(description=_("Mark as checked today"), permissions=["change"])
def check_today(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    """Write down that somebody looked at the sources today."""
    user: Any = request.user
    count = mark_checked(queryset, by=user, on=timezone.localdate())
    done = ngettext("%(count)d marked as checked today.", "%(count)d marked as checked today.", count)
    messages.success(request, done % {"count": count})


@admin.register(Source)
class SourceAdmin(AskedAdmin):
    """Sources of figures."""

    list_display = ("title", "author", "date", "checked", "figures", "answers")
    list_filter = (Answers, "checked", "author")
    search_fields = ("code", "title", "author", "quoted_from", "address")
    actions = (check_today,)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the figures."""
        return super().get_queryset(request).annotate(figure_count=Count("figures"))

    @admin.display(description=_("figures"), ordering="figure_count")
    def figures(self, source: Any) -> int:
        """Return how many figures were read there."""
        return int(source.figure_count)


class FigureForm(forms.ModelForm[Figure]):
    """A figure, and why it changes."""

    change_reason = ReasonField()

    def clean_code(self) -> str:
        """Keep the code that texts name it by."""
        code, before = str(self.cleaned_data["code"]), str(self.initial.get("code", ""))
        if self.instance.pk and code != before and texts_naming(before):
            raise forms.ValidationError(_("Texts name this figure by its code “%(code)s”."), params={"code": before})
        return code


@admin.register(Figure)
class FigureAdmin(TranslatedAdmin, ExchangePages):
    """Figures."""

    form = FigureForm
    change_form_template = "admin/factsheets/figure/change_form.html"
    list_display = ("code", "title", "written", "population", "year", "checked", "state")
    list_filter = (FigureWaits, "state", "indicator", "population", "unit", "published_at")
    search_fields = ("code", "texts__label", "source__title", "source__author")
    list_select_related = ("population",)
    autocomplete_fields = ("source", "superseded_by")
    inlines = (text_inline(FigureText, "language", "ready", "label", "comparison", "note"),)
    text_title = "label"
    actions = (check_today,)
    preview_template = "factsheets/figure.html"

    @admin.display(description=_("value"))
    def written(self, figure: Figure) -> str:
        """Write the value as readers see it."""
        return figure.display

    def preview_rows(self, rows: Any) -> Any:
        """Fetch what its page shows."""
        return rows.select_related("source").with_names()

    def preview_context(self, thing: Figure) -> dict[str, Any]:
        """Show its page, without its history."""
        return figure_context(thing)

    def get_fields(self, request: HttpRequest, obj: Figure | None = None) -> Any:  # type: ignore[override] # a figure
        """Ask for the reason last, and only of who changes what is there."""
        fields = [name for name in super().get_fields(request, obj) if name != "change_reason"]
        return [*fields, "change_reason"] if obj and self.has_change_permission(request, obj) else fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep the reason with the figure's history."""
        obj._change_reason = form.cleaned_data.get("change_reason") or None
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Keep the reason with the history of its texts."""
        for text in formset.forms:
            text.instance._change_reason = form.instance._change_reason
        super().save_formset(request, form, formset, change)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Tell what a change touches."""
        figure = context.get("original")
        if figure is not None:
            context["touched"] = touched_by(figure)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Let no figure go that a text names: name the texts that are in the way."""
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        for text in texts_naming(*(figure.code for figure in objs)):
            found = touched_text(text)
            said = format_html('<a href="{}">{}</a> ({})', found.url, found.title, found.language)
            protected.append(format_html("{}: {}", gettext("Text that names it"), said))
        return rows, counts, lacking, protected
