"""Admin of shared issues; the paragraphs about one are named as readers do, by deliverable and number."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from advocacy.models import Issue, IssueParagraph, IssueText
from advocacy.paragraphs import find, name_of, passages
from advocacy.views import issues as pages
from publishing.admin import KeyFormSet, PublishableAdmin, TranslatedAdmin, text_inline


class ParagraphForm(forms.ModelForm[IssueParagraph]):
    """Takes what staff call a paragraph, and keeps its key."""

    named = forms.CharField(
        label=_("paragraph"),
        max_length=80,
        help_text=_("As “guidance-note 12”, its number in the current version; “guidance-note 12 v1” in version 1."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )

    class Meta:
        model = IssueParagraph
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["named"] = name_of(self.instance.key_id)

    def clean_named(self) -> str:
        """Find the paragraph, unless it is the one that was found before."""
        named: str = self.cleaned_data["named"]
        if self.instance._state.adding or self.has_changed():
            self.instance.key_id = find(named)
        return named


class ParagraphFormSet(KeyFormSet):
    """The paragraphs about one issue."""

    named_by = "named"


class ParagraphInline(admin.TabularInline[IssueParagraph, Issue]):
    """The paragraphs about an issue."""

    model = IssueParagraph
    form = ParagraphForm
    formset = ParagraphFormSet
    fields = ("named", "stands")
    readonly_fields = ("stands",)
    extra = 1

    @admin.display(description=_("what readers see"))
    def stands(self, paragraph: IssueParagraph) -> str:
        """Lead to where readers find it, which is nowhere while no public version has it."""
        found = passages([paragraph.key_id]) if paragraph.pk else []
        return format_html('<a href="{}">{}</a>', found[0].url, found[0].excerpt) if found else "–"


@admin.register(Issue)
class IssueAdmin(TranslatedAdmin, PublishableAdmin):
    """Issues that members share."""

    list_display = ("slug", "title", "state", "published_at", "position")
    autocomplete_fields = ("figures",)
    inlines = (text_inline(IssueText, "language", "ready", "title", "summary", "body", "response"), ParagraphInline)
    preview_template = "advocacy/issue.html"

    def preview_rows(self, rows: Any) -> Any:
        """Fetch members and practices."""
        return pages.issue_rows(rows)

    def preview_context(self, thing: Issue) -> dict[str, Any]:
        """Show its chart, figures and paragraphs too."""
        return pages.issue_context(thing)
