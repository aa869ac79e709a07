"""Markdown in the admin: shown as its page will be while it is written, and what the page leaves out is told."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing import references
from publishing.admin.conflicts import ConflictPages
from publishing.cleaning import removed
from publishing.languages import direction, reader_language
from publishing.markdown import Block, blocks
from publishing.models import LONGEST, Rendered

UNNUMBERED = ("heading", "notes")
LISTS = {"bullet": "ul", "step": "ol"}


class WrittenField(forms.CharField):
    """Keeps lines as the database has them: browsers end them otherwise, and a form left alone changes nothing."""

    def to_python(self, value: Any) -> Any:
        """End lines in one way."""
        return super().to_python(_lines(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether more differs than the ends of lines, and space around the whole."""
        return super().has_changed(_lines(initial).strip(), _lines(data).strip())


def _lines(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n")


def preview_attributes(db_field: models.Field[Any, Any], model: type[models.Model]) -> dict[str, str]:
    """Return what tells the script that a field holds Markdown, and who renders it: the admin of `model`."""
    if db_field.name != "body" or not issubclass(db_field.model, Rendered):
        return {}
    return {
        "data-preview": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_markdown"),
        "data-preview-title": _("Preview"),
        "data-preview-failed": _("There is no preview now: the portal does not answer, or you are signed out."),
    }


def shown_blocks(source: str, *, numbered: bool, referring_in: str = "") -> list[dict[str, Any]]:
    """Return the blocks of a text as the reading page shows them.

    `referring_in` is the language in which to write what its references stand for; without it they stand for nothing.
    """
    cut = blocks(source, references=bool(referring_in))
    htmls = [block.html for block in cut]
    if referring_in:
        htmls = references.shown(htmls, referring_in)
    found: list[dict[str, Any]] = []
    number = 0
    for block, shown in zip(cut, htmls, strict=True):
        number += block.kind not in UNNUMBERED
        html = mark_safe(shown)  # noqa: S308 - the last step of rendering is cleaning
        has_number = numbered and block.kind not in UNNUMBERED
        found.append({"number": number if has_number else None, "html": html, "list": _list(block)})
    return found


def _list(block: Block) -> str:
    return LISTS.get(block.kind, "")


class LivePages(ConflictPages):
    """Forms with Markdown in them."""

    # Whether readers cite the paragraphs by number.
    paragraph_numbers = False

    def get_urls(self) -> list[URLPattern]:
        """Add what renders while one writes."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_markdown"
        route: URLPattern = path("markdown/", self.admin_site.admin_view(require_POST(self.markdown_view)), name=name)
        return [route, *super().get_urls()]

    def markdown_view(self, request: HttpRequest) -> HttpResponse:
        """Return a text as its page will show it, and what of it the page will not show; nothing is stored."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        source = request.POST.get("body", "")
        language = request.POST.get("language", "")
        context: dict[str, Any] = {"language": language if language in dict(settings.LANGUAGES) else ""}
        context["dir"] = direction(context["language"]) if context["language"] else "auto"
        if len(source) > LONGEST:
            context["longest"] = LONGEST
        else:
            refers = any(getattr(model, "references", False) for model, _column in self.form_models())
            referring_in = (context["language"] or reader_language()) if refers else ""
            context["blocks"] = shown_blocks(source, numbered=self.paragraph_numbers, referring_in=referring_in)
            context["removed"] = removed(source)
        return TemplateResponse(request, "admin/markdown.html", context, status=413 if "longest" in context else 200)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let Markdown be previewed."""
        if isinstance(db_field, models.TextField):
            kwargs["form_class"] = WrittenField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs |= preview_attributes(db_field, self.model)
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and tell what the page leaves out."""
        super().save_model(request, obj, form, change)
        self.tell(request, form)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the texts, and tell what their pages leave out."""
        super().save_formset(request, form, formset, change)
        for text in formset.forms:
            if text not in formset.deleted_forms:
                self.tell(request, text)

    def tell(self, request: HttpRequest, form: Any, name: str = "") -> None:
        """Tell what of the text that a form saved its page does not show, or not as it was meant."""
        text = form.instance
        if "body" not in form.changed_data or not isinstance(text, Rendered):
            return
        name = name or getattr(text, "get_language_display", lambda: str(text))()
        gone = removed(text.body)
        if gone:
            message = _("%(text)s: pages do not show this, so it was removed: %(removed)s.")
            messages.warning(request, message % {"text": name, "removed": ", ".join(gone)})
        for remark in references.remarks(text.body_html) if text.references else ():
            messages.warning(request, _("%(text)s: %(remark)s") % {"text": name, "remark": remark})
