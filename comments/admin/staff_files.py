"""Files of all comments on a consultation, for staff: with what is not public, but for addresses and originals."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from comments.admin.entering import ConsultationField
from comments.admin.queue import QueueAdmin
from comments.models import Comment, CommentState, Consultation, Point
from publishing.csv_file import csv_file
from publishing.xlsx_file import xlsx_file

# Of these there is nothing more to tell than that they came.
GONE = (CommentState.WITHDRAWN, CommentState.ERASED)
WRITTEN = (
    *("name", "organisation", "place", "consulted_count", "consulted_how", "consulted_language", "words"),
    *("refusal_reason", "refusal_note"),
)
COLUMNS = (
    *("number", "state", "received", "channel", "entered_by", "language", "paragraph", "reply_to", "name_kind"),
    *WRITTEN[:-2],
    *("held_for", "redacted", "decided", "decided_by"),
    *WRITTEN[-2:],
)
KINDS = ("csv", "xlsx", "json")
POINT = ("label", "kind", "disposition", "answer_state", "changed_version", "verdict", "verdict_why")


class FileForm(forms.Form):
    """Which comments, in which kind of file."""

    consultation = ConsultationField(label=_("Consultation"), queryset=None)
    format = forms.ChoiceField(label=_("Kind of file"), choices=[(kind, kind.upper()) for kind in KINDS])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultation"].queryset = Consultation.objects.for_list()  # type: ignore[attr-defined] # a model's


def comment_rows(consultation: Consultation, paragraph_number: Any) -> Iterator[dict[str, Any]]:
    """Yield what a file tells of each comment, in the order in which they came."""
    points: Prefetch[Any] = Prefetch("points", Point.objects.order_by("position").select_related("answer"))
    rows = Comment.objects.filter(consultation=consultation).order_by("received_at", "pk")
    rows = rows.select_related("decided_by", "entered_by").prefetch_related(points).defer("search", "shingles")
    rows = rows.annotate(reply_to_number=F("reply_to__number"))
    yield from map(_row, rows.annotate(paragraph_number=paragraph_number) if paragraph_number else rows)


def _row(comment: Any) -> dict[str, Any]:
    is_gone = comment.state in GONE
    row = {name: None if is_gone else getattr(comment, name) for name in WRITTEN}
    row |= {
        "number": comment.number,
        "state": comment.state,
        "received": _day(comment.received_at),
        "channel": comment.channel,
        "entered_by": comment.entered_by.get_username() if comment.entered_by else None,
        "language": comment.language,
        "paragraph": getattr(comment, "paragraph_number", None),
        "reply_to": comment.reply_to_number,
        "name_kind": None if is_gone else comment.name_kind,
        "held_for": comment.held_for,
        "redacted": _day(comment.redacted_at),
        "decided": _day(comment.decided_at),
        "decided_by": comment.decided_by.get_username() if comment.decided_by else None,
    }
    points = [_point(point, comment, is_gone=is_gone) for point in comment.points.all()]
    return {**{name: row[name] for name in COLUMNS}, "points": points}


def _point(point: Point, comment: Comment, *, is_gone: bool) -> dict[str, Any]:
    answer = point.answer
    return {
        "label": f"{comment.number or '–'}.{point.position}",
        "kind": point.kind,
        "disposition": answer.disposition if answer else None,
        "answer_state": answer.state if answer else None,
        "changed_version": answer.changed_version if answer else None,
        "verdict": point.verdict,
        "verdict_why": None if is_gone else point.verdict_why,
    }


def _day(moment: Any) -> str | None:
    """Return the day: the minute is nobody's business."""
    return moment.date().isoformat() if moment else None


def _cells(row: dict[str, Any]) -> list[object]:
    """Return a row for a table: several things in one cell stand one below the other."""
    points = [" ".join(str(point[name]) for name in POINT if point[name]) for point in row["points"]]
    flat = {**row, "held_for": " ".join(row["held_for"]), "points": "\n".join(points)}
    return ["" if flat[name] is None else flat[name] for name in (*COLUMNS, "points")]


class FilePages(QueueAdmin):
    """The page that offers the files, and the files."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        view = self.admin_site.admin_view(require_safe(self.files))
        return [path("files/", view, name="comments_comment_files"), *super().get_urls()]

    def files(self, request: HttpRequest) -> HttpResponse:
        """Offer the files; give the one that is asked for."""
        if not request.user.has_perm("comments.export_comment"):
            raise PermissionDenied
        form = FileForm(request.GET or None)
        if form.is_valid():
            return self._file(**form.cleaned_data)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Files"), "form": form}
        status = 400 if form.is_bound else 200
        return TemplateResponse(request, "admin/comments/comment/files.html", context, status=status)

    def _file(self, consultation: Consultation, format: str) -> HttpResponse:  # noqa: A002 - the field's name
        name = f"{consultation.slug}-staff.{format}"
        rows = comment_rows(consultation, self.paragraph_number)
        if format == "json":
            response: HttpResponse = JsonResponse({"consultation": consultation.slug, "comments": list(rows)})
            response["Content-Disposition"] = f'attachment; filename="{name}"'
        else:
            write = csv_file if format == "csv" else xlsx_file
            response = write(name, [*COLUMNS, "points"], map(_cells, rows))
        add_never_cache_headers(response)
        return response
