"""Invitations in the admin: the secretariat invites, sends again and withdraws; and what is known of erasures."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy import inviting
from advocacy.models import Erasure, Invitation
from comments.admin.deciding import ReadOnlyAdmin, staff
from comments.forms import AddressField
from publishing.admin import PortalAdmin


class StandingFilter(admin.SimpleListFilter):
    """Where invitations stand."""

    title = _("state")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer each."""
        return [("waiting", _("waiting")), ("used", _("used")), ("withdrawn", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep those."""
        if self.value() == "waiting":
            return queryset.waiting()
        named = {"used": "used_at__isnull", "withdrawn": "withdrawn_at__isnull"}.get(str(self.value()))
        return queryset.filter(**{named: False}) if named else queryset


class NewInvitationForm(forms.ModelForm[Invitation]):
    """Whom to invite to act for which organisation."""

    address = AddressField(label=_("E-mail address"), max_length=150)

    class Meta:
        model = Invitation
        fields = ("organisation", "role", "language")

    def clean(self) -> dict[str, Any]:
        """Say beside the address why it cannot be invited."""
        data = super().clean() or {}
        if data.get("organisation") and data.get("address"):
            try:
                inviting.check(data["organisation"], data["address"])
            except inviting.NotInvited as error:
                self.add_error("address", error.told)
        return data


@admin.register(Invitation)
class InvitationAdmin(PortalAdmin):
    """Invitations; to whom they went is shown to nobody here."""

    form = NewInvitationForm
    list_display = ("invited_at", "organisation", "role", "standing", "expires_at", "invited_by")
    list_filter = (StandingFilter, "role")
    list_select_related = ("organisation", "invited_by")
    search_fields = ("organisation__slug", "organisation__texts__title")
    autocomplete_fields = ("organisation",)
    actions = ("send_again", "withdraw")
    shown = ("organisation", "role", "language", "invited_at", "invited_by", "expires_at", "used_at", "withdrawn_at")

    @admin.display(description=_("state"))
    def standing(self, invitation: Invitation) -> str:
        """Return where it stands, in words."""
        return invitation.standing

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for an address where there is none yet."""
        return self.shown if obj else ("organisation", "address", "role", "language")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Change none, but for sending again and withdrawing."""
        return obj is None and super().has_change_permission(request)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Let nobody find out by filters what no page shows."""
        return lookup.split("__")[0] not in ("sealed", "address_hash", "token_hash") and super().lookup_allowed(
            lookup, value, request
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show what is there as text."""
        return self.shown if obj else ()

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        """Invite."""
        data = form.cleaned_data
        try:
            made = inviting.invite(
                data["organisation"],
                address=data["address"],
                role=data["role"],
                language=data["language"],
                by=staff(request),
            )
        except inviting.NotInvited as error:
            raise BadRequest from error  # somebody else was faster
        obj.pk = made.pk

    @admin.action(description=_("Send again, for two more weeks"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Tell how many went out."""
        count = 0
        for invitation in queryset:
            try:
                inviting.renew(invitation, by=staff(request))
                count += 1
            except inviting.NoInvitation:
                continue
        told = ngettext("%(count)d invitation is sent again.", "%(count)d invitations are sent again.", count)
        messages.success(request, told % {"count": count})

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Tell how many open nothing any more."""
        rows = list(queryset.filter(used_at=None, withdrawn_at=None))
        for invitation in rows:
            inviting.withdraw(invitation, by=staff(request))
        told = ngettext("%(count)d invitation is withdrawn.", "%(count)d invitations are withdrawn.", len(rows))
        messages.success(request, told % {"count": len(rows)})


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """That organisations were erased, and when."""

    list_display = ("at", "part")
    list_filter = ("part",)
