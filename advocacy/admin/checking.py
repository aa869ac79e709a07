"""Members due for their yearly check, in the list of organisations."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.checking import due, mark_checked, remind, unanswered
from advocacy.models import Organisation


class DueFilter(admin.SimpleListFilter):
    """Members whose profile nobody checked for a year."""

    title = _("yearly check")
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer both."""
        return [("due", _("due")), ("unanswered", _("reminded in vain"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Return those to whom it applies."""
        rows = {"due": due, "unanswered": unanswered}
        return queryset.filter(pk__in=rows[str(self.value())]().values("pk")) if self.value() in rows else queryset


class CheckActions(admin.ModelAdmin[Any]):
    """Actions on the list of organisations."""

    @admin.action(description=_("Send a reminder of the yearly check now"), permissions=["change"])
    def remind_now(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        """Tell how many were reminded, and how many could not be: not due, or nobody to write to."""
        keys = list(queryset.values_list("pk", flat=True))
        count = remind(keys)
        told = ngettext("%(count)d organisation reminded.", "%(count)d organisations reminded.", count)
        messages.success(request, told % {"count": count})
        if rest := len(keys) - count:
            told = ngettext(
                "%(count)d is not due, or nobody leads it who has an address.",
                "%(count)d are not due, or nobody leads them who has an address.",
                rest,
            )
            messages.warning(request, told % {"count": rest})

    @admin.action(description=_("Mark as checked today"), permissions=["change"])
    def check_today(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        """Write down that somebody looked at the profiles today."""
        for organisation in queryset:
            mark_checked(organisation, by=request.user)
        count = len(queryset)
        done = ngettext("%(count)d marked as checked today.", "%(count)d marked as checked today.", count)
        messages.success(request, done % {"count": count})
