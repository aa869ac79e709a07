"""Admin of the outbox: what waits, what went out and what could not; never to whom, nor what it says."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing.models import Mail
from publishing.outbox import try_again


class StandingFilter(admin.SimpleListFilter):
    """Where mails stand."""

    title = _("state")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer each."""
        return [("waiting", _("waiting")), ("sent", _("sent")), ("set-aside", _("set aside"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep those."""
        rows = {"waiting": queryset.waiting, "sent": queryset.sent, "set-aside": queryset.set_aside}
        return rows[str(self.value())]() if self.value() in rows else queryset


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin[Mail]):
    """Mails, which nobody writes or reads here."""

    list_display = ("kind", "created_at", "standing", "attempts", "due_at", "trouble")
    list_filter = (StandingFilter, "kind")
    fields = readonly_fields = ("kind", "created_at", "due_at", "attempts", "sent_at", "set_aside_at", "trouble")
    actions = ("try_again",)

    @admin.display(description=_("state"))
    def standing(self, mail: Mail) -> str:
        """Return where it stands, in words."""
        if mail.set_aside_at:
            return str(_("set aside"))
        return str(_("sent") if mail.sent_at else _("waiting"))

    @admin.action(description=_("Try again to deliver what was set aside"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        """Tell how many are tried again."""
        count = try_again(queryset)
        told = ngettext("%(count)d mail will be tried again.", "%(count)d mails will be tried again.", count)
        messages.success(request, told % {"count": count})

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody writes mails here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        """Change none, but for trying again."""
        return obj is None and super().has_change_permission(request)
