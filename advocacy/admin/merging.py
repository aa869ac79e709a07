"""The pages on which two organisations that are one become one."""

from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminRadioSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from advocacy.duplicates import likely
from advocacy.merging import BOTH, KEPT, OTHER, Choice, choices, merge, moving
from advocacy.models import Organisation
from publishing.admin.parts import AdminPart

GROUNDS = {
    "name": gettext_lazy("the same name"),
    "alike": gettext_lazy("names that are alike"),
    "host": gettext_lazy("the same site"),
    "mail": gettext_lazy("the same e-mail address"),
}
# So much of a long text is shown beside a choice.
LONGEST = 400


class MergeForm(forms.Form):
    """Which of the two stands, field by field."""

    def __init__(self, found: list[Choice], data: Any = None) -> None:
        super().__init__(data)
        for choice in found:
            options = [(KEPT, _short(choice.kept)), (OTHER, _short(choice.other))]
            if choice.both:
                options.append((BOTH, pgettext("of two lists", "both")))
            self.fields[choice.name] = forms.ChoiceField(
                label=choice.label, choices=options, initial=choice.default, widget=AdminRadioSelect
            )


def _short(text: str) -> str:
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return text or _("(nothing)")


class MergePages(AdminPart):
    """Adds the pages to the admin of organisations."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages."""
        merging = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.merge_view))
        listed = self.admin_site.admin_view(require_safe(self.duplicates_view))
        return [
            path("merge/<int:kept>/<int:other>/", merging, name="advocacy_organisation_merge"),
            path("duplicates/", listed, name="advocacy_organisation_duplicates"),
            *super().get_urls(),
        ]

    def may_merge(self, request: HttpRequest) -> bool:
        """Whether somebody may: one of the two is gone afterwards."""
        return self.has_change_permission(request) and self.has_delete_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Link the list of possible duplicates."""
        return super().changelist_view(request, {"may_merge": self.may_merge(request), **(extra_context or {})})

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Offer the action to those."""
        return self.may_merge(request)

    @admin.action(description=gettext_lazy("Merge two that are one"), permissions=["merge"])
    def merge_two(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> HttpResponse | None:
        """Lead to the page for two."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            messages.error(request, _("Tick two organisations, no more and no fewer."))
            return None
        return HttpResponseRedirect(reverse("admin:advocacy_organisation_merge", args=keys))

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """List what may be there twice."""
        if not self.may_merge(request):
            raise PermissionDenied
        pairs, alike = likely()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Possible duplicates"),
            "pairs": [(pair, [name for key, name in GROUNDS.items() if key in pair.grounds]) for pair in pairs],
            "alike": alike,
        }
        return TemplateResponse(request, "admin/advocacy/organisation/duplicates.html", context)

    def merge_view(self, request: HttpRequest, kept: int, other: int) -> HttpResponse:
        """Ask what stands, show what moves, and do it once somebody says yes."""
        if not self.may_merge(request):
            raise PermissionDenied
        keys = [key for key in (kept, other) if key < 2**63]
        rows = Organisation.objects.for_list().in_bulk(keys)
        if len(rows) != 2:
            raise Http404
        one, two = rows[kept], rows[other]
        found, moves = choices(one, two), moving(two)
        digest = sha256(repr((found, moves)).encode()).hexdigest()
        form = MergeForm(found, request.POST if request.method == "POST" else None)
        context: dict[str, Any] = {"kept": one, "other": two, "moves": moves, "digest": digest, "form": form}
        if request.method != "POST" or not form.is_valid():
            return self._merge_page(request, context, 400 if form.is_bound else 200)
        if "confirmed" in request.POST:
            if request.POST["confirmed"] == digest:
                return self._merge(request, context)
            messages.warning(request, _("Somebody changed one of the two meanwhile. Look again."))
            return self._merge_page(request, context, 409)
        chosen = [(choice, form.cleaned_data[choice.name]) for choice in found]
        return self._merge_page(request, context | {"chosen": chosen}, 200)

    def _merge(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        form, slug = context["form"], context["other"].slug
        try:
            done = merge(context["kept"], context["other"], values=form.cleaned_data, by=request.user)
        except ValidationError as error:
            for message in error.messages:
                form.add_error(None, message)
            return self._merge_page(request, context, 400)
        self.log_change(request, done, _("Merged with %(slug)s.") % {"slug": slug})
        messages.success(request, _("The two are one now: %(kept)s.") % {"kept": done.slug})
        return HttpResponseRedirect(self.address("change", done))

    def _merge_page(self, request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Merge two organisations"),
            "swap_url": reverse("admin:advocacy_organisation_merge", args=[context["other"].pk, context["kept"].pk]),
            **context,
        }
        return TemplateResponse(request, "admin/advocacy/organisation/merge.html", context, status=status)
