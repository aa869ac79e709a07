"""Admin of practices, with what hangs on them: files, uses, revisions."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from advocacy.models import (
    Practice,
    PracticeFile,
    PracticeText,
    PracticeUse,
    Proposal,
    ProposalState,
)
from advocacy.views import practices as pages
from advocacy.views.practice_files import download
from publishing.admin import PublishableAdmin, TranslatedAdmin, text_inline

TEXT = ("language", "ready", "title", "summary", "setting", "body", "results", "evidence", "repeat")


class Hanging(admin.TabularInline[Any, Any]):
    """Rows that members made and staff do not add."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False


class FileInline(Hanging):
    """Files: approved with their proposal, or here."""

    model = PracticeFile
    fields = ("title", "approved", "link", "size", "created_at")
    readonly_fields = ("link", "size", "created_at")

    @admin.display(description=_("file"))
    def link(self, file: PracticeFile) -> str:
        """Lead to the file, approved or not."""
        return format_html('<a href="{}">{}</a>', reverse("admin:advocacy_practice_file", args=[file.pk]), file.name)


class UseInline(Hanging):
    """What members say who used it; each is decided on its own page."""

    model = PracticeUse
    fields = readonly_fields = ("organisation", "year", "note", "state")
    show_change_link = True
    can_delete = False


class RevisionInline(Hanging):
    """What was approved; what must not be read any more is withheld from those who compare revisions."""

    model = Proposal
    fields = ("decided_at", "note", "withheld")
    readonly_fields = ("decided_at", "note")
    ordering = ("decided_at",)
    verbose_name_plural = _("revisions")
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what was not approved."""
        return super().get_queryset(request).filter(state=ProposalState.APPROVED)


@admin.register(Practice)
class PracticeAdmin(TranslatedAdmin, PublishableAdmin):
    """Shared practices."""

    list_display = ("slug", "title", "kind", "organisation", "audience", "licence", "year", "state", "published_at")
    list_filter = ("state", "audience", "kind", "licence", "populations", "issues", "published_at")
    list_select_related = ("organisation",)
    search_fields = ("slug", "texts__title", "texts__setting", "organisation__slug")
    autocomplete_fields = ("organisation",)
    filter_horizontal = ("populations", "issues")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("slug", "kind", "organisation", "year")}),
        (_("Who may read and use it"), {"fields": ("audience", "licence")}),
        (_("What it is about"), {"fields": ("populations", "issues")}),
        (_("Publication"), {"fields": ("state", "published_at")}),
    )
    inlines = (text_inline(PracticeText, *TEXT), FileInline, UseInline, RevisionInline)
    preview_template = "advocacy/practice.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the files that nobody else has yet."""
        view = self.admin_site.admin_view(require_safe(self.file_view))
        return [path("files/<int:number>/", view, name="advocacy_practice_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, number: int) -> Any:
        """Hand over a file, approved or not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if number >= 2**63:
            raise Http404
        return download(get_object_or_404(PracticeFile.objects.select_related("practice"), pk=number))

    def preview_rows(self, rows: Any) -> Any:
        """Fetch who shares it, for whom and against what."""
        return pages.practice_rows(rows)
