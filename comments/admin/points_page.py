"""The page on which an editor divides a long submission into points."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from comments import marks
from comments.admin.consultations import subject_to_show
from comments.admin.points import answer_url
from comments.models import Comment, CommentState, Consultation, Point, PointKind
from comments.passages import passage_select
from comments.points import CannotSplit, Part, split
from comments.subjects import Subject
from publishing.admin import NothingToShow
from publishing.admin.parts import AdminPart

# As many empty rows are offered; more on demand.
EXTRA = 3
MOST = 200


class PointForm(forms.Form):
    """One point: words of the comment, the paragraph they are about, the kind."""

    text = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "class": "vLargeTextField"}),
    )
    paragraph = forms.IntegerField(label=_("Paragraph"), required=False, min_value=1)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", "–"), *PointKind.choices])

    def __init__(self, *args: Any, subject: Subject | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        if subject and subject.choices:
            self.fields["paragraph"].label = _("Figure")
            self.fields["paragraph"].widget = passage_select(subject)

    def clean_paragraph(self) -> Any:
        """Find the paragraph of this number; return its key."""
        number = self.cleaned_data["paragraph"]
        passage = self.subject.by_number(number) if self.subject else None
        if number is not None and passage is None:
            has_figures = bool(self.subject and self.subject.choices)
            told = _("There is no figure %(number)d.") if has_figures else _("There is no paragraph %(number)d.")
            raise forms.ValidationError(told, params={"number": number})
        return passage.key if passage else None

    @property
    def says_something(self) -> bool:
        """Whether it stands for a point: one that is there, or one that somebody wrote."""
        data = self.cleaned_data
        is_new = not self.initial and not (data.get("text") or data.get("kind"))
        return not is_new and not data.get("DELETE")

    def part(self) -> Part:
        """Return the point it describes."""
        data = self.cleaned_data
        return Part(marks.from_words(data["text"]), data["paragraph"], data["kind"])


PointFormSet: Any = formset_factory(
    PointForm, extra=EXTRA, max_num=MOST, absolute_max=MOST, can_delete=True, can_delete_extra=False
)


def _seen(points: list[Point]) -> str:
    """Return what tells whether the points are those that a form was made from."""
    rows = "\x00".join(f"{p.pk}:{p.position}:{p.answer_id}:{p.text}" for p in points)
    return salted_hmac("comments.points", rows, algorithm="sha256").hexdigest()


def _initial(points: list[Point], subject: Subject | None) -> list[dict[str, Any]]:
    rows = []
    for point in points:
        passage = subject.by_key(point.paragraph_key_id) if subject else None
        number = passage.number if passage else None
        # The position makes sure that no row which is there counts as an empty one.
        rows.append({"text": marks.in_words(point.text), "paragraph": number, "kind": point.kind, "position": point})
    return rows


class PointsPage(AdminPart):
    """Adds the page to the admin of comments."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        view = require_http_methods(["GET", "HEAD", "POST"])(self.points_view)
        return [self.page("points", view), *super().get_urls()]

    def points_context(self, request: HttpRequest, comment: Comment) -> dict[str, Any]:
        """Return what the desk's page shows of a comment's points: where they are answered and divided."""
        user = request.user
        if comment.state != CommentState.PUBLISHED or not user.has_perm("comments.view_point"):
            return {}
        points = list(comment.points.select_related("answer", "comment").order_by("position"))
        left = [point for point in points if point.answer is None]
        may_answer = bool(left) and user.has_perm("comments.add_answer")
        return {
            "points": points,
            "points_url": self.address("points", comment) if user.has_perm("comments.change_point") else "",
            "answer_url": answer_url(comment.consultation_id, left) if may_answer else "",
        }

    def points_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a comment beside its points, and divide it anew."""
        comment: Comment = self.found(request, object_id)  # type: ignore[attr-defined] # the desk finds it
        if not request.user.has_perm("comments.change_point"):
            raise PermissionDenied
        try:
            subject = subject_to_show(comment.consultation)
        except NothingToShow:
            subject = None
        with transaction.atomic():
            if request.method == "POST":
                Consultation.objects.locked(comment.consultation_id)
            points = list(comment.points.select_related("answer").order_by("position"))
            rows = _initial(points, subject)
            data = _with_more(request) if request.method == "POST" else None
            formset = PointFormSet(data, initial=rows, form_kwargs={"subject": subject}, prefix="points")
            error, status = "", 200
            if data is not None and "more" not in request.POST:
                error, status = self._split(request, comment, points, formset)
                if status == 302:
                    messages.success(request, gettext("The points were saved."))
                    return HttpResponseRedirect(self.address("change", comment))
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": _("Points of comment %(number)s") % {"number": comment.number or "–"},
                "comment": comment,
                "change_url": self.address("change", comment),
                "rows": [(form, form.initial.get("position")) for form in formset],
                "formset": formset,
                "seen": _seen(points),
                "error": error,
                "can_split": comment.state == CommentState.PUBLISHED,
            }
            return TemplateResponse(request, "admin/comments/comment/points.html", context, status=status)

    def _split(
        self, request: HttpRequest, comment: Comment, points: list[Point], formset: BaseFormSet[PointForm]
    ) -> tuple[str, int]:
        """Divide the comment; return what is wrong and the status."""
        if request.POST.get("seen") != _seen(points):
            told = gettext("Somebody else changed the points meanwhile. What you typed is still here; look, and save.")
            return told, 409
        if not formset.is_valid():
            return gettext("Please correct the errors below."), 400
        forms = [form for form in formset if form.says_something]
        try:
            split(comment, parts=[form.part() for form in forms], by=request.user)  # type: ignore[arg-type] # staff
        except CannotSplit as wrong:
            if wrong.row is None:
                return wrong.message, 400
            forms[wrong.row].add_error("text", wrong.message)
            return gettext("Please correct the errors below."), 400
        return "", 302


def _with_more(request: HttpRequest) -> Any:
    """Return what was sent, with more empty rows where they were asked for."""
    data = request.POST.copy()
    total = data.get("points-TOTAL_FORMS", "")
    if "more" in data and total.isdecimal() and len(total) < 4:
        data["points-TOTAL_FORMS"] = str(min(int(total) + EXTRA, MOST))
    return data
