"""The secretariat erases organisations, after a page that says what goes."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy import leaving
from advocacy.models import Erasure, Organisation
from comments.admin.deciding import staff


class ErasingAdmin(admin.ModelAdmin[Any]):
    """Adds erasing to the admin of organisations; deleting one by Django's own buttons is the same."""

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Erase it: the log would name it, and so would what it said elsewhere."""
        leaving.erase(obj, part=Erasure.Part.SECRETARIAT, by=staff(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Erase each."""
        for organisation in list(queryset):
            self.delete_model(request, organisation)

    @admin.action(description=_("Erase, with all that is theirs"), permissions=["delete"])
    def erase(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> HttpResponse | None:
        """Ask, then erase each."""
        if "sure" in request.POST:
            named = list(Organisation.objects.filter(pk__in=queryset.values("pk")))
            for organisation in named:
                self.delete_model(request, organisation)
            told = ngettext("%(count)d organisation is erased.", "%(count)d organisations are erased.", len(named))
            messages.success(request, told % {"count": len(named)})
            return None
        rows = Organisation.objects.filter(pk__in=queryset.values("pk")).for_list()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Erase organisations"),
            "organisations": rows.annotate(
                practice_count=Count("practices", distinct=True), people_count=Count("memberships", distinct=True)
            ),
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/advocacy/organisation/erase.html", context)
