"""Every thing's history: who changed what of it and of its texts, and the way back to what it was."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models, transaction
from django.forms.models import _get_foreign_key
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from publishing import history
from publishing.admin.parts import AdminPart

PER_PAGE = 50


class HistoryPages(AdminPart):
    """The history of things that keep one."""

    def form_models(self) -> list[tuple[Any, str]]:
        """Return the models that a thing's form writes, each with the column that leads to the thing."""
        inlines: list[Any] = list(self.inlines)
        parts = [(i.model, _get_foreign_key(self.model, i.model, fk_name=i.fk_name).attname) for i in inlines]
        return [(self.model, self.model._meta.pk.attname), *parts]

    def row_models(self) -> list[tuple[Any, str]]:
        """Return those of them that keep their history."""
        return [(model, column) for model, column in self.form_models() if hasattr(model, "history")]

    def restore_refusal(self, thing: Any, model: Any, record: Any) -> str:
        """Say why a row cannot go back to what a record says, or nothing."""
        return ""

    def get_urls(self) -> list[URLPattern]:
        """Add the way back."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.restore_view))
        route: URLPattern = path("<path:object_id>/restore/<slug:row>/<int:record>/", view, name=name)
        return [route, *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show what happened to a thing and its texts, the newest first."""
        if not hasattr(self.model, "history"):
            return super().history_view(request, object_id, extra_context)
        thing = self._thing(request, object_id)
        found: list[dict[str, Any]] = [
            {"event": event, "restore_url": self._restore_url(thing, model, event.record)}
            for model, column in self.row_models()
            for event in history.events(model.history.filter(**{column: thing.pk}), model)
        ]
        found.sort(key=lambda row: (row["event"].record.history_date, row["event"].what), reverse=True)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context = self._context(request, thing, _("Change history: %s") % thing)
        context |= {"page": page, "can_restore": self.has_change_permission(request, thing)}
        return TemplateResponse(request, "admin/thing_history.html", context | (extra_context or {}))

    def restore_view(self, request: HttpRequest, object_id: str, row: str, record: int) -> HttpResponse:
        """Ask whether a row shall go back to what it was, and bring it back."""
        thing = self._thing(request, object_id)
        model, found = self._record(thing, row, record)
        codename = get_permission_codename("change", model._meta)
        if not (
            self.has_change_permission(request, thing) and request.user.has_perm(f"{model._meta.app_label}.{codename}")
        ):
            raise PermissionDenied
        name = history.name_of(model, found)
        refusal = self.restore_refusal(thing, model, found)
        if request.method == "POST" and not refusal:
            try:
                with transaction.atomic():
                    self.model._default_manager.select_for_update().get(pk=thing.pk)
                    history.restore(model, found)
                    self.log_change(request, thing, _("Restored: %s") % name)
            except ValidationError as error:
                refusal = " ".join(error.messages)
            else:
                messages.success(request, _("Restored: %s") % name)
                return HttpResponseRedirect(self.address("history", thing))
        now = model._default_manager.filter(pk=getattr(found, model._meta.pk.attname)).first()
        context = self._context(request, thing, _("Restore: %s") % name) | {
            "record": found,
            "refusal": refusal,
            "differences": history.differences(model, now, found, restoring=True),
        }
        status = 409 if refusal and request.method == "POST" else 200
        return TemplateResponse(request, "admin/restore.html", context, status=status)

    def _thing(self, request: HttpRequest, object_id: str) -> Any:
        thing = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        if thing is None:
            raise Http404
        return thing

    def _record(self, thing: models.Model, row: str, record: int) -> tuple[Any, Any]:
        for model, column in self.row_models():
            if model._meta.model_name == row:
                # What PostgreSQL's integers do not hold is no record either.
                found = (
                    model.history.filter(**{column: thing.pk}, history_id=record).first() if record < 2**31 else None
                )
                if found:
                    return model, found
        raise Http404

    def _restore_url(self, thing: models.Model, model: Any, record: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_restore"
        return reverse(name, args=[thing.pk, model._meta.model_name, record.history_id])

    def _context(self, request: HttpRequest, thing: models.Model, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "object": thing,
            "change_url": self.address("change", thing),
            "history_url": self.address("history", thing),
        }
