"""Admin of users: administrators give roles, and take away second factors that were lost."""

from typing import Any

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.second_factor import take_away

# Nobody looks at sealed secrets; an address stands with its user.
admin.site.unregister([EmailAddress, Authenticator, User])


@admin.register(User)
class PortalUserAdmin(UserAdmin[User]):
    """Django's page of users."""

    actions = ("take_second_factors_away",)

    @admin.action(description=_("Take the second factor away, since its phone was lost"), permissions=["change"])
    def take_second_factors_away(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Let users set up another app; they are signed out, and staff see nothing before they have done so."""
        for user in queryset:
            take_away(user)
        count = len(queryset)
        done = ngettext("%(count)d user has to sign in anew.", "%(count)d users have to sign in anew.", count)
        self.message_user(request, done % {"count": count}, messages.SUCCESS)
