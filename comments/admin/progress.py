"""The page that shows what is left to answer of a consultation."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from comments.admin.points import CONSULTATION
from comments.models import Consultation
from comments.progress import days_late, progress_of, remaining
from comments.subjects import subject_of
from publishing.admin.parts import AdminPart
from publishing.languages import language_name


class ProgressPage(AdminPart):
    """Adds the page to the admin of consultations."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        return [self.page("progress", require_safe(self.progress_view)), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Link the page."""
        thing = context.get("original")
        if thing is not None and request.user.has_perm("comments.view_point"):
            context["progress_url"] = self.address("progress", thing)
        return super().render_change_form(request, context, *args, **kwargs)

    def progress_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show how many points are open, on which paragraphs and in which languages."""
        if not (self.has_view_permission(request) and request.user.has_perm("comments.view_point")):
            raise PermissionDenied
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        left = remaining(thing)
        points = f"{reverse('admin:comments_point_changelist')}?{CONSULTATION}={thing.pk}&answer="
        late = days_late(thing)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": thing,
            "title": gettext("Progress"),
            "change_url": self.address("change", thing),
            "points_url": f"{points}open",
            "progress": progress_of(thing),
            "left": left,
            "draft_url": f"{points}draft",
            "review_url": f"{points}review",
            "late": late,
            "days_left": -late,
            "by_paragraph": _by_paragraph(thing, left.by_paragraph, f"{points}open"),
            "by_language": [
                (language_name(code), count, f"{points}open&language={code}")
                for code, count in left.by_language.items()
            ],
        }
        return TemplateResponse(request, "admin/comments/consultation/progress.html", context)


def _by_paragraph(thing: Consultation, counts: dict[Any, int], points: str) -> list[tuple[str, int, str]]:
    """Return the paragraphs in the order of the text, what is about none last."""
    try:
        passages = subject_of(thing).passages
    except ObjectDoesNotExist:
        passages = []
    rows = [
        (passage.label, counts[passage.key], f"{points}&paragraph={passage.number}")
        for passage in passages
        if passage.key in counts
    ]
    rest = sum(counts.values()) - sum(count for _label, count, _url in rows)
    return [*rows, (thing.whole_label, rest, "")] if rest else rows
