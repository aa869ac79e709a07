"""Admin of the practical steps; the paragraphs that ground one are named as readers do, by deliverable and number."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from campaign.grounds import paragraph_in, places
from campaign.models import PracticalStep, PracticalStepText, StepGround
from campaign.views.campaign import campaign_parts, campaign_rows, step_rows
from publishing.admin import KeyFormSet, PublishableAdmin, TranslatedAdmin, take_draft, text_inline


class GroundForm(forms.ModelForm[StepGround]):
    """Takes a paragraph's number in the current version, and keeps its key."""

    number = forms.IntegerField(
        label=_("paragraph"), min_value=1, max_value=9999, help_text=_("Its number in the current version.")
    )

    class Meta:
        model = StepGround
        fields = ("deliverable", "number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = places([self.instance.key_id]).get(self.instance.key_id) if self.instance.pk else None
        if place:
            self.initial["number"] = place.number

    def clean(self) -> dict[str, Any]:
        """Find the paragraph, unless it is the one that was found before."""
        cleaned = super().clean() or {}
        deliverable, number = cleaned.get("deliverable"), cleaned.get("number")
        if deliverable and number and (self.instance._state.adding or self.has_changed()):
            key, last = paragraph_in(deliverable, number)
            if last is None:
                self.add_error("deliverable", _("It has no public version yet whose paragraphs could be named."))
            elif key is None:
                self.add_error("number", _("The last paragraph is %(last)s.") % {"last": last})
            else:
                self.instance.key_id = key
        return cleaned


class GroundFormSet(KeyFormSet):
    """The grounds of one step."""

    named_by = "number"


class GroundInline(admin.TabularInline[StepGround, PracticalStep]):
    """The paragraphs that a step rests on."""

    model = StepGround
    form = GroundForm
    formset = GroundFormSet
    fields = ("deliverable", "number", "stands")
    readonly_fields = ("stands",)
    extra = 1

    @admin.display(description=_("where it stands"))
    def stands(self, ground: StepGround) -> str:
        """Lead to the newest public version that has the paragraph: it need not be the current one."""
        place = places([ground.key_id]).get(ground.key_id) if ground.pk else None
        if place is None:
            return "–"
        url = reverse("version", args=[ground.deliverable.slug, place.version])
        version = _("version %(number)s") % {"number": place.version}
        return format_html('<a href="{}#p{}">{}, ¶ {}</a>', url, place.number, version, place.number)


@admin.register(PracticalStep)
class PracticalStepAdmin(TranslatedAdmin, PublishableAdmin):
    """Practical steps; each is previewed as the only one."""

    list_display = ("slug", "title", "audience", "campaign", "state", "published_at", "position")
    list_filter = ("state", "audience", "published_at")
    list_select_related = ("campaign",)
    inlines = (text_inline(PracticalStepText), GroundInline)
    preview_template = "campaign/campaign.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the campaign, which each row names."""
        return super().get_queryset(request).select_related("campaign")

    def preview_rows(self, rows: Any) -> Any:
        """Fetch what it rests on."""
        return step_rows(rows)

    def preview_context(self, thing: PracticalStep) -> dict[str, Any]:
        """Show the step alone on its campaign's page. Raises NothingToShow."""
        campaign = campaign_rows(type(thing.campaign).objects.filter(pk=thing.campaign_id)).get()
        take_draft(campaign)
        return {"campaign": campaign} | campaign_parts([thing], campaign.advisory_members.none())
