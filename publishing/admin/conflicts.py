"""Two editors at once: whoever saves second sees what the first changed, and nobody's words are lost."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from publishing.admin.history import HistoryPages
from publishing.admin.merging import Merge, RowClash, refusing
from publishing.snapshots import Seen

FIELD = "_seen"


@dataclass(frozen=True)
class Conflict:
    """What somebody else saved meanwhile."""

    message: str
    rows: list[RowClash]


class ConflictPages(HistoryPages):
    """Forms that know what they overwrite."""

    change_form_template = "admin/portal_form.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Save a form only over what it was made from; else show it again as typed, with what is new."""
        if object_id is None or not self.has_change_permission(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method != "POST":
            # Read before the form is: what is saved in between counts as not seen.
            seen = Seen.read(self.form_models(), unquote(object_id)) if self._locked(object_id, lock=False) else None
            context = {"seen": seen.token if seen else "", **(extra_context or {})}
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():
            thing = self._locked(object_id)
            if thing is None:
                return super().changeform_view(request, object_id, form_url, extra_context)
            now = Seen.read(self.form_models(), thing.pk)
            conflict = self._conflict(request, thing, now)
            context = {"seen": now.token, "conflict": conflict, **(extra_context or {})}
            response: Any = super().changeform_view(request, object_id, form_url, context)
            if conflict:
                response.status_code = 409
            return response

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Let a form that would overwrite what nobody saw save nothing."""
        form = super().get_form(request, obj, change=change, **kwargs)
        message: str = getattr(request, "conflict_message", "")
        return refusing(form, message) if message else form

    def _locked(self, object_id: str, *, lock: bool = True) -> Any:
        rows: Any = self.model._default_manager.order_by()
        try:
            found = rows.filter(pk=unquote(object_id))
            return (found.select_for_update() if lock else found.only("pk")).first()
        except ValueError:
            return None

    def _conflict(self, request: HttpRequest, thing: Any, now: Seen) -> Conflict | None:
        seen = Seen.parse(request.POST.get(FIELD, ""))
        if seen.digest == now.digest:
            return None
        data = request.POST.copy()
        rows = self._clashes(request, thing, seen, data)
        request.POST = data  # type: ignore[assignment] # a QueryDict, as before
        message = self._who(thing, seen)
        request.conflict_message = message  # type: ignore[attr-defined] # read by get_form
        return Conflict(message, rows)

    def _clashes(self, request: HttpRequest, thing: Any, seen: Seen, data: Any) -> list[RowClash]:
        found: list[RowClash] = []
        columns = dict(self.form_models())
        own = Merge(self.model, columns[self.model], thing.pk, seen, data)
        found += own.row(self.get_form(request, thing, change=True), None, str(thing.pk))
        prefixes: dict[str, int] = {}
        for formset_class, inline in self.get_formsets_with_inlines(request, thing):
            prefix = formset_class.get_default_prefix()
            prefixes[prefix] = prefixes.get(prefix, 0) + 1
            if prefixes[prefix] != 1:
                prefix = f"{prefix}-{prefixes[prefix]}"
            merge = Merge(inline.model, columns[inline.model], thing.pk, seen, data)
            found += merge.formset(formset_class, prefix)
        return found

    def _who(self, thing: Any, seen: Seen) -> str:
        """Say who saved what the form does not know, and when."""
        records = [
            record
            for model, column in self.row_models()
            for record in model.history.filter(**{column: thing.pk}).select_related("history_user")[:1]
            if record.history_id not in seen.records.values()
        ]
        newest = max(records, key=lambda record: record.history_date, default=None)
        entry = LogEntry.objects.filter(object_id=str(thing.pk), content_type__model=self.opts.model_name).first()
        if newest:
            who, when = newest.history_user, newest.history_date
        elif entry:
            who, when = entry.user, entry.action_time
        else:
            who, when = None, timezone.now()
        moment = formats.date_format(timezone.localtime(when), "DATETIME_FORMAT")
        return _(
            "%(who)s changed this on %(when)s, while you had the form open. Nothing is saved yet, and what you typed "
            "is still in the form. Look at what is new, then save again: your form now stands for both."
        ) % {"who": who or _("Somebody"), "when": moment}
