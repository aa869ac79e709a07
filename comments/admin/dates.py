"""Admin pages that move a consultation's dates, with a public note."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comments.forms import language_choices
from comments.models import Consultation
from comments.scheduling import close_early, extend
from publishing.admin.history import HistoryPages
from publishing.places import validate_timezone


class NoteForm(forms.Form):
    """Why the dates move: readers see it."""

    note = forms.CharField(
        label=gettext_lazy("Public note"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the note"), choices=settings.LANGUAGES)


class ExtendForm(NoteForm):
    """Until when, and for whom."""

    until = forms.SplitDateTimeField(label=gettext_lazy("Closes"), widget=AdminSplitDateTime)
    comments_in = forms.ChoiceField(
        label=gettext_lazy("Comments in"),
        required=False,
        choices=lambda: [("", _("all languages that have no date of their own")), *language_choices()],
    )
    field_order = ("until", "comments_in")


class MovedDates(HistoryPages):
    """The pages of one consultation that close it early and extend it; once it has opened, its form moves no date."""

    def get_urls(self) -> list[URLPattern]:
        """Add them."""
        only = require_http_methods(["GET", "HEAD", "POST"])
        return [
            self.page("close-early", only(self.close_early_view)),
            self.page("extend", only(self.extend_view)),
            *super().get_urls(),
        ]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Read and show every moment of the form by the consultation's own clock."""
        with timezone.override(self._zone(request, object_id)):
            response: Any = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if isinstance(response, TemplateResponse) else response

    def _zone(self, request: HttpRequest, object_id: str | None) -> str:
        typed = request.POST.get("timezone", "")
        try:
            validate_timezone(typed)
        except ValidationError:
            found = self.get_object(request, unquote(object_id)) if object_id else None
            return str((found or Consultation()).timezone)
        return typed

    def close_early_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Close it now, once that is confirmed."""
        thing = self._to_move(request, object_id)
        return self._move(request, thing, NoteForm, close_early, _("Close early"), _("It is closed."))

    def extend_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take comments for longer."""
        thing = self._to_move(request, object_id)
        return self._move(request, thing, ExtendForm, extend, _("Extend"), _("It is extended."))

    def _to_move(self, request: HttpRequest, object_id: str) -> Consultation:
        thing: Consultation = self._thing(request, object_id)
        if not self.has_change_permission(request, thing):
            raise PermissionDenied
        return thing

    def _move(self, request: HttpRequest, thing: Consultation, *page: Any) -> HttpResponse:
        with timezone.override(thing.zone):
            return self._moved(request, thing, *page)

    def _moved(
        self, request: HttpRequest, thing: Consultation, form_class: type[NoteForm], move: Any, title: str, done: str
    ) -> HttpResponse:
        form = form_class(request.POST) if request.method == "POST" else form_class()
        if form.is_valid():
            try:
                move(thing, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                self.log_change(request, thing, title)
                messages.success(request, done)
                return HttpResponseRedirect(self.address("change", thing))
        context: dict[str, Any] = self._context(request, thing, title) | {
            "form": form,
            "media": self.media + form.media,
            "changes": thing.date_changes.select_related("by"),
        }
        status = 400 if form.is_bound else 200
        return TemplateResponse(request, "admin/comments/consultation/dates.html", context, status=status).render()
