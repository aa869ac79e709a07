"""Entering what came by letter, mail or meeting."""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from comments.admin.deciding import DecisionAdmin, staff
from comments.entering import enter, moment_on
from comments.forms import CommentForm
from comments.models import Channel, Consultation
from comments.subjects import subject_of
from comments.submission import ConsultationClosed

# What of the public form a letter can say; the rest of that form is about the web.
SAID = (
    *("form_key", "body", "language", "name_kind", "name", "organisation", "place"),
    *("consulted_count", "consulted_how", "consulted_language"),
)
NOT_IN_TIME = _("On that day this consultation took no comments in this language.")


class ConsultationField(forms.ModelChoiceField[Consultation]):
    """The consultations that readers can see, by title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the title."""
        return obj.text.title if obj.text else str(obj)


class EnteringForm(CommentForm):
    """What the public form asks for, and how it came."""

    consultation = ConsultationField(label=_("Consultation"), queryset=None)
    paragraph = forms.IntegerField(
        label=_("Paragraph"),
        help_text=_("Its number, or that of the figure, which stands on its page; empty: the whole."),
        required=False,
        min_value=1,
    )
    channel = forms.ChoiceField(
        label=_("Came"), choices=[choice for choice in Channel.choices if choice[0] != Channel.WEB]
    )
    received_on = forms.DateField(
        label=_("Day received"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    field_order = ("consultation", "paragraph", "channel", "received_on", "language", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in (*SAID, *EnteringForm.field_order)]:
            del self.fields[name]
        self.fields["consultation"].queryset = Consultation.objects.public().for_list()  # type: ignore[attr-defined] # a model's
        self.fields["body"].label = _("Text")
        self.fields["body"].help_text = _("As it came, up to 30,000 characters.")
        self.fields["language"].label = _("Language")
        self.fields["name_kind"].label = _("How the author appears")

    def clean(self) -> dict[str, Any]:
        """Find the paragraph; refuse what came too early or too late."""
        data = super().clean()
        consultation = data.get("consultation")
        if consultation:
            data["paragraph_key_id"] = self._paragraph_key(consultation, data.pop("paragraph", None))
            day, language = data.get("received_on"), data.get("language")
            if day and language and moment_on(day, consultation, language) is None:
                self.add_error("received_on", NOT_IN_TIME)
        return data

    def _paragraph_key(self, consultation: Consultation, number: int | None) -> Any:
        if number is None:
            return None
        try:
            passage = subject_of(consultation).by_number(number)
        except ObjectDoesNotExist:
            passage = None
        if passage is None:
            is_figure = consultation.is_about_figures
            told = (
                _("There is no figure of this number.")
                if is_figure
                else _("The text has no paragraph of this number.")
            )
            self.add_error("paragraph", told)
        return passage.key if passage else None


class EnteringPages(DecisionAdmin):
    """The form for it, in the place of Django's own."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Let those enter comments who may."""
        return request.user.has_perm("comments.enter_comment")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Take a comment in, and show its receipt once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        form = EnteringForm(request.POST) if request.method == "POST" else EnteringForm()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Enter a comment"),
            "form": form,
        }
        status = 400 if form.is_bound else 200
        if form.is_valid():
            try:
                context["comment"], context["code"] = enter(by=staff(request), **form.cleaned_data)
                status = 201
            except ConsultationClosed:
                form.add_error("received_on", NOT_IN_TIME)
        return TemplateResponse(request, "admin/comments/comment/enter.html", context, status=status)
