"""How figures and sources are filtered by what waits."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from factsheets.models import Figure
from factsheets.uses import codes_in_texts


class FigureWaits(admin.SimpleListFilter):
    """Figures that somebody should look at."""

    title = _("what waits")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer each reason."""
        return [
            ("check", _("public, but not checked for a year")),
            ("source", _("its source does not answer")),
            ("superseded", _("superseded, but named in texts")),
            ("unpublished", _("not public, but named in texts")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Filter by the chosen one."""
        match self.value():
            case "check":
                return queryset.filter(pk__in=Figure.objects.public().to_check().values("pk"))
            case "source":
                return queryset.exclude(source__trouble="")
            case "superseded":
                return queryset.exclude(superseded_by=None).filter(code__in=codes_in_texts())
            case "unpublished":
                hidden = queryset.exclude(pk__in=Figure.objects.public().values("pk"))
                return hidden.filter(code__in=codes_in_texts())
        return None


class Answers(admin.SimpleListFilter):
    """Sources and instruments by whether their addresses answer."""

    title = _("address")
    parameter_name = "answers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what `manage.py check_links` finds."""
        return [("no", _("does not answer")), ("yes", _("answers as it should")), ("unknown", _("was never asked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Filter by the chosen one."""
        match self.value():
            case "no":
                return queryset.exclude(trouble="")
            case "yes":
                return queryset.filter(trouble="").exclude(tried_at=None)
            case "unknown":
                return queryset.filter(tried_at=None)
        return None
