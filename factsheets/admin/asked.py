"""Admin of things whose addresses are asked whether they still answer."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factsheets.models import Asked
from publishing.admin import PortalAdmin


class AskedAdmin(PortalAdmin):
    """Shows what `manage.py check_links` found."""

    readonly_fields: ClassVar[Any] = ("answers", "tried_at")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Forget what was found where the address is another now."""
        if set(obj.asked) & set(form.changed_data):
            obj.tried_at, obj.answered_at, obj.trouble = None, None, ""
        super().save_model(request, obj, form, change)

    @admin.display(description=_("address"), ordering="trouble")
    def answers(self, thing: Asked) -> str:
        """Say whether its addresses answer."""
        if thing.tried_at is None:
            return gettext("never asked")
        return thing.display_trouble or gettext("answers as it should")
