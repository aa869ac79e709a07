"""The page on which a translator writes a factsheet in another language, beside the source."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from factsheets.admin.translate_form import FORMS, PartForm, last_records
from factsheets.models import Factsheet
from factsheets.translating import SOURCE, Change, Progress, State, lock_texts, parts, progress, save_translation
from factsheets.writing import differing_codes, listed_codes
from publishing.admin import PortalAdmin
from publishing.languages import direction, language_name


def language_choices() -> dict[str, str]:
    """Return the languages into which factsheets are translated."""
    return {code: str(name) for code, name in settings.LANGUAGES if code != SOURCE}


def shown_progress(found: Progress) -> str:
    """Return how far a translation has come, in a few signs."""
    told = f"{found.done}/{found.total}"
    return _("%(done)s, %(behind)d behind") % {"done": told, "behind": found.behind} if found.behind else told


def translate_url(sheet: Factsheet, language: str) -> str:
    """Return the page's address."""
    return reverse("admin:factsheets_factsheet_translate", args=[sheet.pk, language])


class TranslatePage(PortalAdmin):
    """Adds the page to the admin of factsheets, and the ways to it."""

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Give all rows of the list their progress."""
        changes = super().get_changelist_instance(request)
        found = progress(changes.result_list)
        for sheet in changes.result_list:
            sheet.progress = found[sheet.pk]
        return changes

    @admin.display(description=_lazy("translations"))
    def translated(self, sheet: Any) -> str:
        """Link each language into which a listed factsheet is translated, with its progress."""
        links = [(translate_url(sheet, code), code, shown_progress(at)) for code, at in sheet.progress.items()]
        return format_html_join("", '<div><a href="{}">{} {}</a></div>', links) or "–"

    @admin.display(description=_lazy("translations"))
    def translations(self, sheet: Factsheet) -> str:
        """Link all languages, each with its progress."""
        if sheet._state.adding:
            return "–"
        return format_html_join("", '<div><a href="{1}">{0}</a> {2}</div>', self.languages(sheet))

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.translate_view))
        route: URLPattern = path(
            "<path:object_id>/translate/<slug:language>/", view, name="factsheets_factsheet_translate"
        )
        return [route, *super().get_urls()]

    def translate_view(self, request: HttpRequest, object_id: str, language: str) -> HttpResponse:
        """Show the parts of a factsheet beside their source, and save what was translated."""
        sheet: Factsheet = self._thing(request, object_id)
        if not self.has_change_permission(request, sheet):
            raise PermissionDenied
        languages = language_choices()
        if language not in languages:
            raise Http404
        status = 200
        with transaction.atomic():
            if request.method == "POST":
                lock_texts(sheet)
            found = parts(sheet, language)
            records = last_records(found, language)
            data = request.POST.copy() if request.method == "POST" else None
            forms = [FORMS[type(part.source)](data, part=part, language=language, records=records) for part in found]
            if data is not None:
                wrong = [form for form in forms if not form.is_valid()]
                status = 409 if any(form.has_conflict for form in forms) else 400 if wrong else 200
                if status == 200:
                    self._save_parts(request, sheet, language, forms)
                    return HttpResponseRedirect(translate_url(sheet, language))
        context = self._context(
            request, sheet, _("Translation into %(language)s") % {"language": language_name(language)}
        )
        states = [part.state for part in found]
        context |= {
            "forms": forms,
            "status": status,
            "language": language,
            "dir": direction(language),
            "done": states.count(State.CURRENT),
            "behind": states.count(State.BEHIND) + states.count(State.UNCOMPARED),
            "codes": listed_codes(sheet.population_id),
            "preview_url": f"{self.address('preview', sheet)}?language={language}",
            "others": [row for row in self.languages(sheet) if row[0] != languages[language]],
        }
        return TemplateResponse(request, "admin/factsheets/factsheet/translate.html", context, status=status)

    def languages(self, sheet: Factsheet) -> list[tuple[str, str, str]]:
        """Return each language with the address of the page and its progress."""
        found = progress([sheet])[sheet.pk]
        return [
            (name, translate_url(sheet, code), shown_progress(found[code]) if code in found else "")
            for code, name in language_choices().items()
        ]

    def _save_parts(self, request: HttpRequest, sheet: Factsheet, language: str, forms: list[PartForm]) -> None:
        written = [form for form in forms if form.has_changed()]
        changes = [Change(form.instance, form.part.source, form.is_rewritten, form.is_same) for form in written]
        save_translation(changes, by=request.user)  # type: ignore[arg-type] # staff
        if not written:
            messages.info(request, _("Nothing was changed."))
            return
        told = ngettext("%(count)d part saved.", "%(count)d parts saved.", len(written)) % {"count": len(written)}
        self.log_change(request, sheet, f"{language_choices()[language]}: {told}")
        messages.success(request, told)
        for form in written:
            self.tell(request, form, form.title)
            self._tell_codes(request, form)

    def _tell_codes(self, request: HttpRequest, form: PartForm) -> None:
        """Tell which figures only the one of both texts names."""
        lacking, added = differing_codes(form.part.source.body_html, form.instance.body_html)
        for codes, told in (
            (lacking, _("%(part)s: the source names figures that the translation lacks: %(codes)s.")),
            (added, _("%(part)s: the translation names figures that the source lacks: %(codes)s.")),
        ):
            if codes:
                named = ", ".join(f"[[{code}]]" for code in codes)
                messages.warning(request, told % {"part": form.title, "codes": named})
